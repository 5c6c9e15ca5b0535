"""What is wrong with a page, whatever it is for: a stranger's eye, a phone, a strict policy."""

from collections.abc import Iterator
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

WIDE: Final = {"width": 1440, "height": 900}
PHONE: Final = {"width": 360, "height": 740}
AXE: Final = Axe()
# A page that refuses says so in its status too, which the browser reports as a failed load.
_REFUSED = "Failed to load resource: the server responded with a status of 4"
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def watch(page: Page, faults: list[str]) -> None:
    """Note down whatever the browser complains of: scripts that fail, policies broken."""

    def note(message: ConsoleMessage) -> None:
        refused = message.text.startswith(_REFUSED) and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not refused:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


def faults_of(page: Page) -> list[str]:
    """What axe-core finds on the page and how far it scrolls sideways, wide and on a phone."""
    before, found = page.viewport_size, []
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"{size['width']} px: {fault}" for fault in (*sideways(page), *by_axe(page))]
    if before:
        page.set_viewport_size(before)
    return found


def sideways(page: Page) -> list[str]:
    """How far the page scrolls sideways, if it does."""
    over = page.evaluate(_SIDEWAYS)
    return [f"scrolls {over} px sideways"] if over > 0 else []


def by_axe(page: Page) -> Iterator[str]:
    """Each violation of a rule of axe-core, with the first element that breaks it."""
    violations: list[dict[str, Any]] = AXE.run(page).response["violations"]
    for one in violations:
        first = one["nodes"][0]
        yield f"{one['id']} ({len(one['nodes'])}): {one['help']}: {first['html'][:200]}"


def assert_sound(page: Page) -> None:
    """Nothing is wrong with the page as it stands."""
    found = faults_of(page)
    assert not found, "\n".join([page.url, *found])
