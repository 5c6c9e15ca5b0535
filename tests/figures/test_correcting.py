"""Approving, correcting and withdrawing figures; the page of an entry, and the journal."""

import re
from typing import Any

import pytest
from django.test import Client

from lienminh.figures.models import Entry, Indicator, Posting
from tests.figures.browsing import as_user, page, sending
from tests.figures.telling import ask, movement, posted, say
from tests.people.acting import BINH_PHUOC, LANG_SON, account, department, leader, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer_client(client: Client) -> Client:
    client.force_login(officer())
    return client


# Approving.


def test_who_may_approve_makes_a_figure_official_with_its_journal_line() -> None:
    say(BINH_PHUOC, "2023", 60, status="preliminary", attribution=("Báo cáo",))
    client = as_user(leader(BINH_PHUOC))
    assert client.get("/entries/1.1/approve/").status_code == 200
    done = client.post("/entries/1.1/approve/", {"note": "Đã đối chiếu."}, follow=True)
    assert "Bút toán #2" in page(done)
    official = Entry.objects.get(posting=2)
    assert (official.status, official.low, official.attribution) == ("official", 60, ["Báo cáo"])
    assert official.posting.reason == "Duyệt 1.1. Đã đối chiếu."
    answer = ask(BINH_PHUOC, "2023")
    assert (answer.value, answer.status, answer.entries) == (60, "official", ("2.1",))


def test_approving_twice_posts_once() -> None:
    say(BINH_PHUOC, "2023", 60, status="preliminary")
    client = as_user(department())
    places = [client.post("/entries/1.1/approve/").headers["location"] for _ in range(2)]
    assert (places, Posting.objects.count()) == (["/entries/2.1/"] * 2, 2)
    assert client.get("/entries/2.1/approve/").status_code == 302


def test_what_was_changed_meanwhile_is_not_approved() -> None:
    say(BINH_PHUOC, "2023", 60, status="preliminary")
    say(BINH_PHUOC, "2023", 61, status="preliminary")
    answer = as_user(leader()).post("/entries/1.1/approve/")
    assert answer.status_code == 409
    assert all(words in page(answer) for words in ("60 hợp tác xã", "61 hợp tác xã", "2.1"))
    assert Posting.objects.count() == 2


def test_an_officer_may_not_approve() -> None:
    say(BINH_PHUOC, "2023", 60, status="preliminary")
    for ref, status in ((BINH_PHUOC, 403), (LANG_SON, 404)):
        assert as_user(officer(ref)).post("/entries/1.1/approve/").status_code == status
    assert Posting.objects.count() == 1


# Correcting and withdrawing.

RIGHT = {
    "value": "61",
    "reason": "Gõ nhầm.",
    "basis_document": "Công văn số 15/LMHTX",
    "as_written": "",
}


def correct(client: Client, code: str, typed: dict[str, Any]) -> Any:
    shown = client.post(f"/entries/{code}/correct/", {**typed, "step": "preview"})
    assert shown.status_code == 200, page(shown)
    return client.post(f"/entries/{code}/correct/", sending(shown, typed))


def test_a_correction_supersedes_with_reason_and_document(officer_client: Client) -> None:
    say(BINH_PHUOC, "2023", 60, as_written="60 hợp tác xã", start=3, end=16)
    assert correct(officer_client, "1.1", RIGHT).status_code == 302
    after = Entry.objects.get(posting=2)
    assert (after.low, after.status, after.as_written, after.start) == (61, "preliminary", "", None)
    assert after.posting.reason == "Đính chính 1.1: Gõ nhầm. Căn cứ: Công văn số 15/LMHTX"
    assert ask(BINH_PHUOC, "2023").value == 61


def test_words_that_stay_keep_where_they_stand(officer_client: Client) -> None:
    say(BINH_PHUOC, "2023", 60, as_written="61 hợp tác xã", start=3, end=16)
    correct(officer_client, "1.1", {**RIGHT, "as_written": "61 hợp tác xã"})
    after = Entry.objects.get(posting=2)
    assert (after.as_written, after.start, after.end) == ("61 hợp tác xã", 3, 16)


@pytest.mark.parametrize("field", ["value", "reason", "basis_document"])
def test_a_correction_needs_value_reason_and_document(officer_client: Client, field: str) -> None:
    say(BINH_PHUOC, "2023", 60)
    answer = officer_client.post("/entries/1.1/correct/", {**RIGHT, field: " ", "step": "post"})
    assert answer.status_code == 422
    assert "Hãy điền ô này." in page(answer)
    assert Posting.objects.count() == 1


def test_the_same_value_is_no_correction(officer_client: Client) -> None:
    say(BINH_PHUOC, "2023", 61)
    answer = officer_client.post("/entries/1.1/correct/", {**RIGHT, "step": "preview"})
    assert (answer.status_code, "giống số đang có" in page(answer)) == (422, True)


