"""What a workbook would add to the registry: its columns and records, and what is wrong in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lienminh.people.models import User
from lienminh.people.rights import mandates_of
from lienminh.people.roles import KEEP, ROLES
from lienminh.places.models import Level, Place, Within
from lienminh.registry import life
from lienminh.registry.models import Act, Collective, Import
from lienminh.registry.workbooks.columns import FIELDS, remembered
from lienminh.registry.workbooks.findings import Findings
from lienminh.registry.workbooks.known import known
from lienminh.registry.workbooks.reading import opened
from lienminh.registry.workbooks.rows import Defaults, Planned, Reader
from lienminh.registry.workbooks.seats import Seats
from lienminh.registry.workbooks.sheets import table_of
from lienminh.registry.workbooks.uploads import path_of
from lienminh.registry.workbooks.yearly import yearly
from lienminh.rules.errors import Refused

SAMPLES: Final = 3  # rows shown beneath the heads


@dataclass(frozen=True)
class Look:
    """What is seen of a workbook before its columns are settled."""

    sheets: list[str]
    sheet: str
    heads: tuple[str, ...]
    samples: list[list[str]]
    columns: list[str]
    notes: list[Promise]


@dataclass(frozen=True)
class Plan:
    """The records that would be entered, the last row, and what was found on the way."""

    records: list[Planned]
    last_row: int
    findings: Findings


def look(path: Path, sheet: str = "") -> Look:
    """Look into a workbook; Refused when it cannot be read or holds no table."""
    with opened(path, sheet=sheet) as book:
        table = table_of(book)
        samples = [cells for _row, cells in islice(table.rows, SAMPLES)]
        columns = remembered(table.heads)
        return Look(book.names, table.sheet, table.heads, samples, columns, book.notes)


def plan(imported: Import, *, by: User | None) -> Plan:
    """What an import would enter, as the registry stands now."""
    mapping = imported.mapping
    with opened(path_of(imported.sha256), sheet=imported.sheet) as book:
        seats = Seats(date.fromisoformat(mapping["day"]))  # while it is opened
        registry = known(mapping.get("year", ""))
        table = table_of(book)
        columns = checked_columns(mapping["columns"], len(table.heads))
        defaults = _defaults(mapping, table.heads, by)
        reader = Reader(columns, defaults, seats, registry, timezone.localdate())
        return Plan(list(reader.records(table.rows)), reader.row, reader.findings)


def _defaults(mapping: dict[str, Any], heads: Sequence[str], by: User | None) -> Defaults:
    year, money = mapping.get("year", ""), mapping.get("money", "")
    return Defaults(
        yearly=yearly(mapping["columns"], heads, year=year, money=money),
        day=date.fromisoformat(mapping["day"]),
        kind=mapping["kind"],
        province=mapping["province"],
        commune=mapping["commune"],
        branch=branch_of(by),
    )


def key_of(imported: Import) -> str:
    """How the postings and acts of an import are named."""
    return f"import:{imported.ref}"


def entered(imported: Import) -> QuerySet[Collective]:
    """The records that an import entered."""
    begun = Act.objects.filter(key__startswith=f"{key_of(imported)}:", kind__in=life.BEGINNINGS)
    return Collective.objects.filter(pk__in=begun.values("collective"))


def checked_columns(columns: Sequence[str], count: int) -> list[str]:
    """A field for each column, each at most once and the name among them; Refused otherwise."""
    chosen = [name for name in columns if name]
    if len(columns) != count or not set(chosen) <= FIELDS.keys():
        raise Refused(_("Các cột được ghép không khớp với trang tính; hãy ghép lại."))
    twice = next((name for name in chosen if chosen.count(name) > 1), "")
    if twice:
        sentence = _("Mục “%s” được ghép với hai cột; hãy chỉ chọn một.")
        raise Refused(sentence % FIELDS[twice])
    if "name" not in chosen:
        raise Refused(_("Chưa có cột nào là tên; hãy chọn cột tên tổ chức."))
    return list(columns)


def branch_of(by: User | None) -> frozenset[int] | None:
    """The units in which an account may keep the registry; None is everywhere."""
    if by is None:
        return None
    held = [mandate.place for mandate in mandates_of(by) if KEEP in ROLES[mandate.role]]
    if any(place.level == Level.NATION for place in held):
        return None
    inside = Within.objects.filter(ancestor__in=held).values_list("place", flat=True)
    members = Place.objects.filter(grouping_rows__grouping__in=held)
    below = Within.objects.filter(ancestor__in=members).values_list("place", flat=True)
    own = (place.pk for place in held)
    return frozenset(chain(own, inside, below))
