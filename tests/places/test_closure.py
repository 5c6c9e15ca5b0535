"""The closure against the ground itself: random reforms over random plots of land."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from lienminh.places.closure import Borders, Link, closure

OLD, NEW = date(2008, 8, 1), date(2025, 7, 1)
NATION = 0


class Plot(NamedTuple):
    """A piece of land: its old province, district and commune, and its new commune."""

    province: int
    district: int
    commune: int
    new_commune: int


plots = st.lists(
    st.builds(Plot, st.integers(0, 2), st.integers(0, 1), st.integers(0, 2), st.integers(0, 3)),
    min_size=1,
    max_size=14,
)
mergers = st.tuples(*[st.integers(0, 1)] * 3)


class Land:
    """Two trees of units over the same plots, and the true successions between them."""

    def __init__(self, plots: list[Plot], new_provinces: tuple[int, ...]) -> None:
        self.ground: dict[int, set[int]] = defaultdict(set)
        self.parents: dict[date, dict[int, int | None]] = {OLD: {0: None}, NEW: {0: None}}
        self._numbers: dict[tuple[object, ...], int] = {}
        self.communes: dict[date, set[int]] = {OLD: set(), NEW: set()}
        self.provinces: dict[date, set[int]] = {OLD: set(), NEW: set()}
        for number, plot in enumerate(plots):
            merged = new_provinces[plot.province]
            self._settle(number, OLD, plot.province, plot.district, plot.commune)
            self._settle(number, NEW, merged, plot.new_commune)

    def _settle(self, plot: int, day: date, *path: int) -> None:
        above = NATION
        self.ground[NATION].add(plot)
        for depth in range(1, len(path) + 1):
            unit = self._numbers.setdefault((day, *path[:depth]), len(self._numbers) + 1)
            self.parents[day][unit] = above
            self.ground[unit].add(plot)
            if depth == 1:
                self.provinces[day].add(unit)
            above = unit
        self.communes[day].add(above)

    def links(self) -> list[Link]:
        """Every commune and province into each of its own level that shares ground with it."""
        pairs = [
            (old, new)
            for units in (self.communes, self.provinces)
            for old in units[OLD]
            for new in units[NEW]
            if self.ground[old] & self.ground[new]
        ]
        return [Link(old, new, self.ground[old] <= self.ground[new]) for old, new in pairs]


@given(plots, mergers)
def test_nothing_is_placed_where_its_ground_does_not_wholly_lie(
    plots: list[Plot], new_provinces: tuple[int, ...]
) -> None:
    land = Land(plots, new_provinces)
    for _, ancestor, place in closure(Borders(land.parents, land.links())):
        assert land.ground[place] <= land.ground[ancestor]


@given(plots, mergers)
def test_communes_and_districts_hang_at_the_lowest_unit_that_holds_them(
    plots: list[Plot], new_provinces: tuple[int, ...]
) -> None:
    land = Land(plots, new_provinces)
    rows = closure(Borders(land.parents, land.links()))
    for geography, living in land.parents.items():
        for place in set(land.ground) - set(living) - land.provinces[OLD] - land.provinces[NEW]:
            above = {a for g, a, p in rows if (g, p) == (geography, place) and a in living}
            assert above == {a for a in living if land.ground[place] <= land.ground[a]}


@given(plots, mergers, st.data())
def test_an_unrecorded_end_never_places_its_neighbours_below_their_district(
    plots: list[Plot], new_provinces: tuple[int, ...], data: st.DataObject
) -> None:
    land = Land(plots, new_provinces)
    lost = data.draw(st.sampled_from(sorted(land.communes[OLD])))
    links = [link for link in land.links() if link.old != lost]
    borders = Borders(land.parents, links)
    assert borders.holder(NEW, lost) in land.provinces[NEW]
    neighbours = {u for u, parent in land.parents[OLD].items() if parent == land.parents[OLD][lost]}
    for link in links:
        if link.old in neighbours:
            assert borders.holder(OLD, link.new) not in land.communes[OLD]
