"""The catalogue of indicators, the page of one, and the matrix of places."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienminh.figures import explained, overviews, pictures, tables, words
from lienminh.figures.addresses import borders_typed, moment_typed
from lienminh.figures.models import Indicator
from lienminh.figures.shown import Shown
from lienminh.figures.tables import Scope
from lienminh.people.models import User
from lienminh.places.bar import chosen_place
from lienminh.places.models import Level, Place
from lienminh.places.queries import title_of
from lienminh.places.words import place_name, place_title
from lienminh.rules.errors import Refused
from lienminh.rules.text import clean
from lienminh.web.shell import FIELDS, bar_of, shareable

LONGEST_CELL = 300
NAMED = (Level.NATION, Level.GROUPING, Level.PROVINCE)


@dataclass(frozen=True)
class Row:
    """A line of a table: the place's name, the same page about that place, its figures."""

    name: str
    url: str
    figures: list[Shown]


def scope_of(request: HttpRequest) -> Scope:
    """What the bar chooses; the nation where no place is clear; Refused for another bad word."""
    bar = bar_of(request)
    period = bar.days
    geography = borders_typed(bar.geography) if bar.geography else None
    day = geography or (period.last if period else timezone.localdate())
    return Scope(
        place=chosen_place(request, day) or Place.objects.get(level=Level.NATION),
        period=period,
        geography=geography,
        known_at=moment_typed(bar.known_at) if bar.known_at else None,
        user=_reader(request),
    )


def _reader(request: HttpRequest) -> User:
    """A visitor reads what an account without any standing reads."""
    return request.user if isinstance(request.user, User) else User(is_active=False)


def _about(request: HttpRequest, scope: Scope, place: Place, **more: str) -> str:
    """This page about another place, the rest of the bar as it is."""
    name = title_of(place, scope.geography) if place.level in NAMED else place.ref
    bar = replace(bar_of(request), place=name)
    return f"{request.path}{bar.query}{'&' + urlencode(more) if more else ''}"


@require_safe
@shareable
def index(request: HttpRequest) -> HttpResponse:
    """Every indicator under its subject, with its latest figure at the bar's place."""
    scope = scope_of(request)
    rows = {row.indicator.pk: row for row in overviews.catalogue(scope)}
    labels = words.cell_labels()
    subjects = [
        (title, [_catalogue_row(rows[indicator.pk], labels) for indicator in indicators])
        for title, indicators in explained.by_subject([row.indicator for row in rows.values()])
    ]
    context = {
        "subjects": subjects,
        "place": place_title(scope.place, scope.geography),
        "period": words.period_words(scope.period) if scope.period else "",
    }
    return render(request, "figures/indicators.html", context)


def _catalogue_row(row: overviews.CatalogueRow, labels: words.Labels) -> dict[str, object]:
    figure = row.figure
    place = figure.answer.question.place if figure else None
    return {
        "indicator": row.indicator,
        "at": place_title(place) if place else "",
        "unit": words.unit_word(row.indicator.unit),
        "adding": explained.adding_short(row.indicator),
        "figure": figure,
        "when": pictures.when_of(figure) if figure else "",
        "part": words.cell_in_words(figure.answer.question.cell, labels) if figure else "",
        "places": row.places,
    }


