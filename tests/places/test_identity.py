"""Codes and names are reused; a place is one unit through time."""

from datetime import date

import pytest
from django.db.models import Count, Q

from lienminh.places.models import Place, Spell
from lienminh.places.queries import (
    geography_of,
    name_of,
    predecessors,
    successors,
    title_of,
)
from lienminh.rules.errors import Refused

pytestmark = pytest.mark.django_db


def the(ref: str) -> Place:
    return Place.objects.get(ref=ref)


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        (date(2008, 8, 1), 63, 696, 10_051),
        (date(2025, 6, 30), 63, 696, 10_051),
        (date(2025, 7, 1), 34, 0, 3_321),
    ],
)
def test_each_day_has_the_units_of_its_borders(
    day: date, provinces: int, districts: int, communes: int
) -> None:
    living = Place.objects.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)
    counts = dict(living.values_list("level").annotate(Count("pk")))
    assert counts["province"] == provinces
    assert counts.get("district", 0) == districts
    assert counts["commune"] == communes
    assert counts["nation"] == 1


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ],
)
def test_a_reused_province_code_names_two_places(code: str, before: str, after: str) -> None:
    old, new = the(f"p{code}-2008"), the(f"p{code}-2025")
    assert (name_of(old), name_of(new)) == (before, after)
    assert old.last_day == date(2025, 6, 30)
    assert old in predecessors(new)


def test_a_reused_code_and_name_is_still_another_place() -> None:
    old, new = the("p75-2008"), the("p75-2025")
    assert name_of(old) == name_of(new) == "Đồng Nai"
    assert {place.ref for place in predecessors(new)} == {"p70-2008", "p75-2008"}


def test_eleven_provinces_go_on_as_one_place() -> None:
    unchanged = Place.objects.filter(level="province", first_day__lt="2025-07-01", last_day=None)
    assert unchanged.count() == 11
    assert not Place.objects.filter(level="province", code="20", first_day="2025-07-01")


def test_a_commune_alone_in_its_new_unit_goes_on_under_its_new_parent() -> None:
    place = the("c24235-2008")
    before, after = place.spells.all()
    assert (before.name, after.name) == ("Krông Na", "Buôn Đôn")
    assert (before.last_day, after.first_day) == (date(2025, 6, 30), date(2025, 7, 1))
    assert before.parent is not None
    assert after.parent is not None
    assert (before.parent.level, after.parent.level) == ("district", "province")


def test_a_commune_beside_one_without_successor_is_not_taken_as_unchanged() -> None:
    old, new = the("c03997-2008"), the("c03997-2025")
    assert (name_of(old), name_of(new)) == ("Tân Lập", "Tân Yên")
    assert successors(old) == [new]


def test_a_new_name_and_kind_within_the_borders_keep_the_place() -> None:
    hue = the("p46-2008")
    assert title_of(hue, date(2024, 12, 31)) == "tỉnh Thừa Thiên Huế"
    assert title_of(hue, date(2025, 1, 1)) == "thành phố Huế"
    assert hue.last_day is None


def test_dong_nai_is_a_province_until_29_april_2026_and_a_city_since() -> None:
    place = the("p75-2025")
    assert title_of(place, date(2026, 4, 29)) == "tỉnh Đồng Nai"
    assert title_of(place, date(2026, 4, 30)) == "thành phố Đồng Nai"
    assert title_of(place) == "thành phố Đồng Nai"


def test_a_type_glued_to_a_name_is_read_from_there() -> None:
    assert title_of(the("d058-2008")) == "thành phố Bắc Kạn"
    assert name_of(the("c30688-2008")) == "Óc Eo"
    assert not Spell.objects.filter(kind="")


def test_the_title_before_and_after_the_life_of_a_place_is_the_nearest() -> None:
    assert title_of(the("p70-2008"), date(2026, 1, 1)) == "tỉnh Bình Phước"
    assert title_of(the("p75-2025"), date(2023, 1, 1)) == "tỉnh Đồng Nai"
    assert title_of(the("vn")) == "Việt Nam"


def test_the_borders_of_a_day_are_those_of_its_epoch() -> None:
    assert geography_of(date(2023, 12, 31)) == date(2008, 8, 1)
    assert geography_of(date(2025, 6, 30)) == date(2008, 8, 1)
    assert geography_of(date(2025, 7, 1)) == date(2025, 7, 1)


def test_borders_before_the_data_are_refused() -> None:
    with pytest.raises(Refused, match="2008-08-01"):
        geography_of(date(2008, 7, 31))
