"""Places through time, for the naive oracle (see `naive`)."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from lienminh.places.models import Member, Place, Succession, Within

BELOW = {"nation": 0, "province": 1, "district": 2, "commune": 3}


class World:
    """Places through time: who lives in which borders, who lies in whom, who went into whom."""

    def __init__(self, epochs: Sequence[date]) -> None:
        self.epochs = epochs
        self.places = {place.pk: place for place in Place.objects.all()}
        self.inside: dict[tuple[date, int], set[int]] = {}
        for geography, ancestor, place in Within.objects.values_list(
            "geography", "ancestor", "place"
        ):
            self.inside.setdefault((geography, ancestor), set()).add(place)
        self.predecessors: dict[int, list[int]] = {}
        self._linked: dict[int, set[int]] = {}
        for old, new in Succession.objects.values_list("old", "new"):
            self.predecessors.setdefault(new, []).append(old)
            self._linked.setdefault(new, set()).add(old)
            self._linked.setdefault(old, set()).add(new)
        self._children: dict[tuple[int, date, date], list[int | None]] = {}

    def epoch_of(self, day: date) -> date:
        """The first day of the borders of a day; of the first borders known for an earlier one."""
        return max((first for first in self.epochs if first <= day), default=self.epochs[0])

    def lives(self, pk: int, epoch: date) -> bool:
        """Whether a unit, not a grouping, lives in the borders that begin on `epoch`."""
        place = self.places[pk]
        after = [first for first in self.epochs if first > epoch]
        begun = not after or place.first_day < after[0]
        return place.level in BELOW and begun and (not place.last_day or place.last_day >= epoch)

    @cached_property
    def levels(self) -> dict[date, list[int]]:
        """How deep the living units of each borders stand: there are no districts since 2025."""
        return {
            epoch: sorted(
                {BELOW[one.level] for one in self.places.values() if self.lives(one.pk, epoch)}
            )
            for epoch in self.epochs
        }

    def depth(self, pk: int) -> int:
        """0 the nation, 1 a province, 2 a district, 3 a commune."""
        return BELOW[self.places[pk].level]

    def linked(self, pk: int) -> set[int]:
        """The units that some of it went into, or that went into it."""
        return self._linked.get(pk, set())

    def lies_within(self, pk: int, ancestor: int, geography: date) -> bool:
        return pk in self.inside.get((geography, ancestor), set())

    def children(self, pk: int, geography: date, epoch: date) -> list[int | None]:
        """The units a unit is the sum of; None for one that went into it only in part."""
        asked = (pk, geography, epoch)
        if asked not in self._children:
            self._children[asked] = list(self._find_children(*asked))
        return self._children[asked]

    def _find_children(self, pk: int, geography: date, epoch: date) -> Iterator[int | None]:
        depth = BELOW[self.places[pk].level]
        living = self.lives(pk, epoch)
        lower = [one for one in self.levels[epoch] if one > depth]
        wanted = depth if not living else min(lower, default=None)
        for other in self.inside.get((geography, pk), set()):
            same_level = BELOW[self.places[other].level] == wanted
            if same_level and other != pk and self.lives(other, epoch):
                yield other
        if not living:
            for old in self.predecessors.get(pk, []):
                if self.lives(old, epoch) and not self.lies_within(old, pk, geography):
                    yield None

    def members(self, grouping: int, day: date) -> list[int | None]:
        rows = Member.objects.filter(grouping=grouping).values_list(
            "place", "first_day", "last_day"
        )
        return [pk for pk, first, last in rows if first <= day and (not last or day <= last)]
