"""Days and periods as prose writes them: points in the text, each with its first and last day.

A point without a year takes that of the text. Two points with "đến" or a dash between are one.
What is compared with ("so với năm 2021"), and the year in the name of a law, is marked as such.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from lienminh.rules.periods import MONTHS_IN_YEAR
from lienminh.rules.reading.writing import Writing, spelled

_YEAR = r"(?:19|20)\d\d(?![\d.,]\d|\d)"
_SEP = r"\s?[/.-]\s?"
_DAY, _MONTH = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])"
_OF_YEAR = rf"(?:\s?(?:[/.-]|,?\s*năm)\s?(?P<{{0}}>{_YEAR}))?"
_SHAPES = (
    rf"(?P<a>{_DAY})\s?(?:-|đến|tới|và)\s?(?:ngày\s)?(?P<b>{_DAY}){_SEP}(?P<days_m>{_MONTH})(?:{_SEP}(?P<days_y>{_YEAR}))?(?![\d%])",
    rf"(?P<iso_y>{_YEAR})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d)",
    rf"(?P<d>{_DAY}){_SEP}(?P<m>{_MONTH}){_SEP}(?P<y>{_YEAR})",
    rf"(?P<y1>{_YEAR})\s?-\s?(?P<y2>{_YEAR})",
    rf"(?P<rev_y>{_YEAR})-(?P<rev_m>0[1-9]|1[0-2])(?![\d-])",
    rf"(?P<n>\d\d?|ba|sáu|chín)\s+tháng\s+(?:(?P<side>đầu|cuối)\s+)?(?:của\s+)?năm(?:\s+(?P<open_y>{_YEAR}))?",
    rf"(?:(?<=đến )|(?<=và )|(?<=từ )|(?<=tới )|(?<=hết )|(?<=cuối )|(?<=đầu ))(?P<bare_y>{_YEAR})",
    rf"(?P<num_m>{_MONTH})\s?[/-]\s?(?P<num_y>{_YEAR})(?!\s?[/-]\s?[^\W\d])",
)
_NAMED = (
    rf"ngày\s+(?P<long_d>{_DAY})\s+tháng\s+(?P<long_m>{_MONTH}){_OF_YEAR.format('long_y')}",
    (
        r"(?:ngày|sáng|chiều|tối|trưa|đêm|hôm\s+nay|hôm\s+qua|(?:nay|từ|hết|đến)(?=\s+\d+/))\s*\(?"
        rf"(?:ngày\s+)?(?P<short_d>{_DAY})\s?[/.-]\s?(?P<short_m>{_MONTH})(?![\d%]|[.,/]\d)"
    ),
    rf"quý\s*(?P<q>iii|ii|iv|i|[1-4])\b{_OF_YEAR.format('q_y')}",
    rf"tháng\s*(?P<mon>{_MONTH})(?![\d%]|[.,]\d){_OF_YEAR.format('mon_y')}",
    rf"nửa\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<half_y>{_YEAR}))?",
    rf"(?:năm|niên\s+độ|vụ)\s*(?P<year>{_YEAR})(?:\s?-\s?(?P<to>{_YEAR}))?",
    r"(?P<begun>đầu\s+năm\s+đến\s+nay|đầu\s+năm\s+tới\s+nay)",
    r"(?P<this>năm\s+nay|trong\s+năm\b(?!\s*\d)|năm\s+qua\b)",
    r"(?P<last>năm\s+(?:ngoái|trước))",
    r"(?P<now>(?:đến|tới)\s+(?:thời\s+điểm\s+(?:này|hiện\s+nay|hiện\s+tại)|nay)|hiện\s+(?:nay|tại|có|cả|toàn|đã|đang))",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNTS = {"ba": 3, "sáu": 6, "chín": 9}
_QUARTER, _HALF = 3, 6
_JOIN = r"\s*(?:-|và(?=\s+(?:năm|20))|(?:đến|tới)(?:\s+(?:hết|cuối|ngày|hết\s+ngày))*)\s*"
_AS_OF = (
    r"(?:(?<!từ )(?:đến|tới|hết|cuối)(?:\s+(?:hết|cuối|thời\s+điểm|ngày|giữa|hết\s+ngày))*)\s*$"
)
_SINCE = r"(?<!\w)(?:từ|kể từ)(?:\s+(?:ngày|đầu|cuối))*\s*$"
_AGAINST = (
    r"(?:so\s+(?:với|cùng)|cùng\s+kỳ|trước|sau|hơn\s+so|hơn\s+với|\bso)"
    r"(?:\s+(?!đạt)[^\W\d_]+){0,5}\s*$"
)
_LAW = (
    r"luật(?:\s+[^\W\d_]+){0,6}\s*$|số\s*:?\s*\d[\d.]*\s?[/-][\w/.-]*(?:\s+[^\W\d_]+){0,2}\s*$"
    r"|[\w]/[\w-]+\s+(?:ngày\s+)?$"
    r"|(?:quyết|định|thị|văn|tư|hoạch)\s+(?:số\s+)?\d[\d.]*\s+(?:ngày\s+)?$"
)
_NAME = (
    r"(?:thành\s+lập|ra\s+đời)(?:\s+(?:từ|vào|ngày|đầu|cuối))*\s*$"
    r"|(?<!theo )(?:đề\s+án|chương\s+trình|kế\s+hoạch|nghị\s+quyết|dự\s+án)(?:[\s,]+[^\W\d_]+)*"
    r"[\s,]*(?:giai\s+đoạn\s+)?$"
)
_ENDS = "\n.;"
_LOOK_BACK = 45
_LOOK_FAR = 220


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of days in the text. `first` is None when no year is known.

    `as_of`: only the last day is meant ("đến hết tháng 9"). `against`: something else is compared
    with it. `named`: it stands in the name of a plan or law. `now`: the day of the text itself.
    `vague`: the year that the text speaks of ("trong năm"). `since`: something began then
    ("tồn đọng từ năm 2022").
    """

    start: int
    end: int
    first: date | None
    last: date | None
    day_month: tuple[int, int] | None = None
    as_of: bool = False
    against: bool = False
    law: bool = False
    named: bool = False
    now: bool = False
    yearless: bool = False
    vague: bool = False
    since: bool = False


