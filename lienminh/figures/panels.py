"""Figures on the pages of lower rooms: of a place, and of what was read from a document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.documents.models import Document
from lienminh.documents.panels import document_panels
from lienminh.figures import words
from lienminh.figures.addresses import borders_typed, entry_question, figure_url
from lienminh.figures.answers import answers
from lienminh.figures.lineage import amount_of
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.questions import Answer, Question
from lienminh.figures.words import Written, written
from lienminh.people.models import User
from lienminh.people.rights import reads_office_figures
from lienminh.places.models import Place
from lienminh.places.panels import place_panels
from lienminh.places.queries import geography_of, predecessors
from lienminh.places.source import first_days
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.web.shell import bar_of

SHOWN = 100


@dataclass(frozen=True)
class Shown:
    """A figure in a panel's table."""

    indicator: Indicator
    place: str
    cell: str
    when: str
    url: str
    words: Written | None
    state: str
    entry: Entry | None = None


def register() -> None:
    """Show figures on the pages of places and documents."""
    if of_place not in place_panels:
        place_panels.append(of_place)
    if of_document not in document_panels:
        document_panels.append(of_document)


def of_place(request: HttpRequest, place: Place) -> str:
    """The latest figure of each indicator entered for the place, in one geography.

    A place that nothing was entered for shows those of what it was made from, seen in its borders.
    Breakdowns are asked for with `finer`, for each of them is a table of its own to the engine.
    """
    questions = _latest(place, [place]) or _latest(place, predecessors(place))
    finer = [question for question in questions if question.cell]
    asked = questions if "finer" in request.GET else [one for one in questions if not one.cell]
    geography = _geography(request)
    given = answers(
        [replace(question, geography=geography) for question in asked[:SHOWN]],
        user=cast("User", request.user),
    )
    labels = words.cell_labels()
    context = {
        "place": place,
        "rows": [_row(one, labels) for one in given],
        "finer": len(finer) if "finer" not in request.GET else 0,
        "more": len(asked) - len(given),
        "geography": geography,
        "geographies": first_days(),
    }
    return render_to_string("figures/place_figures.html", context, request)


def _latest(place: Place, about: Sequence[Place]) -> list[Question]:
    """One question for each indicator, breakdown and series entered about these places."""
    entries = Entry.objects.filter(place__in=about).select_related("indicator", "cell")
    ordered = entries.order_by("indicator__code", "cell__text", "series", "-last", "first")
    latest: dict[tuple[str, str, str], Question] = {}
    rows = ordered.values_list(
        "indicator__code", "cell__text", "series", "first", "last", "kind", "indicator__measure"
    )
    for code, cell, series, first, last, kind, measure in rows.distinct():
        period = Period(first, last)
        if kind == Entry.Kind.OPENING:
            period = _counted_now(place, first, stock=measure == Indicator.Measure.STOCK)
        question = Question(indicator=code, place=place, period=period, cell=cell, series=series)
        latest.setdefault((code, cell, series), question)
    return list(latest.values())


def _counted_now(place: Place, opened: date, *, stock: bool) -> Period:
    """What books tell now: a stock today, a flow since the year began, or when they were opened."""
    day = max(opened, min(place.last_day or date.max, timezone.localdate()))
    return Period(day, day) if stock else Period(max(opened, date(day.year, 1, 1)), day)


def _geography(request: HttpRequest) -> date | None:
    chosen = bar_of(request).geography
    try:
        return geography_of(borders_typed(chosen)) if chosen else None
    except Refused:
        return None


def _row(one: Answer, labels: words.Labels) -> Shown:
    question = one.question
    partial = one.partial
    state = ""
    if partial:
        state = words.coverage(partial)
    elif one.amount is None:
        state = _("chưa có số liệu")
    elif one.status:
        state = str(words.STATUSES[one.status])
    cell = [words.cell_in_words(question.cell, labels)]
    if question.series != Entry.Series.ACTUAL:
        cell.append(str(words.SERIES[question.series]))
    return Shown(
        one.indicator,
        "",
        "; ".join(filter(None, cell)),
        _when(question.period, one.as_of),
        figure_url(question),
        written(one.amount, one.indicator, one.counting) if one.amount else None,
        state,
    )


def _when(period: Period, as_of: date | None) -> str:
    return f"{as_of:%d/%m/%Y}" if as_of else words.period_words(period)


def of_document(request: HttpRequest, document: Document) -> str:
    """What was read from a document, in the order it stands there."""
    entries = Entry.objects.filter(document=document)
    if not reads_office_figures(request.user):
        entries = entries.filter(indicator__audience=Indicator.Audience.PUBLIC)
    read = entries.select_related("indicator", "place", "cell").prefetch_related("place__spells")
    labels = words.cell_labels()
    rows = [
        Shown(
            entry.indicator,
            place_title(entry.place, entry.last),
            words.cell_in_words(entry.cell.text, labels),
            words.period_words(Period(entry.first, entry.last)),
            figure_url(entry_question(entry)),
            written(amount_of(entry), entry.indicator, entry.counting)
            if entry.low is not None
            else None,
            "",
            entry,
        )
        for entry in read.order_by("start", "posting_id", "line")[:SHOWN]
    ]
    more = entries.count() - len(rows) if len(rows) == SHOWN else 0
    context = {"rows": rows, "more": more}
    return render_to_string("figures/document_figures.html", context, request)
