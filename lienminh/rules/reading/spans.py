"""The period a figure is for: said beside it, in its sentence, before it, or only the text's day.

A state is as of the last day of what is said; what happened fills it. What is compared with, and
the years in names of laws and plans, say nothing about the figure.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from lienminh.rules.reading.dates import Point
from lienminh.rules.reading.sentences import Around

STATED, CONTEXT, ARTICLE_DATE = "stated", "context", "article_date"
BESIDE = 4  # words between a quantity and the period said right behind it


class Span(NamedTuple):
    """First and last day (None when not known), how it is known, and the words that say it."""

    first: date | None
    last: date | None
    basis: str | None
    why: str


class Choice(NamedTuple):
    """The point of time that a figure is told with, and how it is known."""

    point: Point | None
    basis: str | None


def choose(around: Around, before: Point | None, whole: Point | None, day: date | None) -> Choice:
    """The point for a quantity.

    `before` is the last one said earlier in the paragraph, `whole` the one the text is about.
    """
    said = [one for one in around.passage.points_in(around.sentence) if _tells(one, day)]
    if found := _beside(around, said) or _ahead(around, said) or _behind(around, said):
        told = before or whole if found.vague else None
        return Choice(told or found, CONTEXT if told else ARTICLE_DATE if found.now else STATED)
    if before is not None:
        return Choice(before, CONTEXT)
    if whole is not None:
        return Choice(whole, CONTEXT)
    return Choice(None, ARTICLE_DATE if day else None)


def tells(points: Iterable[Point], day: date | None) -> list[Point]:
    """The points that can be the period of a figure."""
    return [one for one in points if _tells(one, day)]


def span_of(choice: Choice, around: Around, measure: str, day: date | None) -> Span:
    """The days a figure of this measure is for, at the chosen point.

    What happened "đến hết tháng 9" began with the year, unless it is cumulative (lũy kế).
    """
    text = around.passage.words.writing.plain
    cumulative = around.before("cumulative", since=around.sentence.first)
    point = choice.point
    if point is None or point.first is None or point.last is None:
        return (
            Span(day, day, choice.basis if day else None, "") if day else Span(None, None, None, "")
        )
    why = text[point.start : point.end]
    first, last = point.first, point.last
    if point.as_of and measure == "flow" and not (point.now or cumulative):
        first = date(last.year, 1, 1)
    elif measure == "stock" or point.as_of:
        first = last
    return Span(first, last, choice.basis, why)


def _tells(point: Point, day: date | None) -> bool:
    if point.first is None or point.against or point.law:
        return False
    over = day is not None and point.last is not None and point.first <= day < point.last
    return not (point.named and over)


def _beside(around: Around, said: Sequence[Point]) -> Point | None:
    """10 HTX trong năm 2023: the period right behind the quantity, nothing between."""
    words, last = around.passage.words, around.quantity.last
    end = words.ends[last - 1]
    for point in said:
        if point.start < end or (point.since and point is not said[0]):
            continue
        between = words.said[last : words.at(point.start)]
        near = len(between) <= BESIDE and not set(between) & {",", ";", "(", ".", ":"}
        return point if near else None
    return None


def _ahead(around: Around, said: Sequence[Point]) -> Point | None:
    start = around.passage.words.starts[around.quantity.first]
    ahead = [point for point in said if point.end <= start]
    plain = [point for point in ahead if not point.named]
    best = plain or ahead
    return best[-1] if best else None


def _behind(around: Around, said: Sequence[Point]) -> Point | None:
    words = around.passage.words
    start, end = words.ends[around.quantity.last - 1], words.ends[around.clause[1] - 1]
    return next((one for one in said if start <= one.start < end and not one.named), None)
