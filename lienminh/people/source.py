"""The packaged facts about organisations, read and checked; nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lienminh.people.models import Organisation
from lienminh.places.models import Level, Place, Succession
from lienminh.places.queries import title_of
from lienminh.rules.errors import Refused
from lienminh.rules.files import require, yaml_of

FILE = Path(__file__).parent / "data" / "organisations.yaml"
_NEEDED = {"ref", "name", "short_name", "kind", "place"}
_ALLOWED = _NEEDED | {"parent", "first_day", "last_day"}


@dataclass(frozen=True)
class OrganisationFact:
    """One organisation; `place` and `parent` are refs."""

    ref: str
    name: str
    short_name: str
    kind: str
    place: str
    parent: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class MergerFact:
    """The old organisation went into the new one (refs), on a day stated or inferred."""

    old: str
    new: str
    day: date
    basis: str


def read_organisations(path: Path = FILE) -> tuple[list[OrganisationFact], list[MergerFact]]:
    """Give every organisation, those above first, and the mergers; Refused names what is wrong."""
    facts = yaml_of(path)
    require(path.name, facts, "organisations", "provincial_alliances")
    alliances, mergers = _alliances(facts["provincial_alliances"])
    organisations = [_read(path.name, row) for row in facts["organisations"]] + alliances
    _check_refs(path.name, organisations)
    return organisations, mergers


def _read(file: str, row: Mapping[str, Any]) -> OrganisationFact:
    ref = row.get("ref", "without ref")
    if missing := _NEEDED - set(row):
        raise Refused(f"{file}: organisation {ref} lacks {', '.join(sorted(missing))}.")
    if unknown := set(row) - _ALLOWED:
        raise Refused(f"{file}: organisation {ref} has unknown {', '.join(sorted(unknown))}.")
    if row["kind"] not in Organisation.Kind.values:
        raise Refused(f"{file}: organisation {ref} has the unknown kind '{row['kind']}'.")
    return OrganisationFact(**row)


def _alliances(rule: Mapping[str, str]) -> tuple[list[OrganisationFact], list[MergerFact]]:
    """One alliance per province, ending with it; its first day is known only after a merger."""
    provinces = Place.objects.filter(level=Level.PROVINCE).prefetch_related("spells")
    alliances = []
    for place in provinces:
        title = title_of(place)
        new = place.predecessor_links.exists()
        alliances.append(
            OrganisationFact(
                ref=rule["ref"].format(ref=place.ref),
                name=rule["name"].format(title=title),
                short_name=rule["short_name"].format(title=title),
                kind=Organisation.Kind.ALLIANCE,
                place=place.ref,
                parent=rule["parent"],
                first_day=place.first_day if new else None,
                last_day=place.last_day,
            )
        )
    links = Succession.objects.filter(old__level=Level.PROVINCE).select_related("old", "new")
    mergers = [
        MergerFact(
            rule["ref"].format(ref=link.old.ref),
            rule["ref"].format(ref=link.new.ref),
            link.day,
            rule["basis"],
        )
        for link in links
    ]
    return alliances, mergers


def _check_refs(file: str, organisations: Sequence[OrganisationFact]) -> None:
    known: set[str] = set()
    places = set(Place.objects.values_list("ref", flat=True))
    for fact in organisations:
        if fact.ref in known:
            raise Refused(f"{file}: organisation {fact.ref} is listed twice.")
        if fact.parent and fact.parent not in known:
            raise Refused(
                f"{file}: the parent of {fact.ref}, {fact.parent}, is not listed above it."
            )
        if fact.place not in places:
            raise Refused(f"{file}: the place of {fact.ref}, {fact.place}, is unknown.")
        known.add(fact.ref)
