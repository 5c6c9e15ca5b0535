"""The only writes of places: loading the packaged facts."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Q

from lienminh.places import naming
from lienminh.places.closure import Borders, Link, closure
from lienminh.places.groupings import build_groupings
from lienminh.places.models import Alias, Extent, Level, Member, Place, Spell, Succession, Within
from lienminh.places.source import (
    DATA,
    FILE,
    GROUPINGS,
    first_days,
    read_epochs,
    read_facts,
)
from lienminh.places.units import NATION, PlaceFact, build_units
from lienminh.rules.errors import Refused
from lienminh.rules.files import yaml_of

Row = tuple[str | int | date | None, ...]
# Past the ORM, whose objects would take three times as long for the 175,000 rows.
_INSERTS: dict[type[models.Model], str] = {
    Spell: "INSERT INTO places_spell (place_id, first_day, last_day, name, folded, kind, parent_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)",
    Alias: "INSERT INTO places_alias (place_id, name, folded) VALUES (%s, %s, %s)",
    Succession: "INSERT INTO places_succession (old_id, new_id, day, extent)"
    " VALUES (%s, %s, %s, %s)",
    Member: "INSERT INTO places_member (grouping_id, place_id, first_day, last_day)"
    " VALUES (%s, %s, %s, %s)",
    Within: "INSERT INTO places_within (geography, ancestor_id, place_id) VALUES (%s, %s, %s)",
}


def load_places(*, by: AbstractBaseUser | None = None, folder: Path = DATA) -> None:
    """Bring the tables to the packaged facts, all or nothing; a second run changes nothing."""
    facts = read_facts(folder)
    units, successions = build_units(read_epochs(folder), facts)
    groupings, members = build_groupings(units, first_days(folder)[0], folder)
    places = units | groupings
    aliases = _aliases(facts, folder, places)
    with transaction.atomic():
        ids = _save_places(places)
        _replace(Spell, _spell_rows(places, ids))
        _replace(Alias, ((ids[ref], name, naming.key(name)) for ref, name in aliases))
        _replace(Succession, ((ids[s.old], ids[s.new], s.day, s.extent) for s in successions))
        _replace(
            Member, ((ids[m.grouping], ids[m.place], m.first_day, m.last_day) for m in members)
        )
        _replace(Within, sorted(closure(read_borders(folder))))


def read_borders(folder: Path = DATA) -> Borders:
    """Read the living units of each geography and the successions back from the tables."""
    parents = {
        day: dict(
            Spell.objects.filter(first_day__lte=day)
            .filter(Q(last_day=None) | Q(last_day__gte=day))
            .exclude(place__level=Level.GROUPING)
            .order_by()
            .values_list("place_id", "parent_id")
        )
        for day in first_days(folder)
    }
    links = Succession.objects.values_list("old_id", "new_id", "extent")
    return Borders(parents, (Link(old, new, extent == Extent.WHOLE) for old, new, extent in links))


def _aliases(
    facts: Mapping[str, Any], folder: Path, places: Mapping[str, PlaceFact]
) -> list[tuple[str, str]]:
    aliases = [(NATION, name) for name in facts["nation"]["aliases"]]
    for entry in facts["aliases"]:
        aliases += [(ref, name) for ref in entry["refs"] for name in entry["names"]]
    for grouping in yaml_of(folder / GROUPINGS):
        aliases += [(f"g-{grouping['code']}", name) for name in grouping.get("aliases", [])]
    unknown = {ref for ref, _ in aliases} - set(places)
    if unknown:
        raise Refused(f"{FILE}: aliases are given to unknown places: {', '.join(sorted(unknown))}.")
    return aliases


def _save_places(places: Mapping[str, PlaceFact]) -> dict[str, int]:
    """Add what is new, correct what changed; other rooms point at places, so none is replaced."""
    saved = {place.ref: place for place in Place.objects.all()}
    added = Place.objects.bulk_create(
        Place(ref=p.ref, level=p.level, code=p.code, first_day=p.first_day, last_day=p.last_day)
        for p in places.values()
        if p.ref not in saved
    )
    changed = []
    for ref, place in saved.items():
        if ref in places and place.last_day != places[ref].last_day:
            place.last_day = places[ref].last_day
            changed.append(place)
    Place.objects.bulk_update(changed, ["last_day"])
    return {place.ref: place.pk for place in (*saved.values(), *added)}


def _spell_rows(places: Mapping[str, PlaceFact], ids: Mapping[str, int]) -> Iterable[Row]:
    for ref, place in places.items():
        for s in place.spells:
            parent = ids[s.parent] if s.parent else None
            folded = naming.key(s.name)
            yield ids[ref], s.first_day, s.last_day, s.name, folded, s.kind, parent


def _replace(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Make a table that nothing points at hold exactly these rows, given in the fields' order."""
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    wanted, manager = list(rows), model._default_manager
    if set(wanted) == set(manager.order_by().values_list(*fields)):
        return
    manager.all().delete()
    with connection.cursor() as cursor:
        cursor.executemany(_INSERTS[model], wanted)
