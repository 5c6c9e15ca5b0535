"""A text is given, looked at and decided about on the screens; what is accepted is a figure."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from lienminh.documents.models import Document
from lienminh.figures.models import Entry, Posting
from lienminh.intake.models import Finding, Text
from tests.intake.giving import (
    ACTIVE,
    CLASSES,
    FOUNDED,
    NEIGHBOUR_S,
    REPORT,
    TOTAL,
    decide,
    desk,
    give,
    item,
    page,
    send,
)
from tests.people.acting import BINH_PHUOC, LANG_SON, department, leader, officer

pytestmark = pytest.mark.django_db
State = Finding.State


def state(text: Text, span: str) -> str:
    return item(text, span).finding.state


def test_a_report_is_recognised_by_its_head(text: Text) -> None:
    assert (text.kind, text.number, str(text.issued_on)) == (
        "report",
        "12/BC-LMHTX",
        "2024-03-05",
    )
    assert text.title == "Báo cáo kết quả hoạt động năm 2023"


def test_every_figure_is_marked_in_the_text_and_listed_beside_it(
    at_work: Client, text: Text
) -> None:
    told = page(at_work, text)
    shown = [one.number for one in Finding.objects.filter(shown=True)]
    assert len(shown) >= 6
    assert all(f'id="f{n}"' in told and f'id="m{n}"' in told for n in shown)


def test_what_is_accepted_is_a_preliminary_entry_at_its_words(at_work: Client, text: Text) -> None:
    assert decide(at_work, text, TOTAL, "accept").status_code == 302
    entry = Entry.objects.get()
    assert (entry.indicator.code, entry.low, entry.status) == (
        "cooperatives.total",
        323,
        "preliminary",
    )
    assert entry.source.kind == "read"
    assert REPORT[entry.start : entry.end] == entry.as_written == TOTAL
    assert state(text, TOTAL) == State.ACCEPTED


def test_the_page_of_the_figure_shows_its_sentence(at_work: Client, text: Text) -> None:
    decide(at_work, text, TOTAL, "accept")
    decide(at_work, text, ACTIVE, "accept")
    address = f"/figures/cooperatives.total/{BINH_PHUOC}?period=2023-12-31"
    for client in (at_work, Client()):
        told = html.unescape(re.sub(r"<[^>]+>", "", client.get(address).content.decode()))
        sentence = (
            "Tính đến 31/12/2023, tỉnh Bình Phước có 323 HTX, trong đó có 248 HTX đang hoạt động."
        )
        assert sentence in told


def test_a_visitor_sees_no_figure_of_the_sentence_that_is_not_recorded(
    at_work: Client, text: Text
) -> None:
    decide(at_work, text, TOTAL, "accept")
    told = Client().get(f"/figures/cooperatives.total/{BINH_PHUOC}?period=2023-12-31")
    assert "trong đó có … đang hoạt động" in told.content.decode()
    assert ACTIVE not in told.content.decode()


def test_nothing_of_a_text_is_public_before_a_figure_is_accepted(
    at_work: Client, text: Text
) -> None:
    assert not Document.objects.exists()
    decide(at_work, text, TOTAL, "accept")
    document = Document.objects.get()
    told = Client().get(reverse("document", args=[document.ref])).content.decode()
    assert "Báo cáo kết quả hoạt động năm 2023" in told
    assert NEIGHBOUR_S not in told


def test_a_decision_sent_twice_is_taken_once(at_work: Client, text: Text) -> None:
    one = item(text, TOTAL)
    sent = {"act": "accept", "number": one.number, "mark": one.mark}
    for _ in range(2):
        assert at_work.post(reverse("text-decide", args=[text.ref]), sent).status_code == 302
    assert Posting.objects.count() == 1


def test_what_is_clear_is_accepted_together_and_nothing_else(at_work: Client, text: Text) -> None:
    told = page(at_work, text)
    fields = r'name="least" value="(\d+)"><input type="hidden" name="mark" value="(\w+)"'
    (least, mark), *_less_sure = re.findall(fields, told)
    sent = {"act": "together", "least": least, "mark": mark}
    assert at_work.post(reverse("text-decide", args=[text.ref]), sent).status_code == 302
    assert Posting.objects.count() == 1
    for one in desk(text).items:
        if one.finding.state == State.ACCEPTED:
            assert not one.meaning.doubts
            assert not one.against
    assert state(text, TOTAL) == State.ACCEPTED
    assert state(text, NEIGHBOUR_S) == State.OPEN
    assert state(text, "3 lớp") == State.OPEN


def test_what_changed_since_it_was_seen_is_not_accepted(at_work: Client, text: Text) -> None:
    assert decide(at_work, text, TOTAL, "accept", mark="zzz").status_code == 409
    sent = {"act": "together", "least": "50", "mark": "zzz"}
    assert at_work.post(reverse("text-decide", args=[text.ref]), sent).status_code == 409
    assert not Posting.objects.exists()


def test_a_figure_outside_the_branch_is_not_accepted(at_work: Client, text: Text) -> None:
    answered = decide(at_work, text, NEIGHBOUR_S, "accept")
    assert answered.status_code == 422
    assert "ngoài phạm vi" in answered.content.decode()
    assert not Posting.objects.exists()


def test_what_is_no_figure_is_set_aside_and_looked_at_again(at_work: Client, text: Text) -> None:
    decide(at_work, text, FOUNDED, "reject")
    assert state(text, FOUNDED) == State.REJECTED
    assert decide(at_work, text, FOUNDED, "accept").status_code == 409
    decide(at_work, text, FOUNDED, "back")
    assert state(text, FOUNDED) == State.OPEN
    assert not Posting.objects.exists()


def test_what_was_accepted_is_withdrawn_with_its_reason_and_accepted_again(
    at_work: Client, text: Text
) -> None:
    decide(at_work, text, TOTAL, "accept")
    assert decide(at_work, text, TOTAL, "back").status_code == 422
    assert state(text, TOTAL) == State.ACCEPTED
    decide(at_work, text, TOTAL, "back", reason="Đọc nhầm")
    withdrawn = Entry.objects.order_by("-posting")[0]
    assert withdrawn.low is None
    assert "Đọc nhầm" in withdrawn.posting.reason
    assert decide(at_work, text, TOTAL, "accept").status_code == 302
    assert Entry.objects.order_by("-posting")[0].low == 323


def test_a_new_figure_is_kept_as_a_note(at_work: Client, text: Text) -> None:
    decide(at_work, text, "12.500", "note")
    assert state(text, "12.500") == State.NOTED
    assert not Posting.objects.exists()


def test_the_same_file_again_leads_to_the_text_that_is_there(at_work: Client, text: Text) -> None:
    assert give(at_work, name="ban-sao.txt").pk == text.pk
    assert Text.objects.count() == 1


def test_a_pasted_text_is_the_text_of_the_file(at_work: Client, text: Text) -> None:
    answered = send(at_work, pasted=REPORT.replace("\n", "\r\n"))
    assert answered.url == reverse("text", args=[text.ref])


def test_a_text_is_seen_in_its_branch_alone(text: Text) -> None:
    address = reverse("text", args=[text.ref])
    for user, status in (
        (officer(LANG_SON), 404),
        (leader(), 200),
        (leader(BINH_PHUOC), 200),
        (department(), 200),
    ):
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == status
        listed = client.get(reverse("texts")).content.decode()
        assert (text.title in listed) == (status == 200)
    assert Client().get(address).status_code == 302


def test_who_only_reads_decides_nothing(text: Text) -> None:
    client = Client()
    client.force_login(leader())
    assert "Không phải số liệu</button>" not in page(client, text)
    assert decide(client, text, TOTAL, "accept").status_code == 403


def test_the_text_can_be_described_until_a_figure_cites_it(at_work: Client, text: Text) -> None:
    address = reverse("text-describe", args=[text.ref])
    told = {"kind": "report", "title": "Báo cáo năm", "issued_on": "06/03/2024"}
    assert at_work.post(address, told).status_code == 302
    assert at_work.post(address, {**told, "issued_on": "hôm qua"}).status_code == 422
    decide(at_work, text, CLASSES, "accept")
    assert Document.objects.get().title == "Báo cáo năm"
    assert at_work.post(address, {**told, "title": "Khác"}).status_code == 422


def test_a_text_is_given_up_only_when_nothing_was_recorded_from_it(
    at_work: Client, text: Text
) -> None:
    decide(at_work, text, TOTAL, "accept")
    assert at_work.post(reverse("text-drop", args=[text.ref])).status_code == 422
    decide(at_work, text, TOTAL, "back", reason="nhầm")
    assert at_work.post(reverse("text-drop", args=[text.ref])).status_code == 302
    assert at_work.get(reverse("text", args=[text.ref])).status_code == 404
    assert give(at_work).pk != text.pk


def test_texts_are_found_by_name_without_marks_and_by_what_waits(
    at_work: Client, text: Text
) -> None:
    for query, found in (("q=ket qua hoat dong", True), ("q=zzz", False), ("state=waiting", True)):
        told = at_work.get(f"{reverse('texts')}?{query}").content.decode()
        assert (text.title in told) == found


def test_what_waits_stands_on_the_home_page(at_work: Client, text: Text) -> None:
    assert text.title in at_work.get("/").content.decode()
    assert text.title not in Client().get("/").content.decode()


def test_a_long_text_is_read_page_by_page(at_work: Client) -> None:
    lines = [f"Năm {1950 + n}, tỉnh Bình Phước thành lập mới {n + 5} HTX.\n" for n in range(75)]
    long = give(at_work, "".join(lines), "dai.txt")
    told = page(at_work, long)
    assert "trang 1/2" in told
    assert 'id="m60"' in told
    assert 'id="m61"' not in told
    second = at_work.get(f"{reverse('text', args=[long.ref])}?page=2").content.decode()
    assert 'id="f61"' in second
    assert "Năm 1950" not in second
    answered = decide(at_work, long, "64 HTX", "reject")
    assert answered.url.endswith("?page=2#f61")
