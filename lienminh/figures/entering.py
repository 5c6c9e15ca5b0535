"""What stands under a statement before and after: its key, its history, the draft it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lienminh.figures.drafts import Draft
from lienminh.figures.models import Entry, Indicator
from lienminh.people import rights
from lienminh.people.rights import Visitor
from lienminh.people.roles import APPROVE, CORRECT
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

WITH_ALL = ("posting__by", "indicator", "place", "cell", "source__document", "document", "holder")


class Overtaken(Refused):
    """Another statement stands under the key than the one that was looked at."""

    def __init__(self, now: Entry | None) -> None:
        super().__init__(
            "The figure was changed meanwhile; look at what stands now, then decide again."
        )
        self.now = now


@dataclass(frozen=True)
class Open:
    """What a visitor may do with an entry as it stands."""

    approve: bool
    correct: bool


def visible_to(user: Visitor) -> QuerySet[Entry]:
    """Entries of the indicators that this visitor may read."""
    entries = Entry.objects.select_related(*WITH_ALL)
    if user.is_authenticated and user.is_active:
        return entries
    return entries.filter(indicator__audience=Indicator.Audience.PUBLIC)


def history_of(entry: Entry | Draft) -> QuerySet[Entry]:
    """All statements under the key of this one, the oldest first."""
    held: dict[str, Any] = {
        "indicator__code": entry.indicator if isinstance(entry, Draft) else entry.indicator.code,
        "cell__text": entry.cell if isinstance(entry, Draft) else entry.cell.text,
        "source__code": entry.source.code,
    }
    for name in ("place", "holder", "series", "first", "last", "subject"):
        held[name] = getattr(entry, name)
    if held["holder"] is None:
        held["holder__isnull"] = held.pop("holder") is None
    statements = Entry.objects.filter(kind=Entry.Kind.STATEMENT, **held)
    return statements.select_related(*WITH_ALL).order_by("posting_id", "line")


def standing(entry: Entry | Draft) -> Entry | None:
    """The statement that stands under the key of this one, withdrawn or not; None before any."""
    return history_of(entry).last()


def code_of(entry: Entry | None) -> str:
    """The code of an entry, empty for none."""
    return entry.code if entry else ""


def by_code(entries: QuerySet[Entry], code: str) -> Entry | None:
    """The entry of a printed code such as `12.3`; None when there is none or it is no code."""
    posting, dot, line = code.partition(".")
    if not (dot and posting.isascii() and posting.isdigit() and line.isascii() and line.isdigit()):
        return None
    if max(len(posting), len(line)) > 9:
        return None
    return entries.filter(posting_id=int(posting), line=int(line)).first()


def draft_of(entry: Entry) -> Draft:
    """The draft that an entry was posted from."""
    return Draft(
        indicator=entry.indicator.code,
        place=entry.place,
        kind=entry.kind,
        first=entry.first,
        last=entry.last,
        amount=stated_amount(entry),
        source=entry.source,
        cell=entry.cell.text,
        series=entry.series,
        holder=entry.holder,
        cumulative=entry.cumulative,
        covers=_covers(entry),
        as_of_basis=entry.as_of_basis or None,
        counting=entry.counting or None,
        status=entry.status,
        stated_on=entry.stated_on,
        attribution=tuple(entry.attribution),
        document=entry.document,
        start=entry.start,
        end=entry.end,
        as_written=entry.as_written,
        qualifier=entry.qualifier,
        subject=entry.subject,
        record=entry.record,
        group=entry.group,
        relation=entry.relation,
    )


def _covers(entry: Entry) -> Period | None:
    if entry.covers_first is None or entry.covers_last is None:
        return None
    return Period(entry.covers_first, entry.covers_last)


def stated_amount(entry: Entry) -> Amount | None:
    """The amount of an entry; None when it withdraws."""
    if entry.low is None or entry.high is None:
        return None
    return Amount(entry.low, entry.high, entry.bound or None, entry.approx)


def open_to(user: Visitor, entry: Entry, history: Sequence[Entry]) -> Open:
    """What this visitor may do now: only what stands, and only a statement, can be acted upon."""
    if entry.kind != Entry.Kind.STATEMENT or not history or history[-1].pk != entry.pk:
        return Open(approve=False, correct=False)
    waiting = entry.status == Entry.Status.PRELIMINARY and entry.low is not None
    return Open(
        approve=waiting and rights.may(user, APPROVE, entry.place),
        correct=rights.may(user, CORRECT, entry.place),
    )
