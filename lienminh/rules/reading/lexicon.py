"""The phrases the reader knows, found in one pass over the words of a text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from lienminh.rules.parameters import table
from lienminh.rules.reading.words import LONGEST_SYLLABLE, Words, cut
from lienminh.rules.reading.writing import written

PAIR = 2
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")


class Noun(NamedTuple):
    """What a number counts: the unit, the measure when nothing else says, how sure it is."""

    unit: str
    measure: str
    measured: bool
    doubt: bool


@dataclass(frozen=True)
class Entry:
    """What a phrase is: a counted noun, cues, breakdowns, names (of places, for a room above)."""

    noun: Noun | None = None
    cues: frozenset[str] = frozenset()
    breakdown: tuple[tuple[str, str], ...] = ()
    names: tuple[Any, ...] = ()


class Hit(NamedTuple):
    """A known phrase: words `first` up to, not with, `last`."""

    first: int
    last: int
    phrase: str
    entry: Entry


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their words in even writing.

    `lengths` tells how long those are that a word and the word behind it begin, the longest first;
    under "" it has those that a word is alone.
    """

    entries: Mapping[str, Entry]
    bare: bool
    lengths: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    syllables: frozenset[str] = frozenset()

    def find(self, words: Words) -> list[Hit]:
        """Every phrase in order, the longest at each place; none overlaps another."""
        said, lengths, entries = words.said, self.lengths, self.entries
        hits: list[Hit] = []
        taken, whole = 0, len(said)
        for index, word in enumerate(said):
            if word not in lengths or index < taken:
                continue
            behind = lengths[word]
            after = said[index + 1] if index + 1 < whole else ""
            for count in behind.get(after, ()):
                end = index + count
                phrase = " ".join(said[index:end])
                if phrase in entries and end <= whole:
                    break
            else:
                if "" not in behind:
                    continue
                end, phrase = index + 1, word
            hits.append(Hit(index, end, phrase, entries[phrase]))
            taken = end
        return hits


def build(phrases: Iterable[tuple[str, Entry]], *, bare: bool) -> Lexicon:
    """A lexicon of phrases as people write them; one phrase may be several things."""
    entries: dict[str, Entry] = {}
    for phrase, entry in phrases:
        key = _key(phrase, bare=bare)
        entries[key] = _merged(entries.get(key), entry)
    lengths: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    syllables: set[str] = set()
    for phrase in entries:
        first, *rest = phrase.split(" ")
        lengths[first][rest[0] if rest else ""].add(len(rest) + 1)
        if not bare:
            syllables.update(word for word in (first, *rest) if _is_syllable(word))
    falling = {
        word: {second: sorted(counts, reverse=True) for second, counts in behind.items()}
        for word, behind in lengths.items()
    }
    return Lexicon(entries, bare, falling, frozenset(syllables))


@cache
def usages() -> tuple[tuple[str, Entry], ...]:
    """The counted nouns and cues of the parameters, as phrases."""
    found: list[tuple[str, Entry]] = []
    for group in table("reading_nouns"):
        noun = Noun(
            group["unit"],
            group["measure"],
            group.get("measured", False),
            group.get("doubt", False),
        )
        found += [(word, Entry(noun=noun)) for word in group["words"]]
    for cue, phrases in table("reading_cues").items():
        found += _breakdowns(phrases) if isinstance(phrases, dict) else _cues(cue, phrases)
    found += _cues("size", table("reading_numbers")["sizes"])
    qualifiers = table("reading_qualifiers")
    for place in ("before", "after"):
        found += _cues(f"qualifier_{place}", qualifiers[place])
    return tuple(found)


def _is_syllable(word: str) -> bool:
    """Whether a word may be put together from pieces, or found in what was run together.

    Two consonants are an abbreviation (kh, th) that many words begin with.
    """
    return len(word) <= LONGEST_SYLLABLE and (len(word) != PAIR or not set(word) <= _CONSONANTS)


def _cues(cue: str, phrases: Iterable[str]) -> list[tuple[str, Entry]]:
    return [(phrase, Entry(cues=frozenset({cue}))) for phrase in phrases]


def _breakdowns(groups: Mapping[str, Sequence[str]]) -> list[tuple[str, Entry]]:
    return [
        (phrase, Entry(breakdown=((key, value),)))
        for pair, phrases in groups.items()
        for key, _, value in [pair.partition("=")]
        for phrase in phrases
    ]


def _merged(one: Entry | None, other: Entry) -> Entry:
    if one is None:
        return other
    return Entry(
        one.noun or other.noun,
        one.cues | other.cues,
        tuple(dict.fromkeys(one.breakdown + other.breakdown)),
        tuple(dict.fromkeys(one.names + other.names)),
    )


def _key(phrase: str, *, bare: bool) -> str:
    return " ".join(cut(written(phrase, bare=bare)))
