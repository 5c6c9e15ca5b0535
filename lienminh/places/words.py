"""Places as screens call them: the level in the page's language, the name as it is."""

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.places.models import Extent, Level, Place, Spell
from lienminh.places.queries import spell_of
from lienminh.web.words import Vietnamese, Words, filled

LEVELS: Final = {
    Level.NATION: _("cả nước"),
    Level.GROUPING: _("nhóm địa phương"),
    Level.PROVINCE: _("cấp tỉnh"),
    Level.DISTRICT: _("cấp huyện"),
    Level.COMMUNE: _("cấp xã"),
}
KINDS: Final[dict[str, Promise]] = {
    "province": _("tỉnh"),
    "city": _("thành phố"),
    "rural_district": _("huyện"),
    "urban_district": _("quận"),
    "town": _("thị xã"),
    "commune": _("xã"),
    "ward": _("phường"),
    "township": _("thị trấn"),
    "special_zone": _("đặc khu"),
    "region": _("vùng"),
    "emulation_cluster": _("cụm thi đua"),
    "office_area": _("địa bàn của cơ quan thường trực"),
}
GROUPINGS: Final[dict[str, Promise]] = {
    "region": _("Các vùng"),
    "emulation_cluster": _("Các cụm thi đua"),
    "office_area": _("Địa bàn của các cơ quan thường trực"),
}
EXTENTS: Final = {
    Extent.WHOLE: _("toàn bộ"),
    Extent.PART: _("một phần"),
    Extent.UNSTATED: _("nguồn không nêu toàn bộ hay một phần"),
}
_TITLES: Final[dict[str, Promise]] = {
    "province": _("tỉnh %(name)s"),
    "city": _("thành phố %(name)s"),
    "rural_district": _("huyện %(name)s"),
    "urban_district": _("quận %(name)s"),
    "town": _("thị xã %(name)s"),
    "commune": _("xã %(name)s"),
    "ward": _("phường %(name)s"),
    "township": _("thị trấn %(name)s"),
    "special_zone": _("đặc khu %(name)s"),
    "region": _("vùng %(name)s"),
    "emulation_cluster": _("cụm thi đua %(name)s"),
}


def place_title(place: Place, day: date | None = None) -> Words:
    """The name with its level word: "tỉnh Bình Phước", "Bình Phước province"."""
    spell = spell_of(place, day)
    shape = _TITLES.get(spell.kind)
    return filled(str(shape), name=name_in(spell)) if shape else Words([name_in(spell)])


def place_name(place: Place, day: date | None = None) -> str:
    """The bare name."""
    return name_in(spell_of(place, day))


def name_in(spell: Spell) -> str:
    """The name of a spell; the nation has one in either language."""
    return str(_("Việt Nam")) if spell.kind == "nation" else Vietnamese(spell.name)
