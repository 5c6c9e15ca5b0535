"""Places are found as people write them, and never guessed."""

from datetime import date

import pytest
from django.utils.translation import override

from lienminh.places import naming
from lienminh.places.models import Place, Spell
from lienminh.places.naming import spelling_distance
from lienminh.places.queries import find, title_of
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused

pytestmark = pytest.mark.django_db
THEN, NOW = date(2023, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("written", "day", "ref"),
    [
        ("Bình Phước", THEN, "p70-2008"),
        ("Bình Phước", NOW, "p70-2008"),
        ("binh phuoc", THEN, "p70-2008"),
        ("  BÌNH  PHƯỚC ", THEN, "p70-2008"),
        ("tỉnh Bình Phước", NOW, "p70-2008"),
        ("phường Bình Phước", THEN, "c25195-2025"),
        ("phường Bình Phước", NOW, "c25195-2025"),
        ("Hải Dương", THEN, "p30-2008"),
        ("Hải Dương", NOW, "p30-2008"),
        ("TP. Hải Dương", THEN, "d288-2008"),
        ("thành phố Hải Dương", THEN, "d288-2008"),
        ("phường Hải Dương", NOW, "c10525-2025"),
        ("Bắc Sơn", THEN, "d185-2008"),
        ("huyện Bắc Sơn", THEN, "d185-2008"),
        ("Đồng Nai", THEN, "p75-2008"),
        ("Đồng Nai", NOW, "p75-2025"),
        ("tp Dong Nai", THEN, "p75-2025"),
        ("Lào Cai", THEN, "p10-2008"),
        ("Lào Cai", NOW, "p15-2025"),
        ("TP HCM", THEN, "p79-2008"),
        ("TP.HCM", NOW, "p79-2025"),
        ("Thành phố Hồ Chí Minh", THEN, "p79-2008"),
        ("Bà Rịa–Vũng Tàu", THEN, "p77-2008"),
        ("Thừa Thiên - Huế", NOW, "p46-2008"),
        ("Ea H’leo", THEN, "d645-2008"),
        ("Phường Đúc", THEN, "c19780-2008"),
        ("quận 11", THEN, "d772-2008"),
        ("cả nước", THEN, "vn"),
        ("Việt Nam", NOW, "vn"),
        ("Trung du Bắc Bộ", THEN, "g-trung-du-bac-bo"),
        ("Cụm Trung du Bắc Bộ", THEN, "g-trung-du-bac-bo"),
        ("khu vực phía Nam", THEN, "g-phia-nam"),
        ("vùng Đông Nam Bộ", NOW, "g-dong-nam-bo"),
        ("c25195-2025", THEN, "c25195-2025"),
    ],
)
def test_a_name_finds_the_place_that_is_meant(written: str, day: date, ref: str) -> None:
    assert find(written, day=day).ref == ref


@pytest.mark.parametrize("written", ["Thanh Hoá", "Thanh Hóa", "thanh hoa", "THANH HOÁ"])
def test_the_tone_mark_may_stand_on_either_vowel(written: str) -> None:
    assert find(written, day=THEN) == find(written, day=NOW) == find("p38-2008", day=THEN)


@pytest.mark.parametrize("written", ["Hoà Bình", "Hòa Bình", "Ho\u0300a Bi\u0300nh", "Hoa Binh"])
def test_an_ended_province_is_found_in_every_spelling(written: str) -> None:
    assert find(written, day=NOW).ref == "p17-2008"


def test_the_same_spelling_comes_before_the_other_tone_place_and_before_no_marks() -> None:
    assert spelling_distance("hoà bình", "Hoà Bình") == 0
    assert spelling_distance("Hòa Bình", "Hoà Bình") == 1
    assert spelling_distance("Hoa Bình", "Hoà Bình") == 2
    assert spelling_distance("Tân Thành", "Tân Thạnh") == 2


def test_several_of_one_name_are_refused_with_titles_parents_and_refs() -> None:
    with pytest.raises(Refused) as refusal:
        find("Tân Thành", day=NOW)
    sentence = str(refusal.value)
    assert "names 9 places" in sentence
    assert "xã Tân Thành, tỉnh Lạng Sơn (c06445-2025)" in sentence
    assert "and 1 more" in sentence


def test_marks_that_were_typed_are_not_ignored() -> None:
    with pytest.raises(Refused, match="names 34 places"):
        find("Tân Thành", day=THEN)
    assert find("Tân Thạnh", day=THEN).level == "district"


def test_levels_restrict_the_search() -> None:
    assert find("Lạng Sơn", day=THEN, levels=["district"]).ref == "d178-2008"
    with pytest.raises(Refused, match="No place"):
        find("p70-2008", day=THEN, levels=["district"])


@pytest.mark.parametrize("written", ["", "Atlantis", "p99-2008", "huyện Bình Phước"])
def test_an_unknown_name_is_refused(written: str) -> None:
    with pytest.raises(Refused, match="No place is called"):
        find(written, day=THEN)


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(Refused, match=r"Did you mean .*Bình Phước"):
        find("Bình Phướcc", day=THEN)


def test_two_provinces_of_one_name_are_refused_on_a_day_that_neither_lived() -> None:
    with pytest.raises(Refused, match=r"p75-2008.*p75-2025"):
        find("Đồng Nai", day=date(2000, 1, 1))


# What screens call a place.


def test_screens_and_papers_call_a_place_the_same_in_vietnamese() -> None:
    spells = Spell.objects.order_by("kind").select_related("place")
    one_of_each = {spell.kind: spell.place for spell in spells}
    assert set(one_of_each) == set(naming.KIND_WORDS)
    assert {kind: place_title(place) for kind, place in one_of_each.items()} == {
        kind: title_of(place) for kind, place in one_of_each.items()
    }


def test_english_screens_translate_the_level_and_keep_the_name() -> None:
    titles = {"p70-2008": "Bình Phước province", "vn": "Vietnam", "g-phia-nam": "khu vực phía Nam"}
    with override("en"):
        assert {ref: place_title(Place.objects.get(ref=ref)) for ref in titles} == titles
