"""Signing in and out, one's own password; a demo home, and no other, names its accounts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lienminh.demo import accounts
from lienminh.people.actions import give_mandate, open_account
from lienminh.people.models import Mandate, User
from lienminh.places.models import Place
from lienminh.rules.errors import Refused
from tests.people.acting import PASSWORD, account, officer

pytestmark = pytest.mark.django_db


def page(response: Any) -> str:
    return str(response.content.decode())


def sign_in(client: Client, name: str, password: str, *, then: str = "") -> Any:
    return client.post("/sign-in/", {"username": name, "password": password, "next": then})


def test_the_right_password_signs_in_and_leads_back(client: Client) -> None:
    account("someone")
    answer = sign_in(client, "someone", PASSWORD, then="/journal/?page=2")
    assert (answer.status_code, answer.headers["location"]) == (302, "/journal/?page=2")
    assert "someone" in page(client.get("/journal/"))


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    account("someone")
    assert sign_in(client, "someone", PASSWORD, then=elsewhere).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("someone", "sai"), ("nobody", PASSWORD), ("", ""), ("<b>someone</b>", "\u202e\u0000")],
)
def test_anything_else_does_not(client: Client, name: str, password: str) -> None:
    account("someone")
    answer = sign_in(client, name, password)
    assert "_auth_user_id" not in client.session
    assert "<b>someone" not in page(answer)


def test_a_wrong_name_and_a_wrong_password_read_the_same(client: Client) -> None:
    account("someone")
    sentence = "Tên hoặc mật khẩu không đúng."
    assert sentence in page(sign_in(client, "someone", "sai"))
    assert sentence in page(sign_in(client, "nobody", PASSWORD))


def test_signing_out_is_a_post(client: Client) -> None:
    client.force_login(account("someone"))
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_form_from_elsewhere_signs_nobody_in() -> None:
    account("someone")
    strict = Client(enforce_csrf_checks=True)
    answer = sign_in(strict, "someone", PASSWORD)
    assert (answer.status_code, "Biểu mẫu không hợp lệ" in page(answer)) == (403, True)


def test_one_changes_ones_own_password_knowing_the_old_one(client: Client) -> None:
    user = account("someone")
    client.force_login(user)
    new = {"new_password1": "mật khẩu mới hơn", "new_password2": "mật khẩu mới hơn"}
    wrong = client.post("/account/", {"old_password": "sai", **new})
    assert "Mật khẩu đang dùng không đúng" in page(wrong)
    assert client.post("/account/", {"old_password": PASSWORD, **new}).status_code == 302
    user.refresh_from_db()
    assert user.check_password("mật khẩu mới hơn")


def test_the_account_page_names_mandates_and_rights(client: Client) -> None:
    assert client.get("/account/").status_code == 302
    client.force_login(officer())
    shown = page(client.get("/account/"))
    assert all(words in shown for words in ("Bình Phước", "nhập số liệu và gửi duyệt"))
    assert "duyệt số liệu;" not in shown


# Opening accounts.


def test_an_account_needs_a_name_of_its_own_and_a_password() -> None:
    account("someone")
    for name, password in (("someone", PASSWORD), ("a b", PASSWORD), ("other", "123")):
        with pytest.raises(Refused, match="cannot be opened"):
            open_account(name=name, password=password, by=None)
    assert User.objects.count() == 1


def test_a_mandate_given_again_is_the_one_there() -> None:
    user, place = account("someone"), Place.objects.get(ref="vn")
    given = [
        give_mandate(account=user, role="leader", place=place, first_day=date(2024, 1, 1), by=None)
        for _ in range(2)
    ]
    assert given[0] == given[1]
    with pytest.raises(Refused, match="'king' is not a role"):
        give_mandate(account=user, role="king", place=place, first_day=date(2024, 1, 1), by=None)
    with pytest.raises(Refused, match="before it begins"):
        account("other", "leader", last_day=date(2020, 1, 1))


# The demo's accounts.


@pytest.fixture
def demo_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def test_a_home_that_is_no_demo_names_no_accounts(client: Client, demo_home: Path) -> None:
    account("vca", "department")
    assert "Tài khoản dùng thử" not in page(client.get("/sign-in/"))
    (demo_home / "accounts.json").write_text("not JSON")
    assert "Tài khoản dùng thử" not in page(client.get("/sign-in/"))


def test_a_demo_home_names_accounts_that_sign_in(client: Client, demo_home: Path) -> None:
    accounts.make_accounts()
    kept = demo_home / "accounts.json"
    assert kept.stat().st_mode & 0o077 == 0
    shown = page(client.get("/sign-in/"))
    for name, password in json.loads(kept.read_text()).items():
        assert password in shown
        assert sign_in(Client(), name, password).status_code == 302
    roles = set(Mandate.objects.values_list("user__username", "role", "place__ref"))
    assert roles == {
        ("vca", "department", "vn"),
        ("binh-phuoc", "officer", "p70-2008"),
        ("lang-son", "officer", "p20-2008"),
        ("lanh-dao", "leader", "vn"),
    }


def test_making_them_again_keeps_them(demo_home: Path) -> None:
    accounts.make_accounts()
    before = (demo_home / "accounts.json").read_text()
    accounts.make_accounts()
    assert (demo_home / "accounts.json").read_text() == before
    assert (User.objects.count(), Mandate.objects.count()) == (4, 4)


def test_passwords_that_were_lost_are_made_anew(client: Client, demo_home: Path) -> None:
    accounts.make_accounts()
    (demo_home / "accounts.json").unlink()
    accounts.make_accounts()
    password = json.loads((demo_home / "accounts.json").read_text())["vca"]
    assert sign_in(client, "vca", password).status_code == 302
