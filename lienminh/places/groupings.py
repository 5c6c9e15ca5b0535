"""Groupings as packaged: regions, areas, clusters, with the lists of members somebody stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lienminh.places import naming
from lienminh.places.source import DATA, GROUPINGS
from lienminh.places.units import PlaceFact, SpellFact
from lienminh.rules.errors import Refused
from lienminh.rules.files import require, yaml_of


@dataclass(frozen=True)
class MemberFact:
    """A place (a ref) belongs to a grouping (a ref) between two days."""

    grouping: str
    place: str
    first_day: date
    last_day: date | None


def build_groupings(
    units: Mapping[str, PlaceFact], first_day: date, folder: Path = DATA
) -> tuple[dict[str, PlaceFact], list[MemberFact]]:
    """Give each grouping as a place, and its members; Refused names the grouping at fault.

    A grouping lives from its first list on, or from the first day of the data when nobody stated
    a list; it ends with its last list only where another region takes over its members.
    """
    places: dict[str, PlaceFact] = {}
    members: list[MemberFact] = []
    for position, facts in enumerate(yaml_of(folder / GROUPINGS), start=1):
        require(f"{GROUPINGS}, grouping {position},", facts, "code", "kind", "name")
        ref = f"g-{facts['code']}"
        lists = facts.get("lists", [])
        if bool(lists) != facts.get("complete", True):
            raise Refused(f"{GROUPINGS}: {ref} must either list members or say complete: false.")
        if facts["kind"] not in naming.KINDS["grouping"] or ref in places:
            raise Refused(f"{GROUPINGS}: {ref} is listed twice or has no known kind.")
        begins = lists[0]["first_day"] if lists else first_day
        spell = SpellFact(begins, facts.get("last_day"), facts["name"], facts["kind"], None)
        places[ref] = PlaceFact(ref, "grouping", facts["code"], (spell,))
        for listed in lists:
            members += _members(ref, listed, units)
    return places, members


def _members(
    ref: str, listed: Mapping[str, Any], units: Mapping[str, PlaceFact]
) -> list[MemberFact]:
    require(f"{GROUPINGS}, {ref},", listed, "first_day", "members")
    day: date = listed["first_day"]
    provinces = {naming.key(unit.spells[-1].name): unit.ref for unit in _provinces_on(units, day)}
    unknown = [name for name in listed["members"] if naming.key(name) not in provinces]
    if unknown:
        raise Refused(f"{GROUPINGS}: {ref} names {', '.join(unknown)}, no province on {day}.")
    return [
        MemberFact(ref, provinces[naming.key(name)], day, listed.get("last_day"))
        for name in listed["members"]
    ]


def _provinces_on(units: Mapping[str, PlaceFact], day: date) -> list[PlaceFact]:
    return [
        unit
        for unit in units.values()
        if unit.level == "province"
        and unit.first_day <= day
        and (unit.last_day is None or day <= unit.last_day)
    ]