def test_correcting_twice_posts_once(officer_client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    shown = officer_client.post("/entries/1.1/correct/", {**RIGHT, "step": "preview"})
    for _ in range(2):
        sent = officer_client.post("/entries/1.1/correct/", sending(shown, RIGHT))
        assert sent.headers["location"] == "/entries/2.1/"
    assert Posting.objects.count() == 2


def test_two_people_correcting_the_same_figure_see_both_and_lose_nothing(
    officer_client: Client,
) -> None:
    say(BINH_PHUOC, "2023", 60)
    mine = officer_client.post("/entries/1.1/correct/", {**RIGHT, "step": "preview"})
    correct(as_user(department()), "1.1", {**RIGHT, "value": "62"})
    late = officer_client.post("/entries/1.1/correct/", sending(mine, RIGHT))
    assert late.status_code == 409
    words = ("60 hợp tác xã", "62 hợp tác xã", 'value="61"', "Gõ nhầm.", "/entries/2.1/correct/")
    assert all(word in page(late) for word in words)
    assert correct(officer_client, "2.1", RIGHT).status_code == 302
    assert ask(BINH_PHUOC, "2023").value == 61


def test_a_figure_superseded_is_corrected_where_it_stands_now(officer_client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    say(BINH_PHUOC, "2023", 61)
    answer = officer_client.get("/entries/1.1/correct/")
    assert answer.headers["location"] == "/entries/2.1/correct/"


def test_a_withdrawal_leaves_no_figure_and_keeps_the_history(officer_client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    bare = officer_client.post("/entries/1.1/correct/", {"step": "withdraw", "reason": ""})
    assert bare.status_code == 422
    typed = {"step": "withdraw", "reason": "Nêu nhầm nơi.", "key": "k" * 20}
    done = [officer_client.post("/entries/1.1/correct/", typed) for _ in range(2)]
    assert [one.headers["location"] for one in done] == ["/entries/2.1/"] * 2
    assert ask(BINH_PHUOC, "2023").value is None
    shown = page(officer_client.get("/entries/2.1/"))
    assert all(words in shown for words in ("Rút 1.1: Nêu nhầm nơi.", "/entries/1.1/"))


def test_outsiders_and_readers_do_not_correct() -> None:
    say(BINH_PHUOC, "2023", 60)
    for user, status in ((officer(LANG_SON), 404), (leader(), 403), (account("nobody"), 404)):
        assert as_user(user).post("/entries/1.1/correct/", RIGHT).status_code == status
    assert Posting.objects.count() == 1


# Reading an entry and the journal.


def test_an_entry_is_public_and_shows_what_it_holds(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60, as_written="60 hợp tác xã")
    shown = client.get("/entries/1.1/")
    assert shown.status_code == 200
    assert "60 hợp tác xã" in page(shown)
    assert "/entries/1.1/correct/" not in page(shown)
    assert client.post("/entries/1.1/").status_code == 405
    for code in ("9.9", "1", "1.x", "٣.1", "1.1.1", "9" * 40 + ".1"):
        assert client.get(f"/entries/{code}/").status_code == 404


def test_entries_for_staff_are_not_there_for_visitors(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    Indicator.objects.filter(code="cooperatives.founded").update(audience="office")
    assert client.get("/entries/1.1/").status_code == 404
    assert "#1" not in page(client.get("/journal/"))
    assert "1 dòng dành cho cán bộ" in page(client.get("/journal/?posting=1"))
    assert as_user(officer()).get("/entries/1.1/").status_code == 200


def test_the_journal_is_newest_first_and_filtered_by_the_bar(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    say(LANG_SON, "2023", 70)
    say(LANG_SON, "2022", 71, indicator="loans.projects")
    whole = page(client.get("/journal/"))
    assert whole.index("#3") < whole.index("#2") < whole.index("#1")
    for query, seen in (
        ("place=lang+son&period=", {"2.1", "3.1"}),
        ("place=lang+son&period=2023", {"2.1"}),
        ("place=&period=&indicator=loans.projects", {"3.1"}),
        ("place=&period=&known_at=%231", {"1.1"}),
    ):
        shown = page(client.get(f"/journal/?{query}", follow=True))
        assert set(re.findall(r"/entries/([0-9.]+)/", shown)) == seen
        client.get("/journal/?place=&period=&known_at=")


def test_a_journal_without_postings_says_what_to_do(client: Client) -> None:
    assert "Chưa có bút toán nào ở đây" in page(client.get("/journal/"))
    assert client.get("/journal/?posting=7").status_code == 404
    unclear = client.get("/journal/?place=Khong+Dau")
    assert "Không có nơi nào tên là “Khong Dau”" in page(unclear)


def test_a_long_journal_is_paged_in_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        say(BINH_PHUOC, "2023", number)
    with django_assert_max_num_queries(14):
        first = page(client.get("/journal/"))
    assert "page=2" in first
    assert len(re.findall(r"posting=[0-9]+", first)) == 20
    assert len(re.findall(r"posting=[0-9]+", page(client.get("/journal/?page=2")))) == 5


def test_what_is_counted_from_records_is_neither_approved_nor_corrected_here() -> None:
    posted(movement(BINH_PHUOC, "2023-05-01", 1, status="preliminary"))
    client = as_user(department())
    assert client.post("/entries/1.1/approve/").headers["location"] == "/entries/1.1/"
    refused = client.get("/entries/1.1/correct/")
    assert (refused.status_code, "sửa ở hồ sơ gốc" in page(refused)) == (422, True)
    assert client.get("/entries/1.1/").status_code == 200
    assert Posting.objects.count() == 1