def points(writing: Writing, day: date | None) -> list[Point]:
    """Every day and period of a text in order; `day` is the text's own."""
    work, bare = writing.work, writing.bare
    found = (_point(match, day) for match in _pattern(bare).finditer(work))
    joined = _pairs([one for one in found if one], work, bare=bare)
    return [_placed(one, work, bare=bare) for one in joined]


@cache
def _pattern(bare: bool) -> re.Pattern[str]:
    digits = "|".join(f"(?:{shape})" for shape in _SHAPES)
    named = "|".join(f"(?:{shape})" for shape in _NAMED)
    # What begins none is passed over quickly.
    source = rf"(?=[\dnqtscđhvbd])(?:(?<![\w.,/%])(?:{digits})|(?<!\w)(?:{named}))"
    return re.compile(spelled(source, bare=bare))


@cache
def _compiled(source: str, bare: bool) -> re.Pattern[str]:
    return re.compile(spelled(source, bare=bare))


def _point(match: re.Match[str], day: date | None) -> Point | None:
    """The days of one match; None when there is no such day."""
    part = {name: said for name, said in match.groupdict().items() if said is not None}
    start, end = match.span()
    if "now" in part:
        return Point(start, end, day, day, now=True, as_of=True)
    default = day.year if day else None
    try:
        span = _span(part, default)
    except ValueError:
        return None
    year_said = any(name.endswith("y") or name in ("year", "y1") for name in part)
    yearless = not year_said
    day_month = _day_month(part)
    if span is None:
        return Point(start, end, None, None, day_month, yearless=yearless)
    first, last = span
    if "begun" in part and day:
        last = day
    return Point(start, end, first, last, day_month, yearless=yearless, vague="this" in part)


def _day_month(part: dict[str, str]) -> tuple[int, int] | None:
    for name_d, name_m in (("d", "m"), ("short_d", "short_m"), ("long_d", "long_m")):
        if name_d in part:
            return int(part[name_d]), int(part[name_m])
    return None


