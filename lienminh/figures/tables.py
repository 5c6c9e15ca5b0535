"""What the tables of one indicator hold: reads only, a few queries whatever their size."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from lienminh.figures.answers import answers
from lienminh.figures.models import Entry, Expectation, Indicator, Source
from lienminh.figures.questions import Answer, Question
from lienminh.figures.shown import Shown, column
from lienminh.people.models import User
from lienminh.people.rights import reads_office_figures
from lienminh.places.models import Level, Place, Within
from lienminh.places.queries import children_of, geography_of
from lienminh.places.source import first_days
from lienminh.rules.periods import Period

MOST_PERIODS = 24
MOST_LISTED = 70  # more than there are provinces in either borders
STATED = ("place_id", "cell__text", "series", "kind", "first", "last")
ACTUAL, ESTIMATE = Entry.Series.ACTUAL, Entry.Series.ESTIMATE


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a page is about: the bar's choice, and who reads."""

    place: Place
    period: Period | None
    geography: date | None
    known_at: int | None
    user: User

    def day(self, period: Period) -> date:
        """The day in whose borders the places stand."""
        return max(self.geography or period.last, first_days()[0])

    def borders(self, period: Period) -> date:
        """The first day of those borders."""
        return geography_of(self.day(period))

    def question(
        self, code: str, place: Place, period: Period, cell: str = "", series: str = ACTUAL
    ) -> Question:
        """A question in these borders, as known at this moment."""
        return Question(
            indicator=code,
            place=place,
            period=period,
            cell=cell,
            series=series,
            geography=self.geography,
            known_at=self.known_at,
        )

    def entries(self) -> QuerySet[Entry]:
        """The entries known, of indicators that this reader may read."""
        known = Entry.objects.all()
        if self.known_at is not None:
            known = known.filter(posting__lte=self.known_at)
        if not reads_office_figures(self.user):
            known = known.filter(indicator__audience=Indicator.Audience.PUBLIC)
        return known


class Stated(NamedTuple):
    """That somebody says something of an indicator: where, of which part, for which days."""

    place: int
    cell: str
    series: str
    kind: str
    first: date
    last: date


def terms_of(indicator: Indicator) -> list[Indicator]:
    """What is entered for an indicator: itself, or the two terms of a ratio as well."""
    terms = (indicator, indicator.numerator, indicator.denominator)
    return [term for term in terms if term is not None]


def stated(scope: Scope, indicator: Indicator) -> list[Stated]:
    """What is said of an indicator at the place and below it, the latest first; one query."""
    rows = scope.entries().filter(
        Q(kind=Entry.Kind.STATEMENT, low__isnull=False) | ~Q(kind=Entry.Kind.STATEMENT),
        Q(place=scope.place) | Q(place__in=may_report(scope.place)),
        indicator__in=terms_of(indicator),
    )
    found = rows.values_list(*STATED).annotate(posting=Max("posting"), line=Max("line"))
    return [Stated(*row[: len(STATED)]) for row in found.order_by("-last", "-posting", "-line")]


def may_report(place: Place) -> QuerySet[Place]:
    """The units of any borders whose figures make up those of a place."""
    if place.level == Level.NATION:
        return Place.objects.filter(level=Level.PROVINCE)
    if place.level == Level.GROUPING:
        return Place.objects.filter(grouping_rows__grouping=place)
    return Place.objects.filter(pk__in=Within.objects.filter(ancestor=place).values("place"))


def measure_of(indicator: Indicator) -> str:
    """The measure of what is entered: of a ratio, that of its terms."""
    return (indicator.numerator or indicator).measure


def period_of(row: Stated, measure: str, *, own: bool) -> Period:
    """The period to ask for: a statement's own days; a year of a sum of stocks, or of movements."""
    movement = row.kind != Entry.Kind.STATEMENT
    if movement or (measure == Indicator.Measure.STOCK and not own):
        return year_of(row.last)
    return Period(row.first, row.last)


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def default_period(rows: Sequence[Stated], measure: str, place: Place) -> Period | None:
    """The latest period that has a figure at the place itself, else below it: a stock's year."""
    own = [row for row in rows if row.place == place.pk]
    return next((period_of(row, measure, own=False) for row in own or rows), None)


