"""Integrity of places: what `lienminh check` finds when a table or the data is wrong."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import chain, groupby, pairwise
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db.models import F, Q

from lienminh.places.actions import read_borders
from lienminh.places.closure import closure
from lienminh.places.models import Level, Place, Spell, Succession, Within
from lienminh.places.source import read_facts
from lienminh.web.hooks import integrity

_HINT = "Load the places again (load_places); if it stays, correct the data in places/data."
_SHOWN = 5


def check_counts(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Each epoch of borders has as many units of each level as its source says."""
    found = []
    for epoch in read_facts()["epochs"]:
        day = epoch["first_day"]
        living = Place.objects.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)
        for level, expected in epoch["counts"].items():
            counted = living.filter(level=level).count()
            if counted != expected:
                found.append(
                    f"on {day} there are {counted} places of level {level}, not {expected}"
                )
    return _errors("E001", "Units are missing or too many", found)


def check_successors(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every ended unit has a successor, but districts (abolished) and those the data lists."""
    without = set(
        Place.objects.filter(level__in=(Level.PROVINCE, Level.COMMUNE), successor_links=None)
        .exclude(last_day=None)
        .values_list("ref", flat=True)
    )
    listed = set(chain.from_iterable(read_facts()["without_successor"]))
    return _errors("E002", "The units without successor are not those listed", without ^ listed)


def check_spells(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The spells of a place cover its life, without gap or overlap."""
    spells = Spell.objects.select_related("place").order_by("place_id", "first_day")
    broken = [
        place.ref
        for place, rows in groupby(spells, key=lambda spell: spell.place)
        if not _covers_life(place, list(rows))
    ]
    broken += Place.objects.filter(spells=None).values_list("ref", flat=True)
    return _errors("E003", "Spells do not cover the life of the place", broken)


def check_successions(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A succession joins a unit's end to another's beginning, so none goes in a circle."""
    wrong = [
        f"{link.old.ref} → {link.new.ref}"
        for link in Succession.objects.select_related("old", "new").exclude(
            new__first_day=F("day"), old__last_day__lt=F("day")
        )
    ]
    parents = Spell.objects.exclude(parent=None).values_list(
        "place__ref", "place__level", "parent__level"
    )
    order = [level.value for level in Level]
    wrong += [ref for ref, level, above in parents if order.index(above) >= order.index(level)]
    return _errors("E004", "Successions or parents are impossible", wrong)


def check_within(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The table of what lies within what is the one that spells and successions give."""
    stored = set(Within.objects.values_list("geography", "ancestor_id", "place_id"))
    try:
        different = stored ^ closure(read_borders())
    except (LookupError, ValueError, StopIteration) as fault:
        return _errors("E005", "Spells and successions do not make a tree", [repr(fault)])
    units = Place.objects.in_bulk({row[2] for row in list(different)[:_SHOWN]})
    return _errors(
        "E005",
        f"{len(different)} rows of Within differ from the recomputed ones",
        (unit.ref for unit in units.values()),
    )


def _covers_life(place: Place, spells: list[Spell]) -> bool:
    joined = all(
        before.last_day and before.last_day + timedelta(days=1) == after.first_day
        for before, after in pairwise(spells)
    )
    ends = (spells[0].first_day, spells[-1].last_day)
    return joined and ends == (place.first_day, place.last_day)


def _errors(code: str, sentence: str, found: Iterable[str]) -> list[CheckMessage]:
    names = sorted(found)
    if not names:
        return []
    more = "" if len(names) <= _SHOWN else f" and {len(names) - _SHOWN} more"
    listed = ", ".join(names[:_SHOWN])
    return [Error(f"{sentence}: {listed}{more}.", hint=_HINT, id=f"places.{code}")]


CHECKS = (check_counts, check_successors, check_spells, check_successions, check_within)


def register() -> None:
    """Put the checks of this room on the list of integrity checks."""
    for check in CHECKS:
        integrity.register(check)
