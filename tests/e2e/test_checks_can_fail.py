"""The checks see what is wrong: each finds the fault of a page broken on purpose."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.looking import by_axe, sideways, watch

ADDRESS = "http://broken.example/"
POLICY = "default-src 'none'; script-src 'self'"
PAGE = "<!doctype html><html lang='vi'><title>Hỏng</title><main><h1>Hỏng</h1>{}</main></html>"


@pytest.fixture
def broken(new_context: Callable[..., BrowserContext]) -> Callable[[str], tuple[Page, list[str]]]:
    """Open a page with this inside, under the product's strict policy; what was noted."""

    def opened(inside: str) -> tuple[Page, list[str]]:
        page, noted = new_context().new_page(), list[str]()
        watch(page, noted)
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        page.route("**", lambda route: route.fulfill(body=PAGE.format(inside), headers=headers))
        page.goto(ADDRESS)
        return page, noted

    return opened


def test_a_sound_page_has_no_fault(broken: Callable[[str], tuple[Page, list[str]]]) -> None:
    page, noted = broken("<p>Tốt.</p>")
    assert (noted, sideways(page), by_axe(page)) == ([], [], [])


def test_a_field_without_a_label_is_found(
    broken: Callable[[str], tuple[Page, list[str]]],
) -> None:
    page, _noted = broken("<input name='q'>")
    assert any(fault.startswith("label ") for fault in by_axe(page))


def test_a_page_that_scrolls_sideways_is_found(
    broken: Callable[[str], tuple[Page, list[str]]],
) -> None:
    page, _noted = broken("<table width='5000'><tr><td>rộng</table>")
    assert sideways(page)


@pytest.mark.parametrize(
    "inside", ["<p style='color: red'>đỏ</p>", "<script>document.title = 'chạy'</script>"]
)
def test_what_the_policy_forbids_is_noted(
    broken: Callable[[str], tuple[Page, list[str]]], inside: str
) -> None:
    _page, noted = broken(inside)
    assert any("Content Security Policy" in fault for fault in noted)
