"""What waits for a keeper: seats after the reform, possible duplicates; and opening books."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from lienminh.places.models import Place, Within
from lienminh.registry.duplicates import pairs
from lienminh.registry.models import Books, Collective, Distinct
from lienminh.registry.naming import name_key, near
from lienminh.registry.queries import visible_to
from lienminh.registry.reform.actions import successors_of
from tests.figures.browsing import as_user, key_in, page
from tests.people.acting import account, department, leader, officer
from tests.registry.registering import (
    BINH_PHUOC,
    COMMUNE,
    KEPT,
    OTHER_COMMUNE,
    TWIN,
    entered,
    happened,
    small_registry,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db: None) -> Client:
    cache.clear()
    return as_user(officer())


# Names.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX DV NN Đồng Tâm", "Hợp tác xã dịch vụ nông nghiệp Đồng Tâm"),
        ("Liên hiệp HTX Bình Phước", "Liên hiệp hợp tác xã Bình Phước"),
        ("QTDND Thanh Bình", "Quỹ tín dụng nhân dân “Thanh Bình”"),
    ],
)
def test_a_name_is_compared_without_kind_and_short_forms(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("dong tam", "nong nghiep dong tam", True),
        ("thong nhat", "thong nhaat", True),
        ("thong nhat", "thong nhut", True),
        ("thong nhat", "thanh cong", False),
        ("so 1", "so 2", False),
        ("", "dong tam", False),
    ],
)
def test_nearly_one_name(one: str, other: str, is_near: bool) -> None:
    assert near(one, other) is near(other, one) is is_near


# Duplicates.


def test_pairs_are_of_one_name_in_a_province_or_nearly_one_in_a_commune(keeper: Client) -> None:
    one = entered(name="HTX NN Đồng Tâm")
    same = entered(name="Hợp tác xã Nông nghiệp Đồng Tâm", place=OTHER_COMMUNE)
    nearly = entered(name="HTX Đồng Tâm")
    entered(name="HTX Đồng Tâm", place="c06184-2008")
    entered(name="THT Nông nghiệp Đồng Tâm", kind="group", place=OTHER_COMMUNE)
    found = {(pair.one, pair.other) for pair in pairs(Collective.objects.all())}
    assert found == {(one.pk, same.pk), (one.pk, nearly.pk)}


def test_two_records_are_merged_once_and_the_pair_is_gone(keeper: Client) -> None:
    small_registry()
    address = f"/registry/{TWIN}/compare/{KEPT}/"
    assert TWIN in page(keeper.get("/registry/duplicates/"))
    seen = keeper.get(address)
    assert "HTX NN Đồng Tâm" in page(seen)
    assert keeper.post(address, {"step": "merge"}).status_code == 422
    sent = {"reason": "Cùng giấy chứng nhận", "key": key_in(seen), "version": 1, "step": "merge"}
    for _time in range(2):
        assert keeper.post(address, sent).headers["Location"] == f"/registry/{KEPT}/"
    assert Collective.objects.get(ref=TWIN).merged_into == Collective.objects.get(ref=KEPT)
    assert "Không có cặp hồ sơ nào" in page(keeper.get("/registry/duplicates/"))
    assert "đã gộp vào" in page(keeper.get(f"/registry/{TWIN}/"))


def test_two_organisations_are_told_apart(keeper: Client) -> None:
    small_registry()
    keeper.post(f"/registry/{TWIN}/compare/{KEPT}/", {"step": "apart"})
    assert Distinct.objects.count() == 1
    assert TWIN not in page(keeper.get("/registry/duplicates/"))


def test_merging_what_somebody_saved_meanwhile_is_a_conflict(keeper: Client) -> None:
    small_registry()
    happened(Collective.objects.get(ref=TWIN), "admission", "2023-04-01")
    sent = {"reason": "Cùng giấy chứng nhận", "version": 1, "step": "merge"}
    answered = keeper.post(f"/registry/{TWIN}/compare/{KEPT}/", sent)
    assert answered.status_code == 409
    assert "Cùng giấy chứng nhận" in page(answered)


# Seats.


def test_a_seat_is_confirmed_on_the_day_of_the_reform(keeper: Client) -> None:
    record = entered(address="Ấp 5")
    said = page(keeper.get("/registry/seats/"))
    assert "tỉnh Bình Phước" in said
    assert "thành phố Đồng Nai" in said
    form = keeper.get(f"/registry/{record.ref}/seat/")
    offered = next(
        part.split('"')[0]
        for part in page(form).split('name="place" value="')[1:]
        if "-2025" in part
    )
    sent = {"place": offered, "key": key_in(form), "version": record.version}
    for _time in range(2):
        assert keeper.post(f"/registry/{record.ref}/seat/", sent).status_code == 302
    record.refresh_from_db()
    assert record.place.ref.endswith("-2025")
    assert record.address == "Ấp 5"
    assert record.acts.get(kind="change").day == date(2025, 7, 1)
    assert "Không còn trụ sở nào" in page(keeper.get("/registry/seats/"))


def test_a_seat_is_not_confirmed_in_a_unit_that_has_ended_or_is_elsewhere(keeper: Client) -> None:
    record = entered()
    address = f"/registry/{record.ref}/seat/"
    assert keeper.post(address, {"place": OTHER_COMMUNE}).status_code == 422
    assert keeper.post(address, {"place": "c06184-2008"}).status_code == 404


def test_seats_whose_unit_went_wholly_into_one_move_by_one_button(keeper: Client) -> None:
    here = Within.objects.filter(ancestor=Place.objects.get(ref=BINH_PHUOC)).values("place")
    whole = next(iter(successors_of(here.values_list("place", flat=True))))
    one = entered(place=Place.objects.get(pk=whole).ref)
    elsewhere = entered(name="HTX Lạng Sơn", place="c06184-2008")
    said = page(keeper.get("/registry/seats/"))
    assert "Chuyển 1 trụ sở" in said
    moved = keeper.post("/registry/seats/follow/", {"key": "k" * 20}, follow=True)
    assert "Đã chuyển trụ sở của 1 tổ chức." in page(moved)
    one.refresh_from_db()
    assert one.place.last_day is None
    assert elsewhere.acts.count() == 1
    assert "Chuyển" not in page(keeper.get("/registry/seats/")).partition("<h1>")[2]


def test_the_home_page_says_what_waits_to_who_keeps_the_registry(keeper: Client) -> None:
    small_registry()
    said = page(keeper.get("/"))
    assert "3 trụ sở cần xác nhận" in said
    assert "1 cặp hồ sơ có thể trùng" in said
    assert "trụ sở cần xác nhận" not in page(as_user(leader()).get("/"))
    assert "trụ sở cần xác nhận" not in page(Client().get("/"))


def test_a_place_says_how_many_organisations_have_their_seat_there(keeper: Client) -> None:
    small_registry()
    said = page(keeper.get(f"/places/{BINH_PHUOC}/"))
    assert f"/registry/?place={BINH_PHUOC}&amp;kind=cooperative" in said
    assert "2 HTX" in said
    assert "Trong sổ đăng ký" not in page(Client().get(f"/places/{BINH_PHUOC}/"))


# Books.

ASKED = {"family": "cooperatives", "place": BINH_PHUOC, "first_day": "01/01/2023"}


def test_a_leader_sees_what_the_list_holds_and_opens_once_on_the_same_number(db: None) -> None:
    boss = as_user(leader())
    entered()
    entered("2023-06-01", name="HTX Sau này")
    seen = boss.post("/registry/books/open/", {**ASKED, "step": "look"})
    said = page(seen)
    assert "nông nghiệp" in said.lower()
    sent = {**ASKED, "listed": "2", "key": key_in(seen), "step": "open"}
    refused = boss.post("/registry/books/open/", sent)
    assert refused.status_code == 422
    assert "có 2 tổ chức, sổ có 1" in page(refused)
    sent = {**sent, "listed": "1", "key": key_in(refused)}
    for _time in range(2):
        assert boss.post("/registry/books/open/", sent).status_code == 302
    assert Books.objects.get().listed == 1
    assert "Bình Phước" in page(boss.get("/registry/books/"))


def test_who_left_a_place_later_is_on_its_list_of_then(db: None) -> None:
    boss = as_user(leader())
    record = entered()
    happened(record, "change", "2024-05-01", place="c06184-2008")
    sent = {**ASKED, "listed": "1", "step": "open"}
    assert boss.post("/registry/books/open/", sent).status_code == 302


def test_books_are_not_opened_elsewhere_or_in_the_future(db: None) -> None:
    boss = as_user(leader(BINH_PHUOC))
    for changed, status in (
        ({"place": "tỉnh Lạng Sơn"}, 404),
        ({"first_day": "01/01/2999"}, 422),
        ({"place": "khong co"}, 422),
    ):
        answered = boss.post("/registry/books/open/", {**ASKED, **changed, "step": "look"})
        assert answered.status_code == status
        assert "step" in page(answered)


def test_a_delegate_reads_its_own_record_and_writes_nothing(db: None) -> None:
    record = entered(place=COMMUNE)
    user = account("own-people")
    record.delegates.create(user=user, first_day=date(2023, 1, 1))
    own = as_user(user)
    assert list(visible_to(user)) == [record]
    assert own.get(f"/registry/{record.ref}/").status_code == 200
    assert own.get(f"/registry/{record.ref}/edit/").status_code == 403
    assert as_user(department()).get(f"/registry/{record.ref}/edit/").status_code == 200
