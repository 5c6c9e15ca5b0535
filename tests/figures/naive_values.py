"""Values of the naive oracle (see `naive`): which is better, and how they add."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount, total
from tests.figures.naive_lines import Line

RANKS = ("counted", "reported", "read")
EXACT, TILED, DIFFERENCE, PARTS, OF_THEMSELVES = range(5)
T = TypeVar("T")


@dataclass(frozen=True)
class Value:
    """What a kind of source, or the sum of the children, gives for one place and period."""

    kind: str
    amount: Amount
    lines: tuple[Line, ...]
    counting: str
    official: bool
    how: int = EXACT
    as_of: date | None = None
    basis: str = ""
    derived: bool = False
    adds: bool = True
    reporting: int = 1
    expected: int = 1

    @property
    def complete(self) -> bool:
        return self.adds and self.reporting == self.expected


@dataclass(frozen=True)
class Told:
    """An answer, as far as the rules decide it."""

    amount: Amount | None = None
    partial: tuple[Amount, int, int] | None = None
    of_organisations: bool = False  # whether it is a part of what these state, not of places
    source: str | None = None
    counting: str | None = None
    as_of: date | None = None
    as_of_basis: str | None = None
    status: str | None = None
    derived: bool = False
    entries: tuple[str, ...] = ()
    sources: Mapping[str, tuple[Amount, str]] = field(default_factory=dict)


def preference(value: Value) -> tuple[object, ...]:
    """Sorts the values of one kind, the best first."""
    as_of = value.as_of or date.min
    stated_on = max((line.stated_on for line in value.lines), default=date.min)
    posting = max((line.posting for line in value.lines), default=0)
    source = value.lines[0].draft.source.pk if value.lines else 0
    first = min(((line.posting, line.number) for line in value.lines), default=(0, 0))
    later = (-as_of.toordinal(), not value.official, -stated_on.toordinal(), -posting)
    return (value.how, *later, source, first)


def first_of_kinds(own: Mapping[str, Value]) -> Value | None:
    return next((own[kind] for kind in RANKS if kind in own), None)


def sum_of(values: Sequence[Value], *, kind: str) -> Value:
    """Values added: what they do not share is lost, and the weakest status stands."""
    return Value(
        kind=kind,
        amount=total(value.amount for value in values),
        lines=tuple(line for value in values for line in value.lines),
        counting=shared((value.counting for value in values), "unstated"),
        official=all(value.official for value in values),
        as_of=shared((value.as_of for value in values), None),
        basis=shared((value.basis for value in values), ""),
        derived=True,
    )


def shared(of_each: Iterable[T], otherwise: T) -> T:
    found = set(of_each)
    return found.pop() if len(found) == 1 else otherwise


def status(value: Value) -> str:
    return "official" if value.official else "preliminary"


def quotient(part: Amount, whole: Amount, ones: int) -> Amount:
    """In parts of one, half rounded up; rough as soon as one of the terms is."""
    found = sorted(
        (2 * ones * over + under) // (2 * under)
        for over in (part.low, part.high)
        for under in (whole.low, whole.high)
    )
    rough = any(term.bound or term.approx for term in (part, whole))
    return Amount(found[0], found[-1], None, rough)


def told_of(period: Period) -> Period:
    """The days that organisations tell of: to 14 December, where the period ends with its year."""
    last = period.last
    ends = date(last.year, 12, 14) if (last.month, last.day) == (12, 31) else last
    return Period(period.first, max(period.first, ends))
