"""Debian's Chromium, servers in homes of their own, and pages that are watched."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.browsing import Visit, sign_in
from tests.e2e.houses import Site, made_once, make_demo, make_empty, make_registry, serve
from tests.e2e.looking import WIDE, watch

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that the system has, as root may start it."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of homes that are copied, one for all processes of the run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def demo(homes: Path) -> Path:
    """A home with the five reviews; it is copied, never served."""
    return made_once(homes / "demo", make_demo)


@pytest.fixture(scope="session")
def bare(homes: Path) -> Path:
    """A home without any review or figure; it is copied, never served."""
    return made_once(homes / "bare", make_empty)


@pytest.fixture(scope="session")
def reading(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo served to those who only read."""
    yield from _served(demo, tmp_path_factory)


@pytest.fixture(scope="session")
def registry(homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small registry served to those who only read."""
    yield from _served(made_once(homes / "registry", make_registry), tmp_path_factory)


@pytest.fixture(scope="module")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo served to the tests of one module, which write into it."""
    yield from _served(demo, tmp_path_factory)


@pytest.fixture(scope="module")
def registry_site(homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small registry served to the tests of one module, which write into it."""
    yield from _served(made_once(homes / "registry", make_registry), tmp_path_factory)


@pytest.fixture(scope="module")
def bare_site(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty home, served."""
    yield from _served(bare, tmp_path_factory)


def _served(template: Path, folders: pytest.TempPathFactory) -> Iterator[Site]:
    site = serve(template, folders.mktemp("site") / "home")
    yield site
    assert not (fault := site.end()), fault


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext]) -> Iterator[Visit]:
    """Browsers whose every complaint is a fault of the product."""
    faults: list[str] = []

    def opened(site: Site, *, account: str = "", language: str = "vi", script: bool = True) -> Page:
        context = new_context(
            base_url=site.url, viewport=WIDE, java_script_enabled=script, locale="vi-VN"
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        page = context.new_page()
        watch(page, faults)
        if account:
            sign_in(page, site, account)
        return page

    yield opened
    assert not faults, "\n".join(faults)
