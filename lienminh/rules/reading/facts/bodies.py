"""Offices and organisations by their names, never persons: where a person's name begins, one ends.

name = head { capital word | linking word | place }     Liên minh Hợp tác xã tỉnh Trà Vinh
"""

from collections.abc import Iterator

from lienminh.rules.reading.facts.prose import Fact, Prose, Run, listed
from lienminh.rules.reading.lexicon import Hit

MOST_WORDS, MOST_NESTED = 24, 2
PAIR = 2  # words
PERSON = 2  # words of a person's name behind the family name, or one
_HEAD = "body:"


def organisations(prose: Prose) -> Iterator[Fact]:
    """Each organisation once, where it is named first."""
    told: set[str] = set()
    for run, hit in named(prose, (0, len(prose.words.said))):
        name = prose.plain(run)
        if name.casefold() in told:
            continue
        told.add(name.casefold())
        places = [prose.places[at][1] for at in range(*run) if at in prose.places]
        details = {"kind": _kind(hit), "name": name, "place": places[-1] if places else ""}
        yield prose.fact("organisation", run, details, sure="organisation", why=hit.phrase)


def named(prose: Prose, among: Run) -> Iterator[tuple[Run, Hit]]:
    """Names of bodies that begin among some words; none overlaps another."""
    end = among[0]
    for hit in prose.passage.hits_in(*among):
        if hit.first < end or not _kind(hit) or not _is_written_as_one(prose, hit):
            continue
        last = _end(prose, hit)
        own = prose.words.plain(last - 1, last)
        if _kind(hit) == "cooperative_body" and (own.isupper() or not own[0].isupper()):
            continue
        if last > hit.last or hit.phrase in listed("whole_bodies", prose.bare):
            yield (hit.first, last), hit
            end = last


def _is_written_as_one(prose: Prose, hit: Hit) -> bool:
    """Whether a head begins with a capital, in a line that is not all capitals."""
    if not prose.words.is_capital(hit.first):
        return False
    shouted = prose.words.plain(hit.first, hit.last).isupper()
    return not shouted or hit.phrase in listed("acronyms", prose.bare)


def _kind(hit: Hit) -> str:
    cue = next((cue for cue in hit.entry.cues if cue.startswith(_HEAD)), "")
    return cue.removeprefix(_HEAD)


def _end(prose: Prose, hit: Hit, *, nested: int = 0) -> int:
    """The word after the last of a name; `nested` is in how many names it stands."""
    said, stop = prose.words.said, min(len(prose.words.said), hit.last + MOST_WORDS)
    own = _kind(hit) in ("cooperative_body", "department")
    trades = listed("trades", prose.bare)
    last = at = hit.last
    if hit.phrase in listed("whole_bodies", prose.bare) and at not in prose.places:
        return last
    if prose.places.get(hit.first, (0, ""))[0] > last:  # Liên minh Hợp tác xã tỉnh Trà Vinh
        return prose.places[hit.first][0]
    while at < stop:
        if at in prose.places:
            return max(prose.places[at][0], last)
        inner = next(iter(prose.passage.hits_in(at, at + 1)), None)
        if inner and _kind(inner) and prose.words.is_capital(at):
            joined = said[at - 1] in listed("and_of", prose.bare) or nested == MOST_NESTED
            return last if joined else _end(prose, inner, nested=nested + 1)
        step = _step(
            prose, at, last, head=hit.last, named_after=own and set(said[hit.last : at]) <= trades
        )
        if step is None:
            return last
        at, last = step
    return last


def _step(
    prose: Prose, at: int, last: int, *, head: int, named_after: bool
) -> tuple[int, int] | None:
    """The next word to look at, and where the name ends by then; None where it has ended."""
    words, said, bare = prose.words, prose.words.said, prose.bare
    if words.is_capital(at):
        if _is_person(prose, at) and not named_after:
            return None
        return at + 1, at + 1
    if at == last > head and words.is_capital(at - 1) and said[at] in listed("seconds", bare):
        return at + 1, at + 1
    if said[at] not in listed("linking", bare):
        return None
    ends = {said[at], " ".join(said[at - 1 : at + 1])} & listed("endings", bare)
    return at + 1, at + 1 if ends and said[at - 1] != "các" else last


def _is_person(prose: Prose, at: int) -> bool:
    """Whether a family name with more names behind it begins at a word."""
    words, said = prose.words, prose.words.said
    if " ".join(said[at - PAIR : at]) in listed("nation", prose.bare):
        return True
    if said[at] not in listed("surnames", prose.bare) or at in prose.places:
        return False
    after = range(at + 1, min(at + PERSON, len(said)))
    return all(said[n].isalpha() and words.is_capital(n) for n in after)
