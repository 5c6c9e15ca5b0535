"""Reads of places: finding one by the name people write, its names, what it became."""

import difflib
import re
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from lienminh.places import naming
from lienminh.places.models import Alias, Level, Member, Place, Spell, Within
from lienminh.places.source import first_days
from lienminh.rules.errors import Refused

_REF = re.compile(r"vn|[pdc]\d+-\d{4}|g-[a-z0-9-]+")
_RANKS = {
    Level.NATION: 0,
    Level.GROUPING: 0,
    Level.PROVINCE: 0,
    Level.DISTRICT: 1,
    Level.COMMUNE: 2,
}
_DOWNWARD = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
_LISTED = 8


def find(name: str, *, day: date, levels: Collection[str] | None = None) -> Place:
    """Find the one place meant by a name as people write it, or by a ref.

    The highest level wins (nation, grouping or province; district; commune), then a unit living on
    `day`, then the exact spelling. Refused when nothing is found or two remain.
    """
    best = meant(name, day=day, levels=levels)
    if not best:
        raise Refused(_unknown(name))
    if len(best) > 1:
        raise Refused(_ambiguous(name, best, day))
    return best.pop()


def meant(name: str, *, day: date, levels: Collection[str] | None = None) -> set[Place]:
    """The places that a name may mean equally well: none, one, or those to choose from."""
    found = _by_ref(name) if _REF.fullmatch(name.strip()) else _by_name(name)
    ranked: dict[tuple[int, bool, int], set[Place]] = {}
    for place, distance in found:
        if levels is None or place.level in levels:
            rank = (_RANKS[Level(place.level)], not lives_on(place, day), distance)
            ranked.setdefault(rank, set()).add(place)
    return ranked[min(ranked)] if ranked else set()


def inside(place: Place, field: str = "place") -> Q:
    """Rows at the place itself, at what lies in it, or in its members, in any borders."""
    if place.level == Level.NATION:
        return Q()
    members = Member.objects.filter(grouping=place).values_list("place_id", flat=True)
    whole = [place.pk, *members]
    below = Within.objects.filter(ancestor__in=whole).values("place")
    return Q(**{f"{field}__in": whole}) | Q(**{f"{field}__in": below})


def geography_of(day: date) -> date:
    """The first day of the borders that hold on a day; Refused before the data begins."""
    begun = [first for first in first_days() if first <= day]
    if not begun:
        first = first_days()[0]
        raise Refused(f"Borders are known from {first} on, not on {day}; ask for a later day.")
    return begun[-1]


def lives_on(place: Place, day: date) -> bool:
    """Whether the place exists on a day."""
    return place.first_day <= day and (place.last_day is None or day <= place.last_day)


def not_yet(place: Place, day: date) -> bool:
    """Whether the place was made after a day; the units of the first borders known may be older."""
    return place.first_day > max(day, first_days()[0])


def spell_of(place: Place, day: date | None = None) -> Spell:
    """The name, kind and parent on a day; the nearest outside its life, the last without a day."""
    spells = list(place.spells.all())
    begun = [spell for spell in spells if day is None or spell.first_day <= day]
    return begun[-1] if begun else spells[0]


def name_of(place: Place, day: date | None = None) -> str:
    """The bare name: "Bình Phước"."""
    return spell_of(place, day).name


def title_of(place: Place, day: date | None = None) -> str:
    """The name with its level word: "tỉnh Bình Phước"; the nation is "Việt Nam"."""
    spell = spell_of(place, day)
    return f"{naming.KIND_WORDS[spell.kind]} {spell.name}".strip()


def successors(place: Place) -> list[Place]:
    """Units recorded as holding some or all of an ended place; an abolished district has none."""
    return list(Place.objects.filter(predecessor_links__old=place).order_by("ref"))


def predecessors(place: Place) -> list[Place]:
    """Units recorded as having gone, wholly or in part, into a place."""
    return list(Place.objects.filter(successor_links__new=place).order_by("ref"))


