"""What visitors do: find a number, open it down to its source, take it along."""

import re
from io import BytesIO

import pypdf
import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import REVIEW, Visit, copied, follow, told
from tests.e2e.houses import Site

LENT = "gần 29 tỷ đồng"


@pytest.fixture
def page(reading: Site, visit: Visit) -> Page:
    """A visitor's first page."""
    opened = visit(reading)
    opened.goto("/")
    return opened


def test_a_newcomer_reaches_the_words_behind_a_number_in_three_clicks(page: Page) -> None:
    follow(page, "Sơ kết 2 năm thực hiện 2 đề án về hợp tác xã trên địa bàn tỉnh Bình Phước")
    follow(page, LENT)
    assert page.locator("blockquote").inner_text() == f"“{LENT}”"
    assert "ký tự 1752–1762" in told(page)
    follow(page, "Sơ kết 2 năm thực hiện 2 đề án về hợp tác xã")
    assert "Số liệu đọc từ văn bản này" in told(page)
    assert "1752–1762" in told(page)


def test_an_indicator_is_seen_over_places_and_time_and_on_a_map(page: Page) -> None:
    page.locator(".menu").get_by_role("link", name="Chỉ tiêu").click()
    follow(page, "Tổng số hợp tác xã")
    page.fill(".bar [name=period]", "2023")
    page.locator(".bar button").click()
    assert "2/63 nơi có số liệu, năm 2023" in told(page)
    assert page.locator("#by-place tbody tr").count() == 2
    assert page.locator("#over-time tbody tr").count() >= 1
    assert page.locator("svg.tiles").get_by_text("Bình Phước: 323", exact=False).count() == 1
    assert page.locator(".legend li").count() >= 2


@pytest.mark.parametrize(("borders", "provinces"), [("", 63), ("01/01/2026", 34)])
def test_the_matrix_has_the_provinces_of_the_borders_chosen(
    page: Page, borders: str, provinces: int
) -> None:
    page.goto("/matrix/?period=2023")
    page.get_by_text("Địa giới và thời điểm biết").click()
    page.fill("[name=geography]", borders)
    page.locator(".bar button").click()
    assert page.locator("#matrix tbody tr:not(.whole)").count() == provinces


def test_an_address_shows_another_visitor_the_same(page: Page, reading: Site, visit: Visit) -> None:
    page.goto("/matrix/")
    page.fill(".bar [name=period]", "9 tháng đầu năm 2023")
    page.fill(".bar [name=place]", "vung trung du va mien nui phia bac")
    page.locator(".bar button").click()
    other = visit(reading)
    other.goto(page.url)
    assert told(other) == told(page)
    assert "9 tháng đầu năm 2023" in told(other)


def test_a_copied_table_has_numbers_as_numbers_and_qualifiers_beside_them(page: Page) -> None:
    page.goto(REVIEW)
    name = page.locator("button[data-copy]").first.get_attribute("data-copy")
    rows = copied(page, f"button[data-copy='{name}']")
    assert len({len(row) for row in rows}) == 1
    values = [cell for row in rows[1:] for cell in row if re.fullmatch(r"[0-9]+", cell)]
    assert values


def test_the_matrix_is_copied_whole(page: Page) -> None:
    page.goto("/matrix/?period=2023")
    rows = copied(page, "button[data-copy=matrix]")
    assert len(rows) == 1 + 1 + 63 + 1
    assert len({len(row) for row in rows}) == 1
    mine = next(row for row in rows if row[0] == "Bình Phước")
    assert "323" in mine
    assert mine[mine.index("323") + 1].startswith("sơ bộ")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/indicators/",
        "/indicators/cooperatives.total/?period=2023",
        "/figures/training.classes/p70-2008?period=2022..2023",
        "/figures/cooperatives.total/p75-2025?period=2023&geography=2026-01-01",
        "/places/p70-2008/?finer=1",
        "/documents/bai-bao-so-ket-2-de-an-binh-phuoc-2024-03-20/",
        "/journal/?posting=4",
    ],
)
def test_every_table_is_copied_in_straight_columns(page: Page, address: str) -> None:
    page.goto(address)
    names = [one.get_attribute("data-copy") for one in page.locator("button[data-copy]").all()]
    tables = [copied(page, f"button[data-copy='{name}']") for name in names]
    for name, rows in zip(names, tables, strict=True):
        columns = {len(row) for row in rows if len(row) > 1}  # a group's heading stands alone
        assert (name, len(columns)) == (name, 1)
    cells = [cell for rows in tables for row in rows for cell in row]
    assert any(re.fullmatch("[0-9]+", cell) for cell in cells)


def test_a_figure_prints_as_one_sheet_with_its_address(page: Page) -> None:
    page.goto("/figures/cooperatives.total/p70-2008?period=2023-12-31")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert page.locator(".sheet-name").is_visible()
    assert "/figures/cooperatives.total/p70-2008" in page.locator(".sheet-foot").inner_text()
    assert _pages(page) == 1


def _pages(page: Page) -> int:
    return len(pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)


@pytest.mark.parametrize(
    ("asked", "found", "leads_to"),
    [
        ("binh phuoc", "tỉnh Bình Phước", "/places/p70-2008/"),
        ("Bình Phước", "tỉnh Bình Phước", "/places/p70-2008/"),
        ("dak lak", "tỉnh Đắk Lắk", "/places/p66-"),
        ("2.177", "2.177 hợp tác xã", "/figures/cooperatives.alliance_members/"),
        ("226 tỷ", "trên 226 tỷ đồng", "/figures/loans.disbursed/"),
        ("S12", "S12: Số tiền cho vay", "/figures/loans.lent/p70-2008"),
        ("4.12", "4.12: gần 29 tỷ đồng", "/entries/4.12/"),
        ("so ket 2 nam thuc hien 2 de an", "Sơ kết 2 năm thực hiện 2 đề án", REVIEW),
    ],
)
def test_what_is_typed_into_the_search_is_found(
    page: Page, asked: str, found: str, leads_to: str
) -> None:
    page.fill(".search input", asked)
    page.keyboard.press("Enter")
    link = page.locator("main").get_by_role("link", name=found).first
    link.click()
    assert leads_to in page.url


def test_a_province_is_followed_through_time(page: Page) -> None:
    page.goto("/places/p70-2008/")
    assert "đến hết ngày 30/06/2025" in told(page)
    assert "323 hợp tác xã" in told(page)
    page.locator(".notice a").first.click()
    assert page.url.endswith("/places/p75-2025/")
    came_from = page.locator("#came-from").inner_text()
    assert "Bình Phước" in came_from
    assert "Đồng Nai" in came_from
    follow(page, "từ 01/07/2025")
    assert "geography=2025-07-01" in page.url
    assert "mới có 1/2 nơi" in told(page)


def test_every_number_of_a_dossier_opens_and_its_three_files_are_given(page: Page) -> None:
    page.goto(REVIEW)
    numbers = page.locator("article a.figure")
    assert numbers.count() >= 17
    assert all("/figures/" in (one.get_attribute("href") or "") for one in numbers.all())
    for name, ending in (("Word", "docx"), ("PDF", "pdf"), ("Excel", "xlsx")):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name, exact=True).click()
        assert coming.value.suggested_filename.endswith(f".{ending}")
        assert coming.value.path().stat().st_size > 5000
