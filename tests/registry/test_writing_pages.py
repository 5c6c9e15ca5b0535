"""The pages of the registry through a browser: entering, recording, editing."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lienminh.figures.models import Posting
from lienminh.registry.models import Act, Collective
from tests.figures.browsing import as_user, key_in, page
from tests.people.acting import account, department, officer
from tests.registry.registering import (
    COMMUNE,
    KEPT,
    TWIN,
    UNION,
    books,
    entered,
    happened,
    small_registry,
)

pytestmark = pytest.mark.django_db
LONG = "Hợp tác xã " + "ừ" * 189
NEW = {
    "kind": "cooperative",
    "name": "Hợp tác xã Rau sạch Lộc Tấn",
    "beginning": "founding",
    "day": "05/03/2024",
    "place": COMMUNE,
    "sector": "agriculture",
}


@pytest.fixture
def keeper(db: None) -> Client:
    return as_user(officer())


# Entering.


def enter(client: Client, **typed: Any) -> Any:
    """Preview and enter."""
    seen = client.post("/registry/add/", {**NEW, **typed})
    assert seen.status_code == 200, page(seen)
    sent = {**NEW, **typed, "key": key_in(seen), "step": "post"}
    return client.post("/registry/add/", sent), sent


def test_a_new_organisation_is_previewed_then_entered_once(keeper: Client) -> None:
    books()
    seen = page(keeper.post("/registry/add/", NEW))
    assert "Hợp tác xã thành lập" in seen
    assert "+1" in seen
    assert not Collective.objects.exists()
    answered, sent = enter(keeper)
    record = Collective.objects.get()
    assert answered.headers["Location"] == f"/registry/{record.ref}/"
    assert record.founded_on == date(2024, 3, 5)
    again = keeper.post("/registry/add/", sent)
    assert again.headers["Location"] == f"/registry/{record.ref}/"
    assert Collective.objects.count() == 1
    assert Posting.objects.filter(key__startswith="form:").count() == 1


def test_nothing_typed_is_lost_when_something_is_wrong(keeper: Client) -> None:
    answered = keeper.post(
        "/registry/add/",
        {**NEW, "day": "31/02/2024", "tax_code": "123", "email": "x", "name": LONG},
    )
    said = page(answered)
    assert answered.status_code == 422
    for words in ("Hãy viết ngày như", "Mã số thuế “123” không đúng", LONG, 'value="31/02/2024"'):
        assert words in said


def test_a_name_of_two_hundred_letters_is_taken_and_longer_is_refused(keeper: Client) -> None:
    answered, _sent = enter(keeper, name=LONG)
    assert answered.status_code == 302
    assert keeper.get(f"/registry/{Collective.objects.get().ref}/").status_code == 200
    refused = keeper.post("/registry/add/", {**NEW, "name": LONG + "a"})
    assert refused.status_code == 422
    assert "Nhiều nhất 200 ký tự; đang có 201" in page(refused)


def test_a_place_that_is_not_clear_offers_those_of_the_branch(keeper: Client) -> None:
    answered = keeper.post("/registry/add/", {**NEW, "place": "lộc ninh"})
    said = page(answered)
    assert answered.status_code == 422
    offered = re.findall(r'type="radio" name="place" value="([^"]+)"', said)
    assert len(offered) > 1
    assert all("Bình Phước" in one for one in offered)
    typed = {**NEW, "place": ["lộc ninh", offered[0]]}
    assert keeper.post("/registry/add/", typed).status_code == 200


def test_a_place_is_typed_with_what_it_lies_in(keeper: Client) -> None:
    answered, _sent = enter(keeper, place="xa loc tan, loc ninh, binh phuoc")
    assert answered.status_code == 302
    outside = keeper.post("/registry/add/", {**NEW, "place": "tỉnh Lạng Sơn"})
    assert outside.status_code == 404
    assert "ngoài phạm vi" in page(outside)


def test_what_may_be_the_same_organisation_is_shown_before_it_is_entered(keeper: Client) -> None:
    entered(name="HTX DV NN Thống Nhất", identity={"tax_code": "0100109106"})
    for typed in (
        {"name": "Hợp tác xã Dịch vụ nông nghiệp Thống Nhất"},
        {"name": "HTX Dịch vụ nông nghiệp Thống Nhấtt"},
        {"number": "0100109106"},
    ):
        said = page(keeper.post("/registry/add/", {**NEW, **typed}))
        assert "HTX DV NN Thống Nhất" in said, typed
        assert "Không trùng, vẫn ghi" in said


def test_a_number_another_record_has_is_refused_with_its_name(keeper: Client) -> None:
    entered(identity={"number": "3801"})
    answered = keeper.post("/registry/add/", {**NEW, "number": "38 01"})
    assert answered.status_code == 422
    assert "là của “HTX Nông nghiệp Đồng Tâm”" in page(answered)


# Recording what happened.


def acting(record: Collective, kind: str) -> str:
    return f"/registry/{record.ref}/acts/?kind={kind}"


def test_an_act_is_previewed_with_its_postings_and_recorded_once(keeper: Client) -> None:
    books()
    record = entered("2023-02-01")
    typed = {"day": "01/05/2023", "reason": "Thông báo", "version": record.version}
    seen = keeper.post(acting(record, "suspension"), typed)
    assert "−1" in page(seen)
    assert Act.objects.count() == 1
    sent = {**typed, "key": key_in(seen), "step": "post"}
    for _time in range(2):
        assert keeper.post(acting(record, "suspension"), sent).status_code == 302
    record.refresh_from_db()
    assert record.reporting == "stopped"
    assert Act.objects.count() == 2


def test_an_act_that_cannot_be_is_refused_beside_what_was_typed(keeper: Client) -> None:
    record = entered("2023-02-01")
    typed = {"day": "01/05/2020", "reason": "Thông báo", "version": record.version}
    answered = keeper.post(acting(record, "suspension"), typed)
    assert answered.status_code == 422
    assert "hãy ghi ngày thành lập sớm hơn" in page(answered)
    assert 'value="01/05/2020"' in page(answered)
    nothing = keeper.post(acting(record, "change"), {"day": "01/05/2023", "reason": "x"})
    assert "ít nhất một điều" in page(nothing)


def test_the_second_of_two_people_gets_both_and_loses_nothing(keeper: Client) -> None:
    record = entered("2023-02-01")
    happened(record, "admission", "2023-03-01")
    typed = {"day": "01/05/2023", "name": "HTX Tên mới", "reason": "Đại hội", "version": 1}
    answered = keeper.post(acting(record, "change"), {**typed, "step": "post"})
    said = page(answered)
    assert answered.status_code == 409
    for words in ("người khác đã lưu", "kết nạp vào Liên minh", "HTX Tên mới", 'value="Đại hội"'):
        assert words in said
    version = re.search(r'name="version" value="(\d+)"', said)
    assert version
    sent = {**typed, "version": version[1], "step": "post"}
    assert keeper.post(acting(record, "change"), sent).status_code == 302


def test_the_other_organisation_is_named_by_name_or_number(keeper: Client) -> None:
    record, into = entered(), entered(name="HTX Lớn", identity={"number": "77"})
    entered(name="HTX Đôi"), entered(name="HTX Đôi", place="c25198-2008")
    typed = {"day": "01/05/2023", "reason": "Đại hội", "step": "post"}
    for other in ("HTX Không có", "htx doi"):
        assert keeper.post(acting(record, "merger"), {**typed, "other": other}).status_code == 422
    keeper.post(acting(record, "merger"), {**typed, "other": "htx lon"})
    assert record.acts.get(kind="merger").other == into
    assert f"/registry/{record.ref}/" in page(keeper.get(f"/registry/{into.ref}/"))


def test_an_act_is_voided_or_corrected_with_the_reason(keeper: Client) -> None:
    record = entered("2023-02-01")
    wrong = happened(record, "suspension", "2023-05-01")
    address = f"/registry/{record.ref}/acts/{wrong.ref}/"
    assert keeper.post(address, {"step": "void"}).status_code == 422
    sent = {"day": "01/06/2023", "reason": "Sai ngày", "step": "post"}
    for _time in range(2):
        assert keeper.post(address, sent).status_code == 302
    assert keeper.post(address, {**sent, "reason": "Khác"}).status_code == 422
    assert record.acts.get(voided_at=None, kind="suspension").day == date(2023, 6, 1)
    wrong.refresh_from_db()
    assert wrong.void_reason == "Sai ngày"
    right = record.acts.get(voided_at=None, kind="suspension")
    keeper.post(f"/registry/{record.ref}/acts/{right.ref}/", {"step": "void", "reason": "Không có"})
    record.refresh_from_db()
    assert record.reporting == "active"


# What describes it, and what it holds.


def test_details_are_saved_and_the_second_editor_sees_both(keeper: Client) -> None:
    record = entered()
    address = f"/registry/{record.ref}/edit/"
    first = {"phone": "0271 3879 000", "version": record.version}
    assert keeper.post(address, first).status_code == 302
    assert keeper.post(address, first).status_code == 302  # the same form again
    answered = keeper.post(address, {"phone": "0271 3879 111", "version": record.version})
    said = page(answered)
    assert answered.status_code == 409
    assert said.count("0271 3879 000") == 1
    assert said.count("0271 3879 111") == 2
    record.refresh_from_db()
    assert record.phone == "0271 3879 000"


def test_a_certificate_is_added_once_ended_and_voided(keeper: Client) -> None:
    record = entered()
    add = f"/registry/{record.ref}/certificates/add/"
    sent = {"standard": "vietgap", "first_day": "01/02/2023", "version": record.version}
    for _time in range(2):
        assert keeper.post(add, sent).status_code == 302
    row = record.certificates.get()
    end = f"/registry/{record.ref}/certificates/1/"
    assert keeper.post(end, {"last_day": "01/01/2020"}).status_code == 422
    assert keeper.post(end, {"last_day": "01/02/2024"}).status_code == 302
    row.refresh_from_db()
    assert row.last_day == date(2024, 2, 1)
    keeper.post(end, {"step": "void"})
    row.refresh_from_db()
    assert row.voided_at is not None
    stale = {**sent, "standard": "ocop"}
    assert keeper.post(add, stale).status_code == 409


def test_only_a_union_has_members_and_they_are_cooperatives(keeper: Client) -> None:
    small_registry()
    assert keeper.get(f"/registry/{KEPT}/members/add/").status_code == 404
    add = f"/registry/{UNION}/members/add/"
    group = entered(name="THT Một", kind="group")
    for member, status in ((group.name, 422), (f"x ({TWIN})", 302)):
        typed = {"member": member, "first_day": "01/02/2024"}
        assert keeper.post(add, typed).status_code == status


def test_who_may_only_read_is_offered_nothing_to_write(db: None) -> None:
    small_registry()
    reader = as_user(account("reader", "leader", "vn"))
    said = page(reader.get(f"/registry/{KEPT}/"))
    assert "/edit/" not in said
    assert "/acts/" not in said
    assert "/add/" not in said.split("<main")[1]
    assert "/edit/" in page(as_user(department()).get(f"/registry/{KEPT}/"))


def test_an_act_of_the_wrong_record_is_not_there(keeper: Client) -> None:
    one, other = entered(), entered(name="HTX B")
    mine = one.acts.get()
    assert keeper.get(f"/registry/{other.ref}/acts/{mine.ref}/").status_code == 404
