"""The day of a text itself: of the dates at its head and foot, the one that speaks for it."""

import re
from collections import Counter
from datetime import date
from functools import cache

from lienminh.rules.reading.dates import Point, points
from lienminh.rules.reading.writing import Writing, spelled

HEAD, FOOT, TOP = 1500, 600, 750  # characters looked at
# What speaks for a date being that of the text.
WITH_HOUR, AT_HEAD_OF_LINE, TOLD_AGAIN, EARLY, IN_NUMBER = 3, 1, 4, 1, -5
SINCE = 2000  # older years are history in a text that names no full date
LATE = 10  # from this month on texts speak of the next year as the year to come
_HOUR = r"\d{1,2}\s?[:h]\s?\d{2}"
_WEEKDAY = (
    r"(?:thứ\s+(?:\w+)|chủ\s+nhật|date|ngày\s+đăng|cập\s+nhật|đăng\s+lúc|ngày)\s*,?\s*(?:ngày\s*)?$"
)
_NUMBERED = r"(?:số|/[a-zđ-]+)\s*[\w/.-]*\s*,?\s*(?:ngày\s*)?$"
_LINE_REACH, _BEFORE = 40, 30


def day_of(writing: Writing) -> date | None:
    """The day a text was published or signed; None when it names no full date."""
    head = _ends(writing)
    told = [one for one in points(head, None) if not (one.law or one.as_of)]
    dated = [one for one in told if one.day_month and one.first == one.last]
    full = [one for one in dated if one.first]
    again = Counter(one.day_month for one in dated if one.yearless)
    if full:
        best = max(full, key=lambda one: (_weight(one, head, again), -one.start))
        return best.first
    return _put_together(writing, dated)


def _ends(writing: Writing) -> Writing:
    """The head and foot of a long text."""
    if len(writing.work) <= HEAD + FOOT:
        return writing
    plain = writing.plain[:HEAD] + "\n" + writing.plain[-FOOT:]
    work = writing.work[:HEAD] + "\n" + writing.work[-FOOT:]
    return Writing(writing.text, plain, work, None, writing.bare)


def _weight(point: Point, writing: Writing, again: Counter[tuple[int, int] | None]) -> int:
    work, bare = writing.work, writing.bare
    line = work[work.rfind("\n", 0, point.start) + 1 : point.end + _LINE_REACH].split("\n")[0]
    before = work[max(0, point.start - _BEFORE) : point.start]
    weight = WITH_HOUR if _compiled(_HOUR, bare).search(line) else 0
    weight += AT_HEAD_OF_LINE if _compiled(_WEEKDAY, bare).search(before) else 0
    weight += TOLD_AGAIN if again[point.day_month] else 0
    weight += EARLY if point.start < TOP else 0
    return weight + (IN_NUMBER if _compiled(_NUMBERED, bare).search(before) else 0)


def _put_together(writing: Writing, dated: list[Point]) -> date | None:
    """A day without a year ("ngày 1/3") with the year that the text names most."""
    if not dated or not dated[0].day_month:
        return None
    years = {
        one.last.year
        for one in points(writing, None)
        if one.first and one.last and one.first.year == one.last.year >= SINCE
        if not (one.as_of or one.law)
    }
    if not years:
        return None
    day, month = dated[0].day_month
    year = max(years)
    if month >= LATE and year - 1 in years:
        year -= 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _compiled(source: str, bare: bool) -> re.Pattern[str]:
    return re.compile(spelled(source, bare=bare))
