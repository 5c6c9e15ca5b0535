"""The place of each figure: said in its clause, its sentence, before it, or that of the text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from lienminh.intake.gazetteer import Gazetteer
from lienminh.intake.mentions import LEVELS, Mention, domains
from lienminh.places.units import NATION
from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.sentences import Around, Passage
from lienminh.rules.reading.words import Sentence

HEAD = 120  # words: what a text names here speaks more for it
# Votes for the place a text is about.
IN_HEAD = 3  # times
TITLED, NAMED, WEAK, IN_ADDRESS, OF_A_DISTRICT, GENERAL = 20, 10, 2, 20, 10, 5
ENDS = 2000  # characters at the head and foot in which the address of the paper stands
WHOLES = ("grouping", "province", "nation", "district", "commune")
PROVINCES = "other:province"
OF_TEXT = "văn bản"  # why: no sentence says where, the text is about the place
BEHIND = 8  # words behind a quantity in which "tại huyện …" still tells where


class Placed(NamedTuple):
    """The name of the place, its ref when there is just one such unit, and how it is known."""

    name: str | None
    ref: str | None
    why: str


NOWHERE = Placed(None, None, "")


def _most(votes: Counter[str]) -> tuple[str | None, int]:
    return max(votes.items(), key=lambda pair: pair[1], default=(None, 0))


class Placing:
    """The places of one text; figures are asked for in their order."""

    def __init__(
        self, passage: Passage, found: Sequence[Mention], gazetteer: Gazetteer, day: date | None
    ) -> None:
        self._passage, self._found, self._gazetteer, self._day = passage, found, gazetteer, day
        self._firsts = [one.first for one in found]
        self._shown = {ref: one.shown for one in reversed(found) for ref in one.refs}
        self._best = {level: _most(votes) for level, votes in self._count().items()}
        self._told: Placed | None = None
        self._told_up_to = 0

    def of(self, around: Around) -> Placed:
        """Where a figure is counted."""
        sentence = around.sentence
        first, at, last = sentence.first, around.quantity.first, around.quantity.last
        inside = [one for one in self._between(first, sentence.last) if not self._is_one_of(one)]
        before = [one for one in inside if one.last <= at and not one.weak]
        end = min(last + BEHIND, around.phrase[1])
        behind = [one for one in inside if last <= one.first <= end and self._tells_where(one)]
        if around.quantity.unit == PROVINCES:  # 23 tỉnh, thành phố trong cả nước took part here
            behind = [one for one in behind if one.level != "nation"]
        for mention in (*behind[:1], *self._lowest_last(before)):
            if placed := self._placed(mention):
                return placed
        return self._of_paragraph(around) or self.whole

    def _lowest_last(self, before: Sequence[Mention]) -> Sequence[Mention]:
        """The mentions from the nearest on; what only says in what the next lies comes after it."""
        nearest = list(reversed(before))
        other = next((one for one in nearest[1:] if one.refs != nearest[0].refs), None)
        if other and self._holds(nearest[0], other):
            nearest.insert(0, other)
        return nearest

    def _holds(self, upper: Mention, lower: Mention) -> bool:
        """Nghĩa Hưng nằm ở phía Nam của tỉnh Nam Định: the province only says where that is."""
        words = self._passage.words
        near = set(words.said[max(0, upper.first - 1) : upper.first + 1])
        said_so = near & listed("lies_in", words.writing.bare)
        inside = lower.refs and upper.refs and lower.refs != upper.refs
        return bool(said_so and inside and upper.refs[0] in self._gazetteer.line_of(lower.refs[0]))

    def _tells_where(self, mention: Mention) -> bool:
        """Whether a place behind a figure says where it is counted: tại huyện …, trong tỉnh."""
        words = self._passage.words
        here = listed("at", words.writing.bare)
        before = words.said[mention.first - 1] if mention.first else ""
        return mention.general or before in here or words.said[mention.first] in here

    @cached_property
    def whole(self) -> Placed:
        """The place the text is about."""
        level = max(WHOLES, key=lambda one: self._best[one][1])
        ref, votes = self._best[level]
        return self._named(ref, OF_TEXT) if ref and votes else NOWHERE

    def _of_paragraph(self, around: Around) -> Placed | None:
        """The last place named in the sentences before, up to where the paragraph opens."""
        words = self._passage.words
        number = words.number_of(around.sentence)
        while self._told_up_to < number:
            sentence = words.sentences[self._told_up_to]
            last = self._last_in(sentence)
            self._told = last or (None if sentence.opens else self._told)
            self._told_up_to += 1
        return None if around.sentence.opens else self._told

    def _last_in(self, sentence: Sentence) -> Placed | None:
        told = [one for one in self._between(sentence.first, sentence.last) if not one.weak]
        for mention in self._lowest_last(told):
            if not mention.weak and (placed := self._placed(mention)):
                return Placed(placed.name, placed.ref, f"đoạn: {placed.why}")
        return None

    def _placed(self, mention: Mention) -> Placed | None:
        why = self._passage.words.plain(mention.first, mention.last)
        if not mention.general:
            ref = mention.refs[0] if len(mention.refs) == 1 else None
            return Placed(mention.shown, ref, why)
        if mention.level == "nation":
            return self._named(NATION, why)
        ref, votes = self._best[mention.level]
        if ref and votes:
            return self._named(ref, why)
        return None

    def _named(self, ref: str, why: str) -> Placed:
        return Placed(self._shown.get(ref) or self._gazetteer.name(ref, self._day), ref, why)

    def _between(self, first: int, last: int) -> Sequence[Mention]:
        firsts = self._firsts
        return self._found[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def _is_one_of(self, mention: Mention) -> bool:
        """Whether a list of places begins here ("các huyện A, B"): the figure is of none alone."""
        words = self._passage.words
        before = words.said[mention.first - 1] if mention.first else ""
        many = listed("many", words.writing.bare)
        counted = before.isdecimal() and mention.level in ("district", "commune")
        counted = counted and not self._is_year(mention.first - 1)
        return not mention.general and (before in many or counted)

    def _is_year(self, word: int) -> bool:
        """Whether a number belongs to a day or year: năm 2024 huyện Đình Lập."""
        words = self._passage.words
        start = words.starts[word]
        points = self._passage.points_in(words.sentence_of(word))
        return any(one.start <= start < one.end for one in points)

    def _count(self) -> dict[str, Counter[str]]:
        votes: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
        general: Counter[str] = Counter()
        for mention in self._found:
            if mention.general and mention.level != "nation":
                general[mention.level] += 1
            else:
                self._vote(mention, votes)
        text = self._passage.words.writing.text
        for ref in domains(text[:ENDS] + text[-ENDS:], self._gazetteer, self._day):
            votes["province"][ref] += IN_ADDRESS
        for level, times in general.items():
            for ref, _ in votes[level].most_common(1):
                votes[level][ref] += times * GENERAL
        return votes

    def _is_venue(self, mention: Mention) -> bool:
        """Whether something only took place there: tại TP. Hải Dương."""
        words = self._passage.words
        before = words.said[mention.first - 1] if mention.first else ""
        return before in listed("venue", words.writing.bare)

    def _vote(self, mention: Mention, votes: Mapping[str, Counter[str]]) -> None:
        times = IN_HEAD if mention.first < HEAD and not self._is_venue(mention) else 1
        if mention.general:
            votes["nation"][NATION] += times * (WEAK if mention.weak else NAMED)
            return
        for ref in mention.refs[:1]:
            if not self._is_one_of(mention):
                votes[mention.level][ref] += times * (TITLED if mention.titled else NAMED)
            lower = mention.level in ("district", "commune") and len(mention.refs) == 1
            if lower and (province := self._gazetteer.province_of(ref)):
                votes["province"][province] += OF_A_DISTRICT
