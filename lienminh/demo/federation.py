"""A synthetic federation in a home of its own: invented organisations, books, data and reports."""

import random
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from lienminh.demo.invented import Invented, Inventor, communes, values_of
from lienminh.figures.actions import name_source, post
from lienminh.figures.answers import answers
from lienminh.figures.drafts import Draft
from lienminh.figures.models import Posting
from lienminh.figures.questions import Question
from lienminh.people.models import Organisation
from lienminh.people.queries import organisations_on
from lienminh.places.models import Level, Place
from lienminh.places.queries import title_of, units_in
from lienminh.registry.actions import open_books
from lienminh.registry.models import Books, Collective, Import, Kind, Reporting, Return, Sector
from lienminh.registry.queries import inside, to_confirm
from lienminh.registry.reform.actions import follow_reform
from lienminh.registry.returns.actions import take_in as take_in_returns
from lienminh.registry.stating import year_of_data
from lienminh.registry.workbooks import actions as workbooks
from lienminh.registry.workbooks.columns import guess
from lienminh.registry.workbooks.taking_in import take_in
from lienminh.registry.workbooks.uploads import kept_file
from lienminh.registry.workbooks.writing import COLUMNS, SeatNames, heads, save
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

SEED: Final = 2025
COOPERATIVES: Final = 35_000
OF_EACH: Final = {Kind.CREDIT_FUND: 25, Kind.UNION: 220, Kind.GROUP: 7}
"""One of so many: of all cooperatives a fund, beside them a union and a group."""
OPENED: Final = date(2024, 1, 1)
TOLD: Final = 2025  # the year of data and of the provinces' reports
COVERED: Final = (100, 80, 40)  # per cent of the active who state, in the first provinces
REPORTED: Final = ("cooperatives.total", "cooperatives.active", "groups.total")


def make(cooperatives: int = COOPERATIVES) -> Import:
    """Make what is missing of the federation; harmless to repeat."""
    with override("vi"):
        for family in Books.Family.values:
            _open(family)
        imported = _taken_in(Path(settings.HOME) / "synthetic.xlsx", cooperatives)
        follow_reform(to_confirm(Collective.objects.all()), key="synthetic:reform", by=None)
        provinces = units_in(
            Place.objects.get(level=Level.NATION), level=Level.PROVINCE, day=_end()
        )
        for number, share in enumerate(COVERED):
            _state(provinces[number], share, number)
        _report(provinces)
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
        told |= {"reporting": str(Reporting.ENDED.label), "status_on": one.ended_on}
    elif one.stopped_on:
        told |= {"reporting": str(Reporting.STOPPED.label), "status_on": one.stopped_on}
    return told


def _end() -> date:
    return date(TOLD, 12, 31)


def _state(province: Place, share: int, number: int) -> None:
    """The yearly data of some of the active cooperatives of a province."""
    chances = random.Random(SEED + number)  # noqa: S311 - numbers for a demo, not secrets
    period, covers = year_of_data(TOLD)
    active = inside(Collective.objects.filter(kind=Kind.COOPERATIVE), province)
    found = active.filter(reporting=Reporting.ACTIVE, merged_into=None).order_by("ref")
    known = found.filter(returns__last=period.last, returns__state=Return.State.ACCEPTED)
    if known.exists():
        return
    begun = found.exclude(founded_on__gt=covers.last)
    told = [
        (record, values_of(chances, record.sector), chances.choice(("good", "fair", "average")))
        for record in begun
        if chances.randrange(100) < share
    ]
    key = f"synthetic:returns:{province.ref}"
    take_in_returns(told, period=period, covers=covers, key=key, by=None)


def _report(provinces: list[Place]) -> None:
    """What the provinces report at the year's end: a third of them otherwise than the records."""
    key = "synthetic:reports"
    if Posting.objects.filter(key=key).exists():
        return
    chances = random.Random(SEED)  # noqa: S311 - numbers for a demo, not secrets
    period = Period(date(TOLD, 1, 1), _end())
    asked = [
        Question(indicator=code, place=place, period=period)
        for place in provinces
        for code in REPORTED
    ]
    drafts = []
    for given in answers(asked):
        if given.amount is None or chances.randrange(20) == 0:  # one in twenty is late
            continue
        off = chances.randint(-9, 9) if chances.randrange(3) == 0 else 0
        number = max(0, given.amount.low + off)
        drafts.append(_reported(given.question, number))
    post(entries=drafts, key=key, reason="Báo cáo năm giả lập", by=None)


def _reported(question: Question, number: int) -> Draft:
    alliance = organisations_on(_end()).filter(
        kind=Organisation.Kind.ALLIANCE, place=question.place
    )
    name = alliance[0].name if alliance else title_of(question.place)
    source = name_source(
        code=f"synthetic:report:{question.place.ref}",
        kind="reported",
        title=f"Báo cáo năm {TOLD} (giả lập) của {name}",
    )
    return Draft(
        indicator=question.indicator,
        place=question.place,
        kind="statement",
        first=_end(),
        last=_end(),
        amount=Amount(number, number),
        as_of_basis="stated",
        source=source,
    )
