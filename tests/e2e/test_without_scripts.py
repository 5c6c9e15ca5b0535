"""Where scripts are off every page reads and every form works."""

import json
from pathlib import Path

from tests.e2e.browsing import OFFICER, Visit, fill, press, told
from tests.e2e.houses import Site

BUDGETS = json.loads((Path(__file__).parent.parent / "budgets.json").read_text("utf-8"))
FEWEST = 60  # characters that any page tells


def test_every_page_tells_the_same_without_scripts(reading: Site, visit: Visit) -> None:
    with_scripts, without = visit(reading), visit(reading, script=False)
    for address in BUDGETS["visitor"]:
        for page in (with_scripts, without):
            page.goto(address)
        assert told(without) == _without_buttons(told(with_scripts)), address
        assert len(told(without)) > FEWEST, address


def _without_buttons(words: str) -> str:
    """Without what only a script can do, which is not offered then."""
    for button in ("Chép sang Excel ", "Chép câu kèm nguồn "):
        words = words.replace(button, "")
    return words.removesuffix(" Chép sang Excel")


def test_a_figure_is_entered_without_scripts(site: Site, visit: Visit) -> None:
    page = visit(site, account=OFFICER, script=False)
    page.goto("/figures/add/?indicator=cooperatives.founded")
    fill(page, {"place": "Bình Phước", "period": "tháng 3/2024", "value": "12"})
    fill(page, {"organisation": "alliance-p70-2008"})
    press(page, "Xem trước khi gửi")
    press(page, "Gửi")
    assert "Đã ghi, chờ duyệt." in told(page)


def test_a_language_is_chosen_and_a_place_searched_without_scripts(
    reading: Site, visit: Visit
) -> None:
    page = visit(reading, script=False)
    page.goto("/places/?q=dak lak")
    assert "Đắk Lắk" in told(page)
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert page.url.endswith("/places/?q=dak%20lak")
