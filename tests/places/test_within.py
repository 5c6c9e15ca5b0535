"""What lies within what: whole units only, in both borders, for everything that ever existed."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from lienminh.places.models import Place, Succession, Within
from lienminh.places.queries import holder, successors

OLD, NEW = date(2008, 8, 1), date(2025, 7, 1)


def the(ref: str) -> Place:
    return Place.objects.get(ref=ref)


def inside(geography: date, ref: str) -> set[str]:
    rows = Within.objects.filter(geography=geography, ancestor__ref=ref)
    return set(rows.values_list("place__ref", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("geography", [OLD, NEW])
def test_the_nation_holds_everything_but_groupings(geography: date) -> None:
    everything = Place.objects.exclude(level="grouping").values_list("ref", flat=True)
    assert inside(geography, "vn") == set(everything)


@pytest.mark.django_db
def test_a_merged_province_holds_those_it_came_from_with_all_their_units() -> None:
    held = inside(NEW, "p75-2025")
    assert {"p75-2025", "p70-2008", "p75-2008", "d689-2008", "c25195-2008", "c25195-2025"} <= held
    assert inside(OLD, "p70-2008") <= held


@pytest.mark.django_db
@pytest.mark.parametrize("geography", [OLD, NEW])
def test_an_ended_province_still_holds_its_own_units(geography: date) -> None:
    held = inside(geography, "p70-2008")
    assert {"p70-2008", "d689-2008", "c25195-2008"} <= held
    assert "p75-2025" not in held


@pytest.mark.django_db
def test_a_split_commune_has_no_single_successor() -> None:
    split = Succession.objects.filter(extent="part").values_list("old", flat=True)
    communes = Place.objects.filter(level="commune", first_day=NEW)
    placed = Within.objects.filter(geography=NEW, place__in=split, ancestor__in=communes)
    assert len(set(split)) == 439
    assert not placed.exists()


@pytest.mark.django_db
def test_a_commune_listed_whole_in_two_new_ones_hangs_in_the_province() -> None:
    place = the("c01615-2008")
    assert len(successors(place)) == 2
    assert holder(place, NEW).level == "province"


@pytest.mark.django_db
def test_a_commune_of_which_one_part_is_listed_hangs_in_the_province() -> None:
    assert holder(the("c00556-2008"), NEW).ref == "p01-2008"


@pytest.mark.django_db
def test_a_commune_without_successor_hangs_in_the_province_of_its_province() -> None:
    place = the("c20674-2008")
    assert successors(place) == []
    assert holder(place, NEW).ref == "p48-2025"


@pytest.mark.django_db
def test_a_new_commune_without_predecessor_is_placed_only_where_it_must_lie() -> None:
    assert holder(the("c06978-2025"), OLD).ref == "p22-2008"
    assert holder(the("c26732-2025"), OLD).ref == "vn"


@pytest.mark.django_db
def test_a_new_commune_from_several_districts_hangs_in_their_province() -> None:
    districts: dict[int, set[int | None]] = defaultdict(set)
    links = Succession.objects.filter(new__level="commune")
    for new, district in links.values_list("new", "old__spells__parent"):
        districts[new].add(district)
    several = [new for new, found in districts.items() if len(found) > 1]
    rows = Within.objects.filter(geography=OLD, place__in=several)
    assert len(several) == 296
    assert not rows.filter(ancestor__level="district").exists()
    assert rows.filter(ancestor__level="province").values("place").distinct().count() == 296


@pytest.mark.django_db
def test_a_new_commune_beside_an_unrecorded_one_is_placed_no_lower_than_the_district() -> None:
    assert holder(the("c03997-2025"), OLD).level == "district"


@pytest.mark.django_db
@pytest.mark.parametrize("geography", [OLD, NEW])
def test_living_ancestors_form_a_chain_with_one_unit_per_level(geography: date) -> None:
    above: dict[int, set[int]] = defaultdict(set)
    for ancestor, place in Within.objects.filter(geography=geography).values_list(
        "ancestor_id", "place_id"
    ):
        above[place].add(ancestor)
    lives = {
        place.pk: place.level
        for place in Place.objects.exclude(level="grouping")
        if place.first_day <= geography and (place.last_day is None or geography <= place.last_day)
    }
    for ancestors in above.values():
        chain = sorted((a for a in ancestors if a in lives), key=lambda a: len(above[a]))
        assert len({lives[a] for a in chain}) == len(chain)
        assert all(upper in above[lower] for upper, lower in pairwise(chain))
