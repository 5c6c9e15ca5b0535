"""What a record states about itself: a pure function from its accepted returns to statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from lienminh.registry import life
from lienminh.registry.counting import FAMILY_OF, Opened, Record, cell_of
from lienminh.registry.models import Books, Reporting, Return
from lienminh.rules.parameters import table

# Told of all cooperatives together, not by family.
INCOMES: Final = {
    "income": "workers.income_per_month",
    "pay_known": "workers.pay_known",
    "income_known": "workers.income_known",
}
STOCKS: Final = frozenset({"members", "workers", "capital", "assets", "pay_known", "income_known"})


class Statement(NamedTuple):
    """What is stated, without how much: `place` is an id, a stock's days are its as-of day."""

    indicator: str
    place: int
    cell: str
    first: date
    last: date
    series: str


@dataclass(frozen=True)
class Item:
    """One item of the form: `code` in the values of a return, and which figure it is."""

    code: str
    group: str
    indicator: str
    cell: str
    unit: str
    label: tuple[str, str]
    signed: bool = False


def items_of(kind: str) -> list[Item]:
    """The items that an organisation of a kind fills in, in the order of the form."""
    found = []
    for group, told in table("return_items")["groups"].items():
        for code, said in told["items"].items():
            kinds = said.get("kinds", told.get("kinds"))
            if kinds is None or kind in kinds:
                found.append(
                    Item(
                        code=code,
                        group=group,
                        indicator=said["indicator"],
                        cell=said.get("cell", ""),
                        unit=said["unit"],
                        label=tuple(said["label"]),
                        signed=said.get("signed", False),
                    )
                )
    return found


def statements_of(
    record: Record, returns: Sequence[Return], opened: Opened
) -> dict[Statement, int]:
    """What stands stated of a record: only accepted returns, made while it was active."""
    family = FAMILY_OF.get(record.kind)
    if family is None or record.merged:
        return {}
    stated: dict[Statement, int] = {}
    for told in returns:
        if told.state != Return.State.ACCEPTED:
            continue
        as_of = min(told.last, told.covers_last)
        state = life.on(record.states, as_of)
        if state is None or state.reporting != Reporting.ACTIVE:
            continue
        if opened.get(state.place, date.max) > as_of:
            continue
        base = cell_of(record.kind, state)
        for suffix, cell, amount in _amounts(record.kind, family, told):
            days = (as_of, as_of) if suffix in STOCKS else (told.first, told.last)
            line = Statement(
                INCOMES.get(suffix, f"{family}.{suffix}"),
                state.place,
                _together(base, cell),
                *days,
                told.series,
            )
            stated[line] = amount
    return stated


def official_members(told: Return) -> int | None:
    """How many official members a return states, in whichever parts; None where it states none."""
    stated = [
        told.values[item.code]
        for item in items_of(told.collective.kind)
        if "member_kind=official" in item.cell and item.code in told.values
    ]
    return sum(stated) if stated else None


def _amounts(kind: str, family: str, told: Return) -> list[tuple[str, str, int]]:
    """Indicator's suffix, own cell and amount of what a return says."""
    values: Mapping[str, Any] = told.values
    said = [
        (item.indicator, item.cell, int(values[item.code]))
        for item in items_of(kind)
        if values.get(item.code) is not None
    ]
    return said + _weighted(values) + (_graded(told) if family != Books.Family.GROUPS else [])


def _weighted(values: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Whose average income is told, and what they earn together: for a mean by their number."""
    workers, income = workers_of(values), values.get("income")
    if income is None or not workers:
        return []
    return [("income_known", "", workers), ("pay_known", "", workers * income)]


def workers_of(values: Mapping[str, Any]) -> int:
    """How many workers a return tells of, in whichever parts."""
    return sum(values.get(f"workers_{part}") or 0 for part in ("female", "male", "unsexed"))


def _graded(told: Return) -> list[tuple[str, str, int]]:
    """One in its grade and none in the others; none in all where it was not graded."""
    if not told.grade:
        return [("graded", "", 0)]
    grades = table("return_items")["grades"]
    return [("graded", f"grade={grade}", int(grade == told.grade)) for grade in grades]


def _together(*texts: str) -> str:
    """Cells as one, its keys in order."""
    return ";".join(sorted(pair for text in texts for pair in text.split(";") if pair))
