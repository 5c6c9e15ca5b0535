"""An organisation's own people through a browser: appointed, proposing, agreed to, declined."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lienminh.people.models import User
from lienminh.registry.models import Collective, Delegate, Proposal
from lienminh.registry.own_people.actions import appoint
from tests.figures.browsing import as_user, key_in, page
from tests.figures.telling import ask
from tests.people.acting import LANG_SON, PASSWORD, account, leader, officer
from tests.registry.registering import BINH_PHUOC, OTHER_COMMUNE, books, entered, happened, the

pytestmark = pytest.mark.django_db
DAY = "01/06/2023"


@pytest.fixture
def own() -> Collective:
    books()
    return entered(
        "2023-02-01",
        identity={"products": "hạt điều\nhồ tiêu", "phone": "0271 1", "email": "htx@vidu.vn"},
        address="Ấp 5",
    )


@pytest.fixture
def speaker(own: Collective) -> User:
    opened = account("speaker")
    appoint(record=own, account=opened, first_day=date(2024, 1, 1), by=None)
    return opened


def address(record: Collective, rest: str = "") -> str:
    return f"/registry/{record.ref}/{rest}"


def form_of(client: Client, record: Collective, **typed: Any) -> dict[str, Any]:
    """What the browser would send: the form as it is shown, some of it typed over."""
    shown = client.get(address(record, "proposals/add/")).context["form"]
    sent = {field.html_name: field.value() for field in shown}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return sent | {"version": record.version, "day": DAY, "reason": "Nghị quyết đại hội"} | typed


def propose(client: Client, record: Collective, **typed: Any) -> Any:
    return client.post(address(record, "proposals/add/"), form_of(client, record, **typed))


def proposed(speaker: User, record: Collective, **typed: Any) -> Proposal:
    sent = propose(as_user(speaker), record, **typed)
    assert sent.status_code == 302, page(sent)
    return Proposal.objects.get(state=Proposal.State.OPEN)


# The whole job.


def test_appointed_they_propose_and_once_agreed_record_and_ledger_move(own: Collective) -> None:
    keeper, opened = as_user(officer()), account("speaker")
    typed = {"username": "speaker", "first_day": "01/01/2024", "last_day": ""}
    assert keeper.post(address(own, "people/add/"), typed).status_code == 302
    assert "speaker" in page(keeper.get(address(own)))

    client = Client()
    client.post("/sign-in/", {"username": opened.username, "password": PASSWORD})
    assert "Hợp tác xã" not in page(client.get("/registry/proposals/"))
    assert address(own) in page(client.get("/"))
    assert address(own, "proposals/add/") in page(client.get(address(own)))
    name = "HTX Đồng Tâm Xanh"
    assert propose(client, own, name=name, place=OTHER_COMMUNE, phone="0271 2").status_code == 302
    asked = Proposal.objects.get()
    assert asked.changes == {"name": name, "place": OTHER_COMMUNE, "phone": "0271 2"}
    assert "chờ xem xét" in page(client.get(address(own)))

    assert "1 đề nghị chờ xem xét" in page(keeper.get("/"))
    shown = address(own, f"proposals/{asked.ref}/")
    assert shown in page(keeper.get("/registry/proposals/"))
    seen = keeper.get(shown)
    for words in ("HTX Nông nghiệp Đồng Tâm", name, "0271 1", "0271 2", "Nghị quyết đại hội"):
        assert words in page(seen)
    sent = {"step": "agree", "version": own.version, "key": key_in(seen)}
    looked = page(keeper.post(shown, {**sent, "step": "look"}))
    assert looked.count("Tổng số hợp tác xã") == 2  # less where it was, more where it goes
    asked.refresh_from_db()
    assert asked.state == Proposal.State.OPEN
    assert keeper.post(shown, sent).status_code == 302
    own.refresh_from_db()
    assert (own.name, own.place, own.phone) == (name, the(OTHER_COMMUNE), "0271 2")
    total = "cooperatives.total"
    assert ask(OTHER_COMMUNE, "2023-05-31", indicator=total).value == 0
    assert ask(OTHER_COMMUNE, "2023", indicator=total).value == 1
    assert ask(BINH_PHUOC, "2023", indicator=total).value == 1
    assert "đã chấp nhận" in page(client.get(address(own)))

    acts = own.acts.count()
    assert keeper.post(shown, sent).status_code == 302  # the same form again
    assert own.acts.count() == acts
    assert keeper.post(shown, {"step": "decline", "answer": "x"}).status_code == 422
    assert "Đồng ý và ghi vào sổ" not in page(keeper.get(shown))


def test_declined_with_a_reason_they_read_it_and_nothing_has_changed(
    own: Collective, speaker: User
) -> None:
    asked, keeper = proposed(speaker, own, phone="9"), as_user(officer())
    shown = address(own, f"proposals/{asked.ref}/")
    answered = keeper.post(shown, {"step": "decline", "answer": " "})
    assert answered.status_code == 422
    assert "lý do" in page(answered)
    sent = {"step": "decline", "answer": "Số điện thoại thiếu chữ số"}
    assert keeper.post(shown, sent).status_code == 302
    assert keeper.post(shown, sent).status_code == 302
    for where in (address(own), shown):
        said = page(as_user(speaker).get(where))
        assert "Số điện thoại thiếu chữ số" in said
        assert "trả lại" in said
    own.refresh_from_db()
    assert own.phone == "0271 1"
    assert "Không có đề nghị nào đang chờ" in page(keeper.get("/registry/proposals/"))


def test_who_agrees_to_a_record_saved_meanwhile_sees_how_it_stands(
    own: Collective, speaker: User
) -> None:
    asked, keeper = proposed(speaker, own, name="HTX Xanh"), as_user(officer())
    shown, version = address(own, f"proposals/{asked.ref}/"), own.version
    happened(own, "change", "2023-04-01", name="HTX Đỏ")
    answered = keeper.post(shown, {"step": "agree", "version": version})
    said = page(answered)
    assert answered.status_code == 409
    for words in ("HTX Đỏ", "HTX Xanh", "01/04/2023 thay đổi nội dung đăng ký"):
        assert words in said
    asked.refresh_from_db()
    assert asked.state == Proposal.State.OPEN
    sent = {"step": "agree", "version": answered.context["version"], "key": key_in(answered)}
    assert keeper.post(shown, sent).status_code == 302
    own.refresh_from_db()
    assert own.name == "HTX Xanh"


# Proposing.


def test_the_same_form_twice_is_one_proposal(own: Collective, speaker: User) -> None:
    client = as_user(speaker)
    for _time in range(2):
        assert propose(client, own, phone="9").status_code == 302
    assert Proposal.objects.count() == 1
    propose(client, own, phone="8")
    assert Proposal.objects.count() == 2


def test_a_form_that_changes_nothing_proposes_nothing(own: Collective, speaker: User) -> None:
    answered = propose(as_user(speaker), own)
    assert answered.status_code == 422
    assert "chưa thay đổi gì" in page(answered)
    assert not Proposal.objects.exists()


def test_everything_may_be_proposed_and_is_then_recorded(own: Collective, speaker: User) -> None:
    typed = {
        "short_name": "DTX",
        "number": "4413 001",
        "tax_code": "0100109106",
        "certificate": "12/GCN",
        "certificate_on": "05/03/2021",
        "certificate_by": "Phòng Tài chính",
        "products": "rau\nquả",
        "email": "",
        "address": "Ấp 6",
        "sector": "services",
        "women_managed": "yes",
        "minority_area": "yes",
    }
    asked = proposed(speaker, own, **typed)
    assert set(asked.changes) == set(typed)
    shown = address(own, f"proposals/{asked.ref}/")
    keeper = as_user(officer())
    assert "05/03/2021" in page(keeper.get(shown))
    assert keeper.post(shown, {"step": "agree"}).status_code == 302
    own.refresh_from_db()
    assert (own.number, own.tax_code, own.products) == ("4413001", "0100109106", "rau\nquả")
    assert (own.certificate_on, own.email, own.sector) == (date(2021, 3, 5), "", "services")
    assert (own.address, own.women_managed, own.minority_area) == ("Ấp 6", True, True)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Hãy điền ô này"),
        ("address", "", "không bỏ trống được"),
        ("sector", "", "không bỏ trống được"),
        ("women_managed", "", "không bỏ trống được"),
        ("place", "zzz", "Không có xã, huyện, tỉnh nào tên như vậy"),
        ("place", "Lộc Ninh", "hãy chọn một"),
        ("tax_code", "123", "Mã số thuế “123” không đúng"),
        ("day", "01/01/2999", "còn chưa đến"),
        ("day", "01/01/2023", "chỉ có từ ngày 01/02/2023"),
        ("reason", "", "Hãy điền ô này"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    own: Collective, speaker: User, field: str, typed: str, sentence: str
) -> None:
    answered = propose(as_user(speaker), own, **{"phone": "0271 999", field: typed})
    assert answered.status_code == 422
    assert any(sentence in error for error in answered.context["form"].errors[field])
    assert sentence in page(answered)
    assert "0271 999" in page(answered)
    assert not Proposal.objects.exists()


def test_a_record_changed_while_they_wrote_is_shown_and_never_asked_back(
    own: Collective, speaker: User
) -> None:
    client = as_user(speaker)
    sent = form_of(client, own, phone="9")
    happened(own, "change", "2023-04-01", name="HTX Đỏ")
    answered = client.post(address(own, "proposals/add/"), sent)
    assert answered.status_code == 409
    assert "HTX Đỏ" in page(answered)
    assert not Proposal.objects.exists()


def test_hostile_text_is_shown_as_it_was_typed(own: Collective, speaker: User) -> None:
    hostile = "<script>alert(1)</script>"
    asked = proposed(speaker, own, name=hostile, products=hostile, reason=hostile)
    keeper, shown = as_user(officer()), address(own, f"proposals/{asked.ref}/")
    pages = [page(keeper.get(where)) for where in (shown, address(own), "/registry/proposals/")]
    answer = {"step": "decline", "answer": hostile}
    assert keeper.post(shown, answer).status_code == 302
    pages += [page(as_user(speaker).get(where)) for where in (shown, address(own))]
    assert not [said for said in pages if hostile in said]
    assert "&lt;script&gt;" in pages[0]


# Who may.


def test_nobody_else_comes_near_a_proposal(own: Collective, speaker: User) -> None:
    asked = proposed(speaker, own, phone="9")
    other, another = entered(name="HTX khác"), account("another")
    appoint(record=other, account=another, first_day=date(2024, 1, 1), by=None)
    shown = address(own, f"proposals/{asked.ref}/")
    paths = (address(own, "proposals/add/"), shown, address(own, "people/add/"))
    for who in (another, account("nobody"), officer(LANG_SON)):
        client = as_user(who)
        assert [client.get(path).status_code for path in paths] == [404] * 3
        assert client.post(shown, {"step": "agree"}).status_code == 404
        assert "HTX Nông nghiệp" not in page(client.get("/registry/proposals/"))
    client = as_user(speaker)
    assert [client.get(path).status_code for path in paths] == [200, 200, 403]
    assert client.post(shown, {"step": "agree"}).status_code == 403
    assert client.post(address(own, "people/1/"), {"last_day": DAY}).status_code == 403
    reader = as_user(leader())
    assert [reader.get(path).status_code for path in paths] == [403, 200, 403]
    assert reader.post(shown, {"step": "agree"}).status_code == 403
    elsewhere = address(other, f"proposals/{asked.ref}/")
    assert as_user(officer()).get(elsewhere).status_code == 404


def test_only_who_keeps_the_new_place_agrees_to_a_move_there(
    own: Collective, speaker: User
) -> None:
    asked = proposed(speaker, own, place="c06184-2008")
    answered = as_user(officer()).post(
        address(own, f"proposals/{asked.ref}/"), {"step": "agree", "version": own.version}
    )
    assert answered.status_code == 422
    assert "hãy nhờ Liên minh cấp trên" in page(answered)
    own.refresh_from_db()
    assert own.place != the("c06184-2008")


# Appointing.


def test_an_account_is_appointed_once_and_dismissed(own: Collective, speaker: User) -> None:
    keeper = as_user(officer())
    url = reverse("registry-appoint", args=[own.ref])
    for typed, sentence in (
        ({"username": "zzz", "first_day": DAY}, "Không có tài khoản “zzz”"),
        ({"username": "speaker", "first_day": "1"}, "Hãy viết ngày như"),
        ({"username": "speaker", "first_day": "01/01/2025"}, "đã đại diện"),
        (
            {"username": "speaker", "first_day": DAY, "last_day": "01/05/2023"},
            "đứng trước ngày bắt đầu",
        ),
    ):
        answered = keeper.post(url, typed)
        assert answered.status_code == 422
        assert sentence in page(answered)
    again = {"username": "speaker", "first_day": "01/01/2024"}
    assert keeper.post(url, again).status_code == 302
    assert Delegate.objects.count() == 1
    early = keeper.post(address(own, "people/1/"), {"last_day": "01/01/2023"})
    assert early.status_code == 422
    sent = keeper.post(address(own, "people/1/"), {"last_day": "31/12/2024"})
    assert sent.status_code == 302
    assert as_user(speaker).get(address(own)).status_code == 404
    assert "đã hết" in page(keeper.get(address(own)))
