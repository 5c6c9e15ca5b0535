"""Whole jobs of the registry: entering, following up, importing, yearly data, what waits."""

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.browsing import OFFICER, Visit, fill, follow, press, told, typed_in
from tests.e2e.houses import Site
from tests.e2e.looking import PHONE, assert_sound
from tests.registry.registering import ELSEWHERE, KEPT, TWIN
from tests.registry.sheets import HEADS, row, xlsx

OWN = "dongtam"
NEW = {
    "kind": "cooperative",
    "name": "HTX Nông nghiệp hữu cơ Sóc Bom Bo",
    "beginning": "founding",
    "day": "05/03/2024",
    "place": "phường Tân Phú, thành phố Đồng Xoài, tỉnh Bình Phước",
    "sector": "agriculture",
}
FOUNDED = "/figures/cooperatives.founded/p70-2008?period=2024"


def message(page: Page) -> str:
    return " ".join(page.locator(".message").all_inner_texts())


def enter(page: Page, **fields: str) -> None:
    page.goto("/registry/add/")
    fill(page, NEW | fields)
    press(page, "Xem trước khi ghi")


def test_a_cooperative_is_entered_followed_up_and_counted(
    registry_site: Site, visit: Visit
) -> None:
    page = visit(registry_site, account=OFFICER)
    page.locator(".menu").get_by_role("link", name="Sổ đăng ký").click()
    follow(page, "Ghi tổ chức mới")
    fill(page, {**NEW, "day": "31/02/2024"})
    press(page, "Xem trước khi ghi")
    assert typed_in(page, "name") == NEW["name"]
    assert_sound(page)
    fill(page, {"day": NEW["day"]})
    press(page, "Xem trước khi ghi")
    assert "Hợp tác xã thành lập mới" in told(page)
    assert_sound(page)
    press(page, "Ghi vào sổ")
    assert "Bút toán #" in message(page)
    record = page.url

    follow(page, "Ghi sự kiện")
    assert_sound(page)
    page.locator("main a", has_text="kết nạp vào Liên minh").first.click()
    fill(page, {"day": "01/06/2024", "reason": "Quyết định kết nạp"})
    press(page, "Xem trước khi ghi")
    press(page, "Ghi vào sổ")
    assert "Kết nạp vào Liên minh" in told(page)

    page.goto(record + "certificates/add/")
    fill(page, {"standard": "ocop", "product": "hạt điều", "stars": "4", "first_day": "02/06/2024"})
    press(page, "Ghi vào sổ")
    assert "OCOP 4 sao" in told(page)
    assert_sound(page)

    page.goto("/registry/?q=soc+bom+bo")
    assert "Sóc Bom Bo" in told(page)
    page.goto(FOUNDED)
    assert "1 hợp tác xã" in told(page)
    page.locator("main a", has_text="Sóc Bom Bo").first.click()
    assert page.url == record


def test_what_looks_alike_is_shown_before_it_is_entered(registry_site: Site, visit: Visit) -> None:
    page = visit(registry_site, account=OFFICER)
    enter(page, name="HTX NN Đồng Tâm", day="01/01/2024")
    assert "HTX Nông nghiệp Đồng Tâm" in told(page)
    assert_sound(page)
    press(page, "Không trùng, vẫn ghi")
    assert "Bút toán #" in message(page)


def test_by_keyboard_and_on_a_phone_an_organisation_is_found_and_suspended(
    registry_site: Site, visit: Visit
) -> None:
    page = visit(registry_site, account=OFFICER)
    page.set_viewport_size(PHONE)
    page.goto("/registry/")
    page.locator("main [name=q]").focus()
    page.keyboard.type("lien hiep")  # the list follows what is typed
    page.locator("main").get_by_text("1 tổ chức").first.wait_for()
    page.locator("main").get_by_role("link", name="Liên hiệp HTX Bình Phước").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Ghi sự kiện").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main a", has_text="tạm ngừng").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main [name=day]:visible").focus()
    page.keyboard.type("02/01/2024")
    page.keyboard.press("Tab")
    page.keyboard.type("Đề nghị của liên hiệp")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    button = page.locator("main").get_by_role("button", name="Ghi vào sổ")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "tạm ngừng" in told(page)
    assert_sound(page)


