"""What is counted from the registry, and what is not."""

from datetime import date
from typing import Any

import pytest
from django.db.models import Count

from lienminh.figures.lineage import entries_by_code
from lienminh.places.models import Place
from lienminh.registry import actions
from lienminh.registry.checks import recount
from lienminh.registry.models import Certificate, Collective
from lienminh.registry.queries import to_confirm
from lienminh.registry.reform.actions import follow_reform
from lienminh.rules.errors import Refused
from tests.figures.telling import ask
from tests.registry.registering import (
    BINH_PHUOC,
    COMMUNE,
    OTHER_COMMUNE,
    act,
    books,
    entered,
    happened,
    key,
    the,
)

pytestmark = pytest.mark.django_db
TOTAL, ACTIVE, FOUNDED = "cooperatives.total", "cooperatives.active", "cooperatives.founded"


def value(code: str, when: str, ref: str = BINH_PHUOC, **more: Any) -> Any:
    return ask(ref, when, indicator=code, **more).value


def test_nothing_is_counted_before_the_books_are_open() -> None:
    entered()
    assert value(TOTAL, "2023") is None
    books(listed=1)
    assert value(TOTAL, "2023") == 1
    assert value(TOTAL, "2022") is None


def test_who_was_there_before_enters_the_stocks_and_not_the_flows() -> None:
    books(listed=0)
    entered("2020-05-01")
    assert value(TOTAL, "2023") == 1
    assert value(FOUNDED, "2023") == 0


def test_a_founding_is_counted_on_its_day() -> None:
    books()
    entered("2023-06-15")
    assert [value(FOUNDED, when) for when in ("2023-06", "2023-07")] == [1, 0]
    assert [value(TOTAL, when) for when in ("2023-06-14", "2023-06-15")] == [0, 1]


def test_suspended_it_is_there_but_not_active() -> None:
    books()
    record = entered("2023-02-01")
    happened(record, "suspension", "2023-05-01")
    happened(record, "resumption", "2023-09-01")
    days = ("2023-04-30", "2023-05-01", "2023-08-31", "2023-09-01")
    assert [value(ACTIVE, day) for day in days] == [1, 0, 0, 1]
    assert [value(TOTAL, day) for day in days] == [1, 1, 1, 1]
    assert [value("cooperatives.stopped", day) for day in days] == [0, 1, 1, 0]


def test_dissolved_it_leaves_the_stocks_and_the_alliance() -> None:
    books()
    record = entered("2023-02-01")
    happened(record, "admission", "2023-03-01")
    happened(record, "dissolution", "2023-10-10")
    assert value(TOTAL, "2023-10-09") == 1
    assert value(TOTAL, "2023") == 0
    assert value("cooperatives.dissolved", "2023-10") == 1
    assert value("cooperatives.alliance_members", "2023-09-30") == 1
    assert value("cooperatives.alliance_members", "2023") == 0


def test_a_late_act_changes_the_past_and_what_was_known_stays_known() -> None:
    books()
    record = entered("2023-02-01")
    known = ask(BINH_PHUOC, "2023", indicator=ACTIVE).known_at
    happened(record, "suspension", "2023-05-01")
    assert value(ACTIVE, "2023") == 0
    assert value(ACTIVE, "2023", known_at=known) == 1


def test_an_act_in_between_keeps_what_came_after() -> None:
    books()
    record = entered("2023-02-01")
    happened(record, "dissolution", "2023-10-10")
    happened(record, "change", "2023-04-01", place=OTHER_COMMUNE)
    assert value(TOTAL, "2023-04-01", COMMUNE) == 0
    assert value(TOTAL, "2023-04-01", OTHER_COMMUNE) == 1
    assert value(TOTAL, "2023") == 0


def test_an_act_entered_in_error_is_undone_and_stays_to_be_seen() -> None:
    books()
    record = entered("2023-02-01")
    wrong = happened(record, "dissolution", "2023-10-10")
    record.refresh_from_db()
    actions.correct_act(
        wrong, instead=None, reason="Nhầm hồ sơ", version=record.version, key=key(), by=None
    )
    assert value(TOTAL, "2023") == 1
    wrong.refresh_from_db()
    assert wrong.void_reason == "Nhầm hồ sơ"
    record.refresh_from_db()
    assert record.reporting == "active"
    assert record.ended_on is None


