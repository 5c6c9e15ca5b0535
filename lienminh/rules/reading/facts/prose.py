"""A text as its facts are read: words, the phrases that tell of facts, days, places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from lienminh.rules.parameters import table
from lienminh.rules.reading.cues import even
from lienminh.rules.reading.dates import points
from lienminh.rules.reading.dating import day_of
from lienminh.rules.reading.lexicon import Entry, Hit, Lexicon, build
from lienminh.rules.reading.sentences import Passage
from lienminh.rules.reading.words import Sentence, Words, words
from lienminh.rules.reading.writing import Writing

FACTS: Mapping[str, Any] = table("reading_facts")
Run = tuple[int, int]  # words from and to
_LISTS = (
    *("held", "lists", "recommends", "orders", "to_come", "acts", "must", "lead", "cooperate"),
    *("past", "contrast", "lacking", "difficulty", "name_of_meeting_ends"),
    *("heading_task", "heading_difficulty", "heading_recommendation", "heading_other"),
)
_KINDS = ("documents", "programmes", "gatherings", "parts_of_day", "modes")


class Fact(NamedTuple):
    """One thing a text holds. `start` and `end` index the text as stored, end exclusive.

    `kind` is conference, document, organisation, programme, task, difficulty or recommendation;
    `details` what is said of it (number, date, place, host, role …), only what is stated;
    `confidence` is 0 to 100; `why` the words by which it was known.
    """

    kind: str
    start: int
    end: int
    span: str
    details: Mapping[str, str]
    confidence: int
    why: str


@dataclass(frozen=True)
class Prose:
    """A text with what its facts are read by. `places` are runs of words that name places."""

    passage: Passage
    day: date | None
    places: Mapping[int, tuple[int, str]]

    @property
    def words(self) -> Words:
        """The words of the text."""
        return self.passage.words

    @property
    def bare(self) -> bool:
        """Whether the text has no marks."""
        return self.words.writing.bare

    def fact(self, kind: str, run: Run, details: Mapping[str, str], *, sure: str, why: str) -> Fact:
        """A fact told by some words; `sure` names its confidence."""
        cut, (first, last) = self.words, run
        letters = cut.starts[first], cut.ends[last - 1]
        return self.told(kind, letters, details, sure=sure, why=why)

    def told(
        self, kind: str, letters: Run, details: Mapping[str, str], *, sure: str, why: str
    ) -> Fact:
        """A fact told by some letters of the even writing, from and to."""
        writing = self.words.writing
        begin, stop = writing.original(*letters)
        stated = {key: value for key, value in details.items() if value}
        span = writing.text[begin:stop]
        return Fact(kind, begin, stop, span, stated, FACTS["confidence"][sure], why)

    def hits(self, cue: str, run: Run) -> Iterator[Hit]:
        """Phrases of one cue that begin among some words."""
        return (hit for hit in self.passage.hits_in(*run) if cue in hit.entry.cues)

    def first(self, cue: str, run: Run) -> Hit | None:
        """The first phrase of one cue among some words."""
        return next(self.hits(cue, run), None)

    def plain(self, run: Run) -> str:
        """Words as written, in one line."""
        return " ".join(self.words.plain(*run).split())

    def run_of(self, sentence: Sentence) -> Run:
        """The words of a sentence without what ends it."""
        said, last = self.words.said, sentence.last
        while last > sentence.first and said[last - 1] in ".\n;:!?":
            last -= 1
        return sentence.first, last


def prose(writing: Writing, places: Iterable[tuple[int, int, str]] = ()) -> Prose:
    """A text made ready; `places` are runs of its words with the name of the place."""
    day = day_of(writing)
    lexicon = _lexicon(writing.bare)
    cut = words(writing)
    passage = Passage(cut, lexicon.find(cut), points(writing, day), ())
    return Prose(passage, day, {first: (last, name) for first, last, name in places})


def kind_of(name: str, phrase: str, bare: bool) -> str:
    """What a phrase of a list with kinds means: nghị quyết is a resolution."""
    return _kinds(name, bare)[phrase]


@cache
def listed(name: str, bare: bool) -> frozenset[str]:
    """The phrases of one list, in even writing."""
    return frozenset(even(word, bare) for word in FACTS[name])


@cache
def _kinds(name: str, bare: bool) -> Mapping[str, str]:
    return {even(word, bare): kind for word, kind in FACTS[name].items()}


@cache
def _lexicon(bare: bool) -> Lexicon:
    phrases = [(word, name) for name in (*_LISTS, *_KINDS) for word in FACTS[name]]
    phrases += [(word, f"body:{kind}") for kind, told in FACTS["bodies"].items() for word in told]
    entries: Sequence[tuple[str, Entry]] = [
        (word, Entry(cues=frozenset({cue}))) for word, cue in phrases
    ]
    return build(entries, bare=bare)
