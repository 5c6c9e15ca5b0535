"""Many indicators at once: the catalogue with its latest figures, and the matrix of places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Max, Q, prefetch_related_objects
from django.utils import timezone

from lienminh.figures.drafting import key_of
from lienminh.figures.lineage import amount_of
from lienminh.figures.models import Entry, Indicator, Source
from lienminh.figures.questions import Answer
from lienminh.figures.shown import Shown, column
from lienminh.figures.tables import (
    ESTIMATE,
    Scope,
    excused,
    may_report,
    reporting,
    terms_of,
    units_below,
    with_estimates,
    year_of,
)
from lienminh.places.models import Level, Place
from lienminh.rules.periods import Period

FEW_MAIN = (
    "cooperatives.total",
    "cooperatives.active",
    "cooperatives.founded",
    "cooperatives.members",
    "groups.total",
    "loans.lent",
)


@dataclass(frozen=True)
class CatalogueRow:
    """An indicator, its latest figure, and at how many places it is stated.

    The figure is that of the place; where it has none, that of the one place below with the latest.
    """

    indicator: Indicator
    figure: Shown | None
    places: int


def catalogue(scope: Scope) -> list[CatalogueRow]:
    """Every indicator with the latest statement at the place or below; a few queries.

    A statement alone under its key is the answer to the question for its own days.
    """
    own = _latest(scope, Q(place=scope.place))
    below = may_report(scope.place)
    if scope.place.level == Level.NATION:
        below |= Place.objects.filter(level=Level.GROUPING)
    lower = _latest(scope, Q(place__in=below))
    counts = scope.entries().values("indicator").annotate(places=Count("place", distinct=True))
    places = dict(counts.values_list("indicator", "places"))
    rows = []
    for indicator in all_indicators():
        found = own.get(indicator.pk) or lower.get(indicator.pk, [])
        single = len({entry.place_id for entry in found}) == 1
        figure = _as_stated(scope, found[-1]) if single else None
        rows.append(CatalogueRow(indicator, figure, places.get(indicator.pk, 0)))
    prefetch_related_objects(
        [row.figure.answer.question.place for row in rows if row.figure], "spells"
    )
    return rows


def all_indicators() -> list[Indicator]:
    """The indicators in the catalogue's order."""
    return list(Indicator.objects.select_related("numerator", "denominator").order_by("pk"))


def _latest(scope: Scope, where: Q) -> dict[int, list[Entry]]:
    """The living statements of each indicator on its latest day, the best to quote last.

    The whole is better than a part, counted than reported than read, a later posting than earlier.
    """
    known = scope.entries().filter(where, kind=Entry.Kind.STATEMENT, subject="")
    if scope.period:
        known = known.filter(last__gte=scope.period.first, last__lte=scope.period.last)
    days = known.filter(low__isnull=False).values("indicator").annotate(day=Max("last"))
    latest = dict(days.values_list("indicator", "day"))
    on_some = known.filter(last__in=set(latest.values()))
    joined = on_some.select_related("cell", "source", "indicator", "place")
    rows = [
        entry
        for entry in joined.order_by("posting", "line")
        if entry.last == latest.get(entry.indicator_id)
    ]
    living = {key_of(entry): entry for entry in rows}.values()
    kinds = [Source.Kind.READ, Source.Kind.REPORTED, Source.Kind.COUNTED]
    found: dict[int, list[Entry]] = {}
    for entry in sorted(
        (entry for entry in living if entry.low is not None),
        key=lambda entry: (entry.cell.text == "", kinds.index(Source.Kind(entry.source.kind))),
    ):
        found.setdefault(entry.indicator_id, []).append(entry)
    return found


