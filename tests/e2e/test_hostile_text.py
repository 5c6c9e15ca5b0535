"""Names of 200 characters and text that means harm are shown as text, on every page they reach."""

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import LEADER, OFFICER, REVIEW, Visit, fill, press, told
from tests.e2e.houses import Site
from tests.e2e.looking import assert_sound

HARM = "<b>đậm</b><script>document.title='hỏng'</script>\u202e{{ 7|add:7 }}'\"&amp;"
SHOWN = "<b>đậm</b><script>document.title='hỏng'</script>{{ 7|add:7 }}'\"&amp;"
LONG = ("HợptácxãNôngnghiệpDịchvụTổnghợp" * 7)[:200]


def assert_shown_as_text(page: Page, *texts: str) -> None:
    assert all(text in told(page) for text in texts), page.url
    assert "\u202e" not in told(page)
    assert "hỏng" not in page.title().replace(SHOWN, "")
    assert page.locator("main b").count() == 0
    assert_sound(page)


def test_hostile_and_long_words_of_a_figure_are_text_wherever_it_is_shown(
    site: Site, visit: Visit
) -> None:
    page = visit(site, account=OFFICER)
    page.goto("/figures/add/?indicator=cooperatives.founded")
    typed = {"place": "Bình Phước", "period": "tháng 4/2024", "value": "12", "document": LONG}
    typed |= {"stated_on": "05/03/2024", "attribution": HARM, "as_written": HARM, "note": HARM}
    fill(page, typed)
    press(page, "Xem trước khi gửi")
    assert_shown_as_text(page, SHOWN, LONG)
    press(page, "Gửi")
    assert_shown_as_text(page, SHOWN, LONG)
    entry = page.url
    page.goto("/figures/cooperatives.founded/p70-2008?period=2024-04")
    assert_shown_as_text(page, SHOWN, LONG)
    page.goto("/journal/?place=&period=")
    assert_shown_as_text(page, SHOWN)
    page.goto(f"{entry}correct/")
    assert_shown_as_text(page, SHOWN, LONG)
    page.goto("/indicators/cooperatives.founded/?place=p70-2008&period=2024-04")
    assert LONG in told(page)
    assert_sound(page)


def test_hostile_and_long_titles_and_words_of_a_dossier_are_text(site: Site, visit: Visit) -> None:
    page, leader = visit(site, account=OFFICER), visit(site, account=LEADER)
    page.goto(f"{REVIEW}start/")
    when = {"scope": "Bình Phước", "span": "2023", "day": "05/03/2024"}
    fill(page, when | {"title": f"{LONG} {HARM}"})
    press(page, "Xem số liệu tìm được")
    press(page, "Lập dự thảo")
    draft = page.url
    page.goto(f"{draft}edit/")
    words = HARM.replace("{{ 7|add:7 }}", "")
    page.locator("main textarea[name^=p]").first.fill(f"{LONG} {words}")
    press(page, "Lưu dự thảo")
    text = SHOWN.replace("{{ 7|add:7 }}", "")
    assert_shown_as_text(page, f"{LONG} {SHOWN}", f"{LONG} {text}")
    for address in ("/reviews/", "/", f"{draft}edit/"):
        page.goto(address)
        assert_shown_as_text(page, f"{LONG} {SHOWN}")
    leader.goto(f"{draft}issue/")
    assert_shown_as_text(leader, f"{LONG} {SHOWN}")


@pytest.mark.parametrize("text", [HARM, LONG, "\u200f\u0000\u0007", "../../etc", "%", "'"])
@pytest.mark.parametrize("address", ["/find/?q=", "/places/?q="])
def test_whatever_is_searched_for_is_text(
    reading: Site, visit: Visit, text: str, address: str
) -> None:
    page = visit(reading)
    page.goto(address)
    field = page.locator(".search input" if "find" in address else "main [type=search]")
    field.fill(text)
    with page.expect_navigation():
        field.press("Enter")
    assert page.locator("main b").count() == 0
    assert "hỏng" not in page.title()
    assert_sound(page)
