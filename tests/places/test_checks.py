"""The integrity checks are silent on the loaded places, and not when a table was altered."""

import pytest

from lienminh.places import checks
from lienminh.places.models import Place, Spell, Succession, Within
from lienminh.web.hooks import integrity

pytestmark = pytest.mark.django_db


def findings() -> set[str]:
    return {str(message.id) for check in checks.CHECKS for message in check()}


def test_the_loaded_places_are_sound() -> None:
    assert findings() == set()


def test_the_checks_are_on_the_list_that_the_command_runs() -> None:
    assert set(checks.CHECKS) <= set(integrity.get_checks())


def test_a_row_more_in_within_is_found() -> None:
    split = Succession.objects.filter(extent="part")[0]
    Within.objects.create(geography="2025-07-01", ancestor=split.new, place=split.old)
    assert findings() == {"places.E005"}


def test_a_row_less_in_within_is_found() -> None:
    Within.objects.order_by("pk")[100:101].get().delete()
    assert findings() == {"places.E005"}


def test_a_lost_succession_is_found() -> None:
    Succession.objects.filter(old__ref="p70-2008").delete()
    assert findings() == {"places.E002", "places.E005"}


def test_a_gap_between_spells_is_found() -> None:
    Spell.objects.filter(place__ref="p75-2025", kind="province").update(last_day="2026-04-01")
    assert findings() == {"places.E003"}


def test_a_unit_that_ended_too_early_is_found() -> None:
    Place.objects.filter(ref="p70-2008").update(last_day="2024-01-01")
    assert {"places.E001", "places.E003"} & findings()


def test_a_succession_against_time_is_found() -> None:
    link = Succession.objects.get(old__ref="p70-2008")
    Succession.objects.filter(pk=link.pk).update(old=link.new, new=link.old)
    assert "places.E004" in findings()


def test_a_circle_of_parents_is_found_and_not_followed() -> None:
    district = Place.objects.get(ref="d689-2008")
    Spell.objects.filter(place__ref="p70-2008").update(parent=district)
    assert "places.E004" in findings()