def _as_stated(scope: Scope, entry: Entry) -> Shown:
    period = Period(entry.first, entry.last)
    code = entry.indicator.code
    answer = Answer(
        question=scope.question(code, entry.place, period, entry.cell.text, entry.series),
        indicator=entry.indicator,
        geography=scope.borders(period),
        known_at=entry.posting_id,
        amount=amount_of(entry),
        counting=entry.counting or None,
        as_of=entry.last if entry.indicator.measure == Indicator.Measure.STOCK else None,
        status=entry.status,
        source=entry.source.kind,
        entries=(entry.code,),
    )
    return column([answer])[0]


@dataclass(frozen=True)
class MatrixColumn:
    """An indicator of the matrix: the place's own figure, and its units' in the rows' order."""

    indicator: Indicator
    total: Shown
    units: list[Shown]

    @property
    def reporting(self) -> int:
        """How many of them have a figure that is no estimate."""
        return len(reporting(self.units))

    @property
    def due(self) -> int:
        """How many units should report."""
        return sum(not unit.excused for unit in self.units)


@dataclass(frozen=True)
class Matrix:
    """Places × indicators for one period."""

    period: Period
    places: list[Place]
    columns: list[MatrixColumn]

    @property
    def rows(self) -> list[tuple[Place, list[Shown]]]:
        """Each place with its figures."""
        return [
            (place, [one.units[row] for one in self.columns])
            for row, place in enumerate(self.places)
        ]


def matrix(scope: Scope, indicators: Sequence[Indicator]) -> Matrix:
    """The matrix of the units below the place; the latest year with figures without a period."""
    period = scope.period or _latest_year(scope, indicators)
    units = units_below(scope, period)
    asked = [
        scope.question(indicator.code, place, period)
        for indicator in indicators
        for place in [scope.place, *units]
    ]
    estimated = _estimated(scope, indicators, units)
    given = with_estimates(asked, user=scope.user, estimated=estimated)
    spared = excused(indicators, units, scope.day(period))
    parts = _in_parts(scope, indicators, units, period)
    size = 1 + len(units)
    columns = []
    for place, indicator in enumerate(indicators):
        keys = [(indicator.pk, 0), *((indicator.pk, unit.pk) for unit in units)]
        cells = column(
            given[place * size : (place + 1) * size], excused=[key in spared for key in keys]
        )
        marked = [replace(one, in_parts=key in parts) for one, key in zip(cells, keys, strict=True)]
        columns.append(MatrixColumn(indicator, marked[0], marked[1:]))
    return Matrix(period, units, columns)


def _latest_year(scope: Scope, indicators: Sequence[Indicator]) -> Period:
    """The year of the latest whole figure, not a plan; this year where there is none."""
    latest = (
        scope.entries()
        .filter(
            Q(place=scope.place) | Q(place__in=may_report(scope.place)),
            indicator__in={term for indicator in indicators for term in terms_of(indicator)},
            cell__text="",
            low__isnull=False,
        )
        .exclude(series=Entry.Series.PLAN)
        .aggregate(day=Max("last"))["day"]
    )
    return year_of(latest or timezone.localdate())


def _estimated(
    scope: Scope, indicators: Sequence[Indicator], units: Sequence[Place]
) -> set[tuple[str, int]]:
    """(indicator, place) where somebody states an estimate; one query."""
    rows = scope.entries().filter(
        series=ESTIMATE, indicator__in=indicators, place__in=[scope.place, *units]
    )
    return set(rows.values_list("indicator__code", "place").distinct())


def _in_parts(
    scope: Scope, indicators: Sequence[Indicator], units: Sequence[Place], period: Period
) -> set[tuple[int, int]]:
    """(indicator, place) where parts are stated for the period; one query."""
    stock = Q(indicator__measure=Indicator.Measure.STOCK, last__gte=period.first)
    rows = scope.entries().filter(
        stock & Q(last__lte=period.last) | Q(first=period.first, last=period.last),
        indicator__in=indicators,
        place__in=units,
        series=Entry.Series.ACTUAL,
        low__isnull=False,
    )
    return set(rows.exclude(cell__text="").values_list("indicator", "place").distinct())