def holder(place: Place, geography: date) -> Place:
    """The lowest unit of the geography that holds all of a place: itself, or where it hangs."""
    above = Within.objects.filter(geography=geography, place=place).values("ancestor")
    living = Place.objects.filter(pk__in=above, first_day__lte=geography).filter(
        Q(last_day=None) | Q(last_day__gte=geography)
    )
    return max(living, key=lambda unit: list(Level).index(Level(unit.level)))


def members_on(grouping: Place, day: date) -> list[Place]:
    """Members of a grouping on a day; none means that no list is stated: there is no coverage."""
    rows = grouping.member_rows.filter(first_day__lte=day).filter(
        Q(last_day=None) | Q(last_day__gte=day)
    )
    return list(Place.objects.filter(grouping_rows__in=rows).order_by("ref"))


def _by_ref(ref: str) -> list[tuple[Place, int]]:
    return [(place, 0) for place in Place.objects.filter(ref=ref.strip())]


def _by_name(name: str) -> list[tuple[Place, int]]:
    """Take the words as a whole name first ("Phường Đúc"), then as a level word and a name."""
    if found := _named(name, naming.key(name)):
        return found
    titled = naming.split_title(name)
    if not titled:
        return []
    return [
        (place, distance)
        for place, distance in _named(titled.name, naming.key(titled.name))
        if any(spell.kind == titled.kind for spell in place.spells.all())
    ]


def _named(name: str, folded: str) -> list[tuple[Place, int]]:
    rows: list[Spell | Alias] = [
        *Spell.objects.filter(folded=folded).select_related("place"),
        *Alias.objects.filter(folded=folded).select_related("place"),
    ]
    found = [(row.place, naming.spelling_distance(name, row.name)) for row in rows]
    # Tân Thành is not Tân Thạnh: marks that were typed count, unless no name has them.
    as_typed = [] if name.isascii() else [match for match in found if match[1] < naming.FOLDED_ONLY]
    return as_typed or found


def _unknown(name: str) -> str:
    names = dict(Spell.objects.order_by("place__level").values_list("folded", "name"))
    near = difflib.get_close_matches(naming.key(name), names, n=3, cutoff=0.7)
    hint = f" Did you mean {', '.join(names[folded] for folded in near)}?" if near else ""
    return f"No place is called '{name}'.{hint}"


def _ambiguous(name: str, places: Iterable[Place], day: date) -> str:
    titles = sorted(_described(place, day) for place in places)
    more = f" and {len(titles) - _LISTED} more" if len(titles) > _LISTED else ""
    listed = "; ".join(titles[:_LISTED])
    return f"'{name}' names {len(titles)} places; give the ref of one: {listed}{more}."


def _described(place: Place, day: date) -> str:
    parent = spell_of(place, day).parent
    above = f", {title_of(parent, day)}" if parent else ""
    return f"{title_of(place, day)}{above} ({place.ref})"


def children_of(place: Place, *, day: date, geography: date) -> list[Place]:
    """The units living on a day that a place is the sum of, in the borders of `geography`, by code.

    A grouping's are its members; those of a place that does not live on the day, the units of its
    own level that went into it; else the units of the next level down.
    """
    if place.level == Level.GROUPING:
        return members_on(place, day)
    inside = _inside(place, day, geography).exclude(pk=place.pk)
    level = place.level
    if lives_on(place, day):
        levels = set(inside.order_by().values_list("level", flat=True).distinct()) - {level}
        level = next((one for one in _DOWNWARD if one in levels), level)
    return list(inside.filter(level=level))


def units_in(place: Place, *, level: str, day: date) -> list[Place]:
    """The units of a level living on a day inside a place, or inside its members, by code."""
    whole = members_on(place, day) if place.level == Level.GROUPING else [place]
    return [unit for one in whole for unit in _inside(one, day, day).filter(level=level)]


def _inside(place: Place, day: date, geography: date) -> QuerySet[Place]:
    inside = Within.objects.filter(geography=geography_of(geography), ancestor=place)
    living = Place.objects.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)
    return living.filter(pk__in=inside.values("place")).order_by("code")
