"""The words beside a number that say how exactly it is meant: gần, trên, ít nhất, trở lên, ước."""

from functools import cache
from typing import NamedTuple

from lienminh.rules.parameters import table
from lienminh.rules.precision import QUALIFIERS, Qualifier
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.measures import direction_of
from lienminh.rules.reading.sentences import Around
from lienminh.rules.reading.words import cut
from lienminh.rules.reading.writing import written

MOST_FILLERS, LONGEST = 2, 4  # words


class Qualified(NamedTuple):
    """The word, and the bound and roughness it gives; no word, no bound."""

    word: str | None
    bound: str | None
    approx: bool


EXACT = Qualified(None, None, approx=False)


def qualified(around: Around) -> Qualified:
    """How exactly a quantity is stated."""
    bare = around.passage.words.writing.bare
    return _behind(around, bare) or _in_front(around, bare) or _governed(around, bare) or EXACT


def _in_front(around: Around, bare: bool) -> Qualified | None:
    quantity, words = around.quantity, around.passage.words
    meanings, fillers = _meanings(bare, "before"), _words(bare, "fillers")
    end, skipped = quantity.first, 0
    if words.said[end - 1] in _words(bare, "from_words") and end > around.sentence.first:
        end -= 1
    while True:
        hits = around.passage.hits_in(max(around.sentence.first, end - LONGEST), end)
        touching = [hit for hit in hits if hit.last == end and "qualifier_before" in hit.entry.cues]
        if touching:
            hit = touching[-1]
            if skipped and hit.phrase not in _words(bare, "reaching"):
                return None
            said = words.plain(hit.first, hit.last).lower()
            sure = Qualified(said, *meanings[hit.phrase])
            return sure._replace(approx=sure.approx or _estimated(around, hit, bare))
        if skipped == MOST_FILLERS or end <= around.sentence.first:
            return None
        if words.said[end - 1] not in fillers:
            return None
        end, skipped = end - 1, skipped + 1


def _estimated(around: Around, hit: Hit, bare: bool) -> bool:
    """Ước thực hiện hơn 58 tỷ đồng: more than that, as is estimated."""
    ahead = around.passage.hits_in(max(around.sentence.first, hit.first - LONGEST), hit.first)
    return (
        bool(ahead)
        and ahead[-1].last == hit.first
        and ahead[-1].phrase in _words(bare, "governing")
    )


def _behind(around: Around, bare: bool) -> Qualified | None:
    last = around.quantity.last
    for hit in around.passage.hits_in(last, last + 1):
        if "qualifier_after" in hit.entry.cues:
            word = around.passage.words.plain(hit.first, hit.last).lower()
            return Qualified(word, *_meanings(bare, "after")[hit.phrase])
    return None


def _governed(around: Around, bare: bool) -> Qualified | None:
    """Ước cả năm đạt 20 lớp, 600 học viên: one word holds for every number of its clause."""
    if direction_of(around):
        return None
    governing = _words(bare, "governing")
    since = around.phrase[0] if around.quantity.kind == "percent" else _scope(around, governing)
    hit = around.before("qualifier_before", since=since)
    if hit is None or hit.phrase not in governing:
        return None
    return Qualified(
        around.passage.words.plain(hit.first, hit.last).lower(),
        *_meanings(bare, "before")[hit.phrase],
    )


def _scope(around: Around, governing: frozenset[str]) -> int:
    """From where a word governs: of its clause, or, where it tells of a period (ước năm 2022), of
    its sentence up to what is told as it is now.
    """
    if around.quantity.kind == "money":
        return around.clause[0]
    passage, first = around.passage, around.sentence.first
    for hit in reversed(passage.hits_in(first, around.quantity.first)):
        if hit.phrase in governing and _tells_period(around, hit.last):
            return hit.first
        if "done" in hit.entry.cues and hit.phrase not in governing:
            break
    return around.clause[0]


def _tells_period(around: Around, word: int) -> bool:
    """Whether a period is said right behind a word."""
    words = around.passage.words
    end = words.starts[min(word + LONGEST, len(words.starts) - 1)]
    return any(
        words.starts[word] <= one.start <= end for one in around.passage.points_in(around.sentence)
    )


@cache
def _meanings(bare: bool, place: str) -> dict[str, Qualifier]:
    told = {word: Qualifier(**said) for word, said in table("reading_qualifiers")[place].items()}
    return {_even(word, bare): meaning for word, meaning in (QUALIFIERS | told).items()}


@cache
def _words(bare: bool, name: str) -> frozenset[str]:
    return frozenset(_even(word, bare) for word in table("reading_qualifiers")[name])


def _even(word: str, bare: bool) -> str:
    return " ".join(cut(written(word, bare=bare)))
