"""The place somebody types, or why it is not clear which, in the page's language."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from lienminh.places.models import Place, Spell
from lienminh.places.naming import key, split_title
from lienminh.places.queries import find
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused
from lienminh.web.words import Words, joined

LISTED: Final = 6


def place_named(name: str, day: date) -> Place:
    """The one place of a name as people write it, or of a ref; Refused with what to type."""
    try:
        return find(name, day=day)
    except Refused:
        raise Refused(_why(name, day)) from None


def _why(name: str, day: date) -> str:
    titled = split_title(name)
    keys = {key(name), key(titled.name)} if titled else {key(name)}
    spells = Spell.objects.filter(folded__in=keys).select_related("place")
    places = {spell.place for spell in spells.prefetch_related("place__spells")[: LISTED + 1]}
    if not places:
        return _("Không có nơi nào tên như vậy; hãy xem lại chữ, hoặc thêm xã, huyện, tỉnh.")
    listed = (Words([place_title(place, day), f" ({place.ref})"]) for place in places)
    said = _("Nhiều nơi có tên này; hãy gõ mã trong ngoặc của một nơi:")
    return joined(" ", [said, joined("; ", sorted(listed))])