def periods_of(rows: Iterable[Stated], measure: str, place: Place) -> list[Period]:
    """The periods to show over time, the latest first."""
    own = {period_of(row, measure, own=True) for row in rows if row.place == place.pk}
    years = {period.last.year for period in own} if measure == Indicator.Measure.STOCK else set()
    below = {period_of(row, measure, own=False) for row in rows if row.place != place.pk}
    wanted = own | {period for period in below if period.last.year not in years}
    return sorted(wanted, key=lambda period: (period.last, period.days), reverse=True)


def units_below(scope: Scope, period: Period) -> list[Place]:
    """The units that the place is the sum of, in the chosen borders, with their names at hand."""
    day = scope.day(period)
    if scope.place.level == Level.NATION:  # children_of would read every commune there is
        provinces = Place.objects.filter(level=Level.PROVINCE, first_day__lte=day).order_by("code")
        units = list(provinces.filter(Q(last_day=None) | Q(last_day__gte=day)))
    else:
        units = children_of(scope.place, day=day, geography=day)
    prefetch_related_objects(units, "spells")
    return units


def excused(
    indicators: Collection[Indicator], places: Collection[Place], day: date
) -> set[tuple[int, int]]:
    """(indicator, place) of those who need not report on a day; one query.

    Where some of a level are named for an indicator, the others of that level need not.
    """
    named = Expectation.objects.filter(indicator__in=indicators, first_day__lte=day).filter(
        Q(last_day=None) | Q(last_day__gte=day)
    )
    due: dict[tuple[int, str], set[int]] = {}
    for indicator, place, level in named.values_list("indicator_id", "place_id", "place__level"):
        due.setdefault((indicator, level), set()).add(place)
    return {
        (indicator.pk, place.pk)
        for indicator in indicators
        for place in places
        if place.pk not in due.get((indicator.pk, place.level), {place.pk})
    }


def with_estimates(
    asked: Sequence[Question],
    *,
    user: User,
    estimated: Collection[tuple[str, int]],
    among: int | None = None,
) -> list[Answer]:
    """Answers; an estimate, which says so, stands where nothing is reported but one is stated.

    `estimated`: (indicator, place) where somebody states an estimate. Only the first `among`
    questions (all of them, without) may be answered by one.
    """
    given = answers(asked, user=user)
    lacking = [
        place
        for place, one in enumerate(given[:among])
        if one.amount is None and (one.question.indicator, one.question.place.pk) in estimated
    ]
    guesses = answers([replace(asked[place], series=ESTIMATE) for place in lacking], user=user)
    for place, guess in zip(lacking, guesses, strict=True):
        if guess.amount is not None:
            given[place] = guess
    return given


@dataclass(frozen=True)
class IndicatorTables:
    """What the page of an indicator shows: the place's own figure, its units', and over time."""

    cell: str
    cells: list[str]
    period: Period
    total: Shown
    units: list[Shown]
    times: list[Shown]
    more_times: int

    def of(self, *states: str) -> list[Shown]:
        """The units in one of these states."""
        return [unit for unit in self.units if unit.state in states]

    @property
    def listed(self) -> list[Shown]:
        """The units that have a figure, or a part of one."""
        return self.of("value", "zero", "partial")

    @property
    def missing(self) -> list[Shown]:
        """The units that should have reported."""
        return self.of("missing", "parts")

    @property
    def spared(self) -> list[Shown]:
        """The units that need not report."""
        return self.of("excused")

    @property
    def whole(self) -> list[Shown]:
        """The units due to report that have a figure, no estimate: they may be compared."""
        return reporting(self.units)

    @property
    def due(self) -> int:
        """How many units should report."""
        return sum(not unit.excused for unit in self.units)


