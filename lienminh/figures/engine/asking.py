"""What the engine is asked: figures of one measure for every indicator × place × span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lienminh.rules.periods import Period

DAY = timedelta(days=1)


@dataclass(frozen=True)
class CellAsk:
    """The asked cell, and how the other cells of the dictionary stand to it, as ids.

    `inside`: the cells that lie in it. `unclear`: neither inside nor apart, so that an opening
    balance in one cannot be divided; `vague`: (indicator, cell) of those that lack a key which
    divides the indicator, so that a movement in one may lie inside. `parts`: (indicator, key, cell,
    number of values of the key) for the cells that the indicator declares to make it up. `finer`:
    (cell, key) of those one key finer, which a source may declare to make it up.
    """

    cell: int
    inside: frozenset[int]
    unclear: frozenset[int] = frozenset()
    parts: tuple[tuple[int, str, int, int], ...] = ()
    finer: tuple[tuple[int, str], ...] = ()
    vague: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Span:
    """A period asked for, seen in a geography; `epoch` is that of the period's last day."""

    period: Period
    geography: date
    epoch: date

    @property
    def borders(self) -> tuple[date, date]:
        """In which borders whose units are seen; spans that share them share what adds up."""
        return self.geography, self.epoch


@dataclass(frozen=True)
class Ask:
    """One table of figures.

    `measure`: stock, flow or average. `indicators`: (id, whether it counts units, which add over
    places). `floor`: depth of the lowest level that reports (0 nation … 3 commune). `members`:
    (span index, grouping, member). `excused`: (span index, indicator, place) who need not report.
    `reporters`: (indicator, the one that counts the organisations which state it of themselves), in
    the breakdown `reporter_cell`.
    """

    measure: str
    indicators: tuple[tuple[int, bool], ...]
    floor: int
    places: tuple[int, ...]
    spans: tuple[Span, ...]
    cell: CellAsk
    series: str
    known_at: int
    stated_by: date | None = None
    members: tuple[tuple[int, int, int], ...] = ()
    excused: tuple[tuple[int, int, int], ...] = ()
    reporters: tuple[tuple[int, int], ...] = ()
    reporter_cell: CellAsk | None = None
    detail: bool = False

    @property
    def ids(self) -> list[int]:
        """The indicators' ids."""
        return [pk for pk, _ in self.indicators]

    @property
    def units(self) -> list[int]:
        """Of those, the ids of what counts units."""
        return [pk for pk, units in self.indicators if units]


@dataclass(frozen=True)
class Found:
    """A kind of entry there is, with its days; `single` where none must be chosen (`copy.DAYS`)."""

    kind: str
    first: date
    last: date
    cumulative: bool
    in_cell: bool
    in_parts: bool
    single: bool


@dataclass
class Matches:
    """Which days of entries answer which span, and how: rows (span index, first, last).

    `chosen`: whether a place may have two values for a span, so that the best must be chosen.
    """

    exact: list[tuple[int, date, date]] = field(default_factory=list)
    pieces: list[tuple[int, date, date]] = field(default_factory=list)
    differences: list[tuple[int, date, date, date]] = field(default_factory=list)
    parts: list[tuple[int, date, date]] = field(default_factory=list)
    returns: list[tuple[int, date, date]] = field(default_factory=list)
    counted: bool = False
    chosen: bool = True


def match(ask: Ask, found: Sequence[Found]) -> Matches:
    """Sort the days of the entries that exist by what they can do for the spans asked for.

    A statement matches the period it is for; a stock, any as-of day inside. Shorter statements
    inside may tile it; two cumulative ones of one origin may differ by it: (first, last, the
    earlier one's last).
    """
    made = Matches(counted=any(row.kind == "opening" for row in found))
    stated = [row for row in found if row.kind == "statement"]
    days = {(row.first, row.last) for row in stated if row.in_cell}
    part_days = {(row.first, row.last) for row in stated if row.in_parts}
    loose = {(row.first, row.last) for row in stated if row.in_cell and not row.cumulative}
    returned = {(row.first, row.last) for row in found if row.kind == "return"}
    rising = {(row.first, row.last) for row in stated if row.in_cell and row.cumulative}
    for index, span in enumerate(ask.spans):
        made.exact += [(index, *pair) for pair in days if _fits(ask.measure, span.period, pair)]
        made.parts += [
            (index, *pair) for pair in part_days if _fits(ask.measure, span.period, pair)
        ]
        made.returns += [
            (index, *pair) for pair in returned if _fits(ask.measure, span.period, pair)
        ]
        if ask.measure == "flow":
            made.pieces += [(index, *pair) for pair in loose if _inside(span.period, pair)]
            made.differences += _differences(index, span.period, rising)
    made.chosen = not _nothing_to_choose(made, [row for row in stated if row.in_cell])
    return made


def _nothing_to_choose(made: Matches, stated: Sequence[Found]) -> bool:
    """One way to answer, from one source a place, on one pair of days a span.

    The ledger keeps one living statement of a source for its days, so nothing is left to choose.
    """
    if made.pieces or made.differences or made.parts or made.returns or made.counted:
        return False
    days = [(first, last) for _, first, last in made.exact]
    one_each = len({index for index, *_ in made.exact}) == len(days)
    rows = [row for row in stated if (row.first, row.last) in days]
    return one_each and all(row.single for row in rows) and 0 < len(rows) == len(set(days))


def _fits(measure: str, period: Period, days: tuple[date, date]) -> bool:
    if measure == "stock":
        return period.first <= days[1] <= period.last
    return days == (period.first, period.last)


def _inside(period: Period, days: tuple[date, date]) -> bool:
    first, last = days
    return period.first <= first and last <= period.last and days != (period.first, period.last)


def _differences(
    index: int, period: Period, rising: Iterable[tuple[date, date]]
) -> list[tuple[int, date, date, date]]:
    there = set(rising)
    before = period.first - DAY
    return [
        (index, origin, period.last, before)
        for origin, last in there
        if last == period.last and (origin, before) in there
    ]
