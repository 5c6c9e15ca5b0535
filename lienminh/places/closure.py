"""Which unit lies wholly within which, in every borders, for every unit that ever existed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

Parents = Mapping[int, int | None]
"""The units living in some borders, each with the unit right above it; the nation has none."""
Row = tuple[date, int, int]
"""Geography, ancestor, place."""


class Link(NamedTuple):
    """The old unit went into the new one, as a whole or not."""

    old: int
    new: int
    whole: bool


class Borders:
    """All units of all epochs of borders, and where each hangs in the borders of another epoch."""

    def __init__(self, parents: Mapping[date, Parents], links: Iterable[Link]) -> None:
        """Take the living units of each geography with their parents, and the successions."""
        self.parents = parents
        self.geographies = sorted(parents)
        self.successors: dict[int, list[Link]] = defaultdict(list)
        self.predecessors: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            self.successors[link.old].append(link)
            self.predecessors[link.new].append(link)
        self._holders: dict[tuple[date, int], int] = {}

    @cached_property
    def units(self) -> set[int]:
        """Every unit that ever lived."""
        return set().union(*self.parents.values())

    @cached_property
    def children(self) -> dict[tuple[date, int], list[int]]:
        """The units right below a unit, by geography."""
        below: dict[tuple[date, int], list[int]] = defaultdict(list)
        for geography, parents in self.parents.items():
            for unit, parent in parents.items():
                if parent is not None:
                    below[geography, parent].append(unit)
        return below

    @cached_property
    def uncertain(self) -> set[int]:
        """Units below which something ended without a known successor: a neighbour may hold it."""
        found = set()
        for geography, following in zip(self.geographies, self.geographies[1:], strict=False):
            for unit, parent in self.parents[geography].items():
                ended = unit not in self.parents[following]
                childless = (geography, unit) not in self.children
                if ended and childless and unit not in self.successors and parent is not None:
                    found.add(parent)
        return found

    def home(self, unit: int, geography: date) -> date:
        """The borders nearest to the geography asked that the unit lived in."""
        at = self.geographies.index(geography)
        lived = [g for g in self.geographies if unit in self.parents[g]]
        return min(lived, key=lambda g: abs(self.geographies.index(g) - at))

    def chain(self, geography: date, unit: int | None) -> list[int]:
        """A living unit and all above it, the lowest first; ValueError when they go in a circle."""
        chain: list[int] = []
        while unit is not None:
            if unit in chain:
                raise ValueError(f"place {unit} lies within itself")
            chain.append(unit)
            unit = self.parents[geography][unit]
        return chain

    def holder(self, geography: date, unit: int) -> int:
        """The lowest unit of the geography that holds the whole of the unit."""
        if unit in self.parents[geography]:
            return unit
        if (geography, unit) not in self._holders:
            parts = [self.holder(geography, part) for part in self._parts(geography, unit)]
            self._holders[geography, unit] = self._lowest_common(geography, parts)
        return self._holders[geography, unit]

    def _parts(self, geography: date, unit: int) -> list[int]:
        """Units that together hold all of the unit and are nearer to the geography, or above it."""
        home = self.home(unit, geography)
        if home < geography and (links := self.successors.get(unit)):
            complete = len(links) > 1 or links[0].whole
            return [link.new for link in links] + (
                [] if complete else [self._above(geography, unit)]
            )
        if home > geography and (links := self.predecessors.get(unit)):
            return [part for link in links for part in self._with_uncertainty(link.old, geography)]
        return self.children.get((home, unit)) or [self._above(geography, unit)]

    def _with_uncertainty(self, old: int, geography: date) -> list[int]:
        parent = self.parents[self.home(old, geography)][old]
        return [old, parent] if parent is not None and parent in self.uncertain else [old]

    def _above(self, geography: date, unit: int) -> int:
        """The first unit above that lives in the geography or whose succession is known."""
        home = self.home(unit, geography)
        links = self.successors if home < geography else self.predecessors
        above = self.chain(home, unit)[1:]
        return next(u for u in above if u in self.parents[geography] or u in links)

    def _lowest_common(self, geography: date, units: Sequence[int]) -> int:
        first, *others = (self.chain(geography, unit) for unit in set(units))
        return next(unit for unit in first if all(unit in chain for chain in others))


def closure(borders: Borders) -> set[Row]:
    """Give every row of `Within`; see its docstring for what the rows mean."""
    inside: dict[date, dict[int, list[int]]] = {}
    for geography in borders.geographies:
        rows: dict[int, list[int]] = defaultdict(list)
        for unit in borders.units:
            for ancestor in borders.chain(geography, borders.holder(geography, unit)):
                rows[ancestor].append(unit)
        inside[geography] = rows
    return {
        (geography, ancestor, unit)
        for geography in borders.geographies
        for ancestor in borders.units
        for unit in inside[borders.home(ancestor, geography)][ancestor]
    }
