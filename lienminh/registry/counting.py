"""What a record adds to the ledger: a pure function from the record to lines and amounts.

An organisation moves a stock where its state changes, and a flow on the day something happens. Its
cell says what it is, so that breakdowns are counted and never typed. Nothing is moved before the
books that hold it are open: on their first day it enters the stocks as it was then.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Final, NamedTuple

from lienminh.registry import life
from lienminh.registry.life import State, Told
from lienminh.registry.models import Act, Books, Certificate, ChainLink, Kind, Reporting

DAY: Final = timedelta(days=1)
Family = Books.Family
FAMILY_OF: Final[dict[str, str]] = {
    Kind.COOPERATIVE: Family.COOPERATIVES,
    Kind.CREDIT_FUND: Family.COOPERATIVES,
    Kind.UNION: Family.UNIONS,
    Kind.GROUP: Family.GROUPS,
}  # a branch is part of the organisation it belongs to and counted nowhere by itself

STOCKS: Final = ("total", "active", "stopped", "alliance_members", "certified", "in_chains")
FLOWS: Final[dict[str, str]] = {
    Act.Kind.FOUNDING: "founded",
    Act.Kind.DISSOLUTION: "dissolved",
    Act.Kind.REVOCATION: "dissolved",
    Act.Kind.BANKRUPTCY: "dissolved",
    Act.Kind.CONVERSION: "converted",
    Act.Kind.ADMISSION: "admitted",
    Act.Kind.LEAVING: "left",
}
SUFFIXES: Final = (*STOCKS, *dict.fromkeys(FLOWS.values()))


def kinds_of(family: str) -> list[str]:
    """The kinds of organisation whose books are kept together."""
    return [kind for kind, its in FAMILY_OF.items() if its == family]


class Line(NamedTuple):
    """Where on the ledger a record moves something: `place` is an id."""

    indicator: str
    place: int
    cell: str
    day: date


Opened = Mapping[int, date]
"""By the id of a place, the first day of the books of the family that hold it; none are open."""

Amounts = dict[Line, int]
"""Whole organisations by line, none of them nought: what a record amounts to on the ledger."""


@dataclass(frozen=True)
class Record:
    """All of an organisation that is counted, whatever it is stored in."""

    kind: str
    acts: Sequence[Told]
    certificates: Sequence[Certificate] = ()
    chain_links: Sequence[ChainLink] = ()
    merged: bool = False

    @cached_property
    def states(self) -> list[State]:
        """What it was from day to day; Refused when its acts contradict each other."""
        return life.told(self.acts)


def entries_of(record: Record, opened: Opened) -> Amounts:
    """What a record amounts to on the ledger, given since when books are open at its seats."""
    family = FAMILY_OF.get(record.kind)
    if family is None or record.merged:
        return {}
    net: Counter[Line] = Counter()
    for line, amount in _stocks(family, record, opened):
        net[line] += amount
    net.update(_flows(family, record, opened))
    return {line: amount for line, amount in net.items() if amount}


def indicators_of(family: str) -> list[str]:
    """The codes of what is counted of a family."""
    return [f"{family}.{suffix}" for suffix in SUFFIXES]


class _Slice(NamedTuple):
    """A stretch of days over which everything counted of a record is the same."""

    first: date
    state: State
    standards: frozenset[str]
    in_chain: bool


def _stocks(family: str, record: Record, opened: Opened) -> Iterator[tuple[Line, int]]:
    before: set[tuple[str, int, str]] = set()
    for piece in _slices(record, opened):
        open_there = opened.get(piece.state.place, date.max) <= piece.first
        after = set(_standing(family, record.kind, piece)) if open_there else set()
        for code, place, cell in sorted(before - after):
            yield Line(code, place, cell, piece.first), -1
        for code, place, cell in sorted(after - before):
            yield Line(code, place, cell, piece.first), 1
        before = after


def _slices(record: Record, opened: Opened) -> Iterator[_Slice]:
    """The record cut wherever something changes, or books are opened that hold it."""
    states = record.states
    days = {state.since for state in states}
    days |= {opened[state.place] for state in states if state.place in opened}
    for holding in (*record.certificates, *record.chain_links):
        if holding.voided_at is None:
            days.add(holding.first_day)
            if holding.last_day is not None:
                days.add(holding.last_day + DAY)
    for day in sorted(days):
        state = life.on(states, day)
        if state is not None:
            standards = frozenset(c.standard for c in record.certificates if _holds(c, day))
            linked = any(_holds(link, day) for link in record.chain_links)
            yield _Slice(day, state, standards, linked)


def _holds(holding: Certificate | ChainLink, day: date) -> bool:
    ended = holding.last_day is not None and holding.last_day < day
    return holding.voided_at is None and holding.first_day <= day and not ended


def _standing(family: str, kind: str, piece: _Slice) -> Iterator[tuple[str, int, str]]:
    """The stocks a record is part of in a slice: code, place, cell."""
    state = piece.state
    if not state.exists:
        return
    cell = cell_of(kind, state)
    yield f"{family}.total", state.place, cell
    if state.reporting == Reporting.ACTIVE:
        yield f"{family}.active", state.place, cell
    if state.reporting == Reporting.STOPPED:
        yield f"{family}.stopped", state.place, cell
    if state.alliance_member:
        yield f"{family}.alliance_members", state.place, cell
    if piece.standards:
        held = f"standard={'+'.join(sorted(piece.standards))}"
        yield f"{family}.certified", state.place, ";".join(sorted([*cell.split(";"), held]))
    if piece.in_chain:
        yield f"{family}.in_chains", state.place, cell


def _flows(family: str, record: Record, opened: Opened) -> Iterator[Line]:
    for act in life.in_order(record.acts):
        suffix = FLOWS.get(act.kind)
        state = life.on(record.states, act.day)
        if suffix and state is not None and opened.get(state.place, date.max) <= act.day:
            yield Line(f"{family}.{suffix}", state.place, cell_of(record.kind, state), act.day)


def cell_of(kind: str, state: State) -> str:
    """The breakdown an organisation lies in; what is not known of it is left out."""
    return _cell(kind, state.minority_area, state.sector, state.women_managed)


@cache
def _cell(kind: str, minority: bool | None, sector: str, women: bool | None) -> str:
    pairs = {
        "kind": kind,
        "minority_area": _yes_no(minority),
        "sector": sector,
        "women_managed": _yes_no(women),
    }
    return ";".join(f"{key}={value}" for key, value in pairs.items() if value)


def _yes_no(said: bool | None) -> str:
    return "" if said is None else ("yes" if said else "no")


def difference(wanted: Amounts, standing: Amounts) -> Amounts:
    """What to post so that what stands becomes what is wanted."""
    gaps = {line: wanted.get(line, 0) - standing.get(line, 0) for line in {*wanted, *standing}}
    return {line: gap for line, gap in sorted(gaps.items()) if gap}
