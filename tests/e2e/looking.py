"""What is wrong with a page, whatever it is for: a stranger's eye, a phone, a strict policy."""

import os
import re
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, ViewportSize

WIDE: Final[ViewportSize] = {"width": 1440, "height": 900}
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
PICTURES: Final = os.environ.get("SHOTS")
AXE: Final = Axe()
# A page that refuses says so in its status too, which the browser reports as a failed load.
_REFUSED = "Failed to load resource: the server responded with a status of 4"
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_RUN = "axe.run({resultTypes: ['violations']}).then(results => results.violations)"


def watch(page: Page, faults: list[str]) -> None:
    """Note down whatever the browser complains of: scripts that fail, policies broken."""

    def note(message: ConsoleMessage) -> None:
        refused = message.text.startswith(_REFUSED) and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not refused:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


def assert_sound(page: Page) -> None:
    """Nothing is wrong with the page as it stands."""
    found = faults_of(page)
    assert not found, "\n".join([page.url, *found])


def faults_of(page: Page) -> list[str]:
    """What axe-core finds on the page and how far it scrolls sideways, wide and on a phone."""
    found = []
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {fault}" for fault in (*sideways(page), *by_axe(page))]
        if PICTURES:
            _draw(page, Path(PICTURES), size["width"])
    return found


def sideways(page: Page) -> list[str]:
    """How far the page scrolls sideways, if it does."""
    over = page.evaluate(_SIDEWAYS)
    return [f"scrolls {over} px sideways"] if over > 0 else []


def by_axe(page: Page) -> list[str]:
    """Each violation of a rule of axe-core, with the first element that breaks it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.axe_script)
    violations: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in violations
    ]


def _draw(page: Page, folder: Path, width: int) -> None:
    """A picture of the page for a person's eye, and once how it prints."""
    language = page.locator("html").get_attribute("lang")
    test = os.environ["PYTEST_CURRENT_TEST"].split("/")[-1].split(".")[0]
    told = f"{test}-{page.url.split('/', 3)[3]}-{page.title()}"
    name = re.sub(r"\W+", "-", told)[:140].strip("-")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}-{language}-{width}.png", full_page=True)
    if width == WIDE["width"]:
        page.pdf(path=folder / f"{name}-{language}.pdf", prefer_css_page_size=True)
