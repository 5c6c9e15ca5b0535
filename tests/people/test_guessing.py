"""Guessing passwords is slow; a colleague is never kept out for long."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db.models import F
from django.test import Client

from lienminh.people.models import Tries, User
from lienminh.rules.guessing import forgotten_after, wait_after
from lienminh.rules.parameters import value_on
from tests.people.acting import PASSWORD, account

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)
FREE = value_on("sign_in", DAY)["account"]["free"]
FREE_ADDRESS = value_on("sign_in", DAY)["address"]["free"]


def attempt(client: Client, name: str = "someone", password: str = "sai", **more: Any) -> Any:
    return client.post("/sign-in/", {"username": name, "password": password}, **more)


def guess(times: int, name: str = "someone", **more: Any) -> list[int]:
    return [attempt(Client(), name, **more).status_code for _ in range(times)]


def time_passes(how_long: timedelta) -> None:
    Tries.objects.update(last=F("last") - how_long, until=F("until") - how_long)


@pytest.fixture(autouse=True)
def somebody() -> None:
    account("someone")


def test_after_a_few_guesses_even_the_right_password_waits(client: Client) -> None:
    assert guess(FREE) == [200] * FREE
    answer = attempt(client, password=PASSWORD)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert re.search(r"Hãy chờ \d+ giây rồi thử lại", page)
    assert 'value="someone"' in page
    assert PASSWORD not in page
    assert 0 < int(answer["Retry-After"]) <= 31
    assert "_auth_user_id" not in client.session


def test_after_the_wait_the_right_password_signs_in_and_all_is_forgiven(client: Client) -> None:
    guess(FREE)
    time_passes(wait_after(FREE, "account", DAY))
    assert attempt(client, password=PASSWORD).status_code == 302
    assert guess(FREE) == [200] * FREE


def test_waiting_is_said_in_english_too(client: Client) -> None:
    guess(FREE)
    client.cookies["django_language"] = "en"
    assert re.search(r"Please wait \d+ seconds", attempt(client).content.decode())


def test_guesses_while_waiting_do_not_make_the_wait_longer(client: Client) -> None:
    guess(FREE)
    until = Tries.objects.values_list("until", flat=True).order_by("-until").first()
    assert guess(3) == [429] * 3
    assert Tries.objects.order_by("-until").values_list("until", flat=True).first() == until


def test_waits_grow_and_have_an_end() -> None:
    waits = [wait_after(tries, "account", DAY) for tries in range(60)]
    assert waits == sorted(waits)
    assert waits[FREE - 1] == timedelta(0) < waits[FREE]
    assert max(waits) <= timedelta(minutes=5)


def test_after_a_quiet_hour_counting_begins_anew() -> None:
    guess(FREE)
    time_passes(forgotten_after(DAY) + timedelta(seconds=1))
    assert guess(FREE) == [200] * FREE


def test_a_name_is_counted_however_it_is_written_and_from_wherever() -> None:
    for number, name in enumerate(["someone", "SOMEONE", " someone "] * FREE):
        last = guess(1, name, REMOTE_ADDR=f"203.0.113.{number}")
    assert last == [429]
    assert guess(1, "another", REMOTE_ADDR="203.0.113.250") == [200]


def test_an_address_that_tries_many_names_waits_and_no_other_does() -> None:
    for number in range(FREE_ADDRESS):
        guess(1, f"name-{number}", REMOTE_ADDR="2001:db8::1")
    assert guess(1, "new", REMOTE_ADDR="2001:db8::2") == [429]
    assert guess(1, "new", REMOTE_ADDR="2001:db8:0:1::1") == [200]


def test_behind_the_proxy_of_this_machine_the_address_is_the_one_it_names() -> None:
    for number in range(FREE_ADDRESS):
        guess(1, f"name-{number}", HTTP_X_FORWARDED_FOR="made.up, 198.51.100.7")
    assert guess(1, "new", HTTP_X_FORWARDED_FOR="198.51.100.7") == [429]
    assert guess(1, "new", HTTP_X_FORWARDED_FOR="198.51.100.8") == [200]
    assert guess(1, "new", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.7") == [200]


def test_ones_own_sign_in_does_not_forgive_guesses_at_others() -> None:
    account("guesser")
    for number in range(FREE_ADDRESS):
        guess(1, f"name-{number}")
        time_passes(timedelta(minutes=5))
        assert attempt(Client(), "guesser", PASSWORD).status_code == 302
    assert guess(1, "new") == [200]
    assert guess(1, "new") == [429]


def test_a_stranger_who_guesses_does_not_keep_a_colleagues_browser_waiting(client: Client) -> None:
    attempt(client, password=PASSWORD)
    client.post("/sign-out/")
    guess(FREE)
    assert guess(1) == [429]
    assert attempt(client, password=PASSWORD).status_code == 302


def test_a_made_up_cookie_is_worth_nothing() -> None:
    guess(FREE)
    client = Client()
    client.cookies["known-browser"] = signing.Signer().sign("x")
    assert attempt(client, password=PASSWORD).status_code == 429


def test_neither_names_nor_addresses_are_kept() -> None:
    guess(1, "mật khẩu gõ nhầm ô")
    assert all(re.fullmatch(r"[0-9a-f]{64}", row.key) for row in Tries.objects.all())


def test_the_old_password_is_guessed_no_faster_when_changing_it(client: Client) -> None:
    client.force_login(User.objects.get(username="someone"))
    new = {"new_password1": "một câu khác dài", "new_password2": "một câu khác dài"}
    for _time in range(FREE):
        answer = client.post("/account/", {"old_password": "sai", **new})
        assert answer.status_code == 200
    answer = client.post("/account/", {"old_password": PASSWORD, **new})
    assert answer.status_code == 429
    assert "Hãy chờ" in answer.content.decode()
    time_passes(wait_after(FREE, "account", DAY))
    assert client.post("/account/", {"old_password": PASSWORD, **new}).status_code == 302


def test_who_knows_the_old_password_may_try_new_ones(client: Client) -> None:
    client.force_login(User.objects.get(username="someone"))
    for _time in range(3 * FREE):
        sent = {"old_password": PASSWORD, "new_password1": "1", "new_password2": "1"}
        assert client.post("/account/", sent).status_code == 200