def _span(part: dict[str, str], default: int | None) -> tuple[date, date] | None:
    """First and last day; None when the year is not known; ValueError when there is no such day."""
    if "y1" in part or "to" in part:
        first, last = int(part.get("y1") or part["year"]), int(part.get("y2") or part["to"])
        if last < first:
            raise ValueError
        return date(first, 1, 1), _end(last, MONTHS_IN_YEAR)
    said = next((part[n] for n in part if n in _YEAR_GROUPS), None)
    year = int(said) if said else default
    if year is None:
        return None
    if "last" in part:
        year -= 1
    return _in_year(part, year)


_YEAR_GROUPS = (
    "bare_y",
    "days_y",
    "iso_y",
    "y",
    "open_y",
    "num_y",
    "rev_y",
    "long_y",
    "q_y",
    "mon_y",
    "half_y",
    "year",
)
_DAYS = (("d", "m"), ("iso_d", "iso_m"), ("long_d", "long_m"), ("short_d", "short_m"))


def _in_year(part: dict[str, str], year: int) -> tuple[date, date]:
    if "a" in part:
        month = int(part["days_m"])
        return date(year, month, int(part["a"])), date(year, month, int(part["b"]))
    for name_d, name_m in _DAYS:
        if name_d in part:
            one = date(year, int(part[name_m]), int(part[name_d]))
            return one, one
    return _months(part, year)


def _months(part: dict[str, str], year: int) -> tuple[date, date]:
    first, last = 1, MONTHS_IN_YEAR
    if "n" in part:
        count = _COUNTS.get(part["n"]) or int(part["n"])
        if not 1 <= count <= MONTHS_IN_YEAR:
            raise ValueError
        first, last = (
            (MONTHS_IN_YEAR - count + 1, last) if part.get("side") in _LATE else (1, count)
        )
    elif "q" in part:
        last = _ROMAN[part["q"]] * _QUARTER
        first = last - _QUARTER + 1
    elif "half" in part:
        first, last = (_HALF + 1, last) if part["half"] in _LATE else (1, _HALF)
    elif month := part.get("mon") or part.get("num_m") or part.get("rev_m"):
        first = last = int(month)
    return date(year, first, 1), _end(year, last)


_LATE = frozenset({"cuối", "cuoi"})


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _pairs(found: Sequence[Point], work: str, *, bare: bool) -> Iterator[Point]:
    """Two points that are the ends of one period become one."""
    join = _compiled(_JOIN, bare)
    index = 0
    while index < len(found):
        one = found[index]
        other = found[index + 1] if index + 1 < len(found) else None
        if other and other.now and other.start - one.end <= 1 and one.first and other.last:
            yield replace(one, end=other.end, last=max(other.last, one.first))
            index += 1
        elif other and join.fullmatch(work, one.end, other.start) and (whole := _whole(one, other)):
            yield whole
            index += 1
        else:
            yield one
        index += 1


def _whole(one: Point, other: Point) -> Point | None:
    if one.first is None or other.last is None or one.now:
        return None
    first = one.first
    if one.yearless and other.first:
        first = _moved(first, other.first.year)
    if first > other.last:
        return None
    return replace(one, end=other.end, first=first, last=other.last, yearless=other.yearless)


def _moved(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _placed(point: Point, work: str, *, bare: bool) -> Point:
    """The point with what the words before it make of it."""
    before = work[max(0, point.start - _LOOK_BACK) : point.start]
    far = work[max(0, point.start - _LOOK_FAR) : point.start]
    far = far[max(far.rfind(end) for end in _ENDS) + 1 :]
    return replace(
        point,
        as_of=point.as_of or bool(_compiled(_AS_OF, bare).search(before)),
        since=bool(_compiled(_SINCE, bare).search(before)),
        against=bool(_compiled(_AGAINST, bare).search(before)),
        law=bool(_compiled(_LAW, bare).search(before)),
        named=bool(_compiled(_NAME, bare).search(far)),
    )
