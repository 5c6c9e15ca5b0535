"""What is not there, not allowed or not meant: said in a sentence, and nothing is done."""

import pytest
from playwright.sync_api import APIResponse, Page

from tests.e2e.browsing import LEADER, NEIGHBOUR, OFFICER, REVIEW, Visit, told
from tests.e2e.houses import Site
from tests.e2e.looking import assert_sound

Typed = dict[str, str | float | bool]
CORRECTION: Typed = {
    "value": "1",
    "reason": "x",
    "basis_document": "y",
    "key": "k" * 20,
    "step": "post",
}
STATEMENT: Typed = {
    "place": "Bình Phước",
    "period": "2024",
    "series": "actual",
    "value": "12",
    "organisation": "alliance-p70-2008",
    "key": "l" * 20,
    "step": "post",
}
FOUNDED = "/figures/add/?indicator=cooperatives.founded"
WITHDRAWAL: Typed = {"reason": "x", "key": "m" * 20, "step": "withdraw"}


def test_a_wrong_password_is_said_and_the_name_stays(reading: Site, visit: Visit) -> None:
    page = visit(reading)
    page.goto("/sign-in/")
    page.fill("[name=username]", OFFICER)
    page.fill("[name=password]", "không phải")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Tên hoặc mật khẩu không đúng." in told(page)
    assert page.input_value("[name=username]") == OFFICER
    assert_sound(page)


def post(page: Page, address: str, typed: Typed) -> APIResponse:
    """A request made by hand, from the session of a page but from none of its forms."""
    cookies = {one.get("name"): one.get("value", "") for one in page.context.cookies()}
    token = {"X-CSRFToken": cookies.get("csrftoken", "")}
    return page.request.post(address, form=typed, headers=token, max_redirects=0)


@pytest.mark.parametrize(
    ("account", "address", "typed", "status"),
    [
        (NEIGHBOUR, "/entries/4.2/correct/", CORRECTION, 404),
        (NEIGHBOUR, "/entries/4.2/correct/", WITHDRAWAL, 404),
        (NEIGHBOUR, FOUNDED, STATEMENT, 404),
        (LEADER, "/entries/4.2/correct/", CORRECTION, 403),
        (LEADER, FOUNDED, STATEMENT, 403),
        (OFFICER, "/entries/4.2/approve/", {}, 403),
        (NEIGHBOUR, "/entries/4.2/approve/", {}, 404),
        (OFFICER, f"{REVIEW}edit/", {}, 404),
        (LEADER, f"{REVIEW}issue/", {}, 404),
        (OFFICER, REVIEW, {}, 405),
    ],
)
def test_requests_made_by_hand_beyond_ones_rights_are_refused(
    reading: Site,
    visit: Visit,
    *,
    account: str,
    address: str,
    typed: Typed,
    status: int,
) -> None:
    page = visit(reading, account=account)
    assert post(page, address, typed).status == status


def test_a_visitor_who_posts_is_asked_to_sign_in(reading: Site, visit: Visit) -> None:
    page = visit(reading)
    page.goto("/sign-in/")
    given = post(page, "/entries/4.2/correct/", CORRECTION)
    assert (given.status, given.headers["location"].split("?")[0]) == (302, "/sign-in/")


def test_a_form_sent_from_elsewhere_is_refused(reading: Site, visit: Visit) -> None:
    page = visit(reading, account=OFFICER)
    given = page.request.post("/entries/4.2/correct/", form=CORRECTION, max_redirects=0)
    assert given.status == 403
