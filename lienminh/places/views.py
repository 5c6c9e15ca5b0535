"""Pages of places: the provinces and groupings, and one unit through time."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienminh.places.bar import chosen_place
from lienminh.places.models import Extent, Level, Member, Place, Spell, Succession, Within
from lienminh.places.panels import place_panels
from lienminh.places.queries import children_of, geography_of, lives_on, spell_of
from lienminh.places.searching import described, life, named
from lienminh.places.source import first_days
from lienminh.places.words import EXTENTS, GROUPINGS, KINDS, LEVELS, name_in, place_title
from lienminh.rules.text import clean
from lienminh.web.shell import shareable

LISTED, LONGEST = 200, 200
DAY = timedelta(days=1)


@require_safe
@shareable
def index(request: HttpRequest) -> HttpResponse:
    """Provinces of each epoch and the groupings, or the places of a name."""
    text = clean(request.GET.get("q", ""))[:LONGEST].strip()
    if text:
        found, more = named(text, most=LISTED)
        rows = [(place_title(place), place.ref, described(place)) for place in found]
        context = {"text": text, "rows": rows, "more": more, "listed": LISTED}
        return render(request, "places/named.html", context)
    spells = list(Spell.objects.filter(place__level=Level.PROVINCE).select_related("place"))
    epochs = [(first, _last(first), _living(spells, first)) for first in first_days()]
    chosen = chosen_place(request)
    context = {
        "epochs": epochs[::-1],
        "groups": _groupings(),
        "chosen": (place_title(chosen), chosen.ref) if chosen else None,
    }
    return render(request, "places/index.html", context)


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One unit: what it was called, came from and became, where it lies, what it holds."""
    place = Place.objects.filter(ref=clean(ref)).prefetch_related("spells__parent__spells").first()
    if place is None:
        raise Http404
    panels = [panel(request, place) for panel in place_panels]
    day = place.last_day or max(place.first_day, first_days()[-1])
    context = {
        "place": place,
        "title": place_title(place),
        "level": LEVELS[Level(place.level)],
        "life": life(place),
        "names": [_name(spell) for spell in place.spells.all()],
        "aliases": [alias.name for alias in place.aliases.all()],
        "came_from": _successions(place.predecessor_links.all(), "old"),
        "became": _successions(place.successor_links.all(), "new"),
        "lies_in": _lies_in(place),
        "groupings": _in_groupings(place),
        "members": _members(place),
        "inside": _inside(place, day),
        "panels": panels,
    }
    return render(request, "places/place.html", context)


def _last(first: date) -> date | None:
    later = [day for day in first_days() if day > first]
    return later[0] - DAY if later else None


def _living(spells: Sequence[Spell], day: date) -> list[Spell]:
    """The provinces of a day, in the order of their names."""
    there = [
        spell
        for spell in spells
        if spell.first_day <= day and (spell.last_day is None or day <= spell.last_day)
    ]
    return sorted(there, key=lambda spell: (spell.folded, spell.name))


def _groupings() -> list[tuple[Any, list[Spell]]]:
    spells = Spell.objects.filter(place__level=Level.GROUPING).select_related("place")
    ordered = sorted(spells, key=lambda spell: (list(GROUPINGS).index(spell.kind), spell.folded))
    grouped = groupby(ordered, key=lambda spell: spell.kind)
    return [(GROUPINGS[kind], list(those)) for kind, those in grouped]


def _name(spell: Spell) -> dict[str, Any]:
    parent = spell.parent
    above = (place_title(parent, spell.first_day), parent.ref) if parent else None
    return {"spell": spell, "name": name_in(spell), "kind": KINDS.get(spell.kind), "parent": above}


def _successions(links: Any, side: str) -> list[dict[str, Any]]:
    """Links to units on the other side: their names on that day, the day, how much went over."""
    ordered = (
        links.select_related(side).prefetch_related(f"{side}__spells").order_by(f"{side}__ref")
    )
    rows: list[tuple[Place, Succession]] = [(getattr(row, side), row) for row in ordered]
    return [
        {
            "then": place_title(unit, row.day if side == "new" else row.day - DAY),
            "now": place_title(unit),
            "ref": unit.ref,
            "day": row.day,
            "extent": EXTENTS[Extent(row.extent)],
        }
        for unit, row in rows
    ]


def _lies_in(place: Place) -> list[tuple[date, date | None, list[tuple[str, str]]]]:
    """In each geography, the units living in it that hold the place, the highest first."""
    rows = Within.objects.filter(place=place).exclude(ancestor=place)
    above = list(rows.select_related("ancestor").prefetch_related("ancestor__spells"))
    told: list[tuple[date, date | None, list[tuple[str, str]]]] = []
    for geography in first_days():
        holders = [
            row.ancestor
            for row in above
            if row.geography == geography and lives_on(row.ancestor, geography)
        ]
        holders.sort(key=lambda unit: Level.values.index(unit.level))
        named_holders: list[tuple[str, str]] = [
            (place_title(unit, geography), unit.ref) for unit in holders
        ]
        if named_holders:
            told.append((geography, _last(geography), named_holders))
    return told


def _in_groupings(place: Place) -> list[tuple[str, Member]]:
    rows = place.grouping_rows.select_related("grouping").prefetch_related("grouping__spells")
    told = [(place_title(row.grouping), row) for row in rows]
    return sorted(told, key=lambda pair: (pair[1].first_day, pair[0]))


def _members(place: Place) -> list[tuple[date, date | None, list[tuple[str, str]]]]:
    """The members of a grouping, a list for each pair of days it held."""
    if place.level != Level.GROUPING:
        return []
    rows = place.member_rows.select_related("place").prefetch_related("place__spells")
    lists: dict[tuple[date, date | None], list[tuple[str, str]]] = {}
    for row in rows.order_by("-first_day", "place__ref"):
        title = place_title(row.place, row.first_day)
        lists.setdefault((row.first_day, row.last_day), []).append((title, row.place.ref))
    return [(first, last, sorted(those)) for (first, last), those in lists.items()]


def _inside(place: Place, day: date) -> list[tuple[str, str]]:
    """The units of the next level on the place's last day, or today."""
    if place.level in (Level.GROUPING, Level.COMMUNE):
        return []
    children = [unit.pk for unit in children_of(place, day=day, geography=geography_of(day))]
    units = Place.objects.filter(pk__in=children).prefetch_related("spells")
    ordered = sorted(units, key=lambda unit: spell_of(unit, day).folded)
    return [(place_title(unit, day), unit.ref) for unit in ordered]
