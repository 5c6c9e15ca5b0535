"""Lists that rooms fill, so that the shell never has to know them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.checks.registry import CheckRegistry
from django.http import HttpRequest

integrity = CheckRegistry()
"""Integrity checks: each returns `django.core.checks` messages; `lienminh check` runs them all."""


@dataclass(frozen=True)
class MenuItem:
    """An entry of the menu: a url's name, its label, its place in the row."""

    url: str
    label: str
    order: int
    signed_in: bool = False

    def seen_by(self, request: HttpRequest) -> bool:
        """Whether this visitor is shown it."""
        return not self.signed_in or request.user.is_authenticated


menu: list[MenuItem] = []
"""The menu, filled by rooms when they are ready and kept in order."""


def add_to_menu(item: MenuItem) -> None:
    """Enter a menu item at its place."""
    menu.append(item)
    menu.sort(key=lambda one: one.order)


Panel = Callable[[HttpRequest], str]
home_panels: list[tuple[int, Panel]] = []
"""Sections of the home page: (order, function giving a rendered template, or '' for nothing)."""


@dataclass(frozen=True)
class BarNote:
    """What is not clear in the bar: one sentence, and what may be meant, as (words, address)."""

    sentence: str
    links: list[tuple[str, str]]


bar_notes: list[Callable[[HttpRequest], BarNote | None]] = []
"""Readers of the bar, for what the shell cannot know; each gives a note or nothing."""


Search = Callable[[HttpRequest, str], list["Hit"]]
searches: list[Search] = []
"""What the search box asks: each gives hits for a text."""


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, its name, where it is, one line about it."""

    kind: str
    title: str
    url: str
    note: str = ""
