"""The bar that follows the user through all pages: place and period, borders and known-at folded.

They stand in the address (`place`, `period`, `geography`, `known_at`), so that a page can be
shared, and in the session, so that the next page has them too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.text import clean
from lienminh.web.hooks import BarNote, bar_notes, menu

LONGEST, LONGEST_FIELD = 300, 80
FIELDS = ("place", "period", "geography", "known_at")


@dataclass(frozen=True)
class Bar:
    """What is chosen, as written; empty where nothing is."""

    place: str = ""
    period: str = ""
    geography: str = ""
    known_at: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen, by its name."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}

    @property
    def query(self) -> str:
        """The choice as the query of an address, with its question mark; empty for none."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    @property
    def days(self) -> Period | None:
        """The period chosen; None for none."""
        return Period.parse(self.period) if self.period else None

    def chosen_period(self, default: Period) -> Period:
        """The period chosen, or the page's own."""
        return self.days or default

    @property
    def is_folded(self) -> bool:
        """Whether neither borders nor a moment are chosen."""
        return not (self.geography or self.known_at)


def bar_of(request: HttpRequest) -> Bar:
    """The choice in the address, else the one of the page before; a bad period is Refused."""
    kept = request.session.get("bar", {})
    asked = {name: _typed(request, name) for name in FIELDS if name in request.GET}
    chosen = {name: value for name, value in {**kept, **asked}.items() if value}
    if "period" in chosen:
        chosen["period"] = str(typed.period(chosen["period"]))
    if chosen != kept:
        request.session["bar"] = chosen
    if kept and not chosen:  # a visitor who chooses nothing has no session
        del request.session["bar"]
    return Bar(**chosen)


def _typed(request: HttpRequest, name: str) -> str:
    return clean(request.GET[name])[:LONGEST_FIELD].strip()


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """What else the address asks, which a change of the bar must not lose."""
    return [(name, value[:LONGEST]) for name, values in request.GET.lists() for value in values]


def address(request: HttpRequest, bar: dict[str, str], *, but: str = "page") -> str:
    """This page with another choice in the bar; what else the address asks stays, but one word."""
    keeps = [pair for pair in _pairs(request) if pair[0] not in (*FIELDS, but)]
    query = urlencode([*keeps, *bar.items()])
    return f"{request.path}?{query}" if query else request.path


def shareable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that follows the bar: its address always says what is chosen, and nothing empty."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            chosen = bar_of(request).chosen
        except Refused:
            return view(request, *args, **options)
        if chosen.keys() == set(FIELDS) & request.GET.keys():
            return view(request, *args, **options)
        return HttpResponseRedirect(address(request, chosen, but=""))

    return shown


def this_year() -> Period:
    """The calendar year of today, in Vietnam."""
    year = timezone.localdate().year
    return Period(date(year, 1, 1), date(year, 12, 31))


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the base template needs on every page."""
    try:
        bar, readers = bar_of(request), bar_notes
    except Refused:  # the page says so
        bar, readers = Bar(), []

    def note() -> BarNote | None:
        """Asked only where the bar is drawn."""
        return next(filter(None, (reader(request) for reader in readers)), None)

    keeps = [pair for pair in _pairs(request) if pair[0] not in (*FIELDS, "page")]
    return {
        "bar": bar,
        "bar_note": note,
        "bar_cleared": address(request, dict.fromkeys(FIELDS, "")),
        "bar_keeps": keeps,
        "menu": [item for item in menu if item.seen_by(request)],
    }
