"""What the registry has already, so that a row says nothing twice."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lienminh.registry.models import Collective, Return
from lienminh.registry.queries import there
from lienminh.rules.data_year import year_of_data
from lienminh.rules.text import fold


class Identity(NamedTuple):
    """What makes two rows the same organisation where neither has a number."""

    kind: str
    name: str
    place: int
    founded_on: date | None


class There(NamedTuple):
    """A record that the registry has: its id, and a name to be said."""

    pk: int
    name: str


@dataclass
class Known:
    """What the registry has already, by number and by identity, and who told of the year."""

    numbers: dict[tuple[str, str], There] = field(default_factory=dict)
    alike: dict[Identity, There] = field(default_factory=dict)
    told: frozenset[int] = frozenset()


def known(year: str = "") -> Known:
    """What the registry has now; of a year, whose data are there."""
    found = Known()
    columns = ("kind", "number", "name", "place_id", "founded_on", "pk")
    records = there(Collective.objects.all()).values_list(*columns)
    for kind, number, name, place, founded, pk in records:
        record = There(pk, name)
        if number:
            found.numbers[kind, number] = record
        found.alike[Identity(kind, fold(name), place, founded)] = record
    if year:
        period, _covers = year_of_data(int(year))
        of_year = Return.objects.filter(first=period.first, last=period.last)
        actual = of_year.filter(series=Return.Series.ACTUAL)
        found.told = frozenset(actual.values_list("collective", flat=True))
    return found
