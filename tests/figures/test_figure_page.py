"""The page of a figure, what stands behind it, and finding figures by number and code."""

from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lienminh.documents.actions import keep_document
from lienminh.documents.models import Document
from lienminh.figures import searching
from lienminh.figures.actions import name_cell_value
from lienminh.figures.addresses import entry_question, figure_url
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.uses import figure_uses
from lienminh.people.actions import give_mandate, open_account
from lienminh.people.models import User
from lienminh.rules.precision import Amount
from lienminh.web.hooks import Hit
from tests.figures.telling import (
    FOUNDED,
    TOTAL,
    TRAINEES,
    a_source,
    draft,
    movement,
    opening,
    posted,
    say,
    the,
)

pytestmark = pytest.mark.django_db
BINH_PHUOC, LANG_SON, NATION = "p70-2008", "p20-2008", "vn"
SCRIPT = "<script>alert(1)</script>"


def page(
    client: Client, ref: str, when: str, *, code: str = FOUNDED, status: int = 200, **more: str
) -> str:
    answered = client.get(f"/figures/{code}/{ref}", {"period": when, **more})
    assert answered.status_code == status
    return " ".join(answered.content.decode().split())


def account(role: str, ref: str) -> User:
    name = f"{role}-{ref}"
    user = open_account(name=name, password="Một mật khẩu đủ dài 1", by=None)
    give_mandate(account=user, role=role, place=the(ref), first_day=date(2020, 1, 1), by=None)
    return user


def found(client: Client, text: str) -> str:
    searching.register()
    answered = client.get("/find/", {"q": text})
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def an_article() -> Document:
    article = Document(
        ref="bai-bao",
        kind="article",
        title="Sơ kết đề án",
        issuer="BPO",
        issued_on=date(2024, 3, 20),
        content_sha256="a" * 64,
        content_length=4070,
    )
    return keep_document(article, by=None)


def say_read(when: str = "2023") -> None:
    more = {
        "document": an_article(),
        "start": 1752,
        "end": 1762,
        "as_written": "gần 60 HTX",
        "attribution": ("Kết quả nêu tại hội nghị", "BPO"),
        "stated_on": date(2024, 3, 20),
    }
    say(BINH_PHUOC, when, Amount(60, 60, "<", True), by="read", **more)


def test_a_figure_tells_its_words_its_source_and_where_they_stand(client: Client) -> None:
    say_read()
    told = page(client, BINH_PHUOC, "2023")
    for piece in ("60 hợp tác xã", "gần 60 HTX", "1752–1762", "Sơ kết đề án", "20/03/2024"):
        assert piece in told
    assert "Kết quả nêu tại hội nghị → BPO" in told


def test_the_sentence_to_copy_names_figure_place_period_source_and_entry(client: Client) -> None:
    say_read()
    told = page(client, BINH_PHUOC, "2023")
    assert (
        "Theo BPO (“Sơ kết đề án”, 20/03/2024), hợp tác xã thành lập mới tại tỉnh Bình Phước "
        "năm 2023 là gần 60 hợp tác xã (bút toán 1.1)."
    ) in told


def test_counted_reported_and_read_stand_side_by_side_with_their_difference(client: Client) -> None:
    posted(opening(BINH_PHUOC, "2023-01-01"), movement(BINH_PHUOC, "2023-05-02", 7))
    say(BINH_PHUOC, "2023", 9)
    say(BINH_PHUOC, "2023", 10, by="read")
    told = page(client, BINH_PHUOC, "2023")
    beside = told[told.index('id="beside"') :]
    for piece in ("7 hợp tác xã", "9 hợp tác xã", "10 hợp tác xã", "2 hợp tác xã", "3 hợp tác xã"):
        assert piece in beside


def test_a_figure_nobody_states_says_why_and_who_could_answer(client: Client) -> None:
    told = page(client, BINH_PHUOC, "2023")
    assert "Chưa có số liệu" in told
    assert "Không nguồn nào nêu" in told
    assert "Liên minh Hợp tác xã tỉnh Bình Phước" in told


def test_a_partial_sum_is_shown_as_a_part_with_its_coverage_never_as_the_figure(
    client: Client,
) -> None:
    say(BINH_PHUOC, "2023", 60)
    told = page(client, NATION, "2023")
    assert "Chưa có số liệu" in told
    assert "1/63" in told
    assert "không dùng để xếp hạng" in told
    assert "data-copy-text" not in told


def test_a_nation_of_provinces_is_read_in_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    say(BINH_PHUOC, "2023", 60)
    with django_assert_max_num_queries(45):
        page(client, NATION, "2023")


