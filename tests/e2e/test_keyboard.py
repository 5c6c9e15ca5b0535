"""A whole job without a mouse: Tab, arrows and Enter, and what is typed."""

from playwright.sync_api import Page

from tests.e2e.browsing import OFFICER, Visit, told
from tests.e2e.houses import Site

MOST_STOPS = 120
FOCUSED = "[...document.activeElement?.labels ?? []].map(one => one.innerText).join(' ')"
NAMED = f"({FOCUSED} || document.activeElement?.ariaLabel || document.activeElement?.innerText)"


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name; it must be seen to be there."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if str(page.evaluate(NAMED) or "").strip().startswith(name):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{name} does not show that it is chosen"
            return
    raise AssertionError(f"Tab never comes to {name}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_figure_is_entered_by_keyboard_alone(site: Site, visit: Visit) -> None:
    page = visit(site)
    page.goto("/")
    tab_to(page, "Đăng nhập")
    enter(page)
    tab_to(page, "Tên đăng nhập")
    page.keyboard.type(OFFICER)
    tab_to(page, "Mật khẩu")
    page.keyboard.type(site.password(OFFICER))
    enter(page)
    tab_to(page, "Nhập số liệu")
    enter(page)
    tab_to(page, "Hợp tác xã thành lập mới")
    enter(page)
    for field, words in (("Nơi", "binh phuoc"), ("Kỳ", "tháng 2/2024"), ("Con số", "gần 20")):
        tab_to_form(page, field)
        page.keyboard.type(words)
    tab_to(page, "Đơn vị báo cáo")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Xem trước khi gửi")
    enter(page)
    assert "gần 20 hợp tác xã" in told(page)
    tab_to(page, "Gửi")
    enter(page)
    assert "Đã ghi, chờ duyệt." in told(page)


def tab_to_form(page: Page, field: str) -> None:
    """A field of the page's own form; the bar above asks for a place and a period too."""
    while True:
        tab_to(page, field)
        if page.evaluate("document.activeElement.closest('main') !== null"):
            return


def test_a_table_is_one_stop_and_arrows_walk_inside(reading: Site, visit: Visit) -> None:
    page = visit(reading)
    page.goto("/matrix/?period=2023")
    table = "document.activeElement.closest('table')"
    stops = [stop for stop in _stops(page, f"{table}?.id") if stop == "matrix"]
    assert stops == ["matrix"]
    page.locator("#matrix tbody tr:not(.whole) td a").first.focus()
    row = "document.activeElement.closest('tr').rowIndex"
    column = "document.activeElement.closest('td, th').cellIndex"
    before = page.evaluate(row), page.evaluate(column)
    for key, down, right in (
        ("ArrowDown", 1, 0),
        ("ArrowRight", 1, 1),
        ("ArrowUp", 0, 1),
        ("ArrowLeft", 0, 0),
    ):
        page.keyboard.press(key)
        now = page.evaluate(row) - before[0], page.evaluate(column) - before[1]
        assert now == (down, right)
    enter(page)
    assert "/figures/" in page.url


def _stops(page: Page, asked: str) -> list[str]:
    """What is asked of each place where Tab stops, through the whole page."""
    found = []
    page.locator(".skip").focus()
    while page.evaluate("document.activeElement !== document.body"):
        page.keyboard.press("Tab")
        found.append(page.evaluate(asked))
        assert len(found) < 400
    return found


def test_the_first_stop_leads_past_the_menu(reading: Site, visit: Visit) -> None:
    page = visit(reading)
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
