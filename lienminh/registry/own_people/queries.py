"""Reads of an organisation's own people: who speaks for it, what waits, what a proposal changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.people.models import User
from lienminh.people.rights import Visitor, mandates_of
from lienminh.people.roles import KEEP, ROLES
from lienminh.places.models import Place
from lienminh.registry.models import Collective, Delegate, Proposal, Sector
from lienminh.registry.own_people.forms import PROPOSED, ProposeForm
from lienminh.registry.queries import visible_to
from lienminh.registry.seats import full_title
from lienminh.registry.words import YES_NO
from lienminh.web.words import Vietnamese


def people_of(record: Collective) -> list[tuple[Delegate, int, str]]:
    """Who speaks or spoke for it, with the row's number, which never changes, and its state."""
    rows = record.delegates.select_related("user").order_by("pk")
    return [(row, n, _validity(row)) for n, row in enumerate(rows, start=1)]


def _validity(row: Delegate) -> str:
    today = timezone.localdate()
    if row.last_day is not None and row.last_day < today:
        return _("đã hết")
    return _("chưa bắt đầu") if row.first_day > today else ""


def waiting(user: Visitor) -> QuerySet[Proposal]:
    """What is proposed and not yet decided, of the records an account reads, the oldest first."""
    asked = Proposal.objects.filter(state=Proposal.State.OPEN)
    return asked.filter(collective__in=visible_to(user)).order_by("made_at", "pk")


def waiting_count(user: User) -> int:
    """How many wait for an account; none where it keeps no records."""
    keeps = any(KEEP in ROLES[mandate.role] for mandate in mandates_of(user))
    return waiting(user).count() if keeps else 0


@dataclass(frozen=True)
class Change:
    """One thing that a proposal changes, in words: as it stands, and as it is to be."""

    label: Any
    before: str
    after: str


def changes(asked: Proposal, record: Collective) -> Iterator[Change]:
    """Each thing that is proposed beside what stands, in the order of the form."""
    for name in PROPOSED:
        if name in asked.changes:
            label = ProposeForm.base_fields[name].label
            stands = getattr(record, name)
            yield Change(label, words(name, stands), words(name, asked.changes[name]))


def labels(asked: Proposal) -> str:
    """What a proposal is about, in a line."""
    named = (ProposeForm.base_fields[name].label for name in PROPOSED if name in asked.changes)
    return "; ".join(str(label) for label in named)


def words(name: str, value: Any) -> str:
    """A value of a record, or of a proposal, as it is read; '' for nothing."""
    if name in ("women_managed", "minority_area"):
        return _("chưa rõ") if value is None else str(YES_NO[value])
    if not value:
        return ""
    if name == "place":
        place = value if isinstance(value, Place) else Place.objects.get(ref=value)
        return full_title(place)
    if name == "sector":
        return str(Sector(value).label)
    if name == "certificate_on":
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return f"{day:%d/%m/%Y}"
    return Vietnamese(value)
