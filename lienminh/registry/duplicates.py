"""Records that may be one organisation: the same number, the same name, nearly the same name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, NamedTuple

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.people.models import User
from lienminh.places.models import Level, Place, Within
from lienminh.registry.models import Collective, Distinct
from lienminh.registry.naming import name_key, near
from lienminh.registry.queries import there, visible_to
from lienminh.registry.seats import ABOVE

SAME_NUMBER: Final = _("cùng mã số")
SAME_NAME: Final = _("cùng tên trong một tỉnh")
NEAR_NAME: Final = _("tên gần giống ở một xã")
LISTED: Final = 12
KNOWN_FOR: Final = 600  # seconds for which the count on the home page is kept


class Alike(NamedTuple):
    """A record that may be the one being entered, and why."""

    record: Collective
    why: Promise


class Pair(NamedTuple):
    """Two records that may be one organisation: their keys, and why."""

    one: int
    other: int
    why: Promise


class _Row(NamedTuple):
    pk: int
    kind: str
    name_key: str
    number: str
    place: int


def candidates(
    records: QuerySet[Collective], *, kind: str, number: str, name: str, place: Place
) -> list[Alike]:
    """The records that may be the organisation about to be entered, the likeliest first."""
    seen = there(records).select_related("place").prefetch_related(f"place__{ABOVE}")
    found: dict[int, Alike] = {}

    def take(rows: QuerySet[Collective], why: Promise) -> None:
        for one in rows[:LISTED]:
            found.setdefault(one.pk, Alike(one, why))

    digits = "".join(number.split())
    if digits:
        take(seen.filter(Q(number=digits) | Q(tax_code=digits)), SAME_NUMBER)
    key = name_key(name)
    own_kind = seen.filter(kind=kind)
    around = Within.objects.filter(ancestor__in=_provinces_of(place)).values("place")
    take(own_kind.filter(name_key=key, place__in=around), SAME_NAME)
    neighbours = own_kind.filter(place=place).values_list("pk", "name_key")
    take(own_kind.filter(pk__in=[pk for pk, other in neighbours if near(key, other)]), NEAR_NAME)
    return list(found.values())


def _provinces_of(place: Place) -> list[int]:
    """Every province that holds a unit, in whichever borders."""
    rows = Within.objects.filter(place=place, ancestor__level=Level.PROVINCE)
    return list(rows.values_list("ancestor", flat=True).distinct())


def pairs(records: QuerySet[Collective]) -> list[Pair]:
    """Every two of the records that may be one, less those somebody told apart.

    One query reads the columns compared; comparing 35,000 takes under a second.
    """
    columns = there(records).order_by("pk").values_list(*_Row._fields)
    rows = [_Row(*row) for row in columns]
    apart = set(Distinct.objects.values_list("one", "other"))
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_same_number(rows), *_same_name(rows), *_near(rows)):
        if (pair.one, pair.other) not in apart:
            found.setdefault((pair.one, pair.other), pair)
    return list(found.values())


def count_for(user: User) -> int:
    """How many pairs wait for an account; as of some minutes ago."""
    key = f"registry-duplicates:{user.pk}"
    known: int | None = cache.get(key)
    if known is None:
        known = len(pairs(visible_to(user)))
        cache.set(key, known, KNOWN_FOR)
    return known


def forget_count(user: User) -> None:
    """After a pair was decided."""
    cache.delete(f"registry-duplicates:{user.pk}")


def _same_number(rows: list[_Row]) -> Iterator[Pair]:
    by_number: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.number:
            by_number[row.number].append(row.pk)
    yield from _all(by_number.values(), SAME_NUMBER)


def _same_name(rows: list[_Row]) -> Iterator[Pair]:
    by_name: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        if row.name_key:
            by_name[row.kind, row.name_key].append(row)
    twins = [those for those in by_name.values() if len(those) > 1]
    provinces = _province_now({row.place for those in twins for row in those})
    by_place: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for row in (row for those in twins for row in those):
        by_place[row.kind, row.name_key, provinces.get(row.place, row.place)].append(row.pk)
    yield from _all(by_place.values(), SAME_NAME)


def _province_now(places: set[int]) -> dict[int, int]:
    """The province of today that holds each unit."""
    today = Place.objects.filter(level=Level.PROVINCE, last_day=None)
    rows = Within.objects.filter(ancestor__in=today, place__in=places)
    return dict(rows.values_list("place", "ancestor"))


def _near(rows: list[_Row]) -> Iterator[Pair]:
    by_seat: dict[tuple[str, int], list[_Row]] = defaultdict(list)
    for row in rows:
        by_seat[row.kind, row.place].append(row)
    for those in by_seat.values():
        for one, other in combinations(those, 2):
            if near(one.name_key, other.name_key):
                yield Pair(one.pk, other.pk, NEAR_NAME)


def _all(groups: Iterable[list[int]], why: Promise) -> Iterator[Pair]:
    for keys in groups:
        for one, other in combinations(keys, 2):
            yield Pair(one, other, why)
