"""What was read wrong is corrected in the form of statements; wordings taught are followed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lienminh.demo.actions import load_cast
from lienminh.figures.models import Entry
from lienminh.intake.models import Finding, Text, Wording
from tests.intake.giving import (
    CLASSES,
    FOUNDED,
    REPORT,
    TOTAL,
    decide,
    desk,
    give,
    item,
    name_scheme,
    page,
)
from tests.people.acting import LANG_SON, department, officer

pytestmark = pytest.mark.django_db
State = Finding.State
TREES = "12.500"
TYPED = {"place": "tỉnh Bình Phước", "series": "actual"}
AS_GROUPS = TYPED | {"as_of": "31/12/2023", "basis": "stated", "value": "12.500"}


def address(text: Text, span: str, indicator: str = "") -> str:
    at = reverse("finding-correct", args=[text.ref, item(text, span).number])
    return f"{at}?indicator={indicator}" if indicator else at


def typed_in(told: str) -> dict[str, str]:
    """The fields of a form as they are filled in."""
    fields = dict(
        re.findall(r'<input type="(?:text|hidden)" name="(\w+)"(?: value="([^"]*)")?', told)
    )
    chosen = re.findall(
        r'<select name="(\w+)".*?<option value="(\w*)"(?: lang="vi")? selected', told, re.DOTALL
    )
    return {**fields, **dict(chosen)}


def correct(client: Client, text: Text, span: str, indicator: str, typed: dict[str, Any]) -> Any:
    """Fill the form in, see the preview, send it."""
    at = address(text, span, indicator)
    preview = client.post(at, {**typed, "step": "preview"})
    assert preview.status_code == 200, preview.content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', preview.content.decode())
    assert seen
    return client.post(at, {**typed, "step": "post", "seen": seen[1]})


def test_the_form_comes_filled_in_with_what_was_read(at_work: Client, text: Text) -> None:
    told = at_work.get(address(text, FOUNDED)).content.decode()
    filled = typed_in(told)
    assert (filled["place"], filled["period"], filled["value"]) == (
        "tỉnh Bình Phước",
        "năm 2023",
        "31",
    )
    assert filled["series"] == "actual"
    assert "thành lập mới <mark>31 HTX</mark>" in told


def test_what_is_corrected_stands_at_the_words_of_the_text(at_work: Client, text: Text) -> None:
    typed = TYPED | {"period": "2022–2023", "value": "gần 31"}
    assert correct(at_work, text, FOUNDED, "cooperatives.founded", typed).status_code == 302
    entry = Entry.objects.get()
    assert (entry.first.year, entry.last.year, entry.bound) == (2022, 2023, "<")
    assert REPORT[entry.start : entry.end] == entry.as_written == FOUNDED
    assert item(text, FOUNDED).finding.state == State.CORRECTED


def test_a_correction_sent_twice_is_recorded_once(at_work: Client, text: Text) -> None:
    typed = TYPED | {"period": "2022–2023", "value": "31"}
    for _ in range(2):
        sent = {**typed, "step": "post", "seen": ""}
        at = address(text, FOUNDED, "cooperatives.founded")
        assert at_work.post(at, sent).status_code == 302
    assert Entry.objects.count() == 1


def test_another_number_under_the_same_key_is_shown_before_it_is_replaced(
    at_work: Client, text: Text
) -> None:
    decide(at_work, text, FOUNDED, "accept")
    typed = TYPED | {"period": "2023", "value": "12.500"}
    at = address(text, TREES, "cooperatives.founded")
    answered = at_work.post(at, {**typed, "step": "post", "seen": ""})
    assert answered.status_code == 409
    assert "31 hợp tác xã" in answered.content.decode()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        (TYPED | {"period": "hôm nào", "value": "31"}, 422),
        (TYPED | {"period": "2023", "value": "1e9"}, 422),
        (TYPED | {"period": "2023", "value": "31", "place": "tỉnh Lạng Sơn"}, 404),
        (TYPED | {"period": "2023", "value": "31", "phrase": "chữ không có"}, 422),
        ({}, 422),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(
    at_work: Client, text: Text, typed: dict[str, str], status: int
) -> None:
    answered = at_work.post(address(text, FOUNDED, "cooperatives.founded"), typed)
    assert answered.status_code == status
    assert 'class="wrong-why"' in answered.content.decode()
    assert not Entry.objects.exists()


def test_a_new_figure_gets_its_indicator_from_a_person(at_work: Client, text: Text) -> None:
    assert decide(at_work, text, TREES, "accept").status_code == 422
    chosen = at_work.get(address(text, TREES)).content.decode()
    assert "Con số này đếm gì?" in chosen
    assert "?indicator=groups.total" in chosen
    assert correct(at_work, text, TREES, "groups.total", AS_GROUPS).status_code == 302
    assert Entry.objects.get().indicator.code == "groups.total"


def teach(client: Client, text: Text) -> None:
    typed = AS_GROUPS | {"phrase": "cây giống"}
    assert correct(client, text, TREES, "groups.total", typed).status_code == 302


def test_a_wording_that_was_taught_is_followed_for_the_unit_alone(
    at_work: Client, text: Text
) -> None:
    teach(at_work, text)
    later = give(at_work, "Năm 2023, tỉnh Bình Phước trồng 77 cây giống và có 5 HTX.", "b.txt")
    one = item(later, "77")
    assert (one.meaning.indicator, one.meaning.rule is not None) == ("groups.total", True)
    assert "cách gọi đã ghi nhớ" in page(at_work, later)
    neighbour = Client()
    neighbour.force_login(officer(LANG_SON))
    there = give(neighbour, "Năm 2023, tỉnh Lạng Sơn trồng 78 cây giống và có 5 HTX.", "c.txt")
    assert item(there, "78").meaning.indicator is None


def test_a_wording_is_published_by_who_approves_for_all_and_removed(
    at_work: Client, text: Text
) -> None:
    teach(at_work, text)
    wording = Wording.objects.get()
    at, sent = reverse("wordings"), {"wording": wording.ref, "act": "publish"}
    assert "cây giống" in at_work.get(at).content.decode()
    assert at_work.post(at, sent).status_code == 403
    neighbour, nation = Client(), Client()
    neighbour.force_login(officer(LANG_SON))
    nation.force_login(department())
    assert "cây giống" not in neighbour.get(at).content.decode()
    assert neighbour.post(at, sent).status_code == 404
    assert nation.post(at, sent).status_code == 302
    there = give(neighbour, "Năm 2023, tỉnh Lạng Sơn trồng 78 cây giống và có 5 HTX.", "c.txt")
    assert item(there, "78").meaning.indicator == "groups.total"
    assert at_work.post(at, {**sent, "act": "remove"}).status_code == 403
    assert nation.post(at, {**sent, "act": "remove"}).status_code == 302
    assert item(there, "78").meaning.indicator is None
    assert Entry.objects.get().indicator.code == "groups.total"


def test_a_wording_taught_again_replaces_the_one_before(at_work: Client, text: Text) -> None:
    teach(at_work, text)
    decide(at_work, text, TREES, "back", reason="nhầm chỉ tiêu")
    typed = AS_GROUPS | {"phrase": "cây giống"}
    correct(at_work, text, TREES, "cooperatives.total", typed)
    holding = Wording.objects.get(removed_at=None)
    assert holding.indicator.code == "cooperatives.total"


def test_a_scheme_that_the_text_names_is_added_and_its_figures_are_told_of_it(
    at_work: Client,
) -> None:
    told = "Năm 2023, Đề án nâng cao năng lực quản trị HTX ở tỉnh Bình Phước mở 14 lớp tập huấn."
    text = give(at_work, told)
    assert item(text, CLASSES).meaning.cell == ""
    assert "1 đề án được nêu mà danh mục chưa có" in page(at_work, text)
    at = reverse("text-scheme", args=[text.ref])
    typed = {"name": "Đề án nâng cao năng lực quản trị", "english": "Governance scheme"}
    assert at_work.post(at, typed).status_code == 302
    assert at_work.post(at, typed).status_code == 422
    assert item(text, CLASSES).meaning.cell == "scheme=de-an-nang-cao-nang-luc-quan-tri"
    decide(at_work, text, CLASSES, "accept")
    assert Entry.objects.get().cell.text == "scheme=de-an-nang-cao-nang-luc-quan-tri"


def test_a_known_scheme_is_found_when_the_text_is_given(at_work: Client) -> None:
    name_scheme("vung-cao", "Đề án HTX vùng cao")
    told = "Năm 2023, theo Đề án phát triển HTX vùng cao, tỉnh Bình Phước mở 14 lớp tập huấn."
    assert item(give(at_work, told), CLASSES).meaning.cell == "scheme=vung-cao"


def test_a_fact_repeated_is_one_figure_and_its_repeats_say_so(at_work: Client) -> None:
    text = give(at_work, f"Tỉnh Bình Phước có 323 HTX\n\n{REPORT}Bình Phước có 323 HTX.\n")
    states = [one.finding.state for one in desk(text).items if one.said.span == TOTAL]
    assert State.REPEAT in states
    told = page(at_work, text)
    assert "nhắc lại <a href=" in told


def test_contradictions_are_shown_and_are_not_accepted_together(at_work: Client) -> None:
    more = "Trong năm 2023, tỉnh Bình Phước thành lập mới 33 HTX.\n"
    text = give(at_work, REPORT + more)
    told = page(at_work, text)
    assert told.count("Cùng chỉ tiêu, nơi, kỳ mà chỗ khác nêu một số khác:") == 2
    assert not any(one.is_plain for one in desk(text).items if one.said.span in (FOUNDED, "33 HTX"))
    decide(at_work, text, FOUNDED, "accept")
    answered = decide(at_work, text, "33 HTX", "accept")
    assert answered.status_code == 422
    assert "đã nêu một số khác" in answered.content.decode()
    decide(at_work, text, "33 HTX", "reject")
    assert "Cùng chỉ tiêu, nơi, kỳ" not in page(at_work, text)


def test_figures_that_the_ledger_has_of_the_same_text_are_matched_not_posted(
    at_work: Client, text: Text
) -> None:
    decide(at_work, text, TOTAL, "accept")
    client = Client()
    client.force_login(department())
    other = give(client)
    assert other.pk != text.pk
    assert item(other, TOTAL).finding.state == State.MATCHED
    assert item(other, FOUNDED).finding.state == State.OPEN
    assert decide(client, other, TOTAL, "accept").status_code == 302
    assert Entry.objects.count() == 1


def test_a_document_cited_with_two_days_is_pointed_out(at_work: Client) -> None:
    cited = "Theo Kế hoạch số 15/KH-UBND ngày 03/02/2024 và Kế hoạch số 15/KH-UBND ngày 13/02/2024."
    told = page(at_work, give(at_work, f"{REPORT}{cited}\n"))
    assert "15/KH-UBND được dẫn với nhiều ngày khác nhau: 03/02/2024; 13/02/2024" in told


def test_the_demo_stays_as_it_is(at_work: Client) -> None:
    load_cast()
    text = give(at_work)
    decide(at_work, text, FOUNDED, "accept")
    assert Entry.objects.filter(posting__key__startswith="intake:").count() == 1
