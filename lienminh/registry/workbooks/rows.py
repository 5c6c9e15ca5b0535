"""From the rows of a table to the records they tell, with every problem at its cell.

A row says what an organisation is on the day of the sheet; its life is told from that: it was
founded on its day, or is known to have been there; it may have joined the alliance, stopped or
ended. What is not written is not filled in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from lienminh.places.models import Level
from lienminh.places.naming import split_title
from lienminh.registry import life
from lienminh.registry.actions import checked_tax_code
from lienminh.registry.counting import Record
from lienminh.registry.life import NewAct, Told
from lienminh.registry.models import Act, Collective, Legal, Reporting
from lienminh.registry.workbooks import cells
from lienminh.registry.workbooks.findings import Findings, Weight
from lienminh.registry.workbooks.known import Identity, Known, There
from lienminh.registry.workbooks.reader import Row
from lienminh.registry.workbooks.seats import NoSeat, Seats, Unit, units_read
from lienminh.registry.workbooks.yearly import ITEMS, Yearly
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold

TEXTS: Final = (
    "short_name",
    "certificate",
    "certificate_by",
    "products",
    "phone",
    "email",
    "notes",
)
PLACES: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
ACT_OF: Final[dict[str, str]] = {
    legal: kind for kind, (legal, _) in life.STATUSES.items() if legal != Legal.ACTIVE
}
ONLY_KNOWN: Final = "Chỉ biết thành lập: "
FILLED_BETWEEN: Final = {"ordinal", "name", "notes", *ITEMS}
LONGEST: Final = {
    one.attname: one.max_length for one in Collective._meta.concrete_fields if one.max_length
}
_NUMBER: Final = re.compile(r"[0-9]+")
_MARK: Final = re.compile(r"(?:[IVXLC]+|[A-Z]|[0-9]+(?:\.[0-9]+)*)\s*[.)/:-]\s*(?=\D)|[-+*•]\s*")
_COUNT: Final = re.compile(r"[\s:]*(?:\(?\s*[0-9]+[^)]*\)?)?[\s:]*$")


@dataclass(frozen=True)
class Defaults:
    """What holds for the whole sheet where its rows say nothing, and the day of what they say."""

    day: date
    kind: str = ""
    province: str = ""
    district: str = ""
    commune: str = ""
    branch: frozenset[int] | None = None  # the ids of units where a seat may be; None is all
    yearly: Yearly | None = None  # None: figures of a year are left aside


@dataclass(slots=True)
class Planned:
    """What a row tells: what an organisation is described by, and what is counted of it.

    `values`: its figures of the year, by the items of the yearly data. `known`: the id of the
    record that the registry has of it already; then only the figures are new.
    """

    row: int
    described: dict[str, Any]
    record: Record
    values: dict[str, int] = field(default_factory=dict)
    known: int | None = None

    @property
    def kind(self) -> str:
        """What it is by law."""
        return self.record.kind

    @property
    def acts(self) -> Sequence[Told]:
        """Its life, from the first act."""
        return self.record.acts


class Reader:
    """Reads the rows of one table, one after the other, for some depend on those above."""

    def __init__(
        self, columns: Sequence[str], defaults: Defaults, seats: Seats, registry: Known, today: date
    ) -> None:
        self.fields = columns
        self.places = {name: place for place, name in enumerate(columns) if name}
        self.defaults, self.seats, self.registry, self.today = defaults, seats, registry, today
        self.findings = Findings()
        self.above: dict[str, str] = {}  # what the section rows above say
        self.numbers: dict[tuple[str, str], int] = {}
        self.alike: dict[Identity, int] = {}
        self.row = 0
        self.cells: list[str] = []
        self.told: dict[str, str] = {}  # of the cells, what is written under a field
        self.is_wrong = False

    def records(self, rows: Iterator[Row]) -> Iterator[Planned]:
        """The records of the rows that are right; what is wrong is among the findings."""
        for row in rows:
            if (planned := self.record(row)) is not None:
                yield planned

    def record(self, row: Row) -> Planned | None:
        """The record of a row; None for a total, a section, or a row that is not right."""
        self.row, self.cells = row
        written = zip(self.fields, self.cells, strict=False)
        self.told = {name: text for name, text in written if name and text}
        self.is_wrong = False
        name = self.cell("name")
        if not self.told or self._is_between():
            return None
        if not name:
            self.wrong("name", _("Thiếu tên; hãy ghi tên tổ chức."))
        kind = self._kind(name)
        described = self._described()
        record = Record(kind, self._acts(name))
        if not self._is_possible(record):
            return None
        there = self._there(record, name, described)
        values = self._values(record, there)
        if self.is_wrong or (there and not values):
            return None
        return Planned(self.row, described, record, values, there.pk if there else None)

    # -- what a row is -------------------------------------------------------------------------

    def cell(self, name: str) -> str:
        """The text under a field, '' where there is none."""
        return self.told.get(name, "")

    def say(self, weight: str, name: str, sentence: object) -> None:
        """Say something of a cell of the row."""
        self.is_wrong |= weight == Weight.WRONG
        self.findings.add(weight, self.row, self.places.get(name), sentence)

    def wrong(self, name: str, sentence: object) -> None:
        """Say why the row cannot be taken in."""
        self.say(Weight.WRONG, name, sentence)

    def _is_between(self) -> bool:
        """A row that stands between the organisations: a sum, or the name of a part of the list."""
        if not self.told.keys() <= FILLED_BETWEEN:
            return False
        sums = any(cells.is_total(text) for text in [*filter(None, self.cells)][:2])
        return sums or self._is_section()

    def _is_section(self) -> bool:
        """A row that only names a part of the list: its text holds for the rows beneath."""
        ordinal, name = self.cell("ordinal"), self.cell("name")
        text = name or next(filter(None, self.cells))
        numbered = _NUMBER.fullmatch(ordinal)
        if numbered and not split_title(text):
            return False
        marked = not numbered and bool(ordinal or _MARK.match(text))
        if not (self._opens(text) or marked or not name):
            return False
        self.say(Weight.NOTE, "name", _("Đọc là dòng mục, không phải một tổ chức."))
        return True

    def _opens(self, text: str) -> bool:
        """Take a section's text as the place, the sector or the kind of the rows beneath."""
        bare = _COUNT.sub("", _MARK.sub("", text, count=1))
        if cells.is_known("sectors", bare):
            self.above["sector"] = bare
        elif cells.is_known("kinds", bare):
            self.above["kind"] = bare
        elif level := self.seats.level_of(bare):
            for below in PLACES[PLACES.index(Level(level)) :]:
                self.above.pop(below, None)
            self.above[level] = bare
        else:
            return False
        return True

    # -- what it says --------------------------------------------------------------------------

    def _kind(self, name: str) -> str:
        written = self.cell("kind") or self.above.get("kind", "")
        try:
            said = cells.kind(written) if written else cells.kind_of_name(name)
        except Refused as refusal:
            self.wrong("kind", refusal)
            return ""
        if not (said or self.defaults.kind):
            self.wrong("name", _("Không rõ loại hình; hãy chọn loại hình cho cả bảng."))
        return said or self.defaults.kind

    def _described(self) -> dict[str, Any]:
        described: dict[str, Any] = {name: text for name in TEXTS if (text := self.cell(name))}
        if number := "".join(self.cell("number").split()):
            described["number"] = cells.with_nought(number)
        if code := self.cell("tax_code"):
            try:
                described["tax_code"] = checked_tax_code(cells.with_nought(code))
            except Refused as refusal:
                self.wrong("tax_code", refusal)
        if day := self._day("certificate_on"):
            described["certificate_on"] = day
        for name, text in described.items():
            longest = LONGEST.get(name)
            if longest and isinstance(text, str) and len(text) > longest:
                self._too_long(name, longest)
        return described

    def _too_long(self, name: str, longest: int) -> None:
        sentence = _("Dài quá %(longest)d chữ; hãy rút ngắn, phần còn lại để ở ghi chú.")
        self.wrong(name, sentence % {"longest": longest})

    def _days(self, name: str) -> cells.Days | None:
        if not (text := self.cell(name)):
            return None
        try:
            return cells.days(text, self.today)
        except Refused as refusal:
            self.wrong(name, refusal)
            return None

    def _day(self, name: str) -> date | None:
        """A day wholly written; a month or a year alone is said and not filled in."""
        told = self._days(name)
        if told and told.first != told.last:
            self.say(Weight.NOTE, name, _("Chỉ có tháng hoặc năm, chưa ghi; hãy ghi đủ ngày."))
            return None
        return told.first if told else None

    def _answer(self, name: str) -> bool | None:
        if not (text := self.cell(name)):
            return None
        try:
            return cells.answer(text)
        except Refused as refusal:
            self.wrong(name, refusal)
            return None

    def _sector(self) -> str:
        if not (text := self.cell("sector") or self.above.get("sector", "")):
            return ""
        try:
            return cells.sector(text)
        except Refused as refusal:
            self.wrong("sector", refusal)
            return ""

    def _seat(self) -> Unit | None:
        texts: dict[str, str] = {level: self._place(level) for level in PLACES}
        if not texts[Level.COMMUNE]:
            texts |= dict(units_read(self.seats, self.cell("address")))
        elif "," in texts[Level.COMMUNE]:
            texts |= dict(units_read(self.seats, texts[Level.COMMUNE]))
        try:
            seat = self.seats.seat(**texts)
        except NoSeat as refusal:
            in_address = not self.cell(refusal.level) and self.cell("address")
            self.wrong("address" if in_address else refusal.level, refusal)
            return None
        if self.defaults.branch is not None and seat.pk not in self.defaults.branch:
            self.wrong("commune", _("Trụ sở ngoài địa bàn của bạn; hãy bỏ dòng này."))
        return seat

    def _place(self, level: str) -> str:
        """What the row says, else the section above it, else what holds for the sheet."""
        default: str = getattr(self.defaults, level)
        return self.cell(level) or self.above.get(level, default)

    # -- its life ------------------------------------------------------------------------------

    def _acts(self, name: str) -> list[NewAct]:
        if len(name) > (LONGEST["name"] or 0):
            self._too_long("name", LONGEST["name"] or 0)
        seat, sector = self._seat(), self._sector()
        women, minority = self._answer("women_managed"), self._answer("minority_area")
        later = [*self._admission(), *self._status()]
        begun = self._beginning(later)
        if self.is_wrong or seat is None or begun is None:
            return []
        kind, day, reason = begun
        there_then = self.seats.as_of(seat, day)
        if there_then is None:
            kind, day, there_then = Act.Kind.KNOWN, seat.first, seat
        address = self.cell("address")[: LONGEST["address"]]
        beginning = NewAct(
            kind=kind,
            day=day,
            name=name,
            place_id=there_then.pk,
            address=address,
            sector=sector,
            women_managed=women,
            minority_area=minority,
            reason=reason,
        )
        moved = _moved(seat, there_then, address, later)
        return [beginning, *moved, *later]

    def _is_possible(self, record: Record) -> bool:
        try:
            return bool(record.states) and not self.is_wrong
        except Refused as refusal:
            self.wrong("status_on" if self.cell("status_on") else "founded_on", refusal)
            return False

    def _beginning(self, later: Sequence[NewAct]) -> tuple[str, date, str] | None:
        """The first act's kind, day and reason: founded on a day, or known to have been there."""
        founded, known_on = self._days("founded_on"), self._days("known_on")
        if founded and founded.first == founded.last:
            return Act.Kind.FOUNDING, founded.first, ""
        days = [self.defaults.day, *(act.day for act in later)]
        if founded:
            days.append(founded.last)
            written = ONLY_KNOWN + self.cell("founded_on")
            return Act.Kind.KNOWN, max(min(days), founded.first), written
        if known_on:
            days.append(known_on.last)
        return Act.Kind.KNOWN, min(days), ""

    def _admission(self) -> Iterator[NewAct]:
        if day := self._day("admitted_on"):
            yield NewAct(kind=Act.Kind.ADMISSION, day=day)

    def _status(self) -> Iterator[NewAct]:
        said = self._said_status()
        told, noted = self._days("status_on"), self._day("noted_on")
        if said is None or said == cells.Status(Legal.ACTIVE, Reporting.ACTIVE):
            return
        legal, reporting = said
        is_day = told is not None and told.first == told.last
        kind = ACT_OF.get(legal, Act.Kind.STATUS) if is_day else Act.Kind.STATUS
        day = min(told.last, self.today) if told else noted or self.defaults.day
        yield NewAct(kind=kind, day=day, legal=legal, reporting=reporting)

    def _said_status(self) -> cells.Status | None:
        """Both statuses: that at the office, and the alliance's own where it is said apart."""
        found: cells.Status | None = None
        for name in ("legal", "reporting"):
            if text := self.cell(name):
                try:
                    said = cells.status(text)
                except Refused as refusal:
                    self.wrong(name, refusal)
                    continue
                found = cells.Status(found.legal if found else said.legal, said.reporting)
        return found

    # -- its figures of a year -----------------------------------------------------------------

    def _values(self, record: Record, there: There | None) -> dict[str, int]:
        """Its figures of the chosen year, unless the registry has them."""
        if (yearly := self.defaults.yearly) is None:
            return {}
        is_told = there is not None and there.pk in self.registry.told
        return yearly.values(self.told, record, is_new=not there, is_told=is_told, say=self.say)

    # -- what is there already -----------------------------------------------------------------

    def _there(self, record: Record, name: str, described: dict[str, Any]) -> There | None:
        """The record that the registry has of this organisation; what stands twice is wrong."""
        kind, acts = record.kind, record.acts
        number = (kind, described.get("number", ""))
        founded = acts[0].day if acts[0].kind == Act.Kind.FOUNDING else None
        seats = [act.place_id for act in acts if act.place_id is not None]
        identity = Identity(kind, fold(name), seats[-1], founded)
        there = self.registry.numbers.get(number) if number[1] else None
        if there:
            self._say_number_is_there(name, number[1], there.name)
        elif there := self.registry.alike.get(identity):
            self.say(Weight.THERE, "name", _("Đã có trong sổ: %s.") % name)
        earlier = self.numbers.get(number) if number[1] else self.alike.get(identity)
        if earlier and not self.is_wrong and (there is None or self.defaults.yearly):
            field_name = "number" if number[1] else "name"
            self.wrong(field_name, _("Trùng với dòng %d; hãy bỏ một dòng.") % earlier)
        self.numbers[number] = self.alike[identity] = self.row
        return there

    def _say_number_is_there(self, name: str, number: str, other: str) -> None:
        if fold(name) == fold(other):
            self.say(Weight.THERE, "number", _("Đã có trong sổ: %s.") % other)
        else:
            sentence = _("Số %(number)s là của “%(name)s”; hãy mở hồ sơ ấy, hoặc sửa số.")
            self.wrong("number", sentence % {"number": number, "name": other})


def _moved(seat: Unit, before: Unit, address: str, later: Sequence[NewAct]) -> Iterator[NewAct]:
    """A seat named in newer borders: until they held, it lay in what became of them."""
    ended = any(act.reporting == Reporting.ENDED and act.day <= seat.first for act in later)
    if seat.pk != before.pk and not ended:
        yield NewAct(kind=Act.Kind.CHANGE, day=seat.first, place_id=seat.pk, address=address)
