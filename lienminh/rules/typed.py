"""Reading what people type: amounts and periods as Vietnamese offices write them.

The other way round of `rules.wording`, `Period.in_words` and `Period.in_english`. What is refused
is refused with one of the sentences of `Sentence`, so that a screen can translate it.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table
from lienminh.rules.periods import ENGLISH_MONTHS, ORDINALS, Period
from lienminh.rules.precision import ENGLISH, QUALIFIERS, Amount, Qualifier
from lienminh.rules.text import clean, fold, normalise
from lienminh.rules.wording import DECIMAL_BASE, Unit, unit_of

LIMIT = 2**63 - 1  # amounts are kept in 64 bits
LONGEST = 120
SIZES = {"đồng": 1, "nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}
_SIZE_OF_WORD = {fold(word): size for word, size in SIZES.items()} | {
    "ngan": 10**3,
    "ti": 10**9,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
}
# The words as they are printed, then as they are written elsewhere: "hơn" as written says no more
# than "trên".
_PRINTED = {r["word"]: Qualifier(r["bound"], r["approx"]) for r in table("qualifiers")["printed"]}
MEANINGS = {word: meaning for word, meaning in (_PRINTED | QUALIFIERS).items() if word}
_WORDS = {english: word for word, english in ENGLISH.items() if word}
_WORDS |= {fold(word): word for word in MEANINGS}
_AFTER = {"tro len"}  # the one that stands behind its number
_WORDS_AFTER = 2
_LONGEST_WORD = max(len(word.split()) for word in _WORDS)
_BOTH_SIDES = 2  # of a range
_PAIR = 2  # a number and its word: 1 tỷ
_YEAR_DIGITS = 4
_DECIMALS = 2  # the group of _NUMBER after the comma

_NUMBER = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_DASH = re.compile(r"\s*(?:[-–—]|(?<=\s)(?:đến|to)(?=\s))\s*", re.IGNORECASE)
_EXPONENT = re.compile(r"[0-9]\s*[eE]\s*[-+]?[0-9]")
_DIGIT_THEN_WORD = re.compile(r"(?<=[0-9])(?=[^\W\d_]|%)")


class Sentence(StrEnum):
    """Everything an amount or a period is refused with."""

    EMPTY = "Hãy gõ một con số."
    LONG = "Chỉ gõ con số và đơn vị; lời văn để ở ô “Nguyên văn”."
    DIGITS = "Chỉ dùng các chữ số từ 0 đến 9."
    EXPONENT = "Không viết dạng lũy thừa; hãy viết đủ số, ví dụ 1.000.000.000 hoặc 1 tỷ."
    NEGATIVE = "Số liệu không thể âm; hãy bỏ dấu trừ."
    IN_WORDS = "Hãy viết bằng chữ số, ví dụ 2.000."
    DOTS = "Dấu chấm chia hàng nghìn, mỗi nhóm ba chữ số (2.177); phần lẻ viết sau dấu phẩy (29,5)."
    WHOLE = "Chỉ tiêu này đếm bằng số nguyên; hàng nghìn viết bằng dấu chấm (1.500)."
    TOO_FINE = (
        "Phần lẻ quá nhỏ: tiền viết đến từng đồng, tỷ lệ viết đến phần trăm của một phần trăm."
    )
    TOO_LARGE = "Con số quá lớn; hãy xem lại đơn vị."
    BACKWARDS = "Khoảng số viết số nhỏ trước, số lớn sau."
    SIDES = "Hãy viết đơn vị ở cả hai đầu của khoảng số."
    UNREAD = (
        "Không đọc được con số này; hãy viết như 2.177; 1.234,5; 29 tỷ; 1 tỷ 456 triệu; "
        "3,8–5,5 triệu."
    )
    PERIOD = (
        "Không đọc được kỳ này; hãy viết như 2023; tháng 10/2023; quý III/2023; "
        "9 tháng đầu năm 2023; 05/03/2024; 2022–2023."
    )


class Typed(NamedTuple):
    """An amount in the unit's smallest part, and the word that qualified it as it was typed."""

    amount: Amount
    qualifier: str


