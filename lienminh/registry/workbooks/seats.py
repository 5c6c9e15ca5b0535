"""Which unit a seat lies in, as sheets name it: a commune, a district, a province, or an address.

All names are read once, and each distinct text is looked for once, for a sheet has many rows and
few seats. The rules are those of `places.queries.find`: units living on the day come first, then
the spelling; a name is looked for inside the unit above it, in whichever borders.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from lienminh.places import naming
from lienminh.places.models import Alias, Level, Place, Spell, Within
from lienminh.places.queries import name_of, title_of
from lienminh.places.source import first_days
from lienminh.rules.errors import Refused

LEVELS: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
LISTED: Final = 4


class Named(NamedTuple):
    """A name that a unit had, with the kind it was then."""

    place: int
    name: str
    kind: str


class Unit(NamedTuple):
    """What a seat needs of a unit."""

    pk: int
    level: str
    first: date
    last: date | None

    def lives(self, day: date) -> bool:
        """Whether it is there on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class NoSeat(Refused):
    """A part of the seat that names no unit, or several; `level` says which part."""

    def __init__(self, level: str, sentence: str) -> None:
        super().__init__(sentence)
        self.level = level


class Seats:
    """The units of the country, to look up the seats of a sheet that says what was on `day`."""

    def __init__(self, day: date) -> None:
        self.day = max(day, first_days()[0])  # before the first borders nothing is known
        told = Place.objects.filter(level__in=LEVELS)
        columns = ("pk", "level", "first_day", "last_day")
        self.units = {row[0]: Unit(*row) for row in told.values_list(*columns)}
        self.names = _names(self.units)
        self.above = _above(self.units)
        self.found: dict[tuple[date, tuple[str, ...]], Unit | NoSeat] = {}
        self.before: dict[tuple[int, date], Unit | None] = {}
        ends = [one.last for one in self.units.values() if one.level == Level.DISTRICT and one.last]
        self.with_districts = min(self.day, max(ends, default=self.day))

    def seat(self, province: str, district: str, commune: str) -> Unit:
        """The lowest unit named; NoSeat where a part cannot be told.

        Who names a district speaks of the borders that had districts.
        """
        day = self.with_districts if district else self.day
        return self._seat(day, (province, district, commune))

    def level_of(self, text: str, levels: Sequence[str] = LEVELS) -> str:
        """The first of the levels on which a text names a unit; '' for none."""
        named = {self.units[one.place].level for one in self._named(text)}
        return next((level for level in levels if level in named), "")

    def as_of(self, unit: Unit, day: date) -> Unit | None:
        """The unit, or what held all of it on a day before it was made; None when none did."""
        begun = [first for first in first_days() if first <= day] or first_days()[:1]
        if unit.first <= max(day, begun[-1]):
            return unit
        key = (unit.pk, begun[-1])
        if key not in self.before:
            above = [self.units[pk] for pk in self.above[unit.pk]]
            living = [one for one in above if one.lives(begun[-1])]
            lowest = max(living, key=lambda one: LEVELS.index(Level(one.level)), default=None)
            self.before[key] = lowest
        return self.before[key]

    def _seat(self, day: date, texts: tuple[str, ...]) -> Unit:
        """Each distinct text is looked for once, inside what stands above it."""
        key = (day, texts)
        if key not in self.found:
            try:
                self.found[key] = self._looked_for(day, texts)
            except NoSeat as refusal:
                self.found[key] = refusal
        found = self.found[key]
        if isinstance(found, NoSeat):
            raise found
        return found

    def _looked_for(self, day: date, texts: tuple[str, ...]) -> Unit:
        """What is named beneath a unit that is no more is meant as it was with it."""
        above, text = texts[:-1], texts[-1]
        if not any(texts):
            raise NoSeat(Level.COMMUNE, _("Thiếu nơi đặt trụ sở; hãy ghi xã, phường và tỉnh."))
        inside = self._seat(day, above) if any(above) else None
        if inside and not text:
            return inside
        if inside and inside.last:
            day = min(day, inside.last)
        return self._one(text, LEVELS[len(above)], inside, day)

    def _one(self, text: str, level: str, inside: Unit | None, day: date) -> Unit:
        named = [one for one in self._named(text) if self.units[one.place].level == level]
        held = [one for one in named if not inside or inside.pk in self.above[one.place]]
        held = _as_typed(text, held, named)
        if not held and named and inside:
            sentence = _("%(name)s không có đơn vị nào tên là “%(text)s”; hãy sửa một trong hai.")
            raise NoSeat(level, sentence % {"name": _title(inside.pk, day), "text": text})
        if not held:
            raise NoSeat(level, _("Không có đơn vị nào tên là “%s”; hãy sửa tên.") % text)
        begun = [one for one in held if self.units[one.place].first <= day]
        if not begun:
            raise NoSeat(level, self._not_yet(text, held[0].place))
        return self.units[self._best(text, level, begun, day)]

    def _best(self, text: str, level: str, named: Iterable[Named], day: date) -> int:
        """Units living on the day come first, then the exact spelling; two are one too many."""
        ranked: dict[tuple[bool, int], set[int]] = {}
        for one in named:
            ended = not self.units[one.place].lives(day)
            ranked.setdefault((ended, _distance(text, one.name)), set()).add(one.place)
        best = ranked[min(ranked)]
        if len(best) > 1:
            titles = sorted(_described(pk, day) for pk in [*best][:LISTED])
            listed = "; ".join(titles) + ("…" if len(best) > LISTED else "")
            sentence = _("“%(text)s” là tên của %(count)d đơn vị: %(listed)s; hãy ghi rõ hơn.")
            raise NoSeat(level, sentence % {"text": text, "count": len(best), "listed": listed})
        return best.pop()

    def _not_yet(self, text: str, place: int) -> str:
        return _(
            "%(place)s chỉ có từ %(first)s, chưa có vào ngày %(day)s; hãy chọn đơn vị khác."
        ) % {
            "place": text,
            "first": f"{self.units[place].first:%d/%m/%Y}",
            "day": f"{self.day:%d/%m/%Y}",
        }

    def _named(self, text: str) -> list[Named]:
        """The units of a text, taken as a whole name first, then as a level word and a name."""
        if known := self.names.get(naming.key(text)):
            return known
        titled = _titled(text)
        named = self.names.get(naming.key(titled.name), []) if titled else []
        return [one for one in named if titled and one.kind in (titled.kind, "")]


