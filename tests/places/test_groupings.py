"""Groupings stand beside the tree, with members somebody stated for some days."""

from datetime import date

import pytest

from lienminh.places.models import Place, Within
from lienminh.places.queries import members_on

pytestmark = pytest.mark.django_db


def members(ref: str, day: date) -> set[str]:
    return {place.ref for place in members_on(Place.objects.get(ref=ref), day)}


def test_the_cluster_of_2023_has_six_members_and_none_stated_after() -> None:
    cluster = "g-trung-du-bac-bo"
    six = {"p30-2008", "p22-2008", "p24-2008", "p26-2008", "p27-2008", "p33-2008"}
    assert members(cluster, date(2023, 1, 1)) == members(cluster, date(2023, 12, 31)) == six
    assert members(cluster, date(2022, 12, 31)) == members(cluster, date(2024, 1, 1)) == set()


def test_the_area_of_an_office_without_a_stated_list_covers_nothing() -> None:
    assert members("g-phia-nam", date(2023, 11, 30)) == set()


@pytest.mark.parametrize(("day", "provinces"), [(date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_each_province_lies_in_exactly_one_region_on_each_day(day: date, provinces: int) -> None:
    regions = Place.objects.filter(level="grouping", spells__kind="region")
    listed = [place.ref for region in regions for place in members_on(region, day)]
    assert len(listed) == len(set(listed)) == provinces
    assert sum(1 for region in regions if members_on(region, day)) == 6


def test_a_region_changes_its_members_with_the_borders() -> None:
    assert members("g-dong-nam-bo", date(2025, 7, 1)) == {"p79-2025", "p75-2025", "p80-2025"}
    assert "p70-2008" in members("g-dong-nam-bo", date(2025, 6, 30))


def test_groupings_are_not_in_the_tree() -> None:
    assert not Within.objects.filter(ancestor__level="grouping").exists()
    assert not Within.objects.filter(place__level="grouping").exists()
