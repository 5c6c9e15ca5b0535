"""A review from one of the five: started, written, redrawn, issued, and flagged when corrected."""

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import (
    LEADER,
    OFFICER,
    REVIEW,
    Visit,
    fill,
    follow,
    press,
    sign_in,
    told,
    typed_in,
)
from tests.e2e.houses import Site
from tests.e2e.looking import assert_sound

NEW = {
    "scope": "binh phuoc",
    "span": "năm 2023",
    "day": "05/03/2024",
    "title": "Sơ kết năm 2023 các đề án về hợp tác xã tỉnh Bình Phước",
}


def start(page: Page, title: str) -> str:
    """Start a draft; its address."""
    page.goto(REVIEW)
    follow(page, "Lập hồ sơ mới từ hồ sơ này")
    fill(page, NEW | {"title": title})
    press(page, "Xem số liệu tìm được")
    press(page, "Lập dự thảo")
    return page.url


def correct(page: Page, entry: str, value: str) -> None:
    """Correct a figure from the page of whichever of its entries."""
    page.goto(f"/entries/{entry}/correct/")
    fill(page, {"value": value, "reason": "Gõ nhầm", "basis_document": "Công văn số 15/LMHTX"})
    press(page, "Xem trước khi gửi")
    press(page, "Gửi")


def test_a_review_is_started_written_redrawn_issued_and_flagged(site: Site, visit: Visit) -> None:
    officer, leader = visit(site, account=OFFICER), visit(site, account=LEADER)
    officer.goto(REVIEW)
    follow(officer, "Lập hồ sơ mới từ hồ sơ này")
    assert_sound(officer)
    fill(officer, NEW)
    press(officer, "Xem số liệu tìm được")
    assert "2 trong 17 con số đã có trong sổ." in told(officer)
    assert "Liên minh HTX tỉnh Bình Phước" in officer.locator("#found").inner_text()
    assert_sound(officer)
    press(officer, "Lập dự thảo")
    draft = officer.url
    assert "323 hợp tác xã" in told(officer)
    officer.get_by_text("con số chưa có trong sổ").click()
    assert "Liên minh HTX tỉnh Bình Phước" in officer.locator("#unanswered").inner_text()
    assert_sound(officer)

    follow(officer, "Sửa lời văn")
    assert_sound(officer)
    officer.locator("main textarea[name^=p]").first.fill("Cuối năm 2023 toàn tỉnh có {total}.")
    press(officer, "Lưu dự thảo")
    assert "Cuối năm 2023 toàn tỉnh có 323 hợp tác xã" in told(officer)

    correct(officer, "4.2", "325")
    officer.goto(draft)
    changes = officer.locator("#changes").inner_text()
    assert "323 hợp tác xã" in changes
    assert "325 hợp tác xã" in changes
    assert_sound(officer)
    press(officer, "Đã xem các thay đổi")
    assert officer.locator("#changes").count() == 0

    leader.goto(draft)
    follow(leader, "Xem để ban hành")
    assert_sound(leader)
    press(leader, "Ban hành")
    assert "Đã ban hành." in told(leader)

    correct(officer, "5.1", "326")
    officer.goto(draft)
    assert "1 con số trong hồ sơ này đã được đính chính sau khi ban hành." in told(officer)
    assert "325 hợp tác xã" in officer.locator("article").inner_text()
    assert "326 hợp tác xã" not in officer.locator("article").inner_text()
    assert_sound(officer)
    leader.goto("/")
    assert "1 số đã đổi" in told(leader)


@pytest.mark.parametrize("field", ["textarea[name^=p]", "[name=title]"])
def test_words_of_a_draft_outlive_the_session(site: Site, visit: Visit, field: str) -> None:
    page = visit(site, account=OFFICER)
    draft = start(page, f"Dự thảo còn nguyên chữ {field}")
    page.goto(f"{draft}edit/")
    box = page.locator(f"main {field}").first
    box.fill("Chữ gõ dở khi hết phiên.")
    page.context.clear_cookies(name="sessionid")
    press(page, "Lưu dự thảo")
    sign_in(page, site, OFFICER)
    assert page.url == f"{draft}edit/"
    assert box.input_value() == "Chữ gõ dở khi hết phiên."
    press(page, "Lưu dự thảo")
    assert "Chữ gõ dở khi hết phiên." in told(page)


def test_a_second_start_is_not_filled_with_the_words_of_the_first(
    reading: Site, visit: Visit
) -> None:
    page = visit(reading, account=OFFICER)
    for title in ("Lần thứ nhất", "Lần thứ hai"):
        page.goto(f"{REVIEW}start/")
        assert typed_in(page, "title").startswith("Sơ kết 2 năm")
        fill(page, NEW | {"title": title})


def test_what_is_asked_for_outlives_the_session(reading: Site, visit: Visit) -> None:
    page = visit(reading, account=OFFICER)
    page.goto(f"{REVIEW}start/")
    fill(page, NEW)
    page.context.clear_cookies(name="sessionid")
    press(page, "Xem số liệu tìm được")
    sign_in(page, reading, OFFICER)
    assert "2 trong 17 con số đã có trong sổ." in told(page)
    assert typed_in(page, "title") == NEW["title"]


def test_a_double_click_starts_one_draft(site: Site, visit: Visit) -> None:
    page = visit(site, account=OFFICER)
    page.goto(f"{REVIEW}start/")
    fill(page, NEW | {"title": "Bấm đúp một hồ sơ"})
    press(page, "Xem số liệu tìm được")
    page.get_by_role("button", name="Lập dự thảo").dblclick()
    page.locator(".message").wait_for()
    page.goto("/reviews/")
    assert page.get_by_role("link", name="Bấm đúp một hồ sơ").count() == 1


def test_what_cannot_be_read_is_said_beside_its_field(reading: Site, visit: Visit) -> None:
    page = visit(reading, account=OFFICER)
    page.goto(f"{REVIEW}start/")
    fill(page, {"scope": "nơi nào đó", "span": "2023", "day": "31/02/2024", "title": "x"})
    press(page, "Xem số liệu tìm được")
    assert page.locator(".field.wrong").count() == 2
    assert typed_in(page, "day") == "31/02/2024"
    assert_sound(page)


def test_two_who_write_at_once_both_keep_their_words(site: Site, visit: Visit) -> None:
    first, second = visit(site, account=OFFICER), visit(site, account="vca")
    draft = start(first, "Hai người cùng viết")
    for page in (first, second):
        page.goto(f"{draft}edit/")
    first.locator("main textarea[name^=p]").first.fill("Người thứ nhất.")
    press(first, "Lưu dự thảo")
    second.locator("main textarea[name^=p]").first.fill("Người thứ hai.")
    press(second, "Lưu dự thảo")
    assert "Bản đang lưu: Người thứ nhất." in told(second)
    assert second.locator("main textarea[name^=p]").first.input_value() == "Người thứ hai."
    assert_sound(second)
