"""What the text of a cell says: a day or as much of one as is written, a word of the registry."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienminh.registry.workbooks.columns import words_of
from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table
from lienminh.rules.tax_code import tax_code

EXCEL_BEGINS: Final = date(1899, 12, 30)
SERIALS: Final = range(10_000, 80_000)  # from 1927 to 2119: a number in a column of days
EARLIEST: Final = 1900
CENTURY: Final = 100

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_DAY: Final = re.compile(
    r"(?:ngày\s*)?([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_IN_WORDS: Final = re.compile(
    r"(?:ngày\s*)?([0-9]{1,2})\s*tháng\s*([0-9]{1,2})\s*năm\s*([0-9]{4})", re.IGNORECASE
)
_MONTH: Final = re.compile(r"(?:tháng\s*)?([0-9]{1,2})\s*(?:[/.-]|năm)\s*([0-9]{4})", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:năm\s*)?([0-9]{4})", re.IGNORECASE)
_NINE_DIGITS: Final = re.compile(r"[0-9]{9}")
_SERIAL: Final = re.compile(r"([0-9]{5})(?:,[0-9]+)?")


class Days(NamedTuple):
    """The days a date may be: one, or all of a month or a year of which no more is written."""

    first: date
    last: date


def days(text: str, today: date) -> Days:
    """Read 20/03/2015, 5/3/15, 03/2015, 2015, 2015-03-20 or Excel's own number of a day."""
    try:
        read = _read(text, today)
    except (ValueError, OverflowError):
        raise Refused(_("Không có ngày “%s”; hãy viết như 20/03/2015.") % text) from None
    if read.first.year < EARLIEST:
        raise Refused(_("Ngày “%s” quá xa; hãy xem lại năm.") % text)
    if read.first > today:
        raise Refused(_("Ngày “%s” còn chưa đến; hãy xem lại năm.") % text)
    return read


def _read(text: str, today: date) -> Days:
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _one(date(year, month, day))
    if found := _DAY.fullmatch(text) or _IN_WORDS.fullmatch(text):
        day, month, year = map(int, found.groups())
        return _one(date(_whole(year, today), month, day))
    if found := _MONTH.fullmatch(text):
        month, year = map(int, found.groups())
        return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    if found := _YEAR.fullmatch(text):
        return Days(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in SERIALS:
        return _one(EXCEL_BEGINS + timedelta(days=int(found[1])))
    raise ValueError(text)


def _one(day: date) -> Days:
    return Days(day, day)


def _whole(year: int, today: date) -> int:
    """A year of two digits is the latest that has begun."""
    if year >= CENTURY:
        return year
    whole = today.year - today.year % CENTURY + year
    return whole if whole <= today.year else whole - CENTURY


class Status(NamedTuple):
    """What a word says of both statuses; an empty one it does not speak of."""

    legal: str
    reporting: str


_UNKNOWN: Final = {
    "kinds": gettext_lazy("Không biết loại hình “%s”; hãy viết như: hợp tác xã."),
    "sectors": gettext_lazy("Không biết lĩnh vực “%s”; hãy viết như: nông nghiệp."),
    "answers": gettext_lazy("“%s” không phải là có hay không; hãy viết: có, hoặc không."),
}
_said: Final = lru_cache(maxsize=4_096)(words_of)


def kind(text: str) -> str:
    """The kind of organisation that a word names; Refused for none."""
    return _word("kinds", text)


def sector(text: str) -> str:
    """The sector that a word names; Refused for none."""
    return _word("sectors", text)


def answer(text: str) -> bool:
    """What yes or no says; Refused for anything else."""
    return _word("answers", text) == "yes"


def status(text: str) -> Status:
    """The statuses that a word says; Refused for an unknown one."""
    found = _statuses().get(_said(text))
    if found is None:
        sentence = _("Không biết tình trạng “%s”; hãy viết như: đang hoạt động.")
        raise Refused(sentence % text)
    return found


def is_known(words: str, text: str) -> bool:
    """Whether a text is one of the words of a list: kinds, sectors."""
    return _said(text) in _words(words)


def kind_of_name(name: str) -> str:
    """The kind that a name begins with; '' when it begins with none."""
    folded = words_of(name)
    begun = [(word, its) for word, its in _words("name_begins").items() if _begins(folded, word)]
    return max(begun, key=lambda one: len(one[0]), default=("", ""))[1]


def is_total(text: str) -> bool:
    """Whether a row that begins so sums up others."""
    words = _said(text)
    return words in _totals() or words.startswith("tong cong ")


def with_nought(code: str) -> str:
    """A tax code as it was before Excel took it for a number and dropped its first 0."""
    if not _NINE_DIGITS.fullmatch(code):
        return code
    try:
        return tax_code("0" + code)
    except Refused:
        return code


def _begins(folded: str, word: str) -> bool:
    return folded == word or folded.startswith(word + " ")


def _word(words: str, text: str) -> str:
    found = _words(words).get(_said(text))
    if found is None:
        raise Refused(_UNKNOWN[words] % text)
    return found


@cache
def _words(name: str) -> dict[str, str]:
    told = table("registry_words")[name]
    return {words_of(word): code for code, written in told.items() for word in written}


@cache
def _statuses() -> dict[str, Status]:
    return {
        words_of(word): Status(one["legal"], one["reporting"])
        for one in table("registry_words")["statuses"]
        for word in one["words"]
    }


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(words_of, table("registry_words")["totals"]))
