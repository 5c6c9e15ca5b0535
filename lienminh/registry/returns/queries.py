"""Reads of yearly data: what waits, who has stated, how an organisation did over the years."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lienminh.people.models import User
from lienminh.people.rights import Visitor, may
from lienminh.people.roles import KEEP
from lienminh.places.models import Place
from lienminh.registry.models import Collective, Delegate, Reporting, Return
from lienminh.registry.queries import inside, standing_delegates, there, visible_to
from lienminh.registry.stating import Item, items_of, official_members
from lienminh.rules.collectives import Size, size_class


def speaks_for(user: Visitor, record: Collective) -> bool:
    """Whether an account is one of the organisation's own people."""
    return isinstance(user, User) and standing_delegates(user).filter(collective=record).exists()


def may_fill_in(user: Visitor, record: Collective) -> bool:
    """Its own people state its data, or the alliance does it for them."""
    return speaks_for(user, record) or may(user, KEEP, record.place)


def represented(user: User) -> QuerySet[Delegate]:
    """The organisations an account speaks for today."""
    return standing_delegates(user).select_related("collective__place").order_by("pk")


def waiting(user: Visitor) -> QuerySet[Return]:
    """What was handed in and not yet decided, in the account's branch, the oldest first."""
    handed_in = Return.objects.filter(state=Return.State.SUBMITTED)
    return handed_in.filter(collective__in=visible_to(user)).order_by("handed_in_at", "pk")


@dataclass(frozen=True)
class Coverage:
    """Of the active organisations of a kind in a place, how many have stated a year's data."""

    kind: str
    active: int
    handed_in: int
    accepted: int


def coverage(user: Visitor, place: Place, first: date, last: date) -> list[Coverage]:
    """For each kind that the place has, how far a period's data are in."""
    active = inside(there(visible_to(user)), place).filter(reporting=Reporting.ACTIVE)
    rows = []
    for kind in active.order_by().values_list("kind", flat=True).distinct():
        own = active.filter(kind=kind)
        told = Return.objects.filter(collective__in=own, first=first, last=last)
        states = list(told.values_list("collective", "state"))
        accepted = {pk for pk, state in states if state == Return.State.ACCEPTED}
        handed_in = {pk for pk, state in states if state == Return.State.SUBMITTED} - accepted
        rows.append(Coverage(kind, own.count(), len(handed_in), len(accepted)))
    return sorted(rows, key=lambda row: -row.active)


def silent(user: Visitor, place: Place, first: date, last: date) -> QuerySet[Collective]:
    """The active organisations that have stated nothing for a period."""
    told = Return.objects.filter(first=first, last=last).exclude(state=Return.State.DRAFT)
    active = inside(there(visible_to(user)), place).filter(reporting=Reporting.ACTIVE)
    return active.exclude(pk__in=told.values("collective")).order_by("name_key", "pk")


def over_years(record: Collective) -> tuple[list[Return], list[tuple[Item, list[int | None]]]]:
    """The accepted returns, oldest first, and each item with its value in each."""
    accepted = record.returns.filter(state=Return.State.ACCEPTED)
    told = list(accepted.select_related("collective").order_by("last", "series"))
    rows = [(item, [one.values.get(item.code) for one in told]) for item in items_of(record.kind)]
    return told, [(item, values) for item, values in rows if any(v is not None for v in values)]


def size_in(record: Collective, told: Return) -> Size:
    """Its size class in the period of a return, by the rule in force at its end."""
    values = told.values
    return size_class(
        record.sector,
        told.last,
        members=official_members(told),
        revenue=values.get("revenue"),
        capital=values.get("capital"),
    )
