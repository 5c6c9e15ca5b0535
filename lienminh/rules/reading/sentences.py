"""What stands around a quantity: cues before and after it, in its clause and in its sentence."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lienminh.rules.reading.dates import Point
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.quantities import Quantity
from lienminh.rules.reading.tables import Cell, Tables
from lienminh.rules.reading.words import Sentence, Words

_SHORT = 2  # words from a bracket to the one that closes a short form
_NAMEABLE = frozenset({"target", "target_weak", "done", "stock", "flow", "flow_ahead"})
_WIDE, _NARROW = frozenset(";"), frozenset(";,():")


@dataclass(frozen=True)
class Passage:
    """A read text: its words, known phrases, days and quantities, in order."""

    words: Words
    hits: Sequence[Hit]
    points: Sequence[Point]
    quantities: Sequence[Quantity]

    @cached_property
    def tables(self) -> Tables:
        """The tables of the text."""
        return Tables(self.words)

    @cached_property
    def _hit_firsts(self) -> list[int]:
        return [hit.first for hit in self.hits]

    @cached_property
    def _point_starts(self) -> list[int]:
        return [point.start for point in self.points]

    def hits_in(self, first: int, last: int) -> Sequence[Hit]:
        """Known phrases that begin among these words."""
        firsts = self._hit_firsts
        return self.hits[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def is_in_name(self, hit: Hit) -> bool:
        """Whether what could say what is done is in a name: Bộ Kế hoạch và Đầu tư."""
        words, first = self.words, hit.first
        if hit.entry.cues.isdisjoint(_NAMEABLE) or not first or not words.is_capital(first):
            return False
        return words.said[first - 1].isalpha() and not words.plain(first, first + 1).isupper()

    def points_in(self, sentence: Sentence) -> Sequence[Point]:
        """Days and periods that begin in a sentence."""
        starts, words = self._point_starts, self.words
        end = words.ends[sentence.last - 1] if sentence.last else 0
        begin = words.starts[sentence.first] if sentence.first < len(words.starts) else end
        return self.points[bisect_left(starts, begin) : bisect_left(starts, end)]


@dataclass
class Around:
    """The surroundings of one quantity."""

    passage: Passage
    quantity: Quantity
    earlier: Sequence[Quantity]
    sentence: Sentence

    @cached_property
    def cell(self) -> Cell | None:
        """The cell of a table that the quantity stands in."""
        return self.passage.tables.cell(self.quantity.first)

    @cached_property
    def clause(self) -> tuple[int, int]:
        """The stretch between semicolons, as words from and to."""
        return self._stretch(_WIDE)

    @cached_property
    def phrase(self) -> tuple[int, int]:
        """The stretch between commas, semicolons and brackets."""
        return self._stretch(_NARROW)

    def _stretch(self, ends: frozenset[str]) -> tuple[int, int]:
        said = self.passage.words.said
        first, last = self.quantity.first, self.quantity.last
        if first > self.sentence.first and said[first - 1] == ":":  # what is counted: how many
            first -= 1
        while first > self.sentence.first and said[first - 1] not in ends:
            first -= 1
        while last < self.sentence.last and (said[last] not in ends or self._abbreviates(last)):
            last += _SHORT + 1 if said[last] == "(" else 1
        last = min(last, self.sentence.last)
        return first, last

    def _abbreviates(self, word: int) -> bool:
        """Whether a bracket only holds the short form of what stands before: tổ hợp tác (THT)."""
        said = self.passage.words.said
        return said[word] == "(" and word + _SHORT < len(said) and said[word + _SHORT] == ")"

    def before(self, *cues: str, since: int) -> Hit | None:
        """The nearest phrase with one of the cues before the quantity, not before a word."""
        ahead = self._ahead
        if since < self.sentence.first:  # parts of what the sentence before counted
            ahead = self.passage.hits_in(since, self.quantity.first)
        for hit in reversed(ahead):
            if hit.first < since:
                return None
            if hit.entry.cues.isdisjoint(cues) or hit.last > self.quantity.first:
                continue
            if not self.passage.is_in_name(hit):
                return hit
        return None

    @cached_property
    def _ahead(self) -> Sequence[Hit]:
        """The phrases of the sentence before the quantity."""
        return self.passage.hits_in(self.sentence.first, self.quantity.first)

    def after(self, *cues: str, until: int) -> Hit | None:
        """The nearest phrase with one of the cues after the quantity, before a word."""
        hits = self.passage.hits_in(self.quantity.last, until)
        told = (hit for hit in hits if not hit.entry.cues.isdisjoint(cues))
        return next((hit for hit in told if not self.passage.is_in_name(hit)), None)

    def nouns_before(self, since: int) -> Iterator[Hit]:
        """Counted nouns before the quantity, the nearest first."""
        for hit in reversed(self.passage.hits_in(since, self.quantity.first)):
            if hit.entry.noun:
                yield hit

    def words_of(self, hit: Hit) -> str:
        """A phrase as the text has it."""
        return " ".join(self.passage.words.plain(hit.first, hit.last).split())