def test_two_records_of_one_organisation_are_counted_once_after_merging() -> None:
    books()
    kept, gone = entered("2023-02-01"), entered("2023-02-03", name="HTX NN Đồng Tâm")
    assert value(TOTAL, "2023") == 2
    actions.merge(
        gone, into=kept, reason="Một hợp tác xã", version=gone.version, key=key(), by=None
    )
    assert value(TOTAL, "2023") == 1
    assert value(FOUNDED, "2023") == 1
    assert recount() == []


def test_breakdowns_are_counted_from_what_the_record_says() -> None:
    books()
    entered("2023-02-01")
    entered("2023-02-01", name="HTX Vận tải", sector="services", women_managed=True)
    assert value(TOTAL, "2023", cell="sector=services") == 1
    assert value(TOTAL, "2023", cell="sector=agriculture;women_managed=no") == 1
    assert value(TOTAL, "2023", cell="kind=credit_fund") == 0


def test_what_is_not_known_of_one_record_leaves_that_breakdown_open() -> None:
    books()
    entered("2023-02-01", women_managed=None)
    assert value(TOTAL, "2023") == 1
    assert value(TOTAL, "2023", cell="women_managed=yes") is None


def test_a_certificate_counts_while_it_is_valid_and_two_count_once() -> None:
    books()
    record = entered("2023-02-01")
    for standard, first, last in (("vietgap", 3, 6), ("ocop", 5, 9)):
        record.refresh_from_db()
        held = Certificate(
            standard=standard, first_day=date(2023, first, 1), last_day=date(2023, last, 30)
        )
        actions.hold(record, held, version=record.version, key=key(), by=None)
    months = [f"2023-{month:02d}" for month in (2, 3, 5, 7, 10)]
    assert [value("cooperatives.certified", month) for month in months] == [0, 1, 1, 1, 0]
    assert value("cooperatives.certified", "2023-05", cell="standard=ocop") == 1
    assert value("cooperatives.certified", "2023-03", cell="standard=ocop") == 0


def test_a_move_to_a_place_without_books_leaves_the_count() -> None:
    books()
    record = entered("2023-02-01")
    happened(record, "change", "2023-04-01", place="c07192-2008")
    assert value(TOTAL, "2023-03-31") == 1
    assert value(TOTAL, "2023") == 0
    happened(record, "change", "2023-06-01", place=COMMUNE)
    assert value(TOTAL, "2023") == 1


def test_the_merged_province_counts_the_organisations_of_the_old_one() -> None:
    books(day="2024-01-01")
    entered("2024-02-01")
    books("p75-2008", "2024-01-01")
    assert value(TOTAL, "2024", "p75-2025", geography=date(2026, 1, 1)) == 1
    books("p75-2025", "2024-01-01", listed=0)
    assert value(TOTAL, "2025", "p75-2025") == 1


def test_people_s_credit_funds_are_cooperatives_and_groups_are_not() -> None:
    books()
    entered("2023-02-01", kind="credit_fund", name="QTDND Thanh Bình", sector="finance")
    entered("2023-02-01", kind="group", name="Tổ hợp tác số 1")
    assert value(TOTAL, "2023") == 1
    assert value("groups.total", "2023") is None


def test_books_are_opened_only_on_the_list_that_was_approved() -> None:
    entered()
    with pytest.raises(Refused, match="2 tổ chức, sổ có 1"):
        books(listed=2)
    books(listed=1)
    with pytest.raises(Refused, match="đã mở"):
        books(listed=1, day="2024-01-01")
    with pytest.raises(Refused, match="đã mở"):
        books("vn", listed=1, day="2022-01-01")