def test_parts_that_may_overlap_are_listed_and_not_added(client: Client) -> None:
    for scheme in ("a", "b"):
        name_cell_value(key="scheme", value=scheme, label_vi=f"đề án {scheme}", label_en=scheme)
    for scheme, number in (("a", 38), ("b", 35)):
        say(BINH_PHUOC, "2023", number, indicator="training.classes", cell=f"scheme={scheme}")
    told = page(client, BINH_PHUOC, "2023", code="training.classes")
    assert "không cộng" in told
    assert "38 lớp" in told
    assert "73 lớp" not in told


def test_several_values_of_a_key_survive_an_address_that_did_not_escape_them(
    client: Client,
) -> None:
    cell = "channel=entrusted+provincial-fund"
    say(BINH_PHUOC, "2023", 276, indicator="loans.projects", cell=cell)
    answered = client.get(f"/figures/loans.projects/{BINH_PHUOC}?period=2023&where={cell}")
    assert "276 dự án" in answered.content.decode()


def test_a_superseded_statement_is_struck_and_the_one_before_can_be_seen_as_known(
    client: Client,
) -> None:
    say(BINH_PHUOC, "2023", 60)
    say(BINH_PHUOC, "2023", 61)
    now = page(client, BINH_PHUOC, "2023")
    assert "<s>60 hợp tác xã</s>" in now
    assert "đã thay bằng 2.1" in now
    then = page(client, BINH_PHUOC, "2023", known_at="#1")
    assert "<s>" not in then
    assert "sau thời điểm đang xem" in then


def test_a_withdrawn_statement_leaves_no_figure_and_stays_in_the_history(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    say(BINH_PHUOC, "2023", None)
    told = page(client, BINH_PHUOC, "2023")
    assert "Chưa có số liệu" in told
    assert "rút số" in told
    assert "<s>60 hợp tác xã</s>" in told


def test_statements_that_disagree_are_all_shown(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60, code="a")
    say(BINH_PHUOC, "2023", 65, code="b")
    told = page(client, BINH_PHUOC, "2023")
    assert "Số khác nhau" in told
    assert "60 hợp tác xã" in told


def test_an_ended_place_is_answered_as_itself_and_names_what_it_became(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    told = page(client, BINH_PHUOC, "2023", geography="01/07/2025")
    assert "60 hợp tác xã" in told
    assert "tỉnh Đồng Nai" in told


def test_a_ratio_shows_both_its_terms(client: Client) -> None:
    say(BINH_PHUOC, "2023", 323, indicator=TOTAL)
    say(BINH_PHUOC, "2023", 248, indicator="cooperatives.active")
    told = page(client, BINH_PHUOC, "2023", code="cooperatives.active_share")
    assert "76,78%" in told
    assert "323 hợp tác xã" in told
    assert "248 hợp tác xã" in told


def test_what_uses_a_figure_is_listed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    say(BINH_PHUOC, "2023", 60)
    hit = Hit("Hồ sơ", "Sơ kết <2023>", "/reviews/x/")
    monkeypatch.setattr("lienminh.figures.uses.figure_uses", [lambda *_: [hit]])
    assert "Sơ kết &lt;2023&gt;" in page(client, BINH_PHUOC, "2023")
    assert isinstance(figure_uses, list)


def test_a_figure_for_staff_is_withheld_whole_from_a_visitor(client: Client) -> None:
    say_read()
    Indicator.objects.filter(code=FOUNDED).update(audience="office")
    told = page(client, BINH_PHUOC, "2023")
    assert "đăng nhập" in told
    assert "60" not in told.replace("2008", "").split("<main", 1)[1]
    assert "Không tìm thấy" in found(client, "60")
    client.force_login(account("officer", LANG_SON))
    assert "60 hợp tác xã" in page(client, BINH_PHUOC, "2023")


@pytest.mark.parametrize(
    ("role", "ref", "correct", "approve"),
    [
        ("officer", BINH_PHUOC, True, False),
        ("leader", BINH_PHUOC, False, True),
        ("department", NATION, True, True),
        ("officer", LANG_SON, False, False),
    ],
)
def test_only_those_who_may_are_offered_to_correct_or_approve(
    client: Client, role: str, ref: str, correct: bool, approve: bool
) -> None:
    say(BINH_PHUOC, "2023", 60, status="preliminary")
    client.force_login(account(role, ref))
    told = page(client, BINH_PHUOC, "2023")
    assert ("/entries/1.1/correct/" in told) is correct
    assert ("/entries/1.1/approve/" in told) is approve


def test_a_visitor_is_offered_no_action(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60, status="preliminary")
    told = page(client, BINH_PHUOC, "2023")
    assert "/correct/" not in told
    assert "/approve/" not in told


def test_the_page_is_only_read(client: Client) -> None:
    assert client.post(f"/figures/{FOUNDED}/{BINH_PHUOC}").status_code == 405


def test_the_bar_asks_the_same_of_another_place(client: Client) -> None:
    answered = client.get(
        f"/figures/{FOUNDED}/{BINH_PHUOC}", {"go": "1", "place": "lang son", "period": "năm 2022"}
    )
    assert answered.status_code == 302
    assert answered["Location"] == f"/figures/{FOUNDED}/{LANG_SON}?period=2022"


def test_an_entry_leads_to_the_address_that_its_question_came_from(client: Client) -> None:
    posted(draft(BINH_PHUOC, "2023-9M", 5, indicator=TRAINEES, cell="sex=female", series="plan"))
    url = figure_url(
        entry_question(Entry.objects.select_related("indicator", "place", "cell").get())
    )
    assert url == f"/figures/{TRAINEES}/{BINH_PHUOC}?period=2023-9M&where=sex%3Dfemale&series=plan"
    assert "5 học viên" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("period", "1.2.3"),
        ("period", "1e9"),
        ("period", "٣"),
        ("period", "hai nghìn"),
        ("period", SCRIPT),
        ("period", "2023..2022"),
        ("period", "9" * 100_000),
        ("where", SCRIPT),
        ("where", "scheme=không có"),
        ("series", "zzz"),
        ("geography", "1990-01-01"),
        ("geography", "31/02/2024"),
        ("known_at", "#" + "9" * 400),
        ("known_at", "hôm qua"),
        ("stated_by", "\u202e2024"),
    ],
)
def test_a_bad_word_in_the_address_is_refused_in_one_sentence(
    client: Client, name: str, text: str
) -> None:
    answered = client.get(f"/figures/{FOUNDED}/{BINH_PHUOC}", {"period": "2023", name: text})
    told = answered.content.decode()
    assert answered.status_code == 422
    assert SCRIPT not in told
    assert "\u202e" not in told.split("<main", 1)[1]


