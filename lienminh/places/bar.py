"""The place chosen in the bar: one, none, or it is not clear which."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienminh.places.models import Level, Place
from lienminh.places.queries import meant, spell_of, title_of
from lienminh.places.searching import named
from lienminh.places.words import place_title
from lienminh.web.hooks import BarNote, bar_notes
from lienminh.web.shell import address, bar_of
from lienminh.web.words import filled, joined

MOST: Final = 6
_READ: Final = "_place_of_bar"


def register() -> None:
    """Let the bar say what it does not understand."""
    if note not in bar_notes:
        bar_notes.append(note)


def chosen_place(request: HttpRequest, day: date | None = None) -> Place | None:
    """The one place chosen, by its name on a day (the last of the period, else today); None for
    none, and for one that is not clear, which the bar then says."""
    found = _meant(request, day)
    return found[0] if len(found) == 1 else None


def _meant(request: HttpRequest, day: date | None = None) -> Sequence[Place]:
    """Read once for a request: by the page, else by the bar."""
    if not hasattr(request, _READ):
        bar = bar_of(request)
        name, days = bar.place, bar.days
        day = day or (days.last if days else timezone.localdate())
        places = sorted(meant(name, day=day), key=lambda place: place.ref) if name else []
        setattr(request, _READ, places)
    kept: Sequence[Place] = getattr(request, _READ)
    return kept


def note(request: HttpRequest) -> BarNote | None:
    """That the place is not clear, with the places that may be meant."""
    name = bar_of(request).place
    if not name or len(found := _meant(request)) == 1:
        return None
    if found:
        sentence = _("Nhiều nơi tên là “%(name)s”, nên trang này chưa lọc theo nơi. Chọn một nơi:")
    else:
        found, _more = named(name, most=MOST)
        sentence = (
            _("Không có nơi nào tên là “%(name)s”, nên trang này chưa lọc theo nơi. Có phải:")
            if found
            else _("Không có nơi nào tên là “%(name)s”, nên trang này chưa lọc theo nơi.")
        )
    links = [_link(request, one) for one in found[:MOST]]
    if more := len(found) - len(links):
        said = ngettext("và %(n)d nơi nữa", "và %(n)d nơi nữa", more) % {"n": more}
        links.append((said, f"{reverse('places')}?{urlencode({'q': name})}"))
    return BarNote(filled(sentence, name=name), links)


def _link(request: HttpRequest, place: Place) -> tuple[str, str]:
    """The place in words, and this page about it."""
    whole = place.level in (Level.NATION, Level.PROVINCE) and place.last_day is None
    chosen = bar_of(request).chosen | {"place": title_of(place) if whole else place.ref}
    parent = spell_of(place).parent
    above = place_title(parent) if parent and parent.level != Level.NATION else ""
    return joined(", ", (place_title(place), above)), address(request, chosen)
