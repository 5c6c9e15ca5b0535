"""The unit of a seat as people write it: "xã Lộc Tấn, huyện Lộc Ninh", or which units it may be."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lienminh.people.models import User
from lienminh.people.rights import mandates_of
from lienminh.places.models import Alias, Level, Place, Spell, Within
from lienminh.places.naming import FOLDED_ONLY, key, spelling_distance, split_title
from lienminh.places.queries import lives_on, spell_of
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused
from lienminh.web.words import Words, joined

UNITS: Final = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)
OFFERED: Final = 12
ABOVE: Final = "spells__parent__spells__parent__spells"
"""What `full_title` reads of a place; read it beforehand for many."""
_REF = re.compile(r"(?:.*\()?([pdc]\d+-\d{4})\)?")


class Unclear(Refused):
    """Several units are called so: `offered` are they, to choose one of."""

    def __init__(self, offered: Sequence[Place], day: date) -> None:
        super().__init__(_("Nhiều đơn vị có tên này; hãy chọn một."))
        self.offered = [in_full(place, day) for place in offered[:OFFERED]]


class Elsewhere(Refused):
    """The unit is outside the places of the account."""


def seat_named(text: str, day: date, user: User | None) -> Place:
    """The one unit of an account's branch that is meant, of the whole country's without an account;
    Refused with what to do."""
    found = _called(text)
    if not found:
        raise Refused(_("Không có xã, huyện, tỉnh nào tên như vậy; hãy xem lại chữ."))
    own = found if user is None else _own(found, user)
    if not own:
        raise Elsewhere(_("Nơi này ngoài phạm vi được phân công của bạn."))
    living = [place for place in own if lives_on(place, day)] or own
    if len(living) > 1:
        raise Unclear(living, day)
    return living[0]


def full_title(place: Place, day: date | None = None) -> Words:
    """With all it lies in: "xã Lộc Tấn, huyện Lộc Ninh, tỉnh Bình Phước"."""
    units: list[Place] = []
    unit: Place | None = place
    while unit is not None and unit.level != Level.NATION:
        units.append(unit)
        unit = spell_of(unit, day).parent
    return joined(", ", (place_title(one, day) for one in units))


def in_full(place: Place, day: date | None = None) -> str:
    """The full title with the ref, as a form keeps it: no other unit is meant."""
    return f"{full_title(place, day)} ({place.ref})"


def _called(text: str) -> list[Place]:
    """The units of a name, and inside those named after the commas."""
    if by_ref := _REF.fullmatch(text.strip()):
        return list(Place.objects.filter(ref=by_ref[1]))
    name, *above = (part.strip() for part in text.split(","))
    units = Place.objects.filter(pk__in=_named(name), level__in=UNITS)
    for part in filter(None, above):
        inside = Within.objects.filter(ancestor__in=_named(part)).values("place")
        units = units.filter(pk__in=inside)
    return list(units.order_by("-last_day", "ref").prefetch_related(ABOVE))


def _named(name: str) -> list[int]:
    """By its whole name first, then by a level word and a name; marks that were typed count."""
    found = _spelled(name, Q())
    if not found and (titled := split_title(name)):
        found = _spelled(titled.name, Q(kind=titled.kind))
    return found


def _spelled(name: str, kind: Q) -> list[int]:
    called = Q(folded=key(name))
    rows = list(Spell.objects.filter(called & kind).values_list("place", "name"))
    rows += [] if kind else list(Alias.objects.filter(called).values_list("place", "name"))
    exact = [] if name.isascii() else [row for row in rows if _same(name, row[1])]
    return [place for place, _name in exact or rows]


def _same(written: str, name: str) -> bool:
    return spelling_distance(written, name) < FOLDED_ONLY


def _own(places: Sequence[Place], user: User) -> list[Place]:
    held = [mandate.place for mandate in mandates_of(user)]
    if any(place.level == Level.NATION for place in held):
        return list(places)
    pks = {place.pk for place in held}
    inside = set(_inside(pks).filter(place__in=places).values_list("place", flat=True)) | pks
    return [place for place in places if place.pk in inside]


def _inside(pks: set[int]) -> QuerySet[Within]:
    return Within.objects.filter(ancestor__in=pks)