@pytest.mark.parametrize("path", ["nope/vn", f"{FOUNDED}/p99-2008", f"{FOUNDED}/%00"])
def test_no_such_indicator_or_place_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/figures/{path}").status_code == 404


def test_what_was_entered_is_never_markup(client: Client) -> None:
    source = a_source("read", SCRIPT)
    say(BINH_PHUOC, "2023", 60, by="read", code=source.code, as_written=SCRIPT)
    assert SCRIPT not in page(client, BINH_PHUOC, "2023")


@pytest.mark.parametrize("text", ["2.177", "2177", "2.177 hợp tác xã", "2.177 HTX", "2.177 htx"])
def test_a_number_is_found_as_people_write_it(client: Client, text: str) -> None:
    say(BINH_PHUOC, "2023", 2177)
    assert quote(FOUNDED) in found(client, text)


@pytest.mark.parametrize("text", ["1 tỷ 456 triệu", "1,456 tỷ đồng", "1.456.000.000"])
def test_money_is_found_as_people_write_it(client: Client, text: str) -> None:
    say(BINH_PHUOC, "2023", 1_456_000_000, indicator="loans.lent")
    assert "1 tỷ 456 triệu đồng" in found(client, text)


def test_a_range_is_found_by_both_ends_or_by_one(client: Client) -> None:
    amount = Amount(3_800_000, 5_500_000)
    say(LANG_SON, "2023-9M", amount, indicator="workers.income_per_month")
    for text in ("3,8-5,5 triệu", "5,5 triệu"):
        assert "3,8–5,5 triệu" in found(client, text)


def test_a_printed_code_finds_its_entry_and_a_posting_its_entries(client: Client) -> None:
    posted(draft(BINH_PHUOC, "2023", 60), draft(LANG_SON, "2023", 40))
    assert "/entries/1.2/" in found(client, "1.2")
    whole = found(client, "#1")
    assert "/entries/1.1/" in whole
    assert "/entries/1.2/" in whole


def test_an_indicator_is_found_without_marks_or_by_its_code(client: Client) -> None:
    for text in ("hop tac xa thanh lap", "cooperatives.founded", "Cooperatives founded"):
        assert f"/indicators/{FOUNDED}/" in found(client, text)


def test_at_most_twenty_are_listed_and_the_rest_are_counted(client: Client) -> None:
    posted(*(draft(BINH_PHUOC, f"20{year}", 77) for year in range(10, 35 - 10)))
    posted(*(draft(LANG_SON, f"20{year}", 77) for year in range(10, 25)))
    assert "và 10 kết quả nữa" in found(client, "77")


@pytest.mark.parametrize(
    "text", ["1.2.3", "1e9", "٣", "hai nghìn", SCRIPT, "\u202e77", "7" * 10_000]
)
def test_a_text_that_is_no_number_finds_nothing_and_breaks_nothing(
    client: Client, text: str
) -> None:
    say(BINH_PHUOC, "2023", 60)
    assert SCRIPT not in found(client, text)