def units_read(seats: Seats, address: str) -> Iterator[tuple[str, str]]:
    """The units named at the end of an address, the highest first: level and text."""
    levels = list(LEVELS)
    for part in reversed(address.split(",")):
        level = seats.level_of(part.strip(), levels)
        if not level:
            return
        levels = levels[levels.index(Level(level)) + 1 :]
        yield level, part.strip()


def _names(units: Collection[int]) -> dict[str, list[Named]]:
    """Every name that a unit ever had, by its folded form."""
    found: dict[str, list[Named]] = {}
    spells = Spell.objects.values_list("folded", "place", "name", "kind")
    aliases = Alias.objects.values_list("folded", "place", "name")
    for folded, place, name, kind in chain(spells, ((*alias, "") for alias in aliases)):
        if place in units:
            found.setdefault(folded, []).append(Named(place, name, kind))
    return found


def _above(units: Collection[int]) -> dict[int, set[int]]:
    """By unit, itself and the units that hold it in whichever borders."""
    found = {place: {place} for place in units}
    for ancestor, place in Within.objects.values_list("ancestor", "place").distinct():
        if ancestor in found and place in found:
            found[place].add(ancestor)
    return found


def _as_typed(text: str, held: list[Named], named: list[Named]) -> list[Named]:
    """Tân Thành is not Tân Thạnh: marks that were typed count, unless no name has them."""
    if text.isascii():
        return held
    near = [one for one in held if _distance(text, one.name) < naming.FOLDED_ONLY]
    elsewhere = not near and any(_distance(text, one.name) < naming.FOLDED_ONLY for one in named)
    return [] if elsewhere else near or held


_titled: Final = lru_cache(maxsize=4_096)(naming.split_title)


def _distance(text: str, name: str) -> int:
    """How far a text is from a name, with its level word or without."""
    titled = _titled(text)
    bare = naming.spelling_distance(titled.name if titled else text, name)
    return min(bare, naming.spelling_distance(text, name)) if bare and titled else bare


def _title(pk: int, day: date) -> str:
    title = title_of(Place.objects.get(pk=pk), day)
    return title[:1].upper() + title[1:]


def _described(pk: int, day: date) -> str:
    place = Place.objects.get(pk=pk)
    above = Within.objects.filter(place=place, ancestor__level=Level.PROVINCE)
    province = above.select_related("ancestor").order_by("ancestor__first_day").first()
    return title_of(place, day) + (f" ({name_of(province.ancestor)})" if province else "")
