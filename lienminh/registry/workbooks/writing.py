"""The registry given out as a workbook of the very shape in which it is read.

One row an organisation, as it was on a day: taken in by an empty home it gives the same registry,
but for what came before the present name, seat and status.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import override

from lienminh.places.models import Level, Place
from lienminh.places.queries import spell_of, title_of
from lienminh.registry import life
from lienminh.registry.life import State
from lienminh.registry.models import Act, Collective, Kind, Legal, Reporting, Sector
from lienminh.registry.workbooks.columns import FIELDS
from lienminh.registry.workbooks.rows import ONLY_KNOWN
from lienminh.registry.workbooks.yearly import ITEMS
from lienminh.rules.errors import Refused
from lienminh.work.shell import warning

AT_ONCE: Final = 2_000
FORMULAS: Final = ("=", "+", "-", "@", "\t")
WIDTHS: Final = {"ordinal": 6, "name": 40, "address": 30, "products": 30, "notes": 30}
COLUMNS: Final = [name for name in FIELDS if name not in ITEMS]
Cell = str | int | date
PRESENT: Final = (Legal.ACTIVE, Reporting.ACTIVE)


@dataclass(frozen=True)
class Seen:
    """A record as it was on a day: its acts until then, and its states."""

    record: Collective
    acts: list[Any]
    states: list[State]
    place: Place

    @property
    def now(self) -> State:
        """What it was on the day."""
        return self.states[-1]


def write(records: QuerySet[Collective], path: Path, *, day: date) -> int:
    """Write the records as they were on a day; gives their number. Refused for another ending."""
    with override("vi"):
        return save(rows(records, day), path)


def save(lines: Iterable[Sequence[Cell]], path: Path) -> int:
    """Write rows in the order of COLUMNS; gives their number. Refused for another ending."""
    writers: dict[str, Callable[[Iterable[Sequence[Cell]], Path], int]] = {
        ".xlsx": _write_xlsx,
        ".csv": _write_csv,
    }
    if path.suffix.lower() not in writers:
        raise Refused(
            f"'{path.name}' is neither .xlsx nor .csv; give the file one of the two ends."
        )
    return writers[path.suffix.lower()](lines, path)


def heads() -> list[str]:
    """The heads of the columns, by which they are read back."""
    return [str(FIELDS[name]) for name in COLUMNS]


def rows(records: QuerySet[Collective], day: date) -> Iterator[list[Cell]]:
    """A row for each record that was there by the day."""
    seats = SeatNames()
    found = records.order_by("name", "pk").prefetch_related("acts").iterator(chunk_size=AT_ONCE)
    number = 0
    for record in found:
        acts = life.in_order(act for act in record.acts.all() if act.day <= day)
        if not acts:
            continue
        number += 1
        states = life.told(acts)
        seen = Seen(record, acts, states, seats.place(states[-1].place))
        told: dict[str, Any] = {"ordinal": number, **_identity(seen), **seats.names(seen.place)}
        told |= _beginning(seen) | _state(seen)
        yield [told.get(name) or "" for name in COLUMNS]


def _identity(seen: Seen) -> dict[str, Any]:
    record = seen.record
    described = ("short_name", "number", "tax_code", "certificate", "certificate_on")
    more = ("certificate_by", "products", "phone", "email")
    told = {name: getattr(record, name) for name in (*described, *more)}
    notes = " ".join(record.notes.split())
    return {"name": seen.now.name, "kind": str(Kind(record.kind).label), "notes": notes, **told}


def _beginning(seen: Seen) -> dict[str, Any]:
    first = seen.acts[0]
    if first.kind == Act.Kind.FOUNDING:
        return {"founded_on": first.day}
    if first.reason.startswith(ONLY_KNOWN):
        return {"founded_on": first.reason.removeprefix(ONLY_KNOWN)}
    return {"known_on": first.day}


def _state(seen: Seen) -> dict[str, Any]:
    now = seen.now
    joined = [act for act in seen.acts if act.kind in (Act.Kind.ADMISSION, Act.Kind.LEAVING)]
    told: dict[str, Any] = {
        "address": now.address,
        "sector": str(Sector(now.sector).label) if now.sector else "",
        "women_managed": _answer(now.women_managed),
        "minority_area": _answer(now.minority_area),
        "legal": str(Legal(now.legal).label),
        "reporting": str(Reporting(now.reporting).label),
    }
    if joined and joined[-1].kind == Act.Kind.ADMISSION:
        told["admitted_on"] = joined[-1].day
    if (now.legal, now.reporting) != PRESENT:
        told |= _since(seen)
    return told


def _since(seen: Seen) -> dict[str, Any]:
    """The day of the present status: when it came about, or when it was noted."""
    day = seen.now.since
    for state in reversed(seen.states):
        if (state.legal, state.reporting) != (seen.now.legal, seen.now.reporting):
            break
        day = state.since
    happened = any(act.day == day and act.kind in life.STATUSES for act in seen.acts[1:])
    return {"status_on" if happened else "noted_on": day}


def _answer(said: bool | None) -> str:
    return "" if said is None else ("có" if said else "không")


class SeatNames:
    """The names of the units by which a seat is read back, each made once."""

    def __init__(self) -> None:
        self.places: dict[int, Place] = {}
        self.told: dict[int, dict[str, str]] = {}

    def place(self, pk: int) -> Place:
        """A unit with its names."""
        if pk not in self.places:
            self.places[pk] = Place.objects.prefetch_related("spells__parent").get(pk=pk)
        return self.places[pk]

    def names(self, place: Place) -> dict[str, str]:
        """The unit and those above it, by level."""
        if place.pk not in self.told:
            parent = spell_of(place).parent
            above = self.names(self.place(parent.pk)) if parent else {}
            own = {} if place.level == Level.NATION else {place.level: title_of(place)}
            self.told[place.pk] = above | own
        return self.told[place.pk]


def _write_xlsx(lines: Iterable[Sequence[Cell]], path: Path) -> int:
    """Text stays text whatever it begins with; days are Excel's."""
    book: Any = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("Sổ đăng ký")
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    top = len(_above())
    for row, sentence in enumerate(_above()):
        page.write_string(row, 0, sentence, book.add_format({"bold": True}))
    for place, name in enumerate(COLUMNS):
        page.set_column(place, place, WIDTHS.get(name, 16))
        page.write_string(top, place, str(FIELDS[name]), head)
    page.freeze_panes(top + 1, 2)
    number = 0
    for number, line in enumerate(lines, start=1):
        for place, cell in enumerate(line):
            if isinstance(cell, date):
                page.write_datetime(top + number, place, cell, day)
            elif isinstance(cell, int):
                page.write_number(top + number, place, cell)
            elif cell:
                page.write_string(top + number, place, cell)
    book.close()
    return number


def _write_csv(lines: Iterable[Sequence[Cell]], path: Path) -> int:
    """An apostrophe keeps a text from being a formula; it is taken off when the file is read."""
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([sentence] for sentence in _above())
        writer.writerow(heads())
        for line in lines:
            writer.writerow([_as_text(cell) for cell in line])
            number += 1
    return number


def _above() -> list[str]:
    """What stands above the heads, where the reader passes it by: that the home is synthetic."""
    return list(filter(None, [str(warning())]))


def _as_text(cell: Cell) -> str:
    text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
    return f"'{text}" if text.startswith(FORMULAS) else text
