"""What a text has said before a sentence: whether it speaks of plans, and of which period.

A numbered heading holds for its section, a line that ends with a colon for the items beneath it, a
sentence for the rest of its paragraph.
"""

import re
from datetime import date

from lienminh.rules.reading import spans
from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.dates import Point
from lienminh.rules.reading.sentences import Passage
from lienminh.rules.reading.words import Sentence

HEAD = 40  # sentences in which the period of the whole text is looked for
_NUMBERED = re.compile(
    r"\s*(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2})*)\s?[.)]?\s+\S|\s*(?:Phần|PHẦN)\s"
)
_ITEM = re.compile(r"\s*(?:[-+*•·]|\(?[0-9a-zđ]{1,3}[.)])\s*")


class Carried:
    """The mood ("" when things are told as done) and the last period, sentence after sentence."""

    def __init__(self, passage: Passage, day: date | None) -> None:
        self._passage, self._day = passage, day
        self._section: tuple[str, Point | None] = ("", None)
        self._lead: tuple[str, Point | None] = ("", None)
        self._next = 0
        self.mood = ""
        self.point: Point | None = None
        self.whole = _whole_period(passage, day)

    def up_to(self, sentence: Sentence) -> None:
        """Take in what stands before a sentence, and begin its paragraph."""
        sentences = self._passage.words.sentences
        while self._next < len(sentences) and sentences[self._next].first < sentence.first:
            self._take(sentences[self._next])
            self._next += 1
        if sentence.opens:
            self._open(sentence)
        elif self.mood != self._lead[0] and self._begins_anew(sentence):
            self.mood = self._lead[0]

    def _begins_anew(self, sentence: Sentence) -> bool:
        """Có 45 gian hàng …: a sentence of what there is, behind one of what is meant to be."""
        words = self._passage.words
        return words.said[sentence.first] in listed("begins_anew", words.writing.bare)

    def _open(self, sentence: Sentence) -> None:
        if self._begins_with(_ITEM, sentence):
            self.mood, self.point = self._lead
        else:
            self.mood, self.point = self._lead = self._section

    def _take(self, sentence: Sentence) -> None:
        if sentence.opens:
            self._open(sentence)
        for hit in self._passage.hits_in(sentence.first, sentence.last):
            if "target" in hit.entry.cues:
                self.mood = hit.phrase
            elif "done" in hit.entry.cues:
                self.mood = ""
        told = spans.tells(self._passage.points_in(sentence), self._day)
        plain = [point for point in told if not point.now and not point.named]
        self.point = plain[-1] if plain else self.point
        if sentence.heading:
            self._head(sentence)

    def _head(self, sentence: Sentence) -> None:
        """A heading: of a section where it is numbered or in capitals, else of what follows it."""
        points = self._passage.points_in(sentence)
        said = [one for one in points if one.first and not (one.law or one.against or one.now)]
        point = said[-1] if said else None
        words = self._passage.words
        text = words.plain(sentence.first, sentence.last)
        mood, was = self._mood_of(sentence), self._section
        mood = was[0] if mood is None else mood
        if self._begins_with(_NUMBERED, sentence) or text.isupper():
            self._section = self._lead = (mood, point or was[1])
        elif text.rstrip().endswith(":"):
            self._lead = (mood, point or self.point)

    def _mood_of(self, heading: Sentence) -> str | None:
        """What a heading says of what follows: a plan, something done (""), or nothing."""
        hits = self._passage.hits_in(heading.first, heading.last)
        if any("heading_done" in hit.entry.cues for hit in hits):
            return ""
        return next((hit.phrase for hit in hits if "heading_target" in hit.entry.cues), None)

    def _begins_with(self, pattern: re.Pattern[str], sentence: Sentence) -> bool:
        words = self._passage.words
        if sentence.first >= len(words.starts):
            return False
        return bool(pattern.match(words.writing.plain, words.starts[sentence.first]))


def _whole_period(passage: Passage, day: date | None) -> Point | None:
    """The period a text is about: the first that its head tells, over by then, not a single day."""
    begun: Point | None = None
    for sentence in passage.words.sentences[:HEAD]:
        for point in spans.tells(passage.points_in(sentence), day):
            if point.first is None or point.last is None or point.first == point.last:
                continue
            if point.named or (day is not None and point.first > day):
                continue
            if day is None or point.last.year <= day.year:
                return point
            begun = begun or point
    return begun
