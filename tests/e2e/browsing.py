"""What people do on every page, in a word each."""

from collections.abc import Mapping
from typing import Final, Protocol

from playwright.sync_api import Locator, Page

from tests.e2e.houses import Site

REVIEW: Final = "/reviews/004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc/"
OFFICER, LEADER, DEPARTMENT, NEIGHBOUR = "binh-phuoc", "lanh-dao", "vca", "lang-son"


class Visit(Protocol):
    """Open a browser of its own at a site, as a visitor or signed in."""

    def __call__(
        self, site: Site, *, account: str = "", language: str = "vi", script: bool = True
    ) -> Page: ...


def sign_in(page: Page, site: Site, account: str) -> None:
    """Fill in the page of signing in, where the page is not there already."""
    if "/sign-in/" not in page.url:
        page.goto("/sign-in/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", site.password(account))
    _go(page, page.locator("main button.main"))


def fill(page: Page, typed: Mapping[str, str]) -> None:
    """Type into the fields of a page, by their names; choose where there is a list."""
    for name, value in typed.items():
        field = page.locator(f"main [name='{name}']:visible").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def typed_in(page: Page, name: str) -> str:
    """What stands in a field of the page."""
    return page.locator(f"main [name='{name}']:visible").first.input_value()


def press(page: Page, words: str) -> None:
    """Press the button of the page that says so."""
    _go(page, page.locator("main").get_by_role("button", name=words, exact=True))


def follow(page: Page, words: str) -> None:
    """Follow the link of the page that says so."""
    _go(page, page.locator("main").get_by_role("link", name=words, exact=True).first)


def _go(page: Page, way: Locator) -> None:
    """Click, and wait until the page it leads to is there."""
    with page.expect_navigation():
        way.click()


def told(page: Page) -> str:
    """What the page tells, with single spaces, as it is read."""
    return " ".join(page.locator("main").inner_text().split())


def copied(page: Page, button: str) -> list[list[str]]:
    """The table that a button copies, as Excel would take it: rows of cells."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(button).click()
    page.locator(button, has_text="Đã chép").wait_for()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return [line.split("\t") for line in text.split("\n")]
