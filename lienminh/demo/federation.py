"""A synthetic federation in a home of its own: invented organisations, books, data and reports."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from lienminh.demo.invented import Invented, Inventor, communes
from lienminh.demo.told import YEARS, be_late, provinces_now, report, speak_up, state
from lienminh.places.models import Level, Place
from lienminh.registry.actions import open_books
from lienminh.registry.models import Books, Collective, Import, Kind, Legal, Reporting, Sector
from lienminh.registry.queries import to_confirm
from lienminh.registry.reform.actions import follow_reform
from lienminh.registry.workbooks import actions as workbooks
from lienminh.registry.workbooks.columns import guess
from lienminh.registry.workbooks.taking_in import take_in
from lienminh.registry.workbooks.uploads import kept_file
from lienminh.registry.workbooks.writing import COLUMNS, SeatNames, heads, save

SEED: Final = 2025
COOPERATIVES: Final = 35_000
OF_EACH: Final = {Kind.CREDIT_FUND: 25, Kind.UNION: 220, Kind.GROUP: 7}
"""One of so many: of all cooperatives a fund, beside them a union and a group."""
OPENED: Final = date(2024, 1, 1)
COVERED: Final = (100, 80, 40)  # per cent of the active who state, in the first provinces


def make(cooperatives: int = COOPERATIVES) -> Import:
    """Make what is missing of the federation; harmless to repeat."""
    with override("vi"):
        for family in Books.Family.values:
            _open(family)
        imported = _taken_in(Path(settings.HOME) / "synthetic.xlsx", cooperatives)
        follow_reform(to_confirm(Collective.objects.all()), key="synthetic:reform", by=None)
        provinces = provinces_now()
        for year in YEARS:
            for province, share in zip(provinces, COVERED, strict=False):
                state(province, share, year)
        be_late(provinces[1 : len(COVERED)])
        report(provinces)
        speak_up(provinces[0])
    return imported


def _open(family: str) -> None:
    """Before anything is entered, so that all of it is counted as it comes."""
    if not Books.objects.filter(family=family).exists():
        nation = Place.objects.get(level=Level.NATION)
        key = f"synthetic:books:{family}"
        open_books(family=family, place=nation, first_day=OPENED, listed=0, key=key, by=None)


def _taken_in(path: Path, cooperatives: int) -> Import:
    """The list as a workbook, as an office would hand it in, and then as an office takes it in."""
    if not path.exists():
        unfinished = path.with_suffix(".part.xlsx")
        save(_lines(_invented(cooperatives)), unfinished)
        unfinished.replace(path)
    sha256 = kept_file(path)
    imported = workbooks.begin(sha256=sha256, name=path.name, sheet="", by=None)
    if imported.state == Import.State.MAPPING:
        named = heads()
        imported = workbooks.settle(
            imported, heads=named, columns=guess(named), defaults={}, by=None
        )
    return take_in(imported, good_only=True, by=None)


def _invented(cooperatives: int) -> Iterator[Invented]:
    draw = Inventor(communes(), SEED)
    funds = cooperatives // OF_EACH[Kind.CREDIT_FUND]
    yield from draw.organisations(Kind.COOPERATIVE, cooperatives - funds)
    yield from draw.organisations(Kind.CREDIT_FUND, funds)
    for kind in (Kind.UNION, Kind.GROUP):
        yield from draw.organisations(kind, cooperatives // OF_EACH[kind])


def _lines(invented: Iterable[Invented]) -> Iterator[list[Any]]:
    seats = SeatNames()
    for number, one in enumerate(invented, start=1):
        told = {"ordinal": number, **_row(one), **seats.names(one.commune)}
        yield [told.get(column) or "" for column in COLUMNS]


def _row(one: Invented) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.name,
        "kind": str(Kind(one.kind).label),
        "number": one.number,
        "founded_on": one.founded_on,
        "sector": str(Sector(one.sector).label),
        "women_managed": "có" if one.women_managed else "không",
        "minority_area": "có" if one.minority_area else "không",
        "admitted_on": one.admitted_on,
        "reporting": str(Reporting.ACTIVE.label),
    }
    if one.ended_on:
        ended = {"legal": str(Legal.DISSOLVED.label), "reporting": str(Reporting.ENDED.label)}
        told |= {**ended, "status_on": one.ended_on}
    elif one.stopped_on:
        told |= {"reporting": str(Reporting.STOPPED.label), "status_on": one.stopped_on}
    return told
