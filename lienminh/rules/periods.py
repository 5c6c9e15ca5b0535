"""Periods as the offices count them: years, halves, quarters, months, days, first n months."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

from lienminh.rules.errors import Refused
from lienminh.rules.wording import date_in_words

FIRST_YEAR, LAST_YEAR = 1900, 2999
MONTHS_IN_YEAR = 12
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6}
NAMES = {
    "year": "{year}",
    "month": "{year}-{number:02}",
    "quarter": "{year}-Q{number}",
    "half": "{year}-H{number}",
    "opening": "{year}-{number}M",
}
WORDS = {
    "year": "năm {year}",
    "month": "tháng {number} năm {year}",
    "quarter": "quý {roman} năm {year}",
    "half": "6 tháng {side} năm {year}",
    "opening": "{number} tháng đầu năm {year}",
}
ENGLISH_WORDS = {
    "year": "{year}",
    "month": "{month} {year}",
    "quarter": "{nth} quarter of {year}",
    "half": "{nth} half of {year}",
    "opening": "first {number} months of {year}",
}
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
SIDES = {1: "đầu", 2: "cuối"}
FORMS = "2023, 2023-10, 2023-10-23, 2023-Q3, 2023-H1, 2023-9M, or two of them as 2022..2023"

_SIMPLE = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(-((?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<opening>[1-9]|1[0-2])M))?"
)


@dataclass(frozen=True, order=True)
class Period:
    """The days from first to last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(
                f"The period ends on {self.last} before it starts on {self.first}: "
                "write the earlier day first."
            )
        if self.first.year < FIRST_YEAR or self.last.year > LAST_YEAR:
            raise Refused(
                f"The period {self.first} to {self.last} is out of range: "
                f"years go from {FIRST_YEAR} to {LAST_YEAR}."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of FORMS; refuse anything else in one sentence."""
        sides = text.split("..", 1)
        try:
            spans = [_span(side.strip()) for side in sides]
        except ValueError:
            raise Refused(f"{text!r} is not a period: write {FORMS}.") from None
        return cls(spans[0][0], spans[-1][-1])

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.last - self.first).days + 1

    def covers(self, other: "Period | date") -> bool:
        """Say whether every day of the other lies in this period."""
        if isinstance(other, date):
            return self.first <= other <= self.last
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return _name(self.first, self.last) or f"{self._start()}..{self._end()}"

    def in_words(self) -> str:
        """Name the period in Vietnamese, without a capital: 'quý III năm 2023'."""
        if self.first == self.last:
            return date_in_words(self.first)
        if not _is_whole_months(self.first, self.last):
            return f"từ {date_in_words(self.first)} đến {date_in_words(self.last)}"
        if self.first.year == self.last.year:
            return _months_in_words(self.first, self.last)
        if (self.first.month, self.last.month) == (1, MONTHS_IN_YEAR):
            return f"giai đoạn {self.first.year}–{self.last.year}"
        return f"từ {_month_in_words(self.first)} đến {_month_in_words(self.last)}"

    def in_english(self) -> str:
        """Name the period in English, without a capital: 'third quarter of 2023'."""
        first, last = self.first, self.last
        if first == last:
            return _english_date(first)
        if not _is_whole_months(first, last):
            if (first.year, first.month) == (last.year, last.month):
                return f"{first.day}–{_english_date(last)}"
            return f"{_english_date(first)} – {_english_date(last)}"
        if first.year == last.year:
            return _english_months(first, last)
        if (first.month, last.month) == (1, MONTHS_IN_YEAR):
            return f"{first.year}–{last.year}"
        return f"{_english_month(first)} – {_english_month(last)}"

    def _start(self) -> str:
        """Shortest year, month or day that starts this period and does not run past it."""
        first, last = self.first, self.last
        if (first.month, first.day) == (1, 1) and _month_end(first.year, MONTHS_IN_YEAR) <= last:
            return f"{first.year}"
        is_month = first.day == 1 and _end_of_month(first) <= last
        return f"{first.year}-{first.month:02}" if is_month else first.isoformat()

    def _end(self) -> str:
        """Shortest year, month or day that ends this period and does not start before it."""
        first, last = self.first, self.last
        if last == _month_end(last.year, MONTHS_IN_YEAR) and first <= last.replace(month=1, day=1):
            return f"{last.year}"
        is_month = last == _end_of_month(last) and first <= last.replace(day=1)
        return f"{last.year}-{last.month:02}" if is_month else last.isoformat()


def _span(text: str) -> tuple[date, date]:
    found = _SIMPLE.fullmatch(text)
    if found is None:
        raise ValueError
    part = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    year = part["year"]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    if "day" in part:
        day = date(year, part["month"], part["day"])
        return day, day
    return _months(year, *_first_month_and_count(part))


def _first_month_and_count(part: dict[str, int]) -> tuple[int, int]:
    for shape, length in MONTHS_IN.items():
        if shape in part:
            return (part[shape] - 1) * length + 1, length
    return 1, part.get("opening", MONTHS_IN_YEAR)


def _months(year: int, first_month: int, count: int) -> tuple[date, date]:
    return date(year, first_month, 1), _month_end(year, first_month + count - 1)


def _month_end(year: int, month: int) -> date:
    _, days = monthrange(year, month)
    return date(year, month, days)


def _end_of_month(day: date) -> date:
    return _month_end(day.year, day.month)


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and last == _end_of_month(last)


def _shape(first: date, last: date) -> tuple[str, int] | None:
    """Kind and number of whole months inside one year: ("quarter", 3); None when they have none."""
    count = last.month - first.month + 1
    before = first.month - 1
    if count == MONTHS_IN_YEAR:
        return "year", 1
    for shape, length in MONTHS_IN.items():
        if count == length and before % length == 0:
            return shape, before // length + 1
    return None if before else ("opening", count)


def _name(first: date, last: date) -> str | None:
    """Canonical name of a simple period; None when only a pair of names can say it."""
    if first == last:
        return first.isoformat()
    if first.year != last.year or not _is_whole_months(first, last):
        return None
    shape = _shape(first, last)
    return shape and NAMES[shape[0]].format(year=first.year, number=shape[1])


def _month_in_words(day: date) -> str:
    return f"tháng {day.month} năm {day.year}"


def _months_in_words(first: date, last: date) -> str:
    """Whole months inside one year."""
    shape = _shape(first, last)
    if shape is None:
        return f"từ tháng {first.month} đến {_month_in_words(last)}"
    kind, number = shape
    return WORDS[kind].format(
        year=first.year, number=number, roman=ROMAN.get(number), side=SIDES.get(number)
    )


def _english_date(day: date) -> str:
    return f"{day.day} {_english_month(day)}"


def _english_month(day: date) -> str:
    return f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _english_months(first: date, last: date) -> str:
    """Whole months inside one year."""
    shape = _shape(first, last)
    if shape is None:
        return f"{ENGLISH_MONTHS[first.month - 1]}–{_english_month(last)}"
    kind, number = shape
    return ENGLISH_WORDS[kind].format(
        year=first.year,
        number=number,
        nth=ORDINALS.get(number),
        month=ENGLISH_MONTHS[first.month - 1],
    )