def reporting(units: Iterable[Shown]) -> list[Shown]:
    """Those of the units due to report that have a figure which is no estimate."""
    return [one for one in units if one.is_whole and one.series == ACTUAL and not one.excused]


def tables_of(scope: Scope, indicator: Indicator, cell: str | None) -> IndicatorTables:
    """The figures of an indicator by place and over time, in one pass over the ledger a series.

    Without a cell, the whole is asked for, or the part stated last where nobody states a whole.
    """
    rows = stated(scope, indicator)
    cells = sorted({row.cell for row in rows})
    if cell is None:
        cell = rows[0].cell if rows and "" not in cells else ""
    rows = [row for row in rows if row.cell == cell]
    measure = measure_of(indicator)
    today = year_of(timezone.localdate())
    period = scope.period or default_period(rows, measure, scope.place) or today
    units = units_below(scope, period)
    asked = [scope.question(indicator.code, unit, period, cell) for unit in [scope.place, *units]]
    times, more = _times(scope, indicator, cell, rows)
    given = with_estimates(
        [*asked, *(one for one in times if one.series == ACTUAL)],
        user=scope.user,
        estimated={(indicator.code, row.place) for row in rows if row.series == ESTIMATE},
        among=len(asked),
    )
    others = answers([one for one in times if one.series != ACTUAL], user=scope.user)
    spared = excused([indicator], units, scope.day(period))
    by_place = column(
        given[: len(asked)],
        excused=[False, *((indicator.pk, unit.pk) in spared for unit in units)],
    )
    over_time = _latest_first([*given[len(asked) :], *others])
    return IndicatorTables(cell, cells, period, by_place[0], by_place[1:], over_time, more)


def _times(
    scope: Scope, indicator: Indicator, cell: str, rows: Sequence[Stated]
) -> tuple[list[Question], int]:
    """Questions of every series over its latest periods, and how many periods are left out."""
    measure = measure_of(indicator)
    asked: list[Question] = []
    more = 0
    for series in Entry.Series.values:
        same = [row for row in rows if row.series == series]
        periods = periods_of(same, measure, scope.place)
        more += max(0, len(periods) - MOST_PERIODS)
        asked += [
            scope.question(indicator.code, scope.place, period, cell, series)
            for period in periods[:MOST_PERIODS]
        ]
    return asked, more


def _latest_first(given: Sequence[Answer]) -> list[Shown]:
    """The figures over time, without the periods that have none."""
    some = [one for one in given if one.amount or one.partial]
    some.sort(key=lambda one: (one.question.period.last, one.question.period.first), reverse=True)
    return column(some)


def places_stating(scope: Scope, indicator: Indicator) -> tuple[list[tuple[Place, int]], int]:
    """Where an indicator is stated, with how many entries, and how many places are left out."""
    rows = scope.entries().filter(indicator__in=terms_of(indicator))
    by_place = dict(
        rows.values("place").annotate(entries=Count("pk")).values_list("place", "entries")
    )
    first = [Level.NATION, Level.GROUPING, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
    places = list(Place.objects.filter(pk__in=by_place, level__in=first[:3]).order_by("ref"))
    places.sort(key=lambda place: first.index(Level(place.level)))
    listed = places[:MOST_LISTED]
    prefetch_related_objects(listed, "spells")
    return [(place, by_place[place.pk]) for place in listed], len(by_place) - len(listed)


def sources_of(scope: Scope, indicator: Indicator) -> tuple[list[Source], int]:
    """The sources that state an indicator, with `entries` counted, and how many are left out."""
    rows = scope.entries().filter(indicator__in=terms_of(indicator))
    counts = dict(
        rows.values("source").annotate(entries=Count("pk")).values_list("source", "entries")
    )
    found = (
        Source.objects.filter(pk__in=counts).select_related("document").order_by("kind", "title")
    )
    return list(found[:MOST_LISTED]), max(0, len(counts) - MOST_LISTED)
