"""Entering figures as people do it in a browser."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from lienminh.documents.actions import keep_document
from lienminh.documents.models import Document
from lienminh.figures import checks
from lienminh.figures.models import Posting
from lienminh.rules.typed import Sentence
from tests.figures.browsing import (
    ALLIANCE,
    DISBURSED,
    TOTAL,
    TRAINEES,
    TYPED,
    address,
    as_user,
    enter,
    key_in,
    page,
    sending,
)
from tests.figures.telling import ask
from tests.people.acting import BINH_PHUOC, LANG_SON, account, department, leader, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer_client(client: Client) -> Client:
    client.force_login(officer())
    return client


def test_indicators_are_chosen_first(officer_client: Client) -> None:
    assert address("loans.lent") in page(officer_client.get("/figures/add/"))
    assert officer_client.get(address("no.such")).status_code == 404


def test_a_form_opened_from_a_figure_knows_what_is_asked(officer_client: Client) -> None:
    stock = page(officer_client.get(f"{address(TOTAL)}&place={BINH_PHUOC}&period=2023-12-31"))
    assert all(f'value="{words}"' in stock for words in (BINH_PHUOC, "31/12/2023"))
    flow = page(officer_client.get(f"{address()}&period=2023&where=channel=entrusted+employment"))
    assert 'value="2023"' in flow
    assert flow.count(" checked") == 2


def test_a_figure_is_shown_before_it_is_recorded(officer_client: Client) -> None:
    shown = officer_client.post(address(), {**TYPED, "step": "preview"})
    assert shown.status_code == 200
    assert "29.000.000.000 đồng" in page(shown)
    assert not Posting.objects.exists()


def test_a_figure_sent_is_preliminary_with_all_that_was_typed(officer_client: Client) -> None:
    typed = {**TYPED, "attribution": "Báo cáo; Chủ tịch", "as_written": "gần 29 tỷ", "note": "Xem."}
    entry = enter(officer_client, typed)
    assert (entry.low, entry.bound, entry.approx, entry.qualifier) == (29 * 10**9, "<", True, "gần")
    assert (entry.status, entry.source.code) == ("preliminary", f"reported:{ALLIANCE}")
    assert entry.attribution == ["Báo cáo", "Chủ tịch"]
    assert entry.posting.reason == "Nhập số liệu. Xem."
    assert entry.posting.by is not None
    assert ask(BINH_PHUOC, "2023", indicator=DISBURSED).value == 29 * 10**9
    assert checks.chain() == []


def test_one_step_back_keeps_all_that_was_typed(officer_client: Client) -> None:
    back = officer_client.post(address(), {**TYPED, "step": "edit", "note": "đã gõ"})
    assert back.status_code == 200
    assert all(escape(word) in page(back) for word in ("gần 29 tỷ", "đã gõ", "năm 2023"))
    assert not Posting.objects.exists()


def test_sending_twice_posts_once(officer_client: Client) -> None:
    shown = officer_client.post(address(), {**TYPED, "step": "preview"})
    first = officer_client.post(address(), sending(shown, TYPED))
    again = officer_client.post(address(), sending(shown, TYPED))
    assert (first.status_code, first.headers["location"]) == (302, again.headers["location"])
    assert Posting.objects.count() == 1


def test_a_form_sent_already_asks_before_it_posts_something_else(officer_client: Client) -> None:
    shown = officer_client.post(address(), {**TYPED, "step": "preview"})
    officer_client.post(address(), sending(shown, TYPED))
    other = officer_client.post(address(), sending(shown, {**TYPED, "value": "30 tỷ"}))
    assert other.status_code == 422
    assert "bút toán #1" in page(other)
    assert key_in(other) != key_in(shown)
    assert Posting.objects.count() == 1


def test_what_a_statement_will_supersede_is_shown(officer_client: Client) -> None:
    before = enter(officer_client, TYPED)
    shown = officer_client.post(address(), {**TYPED, "value": "30 tỷ", "step": "preview"})
    assert f"/entries/{before.code}/" in page(shown)


def test_two_people_entering_the_same_figure_see_both(officer_client: Client) -> None:
    typed = {**TYPED, "value": "31 tỷ"}
    shown = officer_client.post(address(), {**typed, "step": "preview"})
    enter(as_user(department()), {**TYPED, "value": "30 tỷ"})
    late = officer_client.post(address(), sending(shown, typed))
    assert late.status_code == 409
    assert all(words in page(late) for words in ("31 tỷ", "30 tỷ", "/entries/1.1/"))
    sent = officer_client.post(address(), sending(late, typed))
    assert sent.status_code == 302
    assert Posting.objects.count() == 2


def test_a_stock_is_entered_as_of_a_day_written_day_first(officer_client: Client) -> None:
    typed = {**TYPED, "as_of": "05/03/2024", "basis": "stated", "value": "323"}
    entry = enter(officer_client, typed, TOTAL)
    assert (entry.first.isoformat(), entry.last.isoformat()) == ("2024-03-05", "2024-03-05")
    assert entry.as_of_basis == "stated"


def test_takers_of_part_need_to_say_how_they_are_counted(officer_client: Client) -> None:
    typed = {**TYPED, "value": "500", "cell_sex": ["female"]}
    unsaid = officer_client.post(address(TRAINEES), {**typed, "step": "preview"})
    assert unsaid.status_code == 422
    entry = enter(officer_client, {**typed, "counting": "turns"}, TRAINEES)
    assert (entry.counting, entry.cell.text) == ("turns", "sex=female")


def test_a_document_that_is_kept_is_the_source(officer_client: Client) -> None:
    kept = Document(ref="bai", kind="article", title="Sơ kết 2 năm")
    keep_document(kept, by=None)
    typed = {**TYPED, "organisation": "", "document": "so ket 2 nam", "stated_on": "20/12/2023"}
    entry = enter(officer_client, typed)
    assert (entry.source.code, entry.document) == ("read:bai", kept)


def test_a_document_known_by_its_title_alone_is_one_chain(officer_client: Client) -> None:
    typed = {**TYPED, "organisation": "", "document": "Báo cáo 12", "stated_on": "20/12/2023"}
    first = enter(officer_client, typed)
    again = enter(officer_client, {**typed, "document": "báo cáo  12", "value": "30 tỷ"})
    assert (first.source, first.document) == (again.source, None)
    assert ask(BINH_PHUOC, "2023", indicator=DISBURSED).value == 30 * 10**9


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("value", "1.2.3", Sentence.DOTS),
        ("value", "1e9", Sentence.EXPONENT),
        ("value", "٣", Sentence.DIGITS),
        ("value", "hai nghìn", Sentence.IN_WORDS),
        ("value", "-5", Sentence.NEGATIVE),
        ("value", "<script>alert(1)</script>", Sentence.UNREAD),
        ("value", "5" * 200, "Nhiều nhất 120 ký tự; đang có 200."),
        ("value", "\u202e\u0000", "Hãy điền ô này."),
        ("period", "năm ngoái", Sentence.PERIOD),
        ("period", "2500", "chưa tới"),
        ("place", "Không Đâu Cả", "Không có nơi nào tên như vậy"),
        ("place", "xã Tân Lập", "Nhiều nơi có tên này"),
        ("organisation", "", "một trong hai"),
        ("organisation", f"alliance-{LANG_SON}", "Hãy chọn một mục trong danh sách."),
        ("document", "Báo cáo", "một trong hai"),
        ("series", "guess", "Hãy chọn một mục trong danh sách."),
        ("size", "7", "Hãy chọn một mục trong danh sách."),
        ("stated_on", "31/02/2024", "Hãy viết ngày như 05/03/2024."),
        ("qualifier", "trên", "một mức độ khác"),
        ("cell_channel", ["no-such"], "Hãy chọn trong danh sách."),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(
    officer_client: Client, field: str, typed: Any, sentence: str
) -> None:
    given = {"note": "còn đây", **TYPED, field: typed, "step": "post", "key": "k" * 20, "seen": ""}
    answer = officer_client.post(address(), given)
    assert answer.status_code == 422
    assert escape(sentence) in page(answer)
    assert "còn đây" in page(answer)
    assert "<script>alert" not in page(answer)
    assert not Posting.objects.exists()


def test_a_figure_after_the_end_of_a_place_is_refused(officer_client: Client) -> None:
    late = officer_client.post(address(), {**TYPED, "place": BINH_PHUOC, "period": "2025"})
    assert late.status_code == 422
    assert "chỉ còn đến hết ngày 30/06/2025" in page(late)


def test_marks_that_cannot_be_seen_are_dropped(officer_client: Client) -> None:
    entry = enter(
        officer_client, {**TYPED, "as_written": "gần\u202e 29\u0000 tỷ", "value": "29 tỷ"}
    )
    assert entry.as_written == "gần 29 tỷ"


def test_a_field_of_ten_megabytes_is_refused(officer_client: Client) -> None:
    answer = officer_client.post(address(), {**TYPED, "value": "5" * 10**7})
    assert answer.status_code == 400
    assert not Posting.objects.exists()


def test_outside_the_branch_nothing_is_posted(officer_client: Client) -> None:
    answer = officer_client.post(address(), {**TYPED, "place": "Lạng Sơn", "step": "post"})
    assert answer.status_code == 404
    assert "ngoài phạm vi" in page(answer)
    assert not Posting.objects.exists()


def test_without_the_right_nothing_is_posted() -> None:
    assert as_user(leader()).post(address(), TYPED).status_code == 403
    assert as_user(account("nobody")).post(address(), TYPED).status_code == 403
    assert not Posting.objects.exists()


def test_a_session_that_ended_leads_to_signing_in_and_back(client: Client) -> None:
    answer = client.post(address(), TYPED)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/sign-in/?next=/figures/add/%3Findicator%3D")
