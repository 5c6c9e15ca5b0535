"""English and back, on a page of every kind, with nothing lost on the way."""

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import OFFICER, REVIEW, Visit, fill, press, typed_in
from tests.e2e.houses import Site
from tests.e2e.looking import assert_sound

ADD = "/figures/add/?indicator=cooperatives.founded"
CORRECT, START = "/entries/4.2/correct/", f"{REVIEW}start/"
KINDS = (
    "/",
    "/indicators/",
    "/indicators/loans.lent/?period=2022..2023",
    "/matrix/?period=2023",
    "/figures/cooperatives.total/p70-2008?period=2023-12-31",
    ADD,
    "/entries/4.2/",
    CORRECT,
    "/places/p70-2008/",
    "/documents/bai-bao-so-ket-2-de-an-binh-phuoc-2024-03-20/",
    "/reviews/",
    REVIEW,
    START,
    "/journal/?posting=4",
    "/find/?q=binh%20phuoc",
    "/account/",
    "/look/",
)
STATEMENT = {
    "place": "Bình Phước",
    "period": "2024",
    "value": "12",
    "organisation": "alliance-p70-2008",
}
RIGHT = {"value": "325", "reason": "Typed wrong", "basis_document": "Letter 15"}
NEW = {"scope": "Bình Phước", "span": "2023", "day": "05/03/2024", "title": "Review of 2023"}


def switch(page: Page, language: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=language).click()


def test_every_kind_of_page_is_read_in_english_and_back(reading: Site, visit: Visit) -> None:
    page = visit(reading, account=OFFICER)
    for address in KINDS:
        page.goto(address)
        before = page.url, page.title()
        switch(page, "English")
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.url == before[0]
        assert page.locator(".menu").inner_text() != ""
        assert "Sign out" in page.locator(".account").inner_text()
        switch(page, "Tiếng Việt")
        assert page.locator("html").get_attribute("lang") == "vi"
        assert (page.url, page.title()) == before


@pytest.mark.parametrize("step", ["form", "preview"])
def test_what_is_typed_outlives_a_change_of_language(
    reading: Site, visit: Visit, step: str
) -> None:
    page = visit(reading, account=OFFICER)
    page.goto(ADD)
    fill(page, STATEMENT)
    if step == "preview":
        press(page, "Xem trước khi gửi")
    switch(page, "English")
    assert typed_in(page, "value") == "12"
    assert typed_in(page, "period") == "2024"


@pytest.mark.parametrize(
    ("address", "typed", "button"),
    [
        (ADD, STATEMENT, "[value=preview]"),
        (ADD, STATEMENT | {"value": "1.2.3", "place": "nowhere"}, "[value=preview]"),
        (CORRECT, RIGHT, "[value=preview]"),
        (CORRECT, RIGHT | {"value": "1e9", "reason": ""}, "[value=preview]"),
        (CORRECT, {}, "[value=withdraw]"),
        (START, NEW, ".main"),
        (START, NEW | {"scope": "nowhere", "day": "31/02/2024"}, ".main"),
        ("/account/", {"old_password": "x", "new_password1": "y", "new_password2": "z"}, ".main"),
    ],
)
def test_previews_and_errors_are_sound_in_english(
    reading: Site, visit: Visit, address: str, typed: dict[str, str], button: str
) -> None:
    page = visit(reading, account=OFFICER, language="en")
    page.goto(address)
    fill(page, typed)
    with page.expect_navigation():
        page.locator(f"main button{button}").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert_sound(page)