def test_yearly_data_are_filled_in_sent_back_mended_and_accepted(
    registry_site: Site, visit: Visit
) -> None:
    own, officer = visit(registry_site, account=OWN), visit(registry_site, account=OFFICER)
    own.goto("/")
    own.goto(f"/registry/{KEPT}/")
    follow(own, "Khai số liệu")
    fill(own, {"official_female": "12", "official_male": "20", "revenue": "2.500 triệu"})
    assert_sound(own)
    press(own, "Gửi Liên minh")
    own.locator("main a", has_text="Số liệu 01/01").first.click()
    own.wait_for_load_state()
    sent = own.url

    officer.goto(sent)
    fill(officer, {"reason": "Thiếu số lao động"})
    press(officer, "Trả lại")
    assert "Thiếu số lao động" in told(officer)

    own.goto(sent)
    assert "Thiếu số lao động" in told(own)
    follow(own, "Sửa số liệu")
    fill(own, {"workers_female": "4", "workers_male": "5", "income": "4 triệu"})
    press(own, "Gửi Liên minh")

    officer.goto(sent)
    press(officer, "Nhận số liệu")
    assert "Đã nhận số liệu" in message(officer)
    officer.goto(f"/registry/{KEPT}/")
    assert "2 tỷ 500 triệu" in told(officer)
    assert_sound(officer)


def test_a_workbook_goes_in_with_its_mistakes_shown_and_a_repeat_adds_nothing(
    registry_site: Site, visit: Visit, tmp_path: Path
) -> None:
    page = visit(registry_site, account=OFFICER)
    title = ["DANH SÁCH HỢP TÁC XÃ TỈNH BÌNH PHƯỚC"]
    rows = [row(1), row(2, founded="31/02/2015"), row(3, name="HTX Mây tre đan Bù Gia Mập")]
    file = tmp_path / "danh sách.xlsx"
    file.write_bytes(xlsx(title, HEADS, *rows, ["Tổng cộng", "3"]))
    for time in (1, 2):
        page.goto("/registry/import/")
        page.set_input_files("[name=file]", file)
        press(page, "Mở tệp")
        assert_sound(page)
        if time == 1:
            fill(page, {"kind": "cooperative", "day": "31/03/2025"})
            press(page, "Kiểm tra các dòng")
            assert ("D4" in told(page), "31/02/2015" in told(page)) == (True, True)
            assert_sound(page)
            press(page, "Nhập các dòng đúng")
            assert_sound(page)
        page.goto("/registry/?q=may+tre+dan")
        assert told(page).count("Mây tre đan Bù Gia Mập") == 1, time


def test_seats_are_confirmed_and_twins_are_merged(registry_site: Site, visit: Visit) -> None:
    page = visit(registry_site, account=OFFICER)
    page.goto("/registry/duplicates/")
    assert_sound(page)
    page.goto(f"/registry/{TWIN}/compare/{KEPT}/")
    fill(page, {"reason": "Cùng một giấy chứng nhận"})
    press(page, "Gộp hai hồ sơ")
    assert "Đã gộp hai hồ sơ" in message(page)
    page.goto("/registry/seats/")
    assert_sound(page)
    page.locator("main").get_by_role("button", name=re.compile(r"Chuyển \d+ trụ sở")).click()
    page.wait_for_load_state()
    assert "Đã chuyển trụ sở" in message(page)
    page.goto(f"/registry/{KEPT}/")
    assert "thành phố Đồng Nai" in told(page)


def test_two_who_save_one_record_see_both_and_lose_nothing(
    registry_site: Site, visit: Visit
) -> None:
    first, second = (visit(registry_site, account=OFFICER) for _ in range(2))
    for page in (first, second):
        page.goto(f"/registry/{KEPT}/edit/")
    fill(first, {"phone": "0271 111 222"})
    first.locator("main button.main").click()
    first.wait_for_load_state()
    fill(second, {"email": "htx@example.vn"})
    second.locator("main button.main").click()
    second.wait_for_load_state()
    assert "0271 111 222" in told(second)
    assert typed_in(second, "email") == "htx@example.vn"
    assert_sound(second)


def test_another_province_s_records_are_not_found(registry_site: Site, visit: Visit) -> None:
    page = visit(registry_site, account=OFFICER)
    given = page.goto(f"/registry/{ELSEWHERE}/")
    assert given
    assert given.status == 404
