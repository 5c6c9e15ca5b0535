"""Conferences: when, where, who held them, at which level."""

from collections.abc import Iterator

from lienminh.rules.reading.dates import Point
from lienminh.rules.reading.facts.bodies import named
from lienminh.rules.reading.facts.prose import FACTS, Fact, Prose, Run, kind_of, listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.words import Sentence

LONGEST = 6  # days
MOST = 3  # of one text; more are told of than held
MOST_NAME = 60  # words
_STOPS = frozenset('.\n:(“"')


def conferences(prose: Prose) -> Iterator[Fact]:
    """The meetings of which a sentence says that and when they were held."""
    days: set[str] = set()
    for sentence in prose.words.sentences:
        found = _held(prose, sentence)
        if found and found.details["when"] not in days:
            days.add(found.details["when"])
            yield found
        if len(days) == MOST:
            return


def _held(prose: Prose, sentence: Sentence) -> Fact | None:
    run, cut = prose.run_of(sentence), prose.words.writing
    held = prose.first("held", run)
    met = next((hit for hit in prose.hits("gatherings", run) if hit.last <= run[1]), None)
    point = _day(prose, sentence)
    if held is None or met is None or point is None:
        return None
    after = next((hit for hit in prose.hits("gatherings", (held.first, run[1]))), met)
    name = (after.first, _end(prose, after, run[1]))
    hosts = [prose.plain(one) for one, _ in named(prose, (run[0], max(held.first, after.first)))]
    details = {
        "kind": kind_of("gatherings", after.phrase, prose.bare),
        "name": prose.plain(name),
        "when": cut.plain[point.start : point.end],
        "date": str(point.first or ""),
        "until": str(point.last) if point.last != point.first else "",
        "part_of_day": _told("parts_of_day", prose, run),
        "mode": _mode(prose),
        "place": _place(prose, run),
        "host": "; ".join(dict.fromkeys(hosts)),
    }
    details["level"] = _level(details["name"]) or _level(details["host"])
    return prose.fact("conference", run, details, sure="conference", why=held.phrase)


def _day(prose: Prose, sentence: Sentence) -> Point | None:
    """The first single day, or few days, that a sentence names."""
    for point in prose.passage.points_in(sentence):
        told = point.day_month or point.first is None or point.first != point.last
        if told and _days(point) <= LONGEST and not (point.law or point.against):
            return point
    return None


def _days(point: Point) -> int:
    return (point.last - point.first).days if point.first and point.last else 0


def _end(prose: Prose, hit: Hit, stop: int) -> int:
    said, last = prose.words.said, hit.last
    ends = [one.first for one in prose.hits("name_of_meeting_ends", (hit.last, stop))]
    stop = min([stop, hit.last + MOST_NAME, *ends[:1]])
    while last < stop and said[last] not in _STOPS:
        last += 1
    return last - 1 if said[last - 1] == "," else last


def _told(name: str, prose: Prose, run: Run) -> str:
    hit = prose.first(name, run)
    return kind_of(name, hit.phrase, prose.bare) if hit else ""


def _mode(prose: Prose) -> str:
    """Trực tiếp và trực tuyến: told anywhere in the text."""
    return _told("modes", prose, (0, len(prose.words.said)))


def _place(prose: Prose, run: Run) -> str:
    """The place behind "tại"."""
    said, venue = prose.words.said, listed("venue", prose.bare)
    for at in range(*run):
        if at in prose.places and {said[at], said[at - 1]} & venue:
            return prose.places[at][1]
    return ""


def _level(text: str) -> str:
    """The level that the words of a name tell."""
    folded = f" {text.lower()} ".replace("hợp tác xã", "")
    for level, told in FACTS["levels"].items():
        if any(f" {word} " in folded for word in told):
            return str(level)
    return ""
