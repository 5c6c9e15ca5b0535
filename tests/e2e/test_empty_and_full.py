"""A home before its first figure, and one with ten thousand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.browsing import OFFICER, Visit, told
from tests.e2e.houses import Site, lienminh, serve
from tests.e2e.looking import assert_sound

EMPTY = (
    "/",
    "/indicators/",
    "/indicators/cooperatives.total/",
    "/matrix/?period=2023",
    "/figures/cooperatives.total/p70-2008?period=2023-12-31",
    "/places/p70-2008/",
    "/reviews/",
    "/journal/",
    "/find/?q=2.177",
)
FULL = (
    "/",
    "/journal/?place=",
    "/journal/?posting=5",
    "/journal/?posting=5&page=100",
    "/entries/5.9999/",
    "/find/?q=7",
    "/indicators/cooperatives.founded/?place=vn&period=2023",
    "/figures/cooperatives.founded/vn?period=2023",
    "/places/?q=an",
)
MOST_BYTES = 1_000_000
COMMUNES = """
from datetime import date
from lienminh.figures.actions import name_source, post
from lienminh.figures.drafts import Draft
from lienminh.places.models import Place
from lienminh.rules.precision import Amount
source = name_source(code="many", kind="reported", title="Báo cáo của mười nghìn xã")
days = dict(first=date(2023, 1, 1), last=date(2023, 12, 31))
communes = dict(level="commune", first_day__lte=days["first"])
post(
    entries=[
        Draft(
            indicator="cooperatives.founded", place=place, kind="statement", source=source,
            amount=Amount(n % 50, n % 50), **days,
        )
        for n, place in enumerate(Place.objects.filter(**communes).order_by("pk")[:10_000])
    ],
    key="many", reason="Nạp mười nghìn số", by=None,
)
"""


@pytest.fixture(scope="module")
def full_site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo with ten thousand figures more."""
    folder = tmp_path_factory.mktemp("full")
    site = serve(demo, folder / "home")
    lienminh(site.home, "shell", "-c", COMMUNES)
    yield site
    assert not (fault := site.end()), fault


@pytest.mark.parametrize("account", ["", OFFICER])
def test_a_home_without_figures_says_so_on_every_page(
    bare_site: Site, visit: Visit, account: str
) -> None:
    page = visit(bare_site, account=account)
    for address in EMPTY:
        given = page.goto(address)
        assert given
        assert given.status == 200, address
        assert any(word in told(page).lower() for word in ("chưa", "không tìm thấy")), address
        assert_sound(page)


def test_pages_of_ten_thousand_figures_stay_small_and_sound(full_site: Site, visit: Visit) -> None:
    page = visit(full_site)
    for address in FULL:
        given = page.goto(address)
        assert given
        assert given.status == 200, address
        assert len(given.body()) < MOST_BYTES, address
        assert_sound(page)
    page.goto("/journal/?posting=5")
    assert "10.000" in told(page)
