"""An officer's day: a figure is added, approved, corrected, withdrawn, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import (
    DEPARTMENT,
    LEADER,
    NEIGHBOUR,
    OFFICER,
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

FOUNDED = "/figures/add/?indicator=cooperatives.founded"
ALLIANCE = "alliance-p70-2008"
RIGHT = {"value": "325", "reason": "Gõ nhầm", "basis_document": "Công văn số 15/LMHTX"}


def statement(period: str, value: str = "12") -> dict[str, str]:
    return {"place": "binh phuoc", "period": period, "value": value, "organisation": ALLIANCE}


def add(page: Page, period: str) -> str:
    """Add a figure; the address of its entry."""
    page.goto(FOUNDED)
    fill(page, statement(period))
    press(page, "Xem trước khi gửi")
    press(page, "Gửi")
    return page.url


def postings(page: Page) -> int:
    page.goto("/journal/?place=&period=")
    found = re.search(r"(\d+) bút toán", told(page))
    assert found
    return int(found[1])


def test_a_figure_is_added_approved_corrected_and_withdrawn(site: Site, visit: Visit) -> None:
    officer, leader = visit(site, account=OFFICER), visit(site, account=LEADER)
    officer.locator(".menu").get_by_role("link", name="Nhập số liệu").click()
    follow(officer, "Hợp tác xã thành lập mới")
    fill(officer, statement("6 tháng đầu năm 2024"))
    press(officer, "Xem trước khi gửi")
    assert "12 hợp tác xã" in told(officer)
    assert "6 tháng đầu năm 2024" in told(officer)
    assert_sound(officer)
    press(officer, "Gửi")
    assert "Đã ghi, chờ duyệt. Bút toán #" in told(officer)

    leader.goto("/")
    leader.locator("li", has_text="chờ duyệt").get_by_role(
        "link", name="Hợp tác xã thành lập mới"
    ).first.click()
    follow(leader, "Duyệt")
    assert_sound(leader)
    press(leader, "Duyệt thành số chính thức")
    assert "Đã duyệt. Bút toán #" in told(leader)
    assert "chính thức" in told(leader)

    officer.goto(leader.url)
    follow(officer, "Đính chính hoặc rút")
    fill(officer, {**RIGHT, "value": "14"})
    press(officer, "Xem trước khi gửi")
    press(officer, "Gửi")
    assert "Đã đính chính, chờ duyệt. Bút toán #" in told(officer)
    assert "14 hợp tác xã" in told(officer)

    follow(officer, "Đính chính hoặc rút")
    officer.fill("#id_withdraw_reason", "Báo cáo đã thu hồi")
    press(officer, "Rút số")
    assert "Đã rút số này. Bút toán #" in told(officer)
    assert_sound(officer)

    officer.goto("/journal/?place=&period=")
    acts = [act.inner_text() for act in officer.locator(".journal .act").all()[:4]]
    reasons = ("Rút ", "Đính chính ", "Duyệt ", "Nhập số liệu.")
    assert all(reason in act for reason, act in zip(reasons, acts, strict=True))
    assert [act.rsplit("· ", 1)[1] for act in acts] == [OFFICER, OFFICER, LEADER, OFFICER]


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_posts_once(site: Site, visit: Visit, script: bool) -> None:
    page = visit(site, account=OFFICER, script=script)
    before = postings(page)
    page.goto(FOUNDED)
    fill(page, statement("quý I năm 2024" if script else "quý II năm 2024"))
    press(page, "Xem trước khi gửi")
    page.get_by_role("button", name="Gửi", exact=True).dblclick()
    page.locator(".message").wait_for()
    assert postings(page) == before + 1


def test_two_who_correct_the_same_figure_see_both_and_lose_nothing(
    site: Site, visit: Visit
) -> None:
    first, second = visit(site, account=DEPARTMENT), visit(site, account=OFFICER)
    for page in (first, second):
        page.goto("/entries/4.2/correct/")
    fill(first, RIGHT)
    press(first, "Xem trước khi gửi")
    press(first, "Gửi")

    fill(second, {**RIGHT, "value": "326", "reason": "Sở báo khác"})
    press(second, "Xem trước khi gửi")
    assert "Trong lúc bạn sửa, người khác đã ghi một số mới" in told(second)
    assert "323 hợp tác xã" in told(second)
    assert "325 hợp tác xã" in told(second)
    assert typed_in(second, "value") == "326"
    assert typed_in(second, "reason") == "Sở báo khác"
    assert_sound(second)

    press(second, "Xem trước khi gửi")
    press(second, "Gửi")
    history = second.locator("#history").inner_text()
    assert all(number in history for number in ("323", "325", "326"))


@pytest.mark.parametrize("step", ["form", "preview"])
def test_nothing_typed_is_lost_when_the_session_ends(site: Site, visit: Visit, step: str) -> None:
    page = visit(site, account=OFFICER)
    page.goto(FOUNDED)
    typed = statement("tháng 7/2024" if step == "form" else "tháng 8/2024")
    fill(page, typed | {"note": "Theo điện thoại"})
    if step == "preview":
        press(page, "Xem trước khi gửi")
    page.context.clear_cookies(name="sessionid")
    press(page, "Xem trước khi gửi" if step == "form" else "Gửi")
    sign_in(page, site, OFFICER)
    assert page.url.endswith(FOUNDED)
    for name, value in typed.items():
        assert typed_in(page, name) == value
    press(page, "Xem trước khi gửi")
    press(page, "Gửi")
    assert "Đã ghi, chờ duyệt." in told(page)


def test_a_note_to_an_approval_outlives_the_session(site: Site, visit: Visit) -> None:
    entry = add(visit(site, account=OFFICER), "tháng 9/2024")
    leader = visit(site, account=LEADER)
    leader.goto(f"{entry}approve/")
    leader.fill("[name=note]", "Đã đối chiếu")
    leader.context.clear_cookies(name="sessionid")
    press(leader, "Duyệt thành số chính thức")
    sign_in(leader, site, LEADER)
    assert typed_in(leader, "note") == "Đã đối chiếu"


def test_days_and_numbers_are_typed_the_vietnamese_way(reading: Site, visit: Visit) -> None:
    page = visit(reading, account=OFFICER)
    page.goto("/figures/add/?indicator=cooperatives.total")
    stock = {"place": "Bình Phước", "as_of": "05/03/2024", "basis": "stated", "value": "2.177"}
    fill(page, stock | {"organisation": ALLIANCE})
    press(page, "Xem trước khi gửi")
    assert "2.177 hợp tác xã" in told(page)
    assert "05/03/2024" in told(page)
    page.goto("/figures/add/?indicator=loans.lent")
    fill(page, statement("2024", "1.234,5") | {"size": "1000000"})
    press(page, "Xem trước khi gửi")
    assert "1.234.500.000 đồng" in told(page)


@pytest.mark.parametrize("wrong", ["1.2.3", "1e9", "٣", "-5", "hai nghìn mấy"])
def test_a_number_that_cannot_be_read_is_said_beside_its_field(
    reading: Site, visit: Visit, wrong: str
) -> None:
    page = visit(reading, account=OFFICER)
    page.goto(FOUNDED)
    fill(page, statement("2024", wrong))
    press(page, "Xem trước khi gửi")
    assert page.locator(".field.wrong [name=value]").count() == 1
    assert typed_in(page, "value") == wrong
    assert_sound(page)


def test_one_changes_ones_own_password(site: Site, visit: Visit) -> None:
    page, old, new = visit(site, account=NEIGHBOUR), site.password(NEIGHBOUR), "đổi mật khẩu nhé"
    page.get_by_role("link", name=NEIGHBOUR, exact=True).click()
    assert_sound(page)
    fill(page, {"old_password": "không phải", "new_password1": new, "new_password2": new})
    press(page, "Đổi mật khẩu")
    assert "Mật khẩu đang dùng không đúng" in told(page)
    assert_sound(page)
    fill(page, {"old_password": old, "new_password1": new, "new_password2": new})
    press(page, "Đổi mật khẩu")
    assert "Đã đổi mật khẩu." in told(page)
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/sign-in/")
    for password, signed_in in ((old, 0), (new, 1)):
        fill(page, {"username": NEIGHBOUR, "password": password})
        press(page, "Đăng nhập")
        assert page.get_by_role("button", name="Đăng xuất").count() == signed_in
