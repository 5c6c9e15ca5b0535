"""Reads of the registry: who sees which records, how one is found, which books hold a place."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex
from django.utils import timezone

from lienminh.figures.models import Entry
from lienminh.people.models import User
from lienminh.people.rights import Visitor, mandates_of
from lienminh.people.roles import KEEP, ROLES
from lienminh.places.models import Level, Place, Within
from lienminh.registry import life
from lienminh.registry.counting import Amounts, Line
from lienminh.registry.life import State
from lienminh.registry.models import Act, Books, Collective, Delegate, Reporting
from lienminh.registry.stating import Statement
from lienminh.rules.text import fold

NOTHING = Q(pk__in=())
RECORD = "collective:"  # how the entries of a record name it


def visible_to(user: Visitor) -> QuerySet[Collective]:
    """The records an account may read: those of its mandates' places, and those it speaks for."""
    if not isinstance(user, User):
        return Collective.objects.none()
    own = Q(pk__in=standing_delegates(user).values("collective"))
    return _in_any([mandate.place for mandate in mandates_of(user)], besides=own)


def kept_records(user: Visitor) -> QuerySet[Collective]:
    """The records an account may write in."""
    held = [mandate for mandate in mandates_of(user) if KEEP in ROLES[mandate.role]]
    return _in_any([mandate.place for mandate in held])


def _in_any(places: Collection[Place], besides: Q = NOTHING) -> QuerySet[Collective]:
    """The records whose seat lies in one of the places, in whichever borders, and some besides."""
    if any(place.level == Level.NATION for place in places):
        return Collective.objects.all()
    inside = Within.objects.filter(ancestor__in=places).values("place")
    held = Q(place__in=inside) | Q(place__in=[place.pk for place in places])
    return Collective.objects.filter(held | besides)


def standing_delegates(user: User, day: date | None = None) -> QuerySet[Delegate]:
    """For whom an account speaks on a day (today)."""
    day = day or timezone.localdate()
    return Delegate.objects.filter(
        Q(last_day=None) | Q(last_day__gte=day), user=user, first_day__lte=day
    )


def there(records: QuerySet[Collective]) -> QuerySet[Collective]:
    """Those that stand for themselves: not merged into another record."""
    return records.filter(merged_into=None)


def living(records: QuerySet[Collective]) -> QuerySet[Collective]:
    """Of those, the organisations that have not ended."""
    return there(records).exclude(reporting=Reporting.ENDED)


def matching(records: QuerySet[Collective], text: str) -> QuerySet[Collective]:
    """The records that hold every word of a text, typed with or without diacritics."""
    words = fold(text).split()
    for word in sorted(words, key=_rarity):
        # Twice as fast as `contains`, and no letter of it means anything.
        records = records.alias(at=StrIndex("folded", Value(word))).filter(at__gt=0)
    return records


def _rarity(word: str) -> tuple[bool, int]:
    """Numbers and long words first: the fewer hold one, the fewer are asked for the next."""
    return word.isalpha(), -len(word)


def inside(records: QuerySet[Collective], place: Place) -> QuerySet[Collective]:
    """The records whose seat lies in a place, in whichever borders."""
    return records if place.level == Level.NATION else records.filter(_lies(place, "place"))


def ever_inside(records: QuerySet[Collective], place: Place) -> QuerySet[Collective]:
    """The records whose seat lies, or lay on some day, in a place."""
    if place.level == Level.NATION:
        return records
    acts = Act.objects.filter(_lies(place, "place"), voided_at=None)
    return records.filter(pk__in=acts.values("collective"))


def _lies(place: Place, column: str) -> Q:
    whole = [place.pk]
    if place.level == Level.GROUPING:
        whole = list(place.member_rows.values_list("place_id", flat=True))
    within = Within.objects.filter(ancestor__in=whole).values("place")
    return Q(**{f"{column}__in": within}) | Q(**{f"{column}__in": whole})


def listed_on(
    records: Iterable[Collective], place: Place, day: date
) -> list[tuple[Collective, State]]:
    """Of records with their acts, those that existed on a day with their seat in a place then."""
    states = [(record, life.on(life.told(record.acts.all()), day)) for record in records]
    there_then = [(record, state) for record, state in states if state and state.exists]
    seats = Place.objects.filter(pk__in={state.place for _record, state in there_then})
    within = set(
        seats.filter(_lies(place, "pk")).values_list("pk", flat=True)
        if place.level != Level.NATION
        else seats.values_list("pk", flat=True)
    )
    return [(record, state) for record, state in there_then if state.place in within]


def to_confirm(records: QuerySet[Collective]) -> QuerySet[Collective]:
    """Living organisations whose seat is known only as a unit that has ended."""
    return living(records).filter(place__last_day__lt=timezone.localdate())


def with_history(records: QuerySet[Collective]) -> QuerySet[Collective]:
    """The records with all that is counted of them."""
    return records.prefetch_related("acts", "certificates", "chain_links", "returns")


def overlap(one: Place, other: Place) -> bool:
    """Whether one place lies in the other, in whichever borders."""
    rows = Within.objects.filter(ancestor__in=[one, other], place__in=[one, other])
    return rows.exclude(ancestor=F("place")).exists()


def books_at(family: str, places: Collection[int]) -> dict[int, date]:
    """By place, the first day of the books of a family that hold it, in whichever borders."""
    opened = {row.place_id: row.first_day for row in Books.objects.filter(family=family)}
    if not opened:
        return {}
    found: dict[int, date] = {place: opened[place] for place in places if place in opened}
    pairs = Within.objects.filter(ancestor__in=opened, place__in=places)
    for ancestor, place in pairs.values_list("ancestor_id", "place_id").distinct():
        found[place] = min(opened[ancestor], found.get(place, date.max))
    return found


def standing_of(refs: Iterable[str]) -> dict[str, Amounts]:
    """What stands on the ledger of each record, net, by its ref."""
    found: dict[str, Amounts] = {}
    rows = _of_records(refs).filter(kind=Entry.Kind.MOVEMENT)
    keys = ("record", "indicator__code", "place_id", "cell__text", "last")
    for record, *line, amount in (
        rows.order_by().values_list(*keys).annotate(amount=Sum("low")).exclude(amount=0)
    ):
        found.setdefault(record.removeprefix(RECORD), {})[Line(*line)] = amount
    return found


def _of_records(refs: Iterable[str]) -> QuerySet[Entry]:
    """Their entries, by the index of those that have a record: SQLite uses it only when told so."""
    return Entry.objects.filter(record__gt="", record__in=[RECORD + ref for ref in refs])


def statements_standing(refs: Iterable[str]) -> dict[str, dict[Statement, int]]:
    """What stands stated of each record about itself, by its ref."""
    rows = _of_records(refs).filter(kind=Entry.Kind.STATEMENT)
    keys = ("indicator__code", "place_id", "cell__text", "first", "last", "series")
    found: dict[str, dict[Statement, int]] = {}
    for record, low, *line in rows.order_by("posting", "line").values_list("record", "low", *keys):
        stated = found.setdefault(record.removeprefix(RECORD), {})
        if low is None:
            stated.pop(Statement(*line), None)
        else:
            stated[Statement(*line)] = low
    return found