def amount(text: str, unit: str, *, size: int = 1) -> Typed:
    """Read 2.177; 29 tỷ; 1 tỷ 456 triệu; gần 3,8–5,5 triệu đồng; 7,25%. Refused with a Sentence.

    `size` is the đồng that a number of money without a word of its own counts.
    """
    described = unit_of(unit)
    words = _DIGIT_THEN_WORD.sub(" ", _plain(text)).split()
    qualifier, words = _qualifier(words)
    sides = _DASH.split(
        " ".join(_without_unit(words, described)).removeprefix("từ ").removeprefix("from ")
    )
    if len(sides) > _BOTH_SIDES:
        raise Refused(Sentence.UNREAD)
    low, high = _ends(sides, described, size)
    if high > LIMIT:
        raise Refused(Sentence.TOO_LARGE)
    if high < low:
        raise Refused(Sentence.BACKWARDS)
    bound, approx = MEANINGS[qualifier] if qualifier else (None, False)
    return Typed(Amount(low, high, bound, approx), qualifier)


def _plain(text: str) -> str:
    """The text in one line; refused when no amount can be in it."""
    plain = normalise(clean(text)).replace("\N{MINUS SIGN}", "-")
    refusals = {
        Sentence.EMPTY: not plain,
        Sentence.LONG: len(plain) > LONGEST,
        Sentence.DIGITS: any(char.isnumeric() and char not in "0123456789" for char in plain),
        Sentence.EXPONENT: _EXPONENT.search(plain),
        Sentence.NEGATIVE: plain.startswith(("-", "–")),
        Sentence.IN_WORDS: not re.search(r"[0-9]", plain),
    }
    for sentence, holds in refusals.items():
        if holds:
            raise Refused(sentence)
    return plain


def _qualifier(words: list[str]) -> tuple[str, list[str]]:
    """The qualifying word in front (or behind, for "trở lên"), and the rest."""
    for count in range(_LONGEST_WORD, 0, -1):
        head = fold(" ".join(words[:count]))
        if head in _WORDS and head not in _AFTER:
            return _WORDS[head], words[count:]
    if fold(" ".join(words[-_WORDS_AFTER:])) in _AFTER:
        return "trở lên", words[:-_WORDS_AFTER]
    return "", words


def _without_unit(words: list[str], unit: Unit) -> list[str]:
    own = {fold(word) for word in (unit.word, unit.turns, *unit.in_english()) if word}
    for count in range(len(words), 0, -1):
        if fold(" ".join(words[-count:])) in own:
            return words[:-count]
    return words


def _ends(sides: list[str], unit: Unit, size: int) -> tuple[int, int]:
    """Both ends; the first takes the word of the second: 3,8–5,5 triệu."""
    if unit.kind != "money":
        ends = [_scaled(side, DECIMAL_BASE**unit.scale, whole=unit.scale == 0) for side in sides]
        return ends[0], ends[-1]
    last = sides[-1].split()
    shared = [last[-1]] if len(last) == _PAIR else []
    ranged = len(sides) == _BOTH_SIDES
    if ranged and len(sides[0].split()) == 1 and len(last) > _PAIR:
        raise Refused(Sentence.SIDES)
    first = sides[0].split()
    if ranged and len(first) == 1:
        first += shared
    return _money(first, size), _money(last, size)


def _money(words: list[str], size: int) -> int:
    """đồng of "456", "1 tỷ 456 triệu"; the parts fall in size, and only one alone has decimals."""
    if len(words) == 1:
        return _scaled(words[0], size, whole=size == 1)
    numbers, written = words[::_PAIR], words[1::_PAIR]
    sizes = [_SIZE_OF_WORD.get(fold(word)) for word in written]
    known = [one for one in sizes if one]
    if len(known) != len(numbers) or sorted(set(known), reverse=True) != known:
        raise Refused(Sentence.UNREAD)
    several = len(numbers) > 1
    return sum(
        _scaled(number, one, whole=several or one == 1)
        for number, one in zip(numbers, known, strict=True)
    )


