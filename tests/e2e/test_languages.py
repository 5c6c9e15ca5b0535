"""English and back, on a page of every kind, with nothing lost on the way."""

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import OFFICER, REVIEW, Visit, fill, press, typed_in
from tests.e2e.houses import Site

KINDS = (
    "/",
    "/indicators/",
    "/indicators/loans.lent/?period=2022..2023",
    "/matrix/?period=2023",
    "/figures/cooperatives.total/p70-2008?period=2023-12-31",
    "/figures/add/?indicator=cooperatives.founded",
    "/entries/4.2/",
    "/entries/4.2/correct/",
    "/places/p70-2008/",
    "/documents/bai-bao-so-ket-2-de-an-binh-phuoc-2024-03-20/",
    "/reviews/",
    REVIEW,
    f"{REVIEW}start/",
    "/journal/?posting=4",
    "/find/?q=binh%20phuoc",
    "/account/",
    "/look/",
)


def switch(page: Page, language: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=language).click()


def test_every_kind_of_page_is_read_in_english_and_back(reading: Site, visit: Visit) -> None:
    page = visit(reading, account=OFFICER)
    for address in KINDS:
        page.goto(address)
        before = page.title()
        switch(page, "English")
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.url.endswith(address)
        assert page.locator(".menu").inner_text() != ""
        assert "Sign out" in page.locator(".account").inner_text()
        switch(page, "Tiếng Việt")
        assert page.locator("html").get_attribute("lang") == "vi"
        assert (page.url.endswith(address), page.title()) == (True, before)


@pytest.mark.parametrize("step", ["form", "preview"])
def test_what_is_typed_outlives_a_change_of_language(
    reading: Site, visit: Visit, step: str
) -> None:
    page = visit(reading, account=OFFICER)
    page.goto("/figures/add/?indicator=cooperatives.founded")
    fill(page, {"place": "Bình Phước", "period": "2024", "value": "12"})
    fill(page, {"organisation": "alliance-p70-2008"})
    if step == "preview":
        press(page, "Xem trước khi gửi")
    switch(page, "English")
    assert typed_in(page, "value") == "12"
    assert typed_in(page, "period") == "2024"
