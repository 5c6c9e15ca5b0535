"""Organisations through time: merged alliances are new bodies, the others go on."""

from datetime import date
from pathlib import Path

import pytest

from lienminh.people.actions import load_organisations
from lienminh.people.models import Organisation, OrganisationSuccession
from lienminh.people.queries import holder_at, organisations_on
from lienminh.people.source import FILE
from lienminh.places.models import Place
from lienminh.rules.errors import Refused

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def the(ref: str) -> Place:
    return Place.objects.get(ref=ref)


@pytest.mark.parametrize(("day", "alliances"), [(BEFORE, 63), (AFTER, 34)])
def test_each_province_has_one_alliance_on_each_day(day: date, alliances: int) -> None:
    found = organisations_on(day).filter(kind="alliance", place__level="province")
    assert found.count() == len({alliance.place_id for alliance in found}) == alliances


def test_a_merged_alliance_is_a_new_organisation_with_predecessors() -> None:
    old = holder_at("alliance", the("p75-2008"), BEFORE)
    new = holder_at("alliance", the("p75-2025"), AFTER)
    links = OrganisationSuccession.objects.filter(new=new)
    assert old != new
    assert {link.old.place.ref for link in links} == {"p70-2008", "p75-2008"}
    assert {(link.day, link.basis) for link in links} == {(AFTER, "inferred")}


def test_an_alliance_of_an_unchanged_province_goes_on_as_one() -> None:
    place = the("p20-2008")
    alliance = holder_at("alliance", place, BEFORE)
    assert alliance == holder_at("alliance", place, AFTER)
    assert (alliance.name, alliance.last_day) == ("Liên minh Hợp tác xã tỉnh Lạng Sơn", None)
    assert alliance.parent is not None
    assert alliance.parent.ref == "vca"


def test_names_follow_the_title_of_the_place() -> None:
    names = set(Organisation.objects.values_list("short_name", flat=True))
    assert {"Liên minh HTX tỉnh Bình Phước", "Liên minh HTX thành phố Hà Nội"} <= names


def test_the_national_alliance_holds_for_the_nation() -> None:
    assert holder_at("alliance", the("vn"), BEFORE).ref == "vca"
    assert holder_at("fund", the("vn"), BEFORE).ref == "fund-vn"


def test_no_holder_is_invented() -> None:
    with pytest.raises(Refused, match="No organisation of kind 'alliance'"):
        holder_at("alliance", the("p70-2008"), AFTER)
    with pytest.raises(Refused, match="No organisation of kind 'fund'"):
        holder_at("fund", the("p20-2008"), BEFORE)


def test_several_holders_are_listed() -> None:
    with pytest.raises(Refused, match=r"vca-information.*vca-planning-support"):
        holder_at("department", the("vn"), BEFORE)


def test_loading_twice_is_harmless() -> None:
    before = set(Organisation.objects.values_list("pk", "ref"))
    load_organisations()
    assert set(Organisation.objects.values_list("pk", "ref")) == before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("organisations:", "organisation:", "lacks organisations"),
        ("ref: vca-standing", "ref: vca", "listed twice"),
        ("kind: fund", "kind: bank", "unknown kind 'bank'"),
        ("place: vn", "place: p99-2008", "the place of vca, p99-2008, is unknown"),
        ("parent: vca", "parent: vcb", "vcb, is not listed above"),
        ("    kind: alliance\n", "", "organisation vca lacks kind"),
        ("    kind: alliance\n", "    kind: alliance\n    chair: ai đó\n", "unknown chair"),
    ],
)
def test_a_broken_file_is_refused_and_nothing_is_half_loaded(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "organisations.yaml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    before = set(Organisation.objects.values_list("ref", "place__ref", "kind"))
    with pytest.raises(Refused, match=fault):
        load_organisations(path=broken)
    assert set(Organisation.objects.values_list("ref", "place__ref", "kind")) == before
