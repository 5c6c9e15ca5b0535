"""Quantities: a number, or a range, or one of several, with the noun that it counts.

    quantity = amount [ "/" amount ] noun [ per ]         30/147 xã
             | amount "-" amount noun [ per ]             3,8-5,5 triệu đồng/người/tháng
    noun     = [ lượt ] ( known noun | any noun )
    per      = { "/" word }

A number without a noun is a quantity too, of kind "bare": what it counts stands elsewhere.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from lienminh.rules.parameters import table
from lienminh.rules.reading.cues import even, listed
from lienminh.rules.reading.lexicon import Hit, Noun
from lienminh.rules.reading.masks import Stretches, known
from lienminh.rules.reading.names import Names
from lienminh.rules.reading.numbers import GROUP, NO_AMOUNT, Amount, amount, vocabulary
from lienminh.rules.reading.words import Words
from lienminh.rules.reading.writing import written
from lienminh.rules.text import fold

MONEY = "VND"
LEAST_MONEY = 1000  # đồng: the letter đ behind a smaller number is something else
SHRINK = 1000  # 300 - 1 tỷ: the first end takes the next smaller size
MOST_PER = 3
QUOTES, LONGEST_MOTTO = frozenset('"“”'), 12  # words
FRACTION, TEN, HALF = "other:fraction", 10, 2
MOST_OVER = 10  # times: what was planned may be surpassed, 14/12 hợp tác xã
PAIR, TRIPLE, REACH = 2, 3, 4  # words
_KINDS = {MONEY: "money", "percent": "percent", "time": "time", "none": "none"}
_KINDS |= {"other:star": "grade"}
_NUMBERS = table("reading_numbers")


class Quantity(NamedTuple):
    """Words `first` up to, not with, `last`; values in the noun's own unit.

    `kind` says how the noun is known: counted, money, percent, part (a of b), unknown, bare, time,
    grade, doubt, fraction. `per` holds what it is divided by: ("person", "month"). `measure` is
    what the figure was found to be, for those that come after it in the sentence.
    """

    first: int
    last: int
    low: Decimal
    high: Decimal
    unit: str
    kind: str
    noun: Noun | None = None
    phrase: str = ""
    turns: bool = False
    of: Decimal | None = None
    per: tuple[str, ...] = ()
    in_words: bool = False
    measure: str = ""


class Sets(NamedTuple):
    """The closed word lists of the grammar in one spelling."""

    openers: frozenset[str]
    articles: frozenset[str]
    between: frozenset[str]
    from_: frozenset[str]
    moving: frozenset[str]
    turns: frozenset[str]
    before_year: frozenset[str]
    bounds: frozenset[str]
    per: frozenset[str]
    per_words: Mapping[str, str]


@cache
def sets(bare: bool) -> Sets:
    """The word lists, with or without marks."""

    def plain(name: str) -> frozenset[str]:
        return frozenset(written(word, bare=bare) for word in _NUMBERS[name])

    return Sets(
        openers=plain("openers"),
        articles=plain("articles"),
        between=plain("between"),
        from_=plain("from"),
        moving=plain("moving"),
        turns=plain("turns"),
        before_year=plain("before_year"),
        bounds=plain("bounds"),
        per=plain("per"),
        per_words={even(said, bare): unit for said, unit in _NUMBERS["per_words"].items()},
    )


class Quantities:
    """The reader of quantities of one text."""

    def __init__(self, words: Words, hits: Sequence[Hit], masked: Stretches) -> None:
        self._words, self._masked = words, masked
        self._said = words.said
        self._bare = words.writing.bare
        self._at = {hit.first: hit for hit in hits}
        self._sets = sets(self._bare)
        self._names = Names(words)

    def read(self) -> list[Quantity]:
        """Every quantity in order."""
        found: list[Quantity] = []
        end = 0
        openers = self._sets.openers
        for index, word in enumerate(self._said):
            if index < end or not (word[0].isdecimal() or word in openers):
                continue
            quantity = self._quantity(index)
            if quantity is not None:
                found.append(quantity)
                end = quantity.last
        return found

    def _quantity(self, at: int) -> Quantity | None:
        if self._masked.cover(self._words.starts[at]):
            return None
        in_words = not self._said[at][0].isdecimal()
        if in_words and not self._opens(at):
            return None
        if special := self._spelt_fraction(at) or self._broken(at):
            return special
        low = amount(self._said, at, bare=self._bare)
        if low is None:
            return None
        found = (
            self._part_of(at, low) or self._range(at, low) or self._among(at, self._single(at, low))
        )
        if found is None or (in_words and not self._is_sure(found)):
            return None
        return None if self._names.cover(at, found.kind) else self._with_end(found)

    def _opens(self, at: int) -> bool:
        """Whether a word begins a number and is no name, article or year."""
        said, lists = self._said, self._sets
        before = said[at - 1] if at else "\n"
        if self._words.is_capital(at) and self._words.sentence_of(at).first != at:
            return False
        if said[at] == written("năm", bare=self._bare) and before in lists.before_year:
            return False
        if said[at] in lists.articles:
            sized = at + 1 < len(said) and said[at + 1] in vocabulary(self._bare).sizes
            return sized or any(phrase in lists.bounds for phrase in self._names.before(at))
        return not (before[0].isdecimal() or before in vocabulary(self._bare).digits)

    def _is_sure(self, found: Quantity) -> bool:
        """A number in words is one only before something counted: "hai bên" is not."""
        if found.kind == "fraction":
            return True
        bounded = any(phrase in self._sets.bounds for phrase in self._names.before(found.first))
        return found.kind in ("counted", "money", "percent") and (
            found.low > 1 or found.kind != "counted" or bounded
        )

    # -- shapes ------------------------------------------------------------------------------------

    def _part_of(self, at: int, low: Amount) -> Quantity | None:
        """30/147 xã: the first number is the value, the second the whole."""
        said, slash = self._said, low.after
        if low.size != 1 or slash + 1 >= len(said) or said[slash] != "/":
            return None
        whole = amount(said, slash + 1, bare=self._bare) if said[slash + 1][0].isdecimal() else None
        if whole is None:
            return None
        value = low.value * whole.size
        if self._is_fraction(at, whole, value):
            return Quantity(at, whole.after, value, value, FRACTION, "fraction", of=whole.value)
        found = self._counted(at, whole, whole.after, value)
        over = whole.value < value
        if over and (found.kind != "counted" or value > whole.value * MOST_OVER):
            return None
        if found.kind in ("counted", "doubt", "money"):
            return found._replace(of=whole.value, kind="part")
        return found._replace(of=whole.value, kind="bare", last=whole.after)

    def _among(self, at: int, found: Quantity) -> Quantity:
        """252 trong tổng số 313 HTX: the whole stands behind, with its noun."""
        said, last = self._said, found.last
        if found.kind not in ("bare", "counted") or last + PAIR >= len(said):
            return found
        among = listed("among", self._bare)
        if self._is_ordinal(at):
            return found
        link = next((n for n in (TRIPLE, PAIR) if " ".join(said[last : last + n]) in among), None)
        if link is None or last + link >= len(said) or not said[last + link][0].isdecimal():
            return found
        whole = self._single(last + link, self._number(last + link))
        if whole.kind != "counted" or whole.low < found.low:
            return found
        if found.kind == "bare":
            found = found._replace(unit=whole.unit, noun=whole.noun, kind="left_out")
        return found._replace(of=whole.low) if found.unit == whole.unit else found

    def _broken(self, at: int) -> Quantity | None:
        """6 15 HTX: a space has broken a number that a known noun follows."""
        said, ends, after = self._said, self._words.ends, at + 1
        if after + 1 >= len(said) or ends[at] + 1 != self._words.starts[after]:
            return None
        left, right = said[at], said[after]
        if not (left.isdecimal() and right.isdecimal()) or said[after + 1][0].isdecimal():
            return None
        if len(right) == 1 or len(left + right) > GROUP or left[0] == "0" or self._is_told(at):
            return None
        found = self._quantity(after)
        if found is None or found.noun is None or found.low != int(right):
            return None
        value = Decimal(left + right)
        return found._replace(first=at, low=value, high=value)

    def _is_told(self, at: int) -> bool:
        """Whether the word before names a number: tháng 5, quý 3, khoản 2."""
        return any(phrase in known("before", self._bare) for phrase in self._names.before(at))

    def _number(self, at: int) -> Amount:
        return amount(self._said, at, bare=self._bare) or NO_AMOUNT

    def _is_fraction(self, at: int, whole: Amount, value: Decimal) -> bool:
        """1/3 số hợp tác xã, 2/3 diện tích: a share of what is named, no count."""
        said, after = self._said, whole.after
        if not (0 < value < whole.value <= TEN and whole.size == 1) or after >= len(said):
            return False
        return said[after] in listed("shared", self._bare)

    def _spelt_fraction(self, at: int) -> Quantity | None:
        """Hai phần ba số hộ, một nửa số hợp tác xã."""
        said, bare = self._said, self._bare
        digits, half = vocabulary(bare).digits, listed("half_of", bare)
        if at + TRIPLE >= len(said):
            return None
        if " ".join(said[at : at + PAIR]) in half and said[at + PAIR] in listed("shared", bare):
            parts, last = (1, HALF), at + PAIR
        elif (
            said[at] in digits and said[at + 1] == even("phần", bare) and said[at + PAIR] in digits
        ):
            parts, last = (digits[said[at]], digits[said[at + PAIR]]), at + TRIPLE
        else:
            return None
        low = Decimal(parts[0])
        return Quantity(
            at, last, low, low, FRACTION, "fraction", of=Decimal(parts[1]), in_words=True
        )

    def _range(self, at: int, low: Amount) -> Quantity | None:
        """3,8-5,5 triệu: the size stands once and holds for both ends."""
        high = self._upper_end(at, low)
        if high is None:
            return None
        first = low.value * (high.size if low.size == 1 else 1)
        while first > high.value and low.size == 1 and first % SHRINK == 0 and high.size > 1:
            first /= SHRINK
        found = self._counted(at, high, high.after, high.value)
        alone = found.kind in ("bare", "unknown") and high.size == 1
        return None if alone or first >= high.value else found._replace(low=first, high=high.value)

    def _upper_end(self, at: int, low: Amount) -> Amount | None:
        """The number behind a dash or "đến", where the two are the ends of a range."""
        said, between = self._said, low.after
        other = between + 1
        if other >= len(said) or said[between] not in self._sets.between:
            return None
        moved = at and said[at - 1] in self._sets.from_ and self._moves(at)
        if (moved and said[between].isalpha()) or not said[other][0].isdecimal():
            return None
        if self._masked.cover(self._words.starts[other]):
            return None
        return amount(said, other, bare=self._bare)

    def _moves(self, at: int) -> bool:
        """Whether "từ" tells where a change began: tăng từ 5 đến 7 has two figures."""
        return bool(set(self._said[max(0, at - REACH) : at]) & self._sets.moving)

    def _single(self, at: int, low: Amount) -> Quantity:
        found = self._counted(at, low, low.after, low.value)
        if found.noun and found.noun.measured and "," in self._said[at]:
            again = amount(self._said, at, bare=self._bare, measured=True)
            if again:
                found = found._replace(low=again.value, high=again.value)
        return found

    def _with_end(self, found: Quantity) -> Quantity:
        """từ 5 triệu đồng đến 7 triệu đồng: both ends with their noun are one range."""
        said = self._said
        starts_so = found.first and said[found.first - 1] in self._sets.from_
        if not starts_so or found.low != found.high or found.last + 1 >= len(said):
            return found
        if said[found.last] not in self._sets.between or self._moves(found.first):
            return found
        other = self._quantity(found.last + 1) if said[found.last + 1][0].isdecimal() else None
        if other is None or other.unit.split("_per")[0] != found.unit or other.low < found.low:
            return found
        return other._replace(first=found.first, low=found.low)

    # -- nouns -------------------------------------------------------------------------------------

    def _counted(self, at: int, number: Amount, after: int, value: Decimal) -> Quantity:
        said = self._said
        turns = after < len(said) and said[after] in self._sets.turns and after not in self._at
        place = after + 1 if turns else after
        base = Quantity(at, after, value, value, "", "bare", in_words=number.in_words, turns=turns)
        hit = self._at.get(place)
        if self._is_rank(at):
            return base._replace(unit="other:rank", kind="rank")
        if hit and hit.entry.noun and not self._is_letter_of_money(hit, value):
            return self._known(base, hit, number)
        if turns:
            return base._replace(unit="other:turn", kind="counted", last=place, phrase=said[after])
        if number.size >= SHRINK * SHRINK:
            return self._per(base._replace(unit=MONEY, kind="money"))
        return self._unknown(base, place)

    def _is_ordinal(self, at: int) -> bool:
        return at > 0 and self._said[at - 1] in listed("rank_ends", self._bare)

    def _is_rank(self, at: int) -> bool:
        """Đứng thứ 5: what follows is not counted."""
        ranks = listed("rank_before", self._bare)
        return self._is_ordinal(at) and any(phrase in ranks for phrase in self._names.before(at))

    def _is_letter_of_money(self, hit: Hit, value: Decimal) -> bool:
        return hit.phrase in ("đ", "d") and value < LEAST_MONEY

    def _known(self, base: Quantity, hit: Hit, number: Amount) -> Quantity:
        noun = hit.entry.noun
        if noun is None:
            return base
        kind = _KINDS.get(noun.unit, "doubt" if noun.doubt else "counted")
        turns = base.turns or hit.phrase.split(" ")[0] in self._sets.turns
        found = base._replace(
            last=hit.last,
            unit=noun.unit,
            kind=kind,
            noun=noun,
            phrase=hit.phrase,
            turns=turns,
        )
        return self._per(found)

    def _unknown(self, base: Quantity, place: int) -> Quantity:
        """A noun that the lexicon does not know counts too, less surely."""
        said = self._said
        if place >= len(said) or not said[place].isalpha():
            return base
        if self._masked.cover(self._words.starts[place]):
            return base
        stops = known("function_words", self._bare)
        if said[place] in stops or (self._words.is_capital(place) and not self._is_short(place)):
            return base
        last = place + 1
        more = last < len(said) and said[last].isalpha() and said[last] not in stops
        if more and last not in self._at and not self._words.is_capital(last):
            last += 1
        if last == place + 1 and len(said[place]) == 1:  # 02b
            return base
        phrase = " ".join(said[place:last])
        unit = "other:" + fold(phrase).replace(" ", "_")
        return self._per(base._replace(last=last, unit=unit, kind="unknown", phrase=phrase))

    def _is_short(self, word: int) -> bool:
        """An abbreviation: DN, VĐV."""
        return self._words.plain(word, word + 1).isupper() and len(self._said[word]) > 1

    def _per(self, found: Quantity) -> Quantity:
        """What the quantity is divided by: /người/tháng, /ha, mỗi năm."""
        said, last, per = self._said, found.last, list[str]()
        while last + 1 < len(said) and len(per) < MOST_PER and said[last] in self._sets.per:
            if said[last] != "/" and found.kind != "money":
                break
            said_of = self._divisor(last + 1) or self._any_divisor(found, last)
            if said_of is None:
                break
            per.append(said_of[0])
            last = said_of[1]
        if not per:
            return found
        return found._replace(last=last, per=tuple(per))

    def _divisor(self, at: int) -> tuple[str, int] | None:
        for count in range(TRIPLE, 0, -1):
            meaning = self._sets.per_words.get(" ".join(self._said[at : at + count]))
            if meaning and at + count <= len(self._said):
                return meaning, at + count
        return None

    def _any_divisor(self, found: Quantity, slash: int) -> tuple[str, int] | None:
        """1.800 đồng/cành: behind a slash money may be divided by anything."""
        said, at = self._said, slash + 1
        measured = found.noun is not None and found.noun.measured and found.kind != "percent"
        divided = found.kind == "money" or measured
        named = said[slash] == "/" and divided and said[at].isalpha()
        return (fold(said[at]), at + 1) if named else None
