"""The journal of the ledger: which postings a visitor is shown, and their first lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from lienminh.figures.entering import visible_to
from lienminh.figures.facts import Told, told
from lienminh.figures.models import Entry, Posting
from lienminh.people.rights import Visitor
from lienminh.places.models import Place
from lienminh.places.queries import inside
from lienminh.rules.periods import Period

FIRST_LINES: Final = 3


@dataclass(frozen=True)
class Act:
    """A posting with its first lines that are asked for, and how many more there are."""

    posting: Posting
    lines: Sequence[Told]
    more: int


def lines_asked_for(
    user: Visitor, *, place: Place | None, indicator: str, days: Period | None
) -> QuerySet[Entry]:
    """Entries the visitor may read: in a place, of an indicator, touching some days."""
    entries = visible_to(user).prefetch_related("place__spells")
    if place is not None:
        entries = entries.filter(inside(place))
    if indicator:
        entries = entries.filter(indicator__code=indicator)
    if days is not None:
        entries = entries.filter(first__lte=days.last, last__gte=days.first)
    return entries.order_by("posting_id", "line")


def postings_of(lines: QuerySet[Entry], *, known_at: int | None) -> QuerySet[Posting]:
    """The postings that some of the lines stand in, the newest first."""
    behind = lines.order_by().filter(posting=OuterRef("pk"))
    known = Posting.objects.filter(Exists(behind)).select_related("by").order_by("-number")
    return known if known_at is None else known.filter(number__lte=known_at)


def acts(postings: Sequence[Posting], lines: QuerySet[Entry]) -> list[Act]:
    """A page of postings with their first lines, in as many queries as one posting takes."""
    own = lines.filter(posting=OuterRef("pk"))
    count = own.order_by().values("posting").annotate(n=Count("pk")).values("n")
    beyond = own.order_by("line").values("line")[FIRST_LINES : FIRST_LINES + 1]
    found = Posting.objects.filter(pk__in=[one.pk for one in postings])
    counts, wanted = {}, Q(pk__in=[])
    for number, lines_of_it, line in found.values_list("pk", Subquery(count), Subquery(beyond)):
        counts[number] = lines_of_it
        wanted |= Q(posting=number) if line is None else Q(posting=number, line__lt=line)
    by_posting: dict[int, list[Told]] = {}
    for line in told(list(lines.filter(wanted))):
        if line.entry is not None:
            by_posting.setdefault(line.entry.posting_id, []).append(line)
    return [
        Act(posting, first := by_posting[posting.number], counts[posting.number] - len(first))
        for posting in postings
    ]