def _scaled(number: str, parts: int, *, whole: bool) -> int:
    """The number in 1/`parts`; `parts` is a power of ten."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        dotted = re.fullmatch(r"[0-9.,]+", number)
        raise Refused(Sentence.DOTS if dotted else Sentence.UNREAD)
    digits, decimals = found[1].replace(".", ""), found[_DECIMALS] or ""
    if whole and decimals:
        raise Refused(Sentence.WHOLE)
    tenths: int = DECIMAL_BASE ** len(decimals)
    kept, rest = divmod(int(digits + decimals) * parts, tenths)
    if rest:
        raise Refused(Sentence.TOO_FINE)
    return kept


# Periods. Each pattern of a folded text, and the period's canonical name made from it.
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?P<year>[0-9]{4})"
_OF_YEAR = rf"(?:\s?/\s?| nam | ){_YEAR}"
_PERIODS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (rf"(?:nam )?{_YEAR}", "{year}"),
        (rf"(?:thang )?(?P<month>[0-9]{{1,2}}){_OF_YEAR}", "{year}-{month:0>2}"),
        (
            rf"(?:ngay )?(?P<day>[0-9]{{1,2}})[/.](?P<month>[0-9]{{1,2}})[/.]{_YEAR}",
            "{year}-{month:0>2}-{day:0>2}",
        ),
        (rf"quy (?P<quarter>i|ii|iii|iv|[1-4]){_OF_YEAR}", "{year}-Q{quarter}"),
        (rf"6 thang dau{_OF_YEAR}", "{year}-H1"),
        (rf"6 thang cuoi{_OF_YEAR}", "{year}-H2"),
        (rf"(?P<months>[0-9]{{1,2}}) thang(?: dau)?{_OF_YEAR}", "{year}-{months}M"),
    )
)
_MONTHS = {month.lower(): number for number, month in enumerate(ENGLISH_MONTHS, start=1)}
_NTHS = {word: number for number, word in ORDINALS.items()}
_DAY_OR_MONTH = re.compile(rf"(?:([0-9]{{1,2}}) )?({'|'.join(_MONTHS)})(?: ([0-9]{{4}}))?")
_PART_OF_YEAR = re.compile(
    rf"(?:({'|'.join(_NTHS)}) (?:(quarter)|half)|first ([0-9]{{1,2}}) months)(?: of)? ([0-9]{{4}})"
)
_DASHED_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_LEAD = re.compile(r"(?:giai doan|tu) ")


def period(text: str) -> Period:
    """Read a period as `Period.parse` or as people write it; Refused with Sentence.PERIOD."""
    plain = _DASHED_DAY.sub(r"\1/\2/\3", normalise(clean(text)))
    if len(plain) > LONGEST:
        raise Refused(Sentence.PERIOD)
    try:
        return Period.parse(plain.upper())
    except Refused:
        sides = [_from_english(_LEAD.sub("", fold(side))) for side in _DASH.split(plain)]
    if len(sides) == _BOTH_SIDES and (start := re.fullmatch(r"(?:thang )?([0-9]{1,2})", sides[0])):
        _said, _slash, rest = sides[1].partition("/")
        # The month or the year is said once, at the end.
        sides[0] = f"{start[1]}/{rest or sides[1][-_YEAR_DIGITS:]}"
    try:
        spans = [Period.parse(_canonical(side)) for side in sides if len(sides) <= _BOTH_SIDES]
        return Period(spans[0].first, spans[-1].last)
    except (Refused, IndexError):
        raise Refused(Sentence.PERIOD) from None


def _from_english(folded: str) -> str:
    """An English day, month or part of a year as it would be written here."""
    if found := _DAY_OR_MONTH.fullmatch(folded):
        day, month, year = found.groups()
        return "/".join(filter(None, (day, f"{_MONTHS[month]}", year)))
    if found := _PART_OF_YEAR.fullmatch(folded):
        nth, quarter, months, year = found.groups()
        if quarter:
            return f"quy {_NTHS[nth]} nam {year}"
        part = f"{months} thang dau" if months else f"6 thang {'dau' if nth == 'first' else 'cuoi'}"
        return f"{part} nam {year}"
    return folded


def _canonical(folded: str) -> str:
    for pattern, name in _PERIODS:
        if found := pattern.fullmatch(folded):
            words = found.groupdict()
            quarter = words.get("quarter")
            return name.format(**words | {"quarter": _ROMAN.get(quarter or "", quarter)})
    raise Refused(Sentence.PERIOD)
