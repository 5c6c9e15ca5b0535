"""Each page of the demo, in both languages, wide and on a phone."""

import json
from pathlib import Path

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.houses import Site
from tests.e2e.looking import assert_sound

BUDGETS = json.loads((Path(__file__).parent.parent / "budgets.json").read_text("utf-8"))
PAGES = [(who, address) for who, pages in BUDGETS.items() for address in pages]
ACCOUNTS = {"visitor": "", "officer": "binh-phuoc"}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_is_sound(
    reading: Site, visit: Visit, who: str, address: str, language: str
) -> None:
    page = visit(reading, account=ACCOUNTS[who], language=language)
    given = page.goto(address)
    assert given
    assert given.status == 200
    assert page.locator("html").get_attribute("lang") == language
    assert_sound(page)
