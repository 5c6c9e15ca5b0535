"""What the registry has already, so that a row says nothing twice."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lienminh.registry.models import Collective
from lienminh.registry.queries import there
from lienminh.rules.text import fold


class Identity(NamedTuple):
    """What makes two rows the same organisation where neither has a number."""

    kind: str
    name: str
    place: int
    founded_on: date | None


@dataclass
class Known:
    """What the registry has already, by number and by identity: a name to be said."""

    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    alike: dict[Identity, str] = field(default_factory=dict)


def known() -> Known:
    """What the registry has now."""
    found = Known()
    columns = ("kind", "number", "name", "place_id", "founded_on")
    for kind, number, name, place, founded in there(Collective.objects.all()).values_list(*columns):
        if number:
            found.numbers[kind, number] = name
        found.alike[Identity(kind, fold(name), place, founded)] = name
    return found
