"""The writes of moving seats along with a reform of borders."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from lienminh.people.models import User
from lienminh.places.models import Extent, Succession
from lienminh.registry.actions import new_ref
from lienminh.registry.bookkeeping import bring_up
from lienminh.registry.models import Act, Collective
from lienminh.registry.queries import with_history

AT_ONCE: Final = 2_000  # records moved in one posting
REASON: Final = "Sắp xếp đơn vị hành chính: xã, phường cũ nhập trọn vào đơn vị mới"


def going_along(records: QuerySet[Collective]) -> QuerySet[Collective]:
    """Of those to confirm, the ones whose unit went wholly into one that still is."""
    return records.filter(place__in=_whole().values("old"))


def _whole() -> QuerySet[Succession]:
    """The successions of ended units that have but one, and went over whole."""
    links = Succession.objects.values("old")
    rows = links.annotate(rows=Count("pk"), whole=Count("pk", filter=Q(extent=Extent.WHOLE)))
    alone = rows.filter(rows=1, whole=1).values("old")
    return Succession.objects.filter(old__in=alone, new__last_day=None)


def successors_of(places: Iterable[int]) -> dict[int, tuple[int, date]]:
    """Of ended units, those that went wholly into one unit: which, and on which day."""
    links = _whole().filter(old__in=places)
    return {old: (new, day) for old, new, day in links.values_list("old", "new", "day")}


def follow_reform(records: Iterable[Collective], *, key: str, by: User | None) -> int:
    """Move every seat whose unit went wholly into one, on the day of the reform.

    The rest stays to be confirmed one by one. In pieces that are each all or nothing; a repeat goes
    on where it was interrupted. Gives how many were moved.
    """
    waiting, moved, piece = iter(list(records)), 0, 0
    while some := list(islice(waiting, AT_ONCE)):
        piece += 1
        moved += _move([record.pk for record in some], key=f"{key}:{piece}", by=by)
    return moved


@transaction.atomic
def _move(pks: list[int], *, key: str, by: User | None) -> int:
    found = Collective.objects.select_for_update(of=("self",)).filter(
        pk__in=pks, merged_into=None, place__last_day__isnull=False
    )
    known = successors_of({record.place_id for record in found})
    moving = [record for record in found if record.place_id in known]
    Act.objects.bulk_create(_acts(moving, known, key=key, by=by))
    moved = Collective.objects.filter(pk__in=[record.pk for record in moving])
    act = Act.objects.filter(key=Concat(Value(f"{key}:"), OuterRef("ref")))
    moved.update(place=Subquery(act.values("place")), version=F("version") + 1)
    bring_up(list(with_history(moved)), key=key, reason=REASON, by=by)
    return len(moving)


def _acts(
    records: Iterable[Collective],
    known: dict[int, tuple[int, date]],
    *,
    key: str,
    by: User | None,
) -> Iterator[Act]:
    for record in records:
        place, day = known[record.place_id]
        yield Act(
            ref=new_ref(),
            key=f"{key}:{record.ref}",
            collective=record,
            kind=Act.Kind.CHANGE,
            day=day,
            place_id=place,
            address=record.address,
            reason=REASON,
            entered_by=by,
        )
