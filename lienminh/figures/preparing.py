"""From questions as people ask them to the tables the engine evaluates."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from lienminh.figures import cells
from lienminh.figures.drafting import Dictionary
from lienminh.figures.engine.asking import Ask, CellAsk, Span
from lienminh.figures.models import Entry, Expectation, Indicator
from lienminh.figures.questions import Question
from lienminh.places.models import Member, Place
from lienminh.places.queries import geography_of
from lienminh.places.source import first_days
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period

SERIES = frozenset(Entry.Series.values)
DEPTH_OF_PROVINCES, DEPTH_OF_COMMUNES = 1, 3


class Prepared(NamedTuple):
    """A question with its words looked up. Questions that share `batch` are one table."""

    question: Question
    indicator: Indicator
    cell: str
    span: Span
    known_at: int
    batch: tuple[object, ...]


class Preparation:
    """Looks up the words of questions, each word once for all of them."""

    def __init__(self, words: Dictionary, *, newest: int) -> None:
        self.words, self.newest = words, newest
        self._cells: dict[tuple[str, str], str] = {}
        self._spans: dict[tuple[Period, date | None], Span] = {}

    def prepare(self, question: Question) -> Prepared:
        """A question ready to be asked; Refused where a word is unknown or has no meaning."""
        indicator = self.words.indicator(question.indicator)
        if question.series not in SERIES:
            raise Refused(
                f"'{question.series}' is not a series; the series are: {', '.join(sorted(SERIES))}."
            )
        known_at = self.newest if question.known_at is None else question.known_at
        known_at = min(known_at, self.newest)
        cell = self._cell(indicator, question.cell)
        how = (indicator.measure, indicator.about)
        batch = (*how, cell, question.series, known_at, question.stated_by)
        return Prepared(question, indicator, cell, self._span(question), known_at, batch)

    def _cell(self, indicator: Indicator, text: str) -> str:
        asked = (indicator.code, text)
        if asked not in self._cells:
            self._cells[asked] = self.words.cell_text(indicator, text)
        return self._cells[asked]

    def _span(self, question: Question) -> Span:
        asked = (question.period, question.geography)
        if asked not in self._spans:
            epochs = first_days()
            epoch = max((day for day in epochs if day <= question.period.last), default=epochs[0])
            geography = geography_of(question.geography) if question.geography else epoch
            self._spans[asked] = Span(question.period, geography, epoch)
        return self._spans[asked]


def ask_of(batch: Sequence[Prepared], words: Dictionary, *, detail: bool) -> Ask:
    """The one table that holds the answers of a batch."""
    first = batch[0]
    indicators = {item.indicator.pk: item.indicator for item in batch}
    spans = tuple(dict.fromkeys(item.span for item in batch))
    places = list({item.question.place.pk: item.question.place for item in batch}.values())
    return Ask(
        measure=first.indicator.measure,
        indicators=tuple(
            (pk, indicator.counts == Indicator.Counts.UNITS) for pk, indicator in indicators.items()
        ),
        floor=floor_of(first.indicator),
        places=tuple(place.pk for place in places),
        spans=spans,
        cell=_cell_ask(first.cell, indicators.values(), words),
        series=first.question.series,
        known_at=first.known_at,
        stated_by=first.question.stated_by,
        members=tuple(_members(places, spans)),
        excused=tuple(_excused(indicators, spans)),
        **_reporters(first.cell, indicators.values(), words),
        detail=detail,
    )


def _reporters(text: str, indicators: Collection[Indicator], words: Dictionary) -> dict[str, Any]:
    """Who state the indicators of themselves, as far as they are counted by the breakdown."""
    counting = {one.pk: one for one in words.indicators.values()}
    pairs = tuple((one.pk, one.reporters_id) for one in indicators if one.reporters_id is not None)
    if not pairs:
        return {}
    counted = [counting[pk] for pk in dict.fromkeys(pk for _, pk in pairs)]
    asked = {key: said for key, said in cells.parse(text).items() if key in counted[0].keys}
    cell = _cell_ask(cells.canonical(asked), counted, words)
    return {"reporters": pairs, "reporter_cell": cell}


def floor_of(indicator: Indicator) -> int:
    """The depth of the lowest level that reports an indicator: alliances are provincial."""
    about_alliances = indicator.about == Indicator.About.ALLIANCE
    return DEPTH_OF_PROVINCES if about_alliances else DEPTH_OF_COMMUNES


def _cell_ask(text: str, indicators: Collection[Indicator], words: Dictionary) -> CellAsk:
    asked = cells.parse(text)
    known = {pk: cells.parse(cell) for cell, pk in words.cells.items()}
    inside = frozenset(pk for pk, cell in known.items() if cells.refines(cell, asked))
    return CellAsk(
        cell=words.cells.get(text, 0),
        inside=inside,
        unclear=frozenset(
            pk for pk, cell in known.items() if pk not in inside and not cells.apart(cell, asked)
        ),
        parts=tuple(
            (indicator.pk, key, words.cells.get(_with(asked, key, value), 0), len(words.words[key]))
            for indicator in indicators
            for key in indicator.partitions
            if key not in asked
            for value in sorted(words.words.get(key, ()))
        ),
        finer=tuple(
            (pk, part[0]) for pk, cell in known.items() if (part := cells.partition_of(cell, asked))
        ),
        vague=tuple(
            (indicator.pk, pk)
            for indicator in indicators
            for pk, cell in known.items()
            if pk not in inside
            and not cells.apart(cell, asked)
            and any(key in asked and key not in cell for key in indicator.partitions)
        ),
    )


def _with(asked: cells.Pairs, key: str, value: str) -> str:
    return cells.canonical({**asked, key: frozenset({value})})


def _members(places: Sequence[Place], spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    """The members of each grouping on the last day of each span."""
    groupings = [place for place in places if place.level == "grouping"]
    if not groupings:
        return []
    return [
        (index, member.grouping_id, member.place_id)
        for member in Member.objects.filter(grouping__in=groupings)
        for index, span in enumerate(spans)
        if _holds(member.first_day, member.last_day, span.period.last)
    ]


def _excused(indicators: dict[int, Indicator], spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Who is not expected to report: where some of a level are named, the others of that level."""
    named = list(Expectation.objects.filter(indicator__in=indicators).select_related("place"))
    if not named:
        return []
    excused = []
    for index, span in enumerate(spans):
        day = span.period.last
        for pk in indicators:
            due = [
                row.place
                for row in named
                if row.indicator_id == pk and _holds(row.first_day, row.last_day, day)
            ]
            for level in {place.level for place in due}:
                others = Place.objects.filter(
                    Q(last_day=None) | Q(last_day__gte=day), level=level, first_day__lte=day
                ).exclude(pk__in=[place.pk for place in due])
                excused += [(index, pk, other) for other in others.values_list("pk", flat=True)]
    return excused


def _holds(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)
