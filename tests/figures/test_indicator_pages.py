"""The catalogue, the page of an indicator and the matrix: what they show, and what they refuse."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lienminh.figures.actions import name_cell_value
from lienminh.figures.models import Expectation, Indicator
from lienminh.figures.shown import scale_of
from lienminh.paper import tiles
from lienminh.places.models import Place
from lienminh.rules.precision import Amount
from tests.figures.telling import FOUNDED, TOTAL, TRAINEES, below, draft, posted, say

pytestmark = pytest.mark.django_db
BINH_PHUOC, LANG_SON, NATION = "p70-2008", "p20-2008", "vn"
PAGES = ["/indicators/", f"/indicators/{TOTAL}/", "/matrix/"]
LENT = "loans.lent"
BAD_WORDS = [
    "<script>alert(1)</script>",
    "\u202eBình\u0007 Phước\u0000!",
    "1.2.3",
    "1e9",
    "٣",
    "hai nghìn",
    "x" * 200,
]


def page(client: Client, path: str, **asked: str) -> str:
    return told(client, path, asked, status=200)


def refused(client: Client, path: str, **asked: str) -> str:
    return told(client, path, asked, status=422)


def told(client: Client, path: str, asked: dict[str, str], *, status: int) -> str:
    answered = client.get(path, asked)
    assert answered.status_code == status
    return " ".join(answered.content.decode().split())


def table(html: str, name: str) -> str:
    """The table of this id, its tags between single spaces."""
    found = re.search(rf'<table id="{name}".*?</table>', html)
    return found[0] if found else ""


def row(html: str, name: str, title: str) -> str:
    """The row of a table that starts with this title, without tags."""
    rows = table(html, name).split("<tr")
    found = next((one for one in rows if f">{title}</a></th>" in one), "")
    return " ".join(re.sub(r"<[^>]*>", " ", f"<tr{found}").split())


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_for_a_visitor_even_with_an_empty_ledger(
    client: Client, path: str
) -> None:
    html = page(client, path)
    assert "<h1>" in html
    assert "style=" not in html
    assert "onclick" not in html


@pytest.mark.parametrize("path", PAGES)
def test_pages_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_an_unknown_indicator_is_not_found(client: Client) -> None:
    told(client, "/indicators/no.such/", {}, status=404)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("word", BAD_WORDS)
def test_a_place_nobody_knows_is_said_at_the_bar(client: Client, path: str, word: str) -> None:
    html = page(client, path, place=word)
    assert "Không có nơi nào" in html
    assert "<script>alert" not in html
    assert "\u202e" not in html.split("<main")[1]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/matrix/", {"indicator": "<b>x</b>"}),
        ("/matrix/", {"geography": "hai nghìn"}),
        ("/matrix/", {"geography": "1900-01-01"}),
        (f"/indicators/{TOTAL}/", {"known_at": "1e9"}),
        (f"/indicators/{TOTAL}/", {"where": "<b>=x"}),
        (f"/indicators/{TOTAL}/", {"where": "sex=female"}),
        (f"/indicators/{TOTAL}/", {"period": "٣"}),
    ],
)
def test_a_bad_word_in_the_address_is_refused(
    client: Client, path: str, asked: dict[str, str]
) -> None:
    html = refused(client, path, **asked)
    assert "<b>" not in html.split("<main")[1]


def test_the_catalogue_shows_the_latest_figure_of_the_place(client: Client) -> None:
    say(BINH_PHUOC, "2022-12-31", 300, indicator=TOTAL)
    say(BINH_PHUOC, "2023-12-31", 323, indicator=TOTAL)
    said = row(page(client, "/indicators/", place="Bình Phước"), "indicators", "Tổng số hợp tác xã")
    assert said.startswith("Tổng số hợp tác xã 323 hợp tác xã Tỉnh Bình Phước 31/12/2023")


def test_the_catalogue_names_the_place_whose_figure_it_shows_for_the_nation(client: Client) -> None:
    say(BINH_PHUOC, "2023-12-31", 323, indicator=TOTAL)
    assert "323 hợp tác xã Tỉnh Bình Phước" in row(
        page(client, "/indicators/"), "indicators", "Tổng số hợp tác xã"
    )


def test_the_catalogue_picks_no_place_out_of_several(client: Client) -> None:
    say(BINH_PHUOC, "2023-12-31", 323, indicator=TOTAL)
    say(LANG_SON, "2023-12-31", 478, indicator=TOTAL)
    said = row(page(client, "/indicators/"), "indicators", "Tổng số hợp tác xã")
    assert "xem từng nơi" in said
    assert "323" not in said


def test_a_withdrawn_figure_is_not_the_latest(client: Client) -> None:
    say(BINH_PHUOC, "2023-12-31", 323, indicator=TOTAL)
    say(BINH_PHUOC, "2023-12-31", None, indicator=TOTAL)
    assert "323" not in page(client, "/indicators/")


def test_the_page_shows_each_unit_with_its_qualifier_and_links_it(client: Client) -> None:
    say(BINH_PHUOC, "2023", Amount(60, 60, "<", True))
    html = page(client, f"/indicators/{FOUNDED}/", period="2023")
    assert "gần 60 đơn vị báo cáo" in row(html, "by-place", "Bình Phước")
    assert f'href="/figures/{FOUNDED}/{BINH_PHUOC}?period=2023"' in html
    assert "1/63 nơi có số liệu" in html


def test_nothing_happened_not_reported_and_not_expected_are_told_apart(client: Client) -> None:
    say(BINH_PHUOC, "2023", 0)
    founded = Indicator.objects.get(code=FOUNDED)
    for place in below(NATION)[1:]:
        Expectation.objects.create(indicator=founded, place=place, first_day=date(2020, 1, 1))
    html = page(client, f"/indicators/{FOUNDED}/", period="2023")
    assert "0 đơn vị báo cáo không phát sinh" in row(html, "by-place", "Bình Phước")
    assert re.search(r"Không thuộc đối tượng \(1\):</strong> <a[^>]*>Hà Nội</a>\.", html)
    assert "Chưa báo cáo (61):" in html
    assert "1/62 nơi có số liệu" in html


def test_a_partial_sum_is_never_shown_as_the_total(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    html = page(client, f"/indicators/{FOUNDED}/", period="2023")
    assert "Chưa có tổng" in html
    assert "mới có 1/63 nơi" in html
    total = re.search(r'<tr class="whole">.*?</tr>', page(client, "/matrix/", period="2023"))
    assert total is not None
    assert 'data-value="60"' not in total[0]
    assert "60 (mới có 1/63 nơi)" in total[0]


def test_an_estimate_stands_where_nothing_is_reported_and_says_so(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60, series="estimate")
    say(LANG_SON, "2023", 40)
    html = page(client, f"/indicators/{FOUNDED}/", period="2023")
    assert "60 đơn vị báo cáo ước" in row(html, "by-place", "Bình Phước")
    assert "ước" not in row(html, "by-place", "Lạng Sơn")
    assert "1/63 nơi có số liệu" in html


def test_without_a_period_the_latest_that_has_figures_is_shown(client: Client) -> None:
    say(BINH_PHUOC, "2022..2023", 60)
    assert "giai đoạn 2022–2023" in page(client, f"/indicators/{FOUNDED}/")
    say(LANG_SON, "2024-06-30", 478, indicator=TOTAL)
    assert "năm 2024" in page(client, f"/indicators/{TOTAL}/")
    assert "<h1>Việt Nam, năm 2024</h1>" in page(client, "/matrix/")


def test_over_time_shows_every_series_the_latest_first(client: Client) -> None:
    say(BINH_PHUOC, "2022", 50)
    say(BINH_PHUOC, "2023", 60)
    say(BINH_PHUOC, "2024", 70, series="plan")
    html = table(page(client, f"/indicators/{FOUNDED}/", place="Bình Phước"), "over-time")
    said = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    assert re.search(r"Năm 2024 70 kế hoạch .* Năm 2023 60 thực hiện .* Năm 2022 50", said)


def test_a_part_is_shown_as_a_part_where_nobody_states_the_whole(client: Client) -> None:
    name_cell_value(key="scheme", value="a-scheme", label_vi="Đề án A", label_en="Scheme A")
    say(BINH_PHUOC, "2023", 29 * 10**9, indicator=LENT, cell="channel=entrusted;scheme=a-scheme")
    html = page(client, f"/indicators/{LENT}/")
    assert "Không nguồn nào nêu tổng của chỉ tiêu này; đang xem một phần." in html
    assert "đề án: Đề án A" in html
    assert "29 đơn vị báo cáo" in row(html, "by-place", "Bình Phước")
    assert "đang xem một phần" not in page(client, f"/indicators/{LENT}/", where="")


@pytest.mark.parametrize(("geography", "tiles_drawn"), [("2024-01-01", 63), ("2026-01-01", 34)])
def test_the_map_and_the_matrix_follow_the_borders_chosen(
    client: Client, geography: str, tiles_drawn: int
) -> None:
    say(LANG_SON, "2023-12-31", 478, indicator=TOTAL)
    asked = {"period": "2023", "geography": geography}
    drawn = page(client, f"/indicators/{TOTAL}/", **asked)
    assert drawn.count("<g><title>") == tiles_drawn + 2
    assert "Q.đ. Hoàng Sa (Đà Nẵng) – " in drawn
    assert "Q.đ. Trường Sa (Khánh Hòa) – " in drawn
    assert f"{tiles_drawn} tỉnh, thành phố" in page(client, "/matrix/", **asked)


def test_bars_rank_only_when_every_unit_has_reported(client: Client) -> None:
    districts = below(BINH_PHUOC)
    for number, place in enumerate(districts[1:], start=1):
        say(place.ref, "2023", number)
    asked = {"place": "Bình Phước", "period": "2023"}
    assert "chưa xếp thứ hạng" in page(client, f"/indicators/{FOUNDED}/", **asked)
    say(districts[0].ref, "2023", 99)
    assert "nhiều nhất ở" in page(client, f"/indicators/{FOUNDED}/", **asked)


def test_the_matrix_takes_its_indicators_from_the_address(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    html = page(client, "/matrix/", indicator=f"{FOUNDED},{FOUNDED}")
    assert html.count('href="/indicators/cooperatives.') == 1
    assert row(html, "matrix", "Bình Phước") == "Bình Phước 60"
    assert row(html, "matrix", "Hà Nội") == "Hà Nội … chưa báo cáo"


def test_the_matrix_says_where_only_parts_are_stated(client: Client) -> None:
    say(BINH_PHUOC, "2023", 5, indicator=TRAINEES, cell="topic=ecommerce", counting="turns")
    html = page(client, "/matrix/", indicator=TRAINEES, period="2023")
    assert row(html, "matrix", "Bình Phước") == "Bình Phước chỉ có từng phần"


def test_office_figures_are_not_shown_to_visitors(client: Client) -> None:
    Indicator.objects.filter(code=FOUNDED).update(audience="office")
    say(BINH_PHUOC, "2023", 61)
    for path in [f"/indicators/{FOUNDED}/", "/matrix/", "/indicators/"]:
        assert "61" not in re.sub(r"<[^>]*>", "", page(client, path, period="2023"))
    assert "Dành cho cán bộ" in page(client, f"/indicators/{FOUNDED}/", period="2023")


def test_a_page_as_known_before_a_correction_shows_the_old_figure(client: Client) -> None:
    before = say(BINH_PHUOC, "2023", 60)
    say(BINH_PHUOC, "2023", 62)
    asked = {"period": "2023", "known_at": f"#{before.number}"}
    html = page(client, f"/indicators/{FOUNDED}/", **asked)
    assert row(html, "by-place", "Bình Phước").startswith("Bình Phước 60")
    assert f"known_at=%23{before.number}" in html


def test_the_questions_to_the_database_do_not_grow_with_the_figures(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    posted(*(draft(place.ref, "2023", 5) for place in below(NATION)))
    client.get("/matrix/")
    for path, most in [("/indicators/", 20), (f"/indicators/{FOUNDED}/", 45), ("/matrix/", 40)]:
        with django_assert_max_num_queries(most):
            page(client, path, period="2023")


def test_every_province_of_both_borders_has_one_tile_of_its_own() -> None:
    for day, count in [(date(2008, 8, 1), 63), (date(2025, 7, 1), 34)]:
        grid = tiles.grid(day.isoformat())
        provinces = Place.objects.filter(level="province", first_day__lte=day)
        living = provinces.exclude(last_day__lt=day)
        assert set(grid) == set(living.values_list("code", flat=True))
        assert len({(tile.column, tile.row) for tile in grid.values()}) == count


def test_classes_hold_every_value_once_and_rise() -> None:
    made = tiles.classes([5, 1, 1, 9, 3, 7, 2, 8])
    assert made == [(1, 1), (2, 3), (5, 7), (8, 9)]
    assert [tiles.level_of(value, made) for value in (1, 3, 5, 9)] == [0, 1, 2, 3]
    assert tiles.classes([4]) == [(4, 4)]
    assert tiles.classes([]) == []


def test_words_in_a_map_are_escaped() -> None:
    drawn = tiles.svg("2025-07-01", {"48": tiles.Shade('<b>"x"')}, "<t>")
    assert "<b>" not in drawn
    assert "<t>" not in drawn


@pytest.mark.parametrize(
    ("amounts", "words"),
    [([29 * 10**9], "tỷ đồng"), ([29 * 10**9, 1_456_000_000], "triệu đồng"), ([1], "đồng")],
)
def test_a_column_of_money_has_one_unit_in_which_all_is_whole(
    amounts: list[int], words: str
) -> None:
    assert scale_of("VND", [Amount(one, one) for one in amounts]).words == words


def test_the_place_of_a_row_opens_the_same_page_there(client: Client) -> None:
    say(BINH_PHUOC, "2023", 60)
    html = page(client, f"/indicators/{FOUNDED}/", period="2023")
    found = re.search(r'<th scope="row"><a href="([^"]*)">Bình Phước</a>', html)
    assert found is not None
    there = page(client, found[1].replace("&amp;", "&"))
    assert "Tỉnh Bình Phước, năm 2023" in there