@require_safe
@shareable
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: what it is, by place, over time, on the map, and who states it."""
    found = Indicator.objects.select_related("numerator", "denominator").filter(code=code)
    indicator = found.first()
    if indicator is None:
        raise Http404
    scope = scope_of(request)
    where = request.GET.get("where")
    cell = None if where is None else clean(where)[:LONGEST_CELL].strip().replace(" ", "+")
    given = _tables(scope, indicator, cell)
    labels = words.cell_labels()
    context = {
        "indicator": indicator,
        "place": place_title(scope.place, given.period.last),
        "is_nation": scope.place.level == Level.NATION,
        "period": words.period_words(given.period),
        "total": given.total,
        "why": words.why_words(given.total.answer.why),
        "given": given,
        "part": words.cell_in_words(given.cell, labels),
        "cells": _cells(given, labels),
        "no_whole": cell is None and given.cell,
        "facts": _facts(indicator, labels),
        "rows": [_row(request, scope, unit, given.cell) for unit in given.listed],
        "times": [(pictures.when_of(time), time) for time in given.times],
        "gaps": _gaps(scope, given),
        **_pictures(scope, given, indicator),
        **_where_from(request, scope, indicator),
    }
    return render(request, "figures/indicator.html", context)


def _tables(scope: Scope, indicator: Indicator, cell: str | None) -> tables.IndicatorTables:
    try:
        return tables.tables_of(scope, indicator, cell)
    except Refused:
        if not cell:
            raise
        sentence = _("Chỉ tiêu này không có phần “%(cell)s”; hãy chọn ở trang của chỉ tiêu.")
        raise Refused(sentence % {"cell": cell}) from None


def _row(request: HttpRequest, scope: Scope, unit: Shown, cell: str) -> Row:
    place = unit.answer.question.place
    more = {"where": cell} if cell else {}
    day = scope.day(unit.answer.question.period)
    return Row(_unit_name(place, day), _about(request, scope, place, **more), [unit])


def _unit_name(place: Place, day: date) -> str:
    """A province by its bare name; a lower unit with its level word."""
    return place_name(place, day) if place.level in NAMED else place_title(place, day)


def _gaps(scope: Scope, given: tables.IndicatorTables) -> list[tuple[str, list[tuple[str, Shown]]]]:
    """The units without a figure, by why: (words, [(name, figure)])."""
    groups = [
        (_("Chưa báo cáo"), given.missing),
        (_("Không thuộc đối tượng"), given.spared),
    ]
    day = scope.day(given.period)
    return [
        (why, [(_unit_name(unit.answer.question.place, day), unit) for unit in units])
        for why, units in groups
        if units
    ]


def _cells(given: tables.IndicatorTables, labels: words.Labels) -> list[tuple[str, str, bool]]:
    """The whole and the parts to choose from: (query, words, whether chosen)."""
    if not any(given.cells) and not given.cell:
        return []
    return [
        (urlencode({"where": cell}), words.cell_in_words(cell, labels), cell == given.cell)
        for cell in sorted({"", given.cell, *given.cells})
    ]


def _facts(indicator: Indicator, labels: words.Labels) -> list[tuple[str, str]]:
    """What the indicator is: (name, words)."""
    keys = [
        f"{words.key_word(key)} ({', '.join(values)})" if values else words.key_word(key)
        for key in indicator.keys
        for values in [[label for (of, _value), label in labels.items() if of == key]]
    ]
    partitions = ", ".join(words.key_word(key) for key in indicator.partitions)
    facts = [
        (_("Mã"), indicator.code),
        (_("Đơn vị"), words.unit_word(indicator.unit)),
        (_("Là số gì"), explained.measured(indicator)),
        (_("Cách cộng"), explained.adding(indicator)),
        (_("Về đâu"), explained.about(indicator)),
        (_("Chia theo"), "; ".join(keys)),
        (_("Các phần cộng thành tổng"), partitions and _("theo {keys}").format(keys=partitions)),
        (_("Công thức"), _formula(indicator)),
        (_("Ai được đọc"), "" if _is_public(indicator) else _("cán bộ đã đăng nhập")),
    ]
    return [(name, said) for name, said in facts if said]


def _formula(indicator: Indicator) -> str:
    if indicator.numerator is None or indicator.denominator is None:
        return ""
    above, below = indicator.numerator, indicator.denominator
    return f"{words.label_of(above)} ÷ {words.label_of(below)}"


def _is_public(indicator: Indicator) -> bool:
    return indicator.audience == Indicator.Audience.PUBLIC


def _pictures(
    scope: Scope, given: tables.IndicatorTables, indicator: Indicator
) -> dict[str, object]:
    """A map of the nation's provinces; else bars of the units; bars over time."""
    day = scope.day(given.period)
    label, when = words.label_of(indicator), words.period_words(given.period)
    tiled = scope.place.level == Level.NATION
    map_title = _("Bản đồ ô các tỉnh: {what}, {when}; số liệu ở bảng bên cạnh").format(
        what=label, when=when
    )
    return {
        "map": pictures.map_of(given.units, scope.borders(given.period), day, map_title)
        if tiled
        else None,
        "by_place": None
        if tiled
        else pictures.chart_by_place(given.whole, day, due=given.due, what=label),
        "over_time": pictures.chart_over_time(given.times, label),
    }


def _where_from(request: HttpRequest, scope: Scope, indicator: Indicator) -> dict[str, object]:
    """Where the indicator is stated, and by which sources."""
    places, more_places = tables.places_stating(scope, indicator)
    sources, more_sources = tables.sources_of(scope, indicator)
    return {
        "stated_at": [
            (place_title(place), _about(request, scope, place), entries)
            for place, entries in places
        ],
        "more_places": more_places,
        "sources": [(source, words.SOURCES[source.kind]) for source in sources],
        "more_sources": more_sources,
    }


@require_safe
@shareable
def matrix(request: HttpRequest) -> HttpResponse:
    """The units below the bar's place × some indicators, for one period."""
    scope = scope_of(request)
    every = overviews.all_indicators()
    chosen = _chosen(request, every)
    made = overviews.matrix(scope, chosen)
    day = scope.day(made.period)
    more = {"indicator": ",".join(one.code for one in chosen)} if "indicator" in request.GET else {}
    rows = [
        Row(_unit_name(place, day), _about(request, scope, place, **more), figures)
        for place, figures in made.rows
    ]
    context = {
        "place": place_title(scope.place, day),
        "period": words.period_words(made.period),
        "made": made,
        "rows": rows,
        "stocks": any(one.indicator.measure == Indicator.Measure.STOCK for one in made.columns),
        "subjects": explained.by_subject(every),
        "chosen": {indicator.code for indicator in chosen},
        "provinces": scope.place.level == Level.NATION,
        "kept": [(name, value) for name in FIELDS if (value := getattr(bar_of(request), name))],
    }
    return render(request, "figures/matrix.html", context)


def _chosen(request: HttpRequest, every: list[Indicator]) -> list[Indicator]:
    """The indicators named in the address, once each in its order; the few main ones without."""
    by_code = {indicator.code: indicator for indicator in every}
    named = [code for text in request.GET.getlist("indicator") for code in text.split(",") if code]
    codes = list(dict.fromkeys(named)) or [code for code in overviews.FEW_MAIN if code in by_code]
    for code in codes:
        if code not in by_code:
            shown = clean(code)[:60]
            raise Refused(_("Không có chỉ tiêu nào mang mã “{code}”.").format(code=shown))
    return [by_code[code] for code in codes]
