"""The bar that follows the user through all pages: place and period, borders and known-at folded.

They stand in the address (`place`, `period`, `geography`, `known_at`), so that a page can be
shared, and in the session, so that the next page has them too.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.web.hooks import menu

LONGEST = 300
FIELDS = ("place", "period", "geography", "known_at")


@dataclass(frozen=True)
class Bar:
    """What is chosen, as written; empty where nothing is."""

    place: str = ""
    period: str = ""
    geography: str = ""
    known_at: str = ""

    @property
    def query(self) -> str:
        """The choice as the query of an address, with its question mark; empty for none."""
        chosen = {name: getattr(self, name) for name in FIELDS if getattr(self, name)}
        return f"?{urlencode(chosen)}" if chosen else ""

    def chosen_period(self, default: Period) -> Period:
        """The period chosen, or the page's own."""
        return Period.parse(self.period) if self.period else default

    @property
    def is_folded(self) -> bool:
        """Whether neither borders nor a moment are chosen."""
        return not (self.geography or self.known_at)


def bar_of(request: HttpRequest) -> Bar:
    """The choice in the address, else the one of the page before; a bad period is Refused."""
    kept = request.session.get("bar", {})
    asked = {name: request.GET[name].strip()[:80] for name in FIELDS if name in request.GET}
    chosen = {**kept, **asked}
    if chosen.get("period"):
        chosen["period"] = str(typed.period(chosen["period"]))
    if chosen != kept:
        request.session["bar"] = chosen
    return Bar(**chosen)


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """What else the address asks, which a change of the bar must not lose."""
    return [(name, value[:LONGEST]) for name, values in request.GET.lists() for value in values]


def this_year() -> Period:
    """The calendar year of today, in Vietnam."""
    year = timezone.localdate().year
    return Period(date(year, 1, 1), date(year, 12, 31))


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the base template needs on every page."""
    try:
        bar = bar_of(request)
    except Refused:
        bar = Bar()
    keeps = [pair for pair in _pairs(request) if pair[0] not in (*FIELDS, "page")]
    return {
        "bar": bar,
        "bar_keeps": keeps,
        "menu": [item for item in menu if item.seen_by(request)],
    }
