"""Each page that visitors and officers read, in both languages, wide and on a phone."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.browsing import LEADER, NEIGHBOUR, OFFICER, REVIEW, Visit, told
from tests.e2e.houses import Site
from tests.e2e.looking import faults_of

READ = json.loads((Path(__file__).parent.parent / "budgets.json").read_text("utf-8"))
# Addresses that refuse or that find nothing, and those of forms: account → address → status.
OTHERS: dict[str, dict[str, int]] = {
    "": {
        "/khong-co/": 404,
        "/reviews/999/": 404,
        "/matrix/?period=h%C3%B4m+qua": 422,
        "/indicators/?place=khong+co+noi+nay&period=": 200,
        "/figures/loans.lent/p70-2008?known_at=zzz": 422,
        "/find/?q=zzz": 200,
        "/find/": 200,
        "/places/?q=zzz": 200,
        "/journal/?posting=4": 200,
        "/reviews/003-doi-thoai-voi-hop-tac-xa-tinh-lang-son/": 200,
        "/figures/training.classes/p70-2008?period=2022..2023": 200,
        "/figures/cooperatives.total/p75-2025?period=2023&geography=2026-01-01": 200,
    },
    OFFICER: {
        "/entries/4.2/approve/": 403,
        "/figures/add/": 200,
        "/figures/add/?indicator=loans.disbursed": 200,
        "/figures/add/?indicator=training.trainees": 200,
    },
    NEIGHBOUR: {"/entries/4.2/correct/": 404},
    LEADER: {"/": 200, "/figures/add/": 403, f"{REVIEW}start/": 403, "/entries/4.2/approve/": 200},
}
REGISTERED = [one for one in READ["officer"] if one.startswith(("/registry/", "/texts/text"))]
ROUNDS = [
    ("", dict.fromkeys(READ["visitor"], 200)),
    (OFFICER, {address: 200 for address in READ["officer"] if address not in REGISTERED}),
    *OTHERS.items(),
]
FEWEST = 20  # characters that any page tells


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("account", "addresses"), ROUNDS)
def test_every_page_is_sound(
    reading: Site, visit: Visit, *, account: str, addresses: dict[str, int], language: str
) -> None:
    page = visit(reading, account=account, language=language)
    assert_all_sound(page, addresses, language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_registry_is_sound(registry: Site, visit: Visit, language: str) -> None:
    page = visit(registry, account=OFFICER, language=language)
    assert_all_sound(page, dict.fromkeys(REGISTERED, 200), language)


def assert_all_sound(page: Page, addresses: Mapping[str, int], language: str) -> None:
    faults: list[str] = []
    signed_in = page.locator("text=/Đăng xuất|Sign out/").count() > 0
    for address, status in addresses.items():
        if not signed_in:
            page.context.clear_cookies(name="sessionid")  # and with it the bar's choice
        given = page.goto(address)
        assert given
        assert (given.status, len(told(page)) > FEWEST) == (status, True), address
        assert page.locator("html").get_attribute("lang") == language
        faults += [f"{address}: {fault}" for fault in faults_of(page)]
    assert not faults, "\n".join(faults)