def test_an_act_posted_twice_is_one_act() -> None:
    books()
    again = key()
    made = [
        actions.enter(
            kind="cooperative",
            beginning=act("founding", "2023-02-01", name="HTX A", place=COMMUNE, sector="services"),
            identity={},
            key=again,
            by=None,
        )
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert value(TOTAL, "2023") == 1


def test_the_second_of_two_who_save_is_told_and_nothing_is_lost() -> None:
    record = entered()
    seen = record.version
    actions.describe(record, identity={"phone": "0271 3 888 999"}, version=seen, by=None)
    with pytest.raises(actions.Edited) as told:
        actions.describe(record, identity={"phone": "0271 3 777 999"}, version=seen, by=None)
    assert told.value.now.phone == "0271 3 888 999"


@pytest.mark.parametrize(
    ("kind", "day", "sentence"),
    [
        ("suspension", "2020-04-30", "chưa có sự kiện mở đầu"),
        ("founding", "2021-01-01", "chỉ thành lập một lần"),
        ("change", "2099-01-01", "còn chưa đến"),
    ],
)
def test_an_act_that_cannot_be_is_refused(kind: str, day: str, sentence: str) -> None:
    record = entered("2020-05-01")
    with pytest.raises(Refused, match=sentence):
        happened(record, kind, day, name="HTX B", place=COMMUNE)


def test_nothing_happens_after_the_end() -> None:
    record = entered()
    happened(record, "dissolution", "2023-01-01")
    with pytest.raises(Refused, match="đã chấm dứt"):
        happened(record, "admission", "2023-02-01")


def test_a_seat_must_have_existed() -> None:
    with pytest.raises(Refused, match="chỉ có từ"):
        entered("2020-01-01", place="p75-2025")


def test_a_number_belongs_to_one_living_record() -> None:
    entered(identity={"number": "3800 100 200"})
    with pytest.raises(Refused, match="3800100200"):
        entered(identity={"number": "3800100200"}, name="HTX khác")
    assert Collective.objects.count() == 1


def test_the_check_finds_a_record_changed_past_the_ledger() -> None:
    books()
    record = entered("2023-02-01")
    assert recount() == []
    Collective.objects.filter(pk=record.pk).update(reporting="stopped")
    assert {found.id for found in recount()} == {"registry.E001"}


def test_a_counted_number_opens_down_to_its_record() -> None:
    books()
    record = entered("2023-02-01")
    found = ask(BINH_PHUOC, "2023", indicator=TOTAL)
    entries = [entry for entry in entries_by_code(found.entries) if entry.kind == "movement"]
    assert [(entry.record, entry.place) for entry in entries] == [
        (f"collective:{record.ref}", the(COMMUNE))
    ]


def test_seats_of_units_that_went_wholly_into_one_move_all_together() -> None:
    books("vn", "2025-01-01")
    ended = Place.objects.filter(level="commune", last_day__isnull=False)
    parted = ended.filter(successor_links__extent="part")[0]
    whole = ended.filter(successor_links__extent="whole").exclude(successor_links__extent="part")
    old = whole.annotate(became=Count("successor_links")).filter(became=1)[0]
    one = entered("2024-05-01", place=old.ref)
    other = entered("2024-05-01", place=parted.ref, name="HTX Chờ Xác Nhận")
    assert follow_reform(Collective.objects.all(), key=key(), by=None) == 1
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.place.last_day, other.place.pk) == (None, parted.pk)
    assert value(TOTAL, "2025-06-30", old.ref) == 1
    assert value(TOTAL, "2025-12-31", one.place.ref) in (1, None)
    assert list(to_confirm(Collective.objects.all())) == [other]
    assert follow_reform(Collective.objects.all(), key=key(), by=None) == 0
    assert recount() == []


def test_noted_as_ended_it_is_no_member_any_more() -> None:
    books()
    record = entered("2023-02-01")
    happened(record, "admission", "2023-03-01")
    happened(record, "status", "2023-10-10", reporting="ended")
    assert value("cooperatives.alliance_members", "2023") == 0
    record.refresh_from_db()
    assert not record.alliance_member
    assert recount() == []
