"""Integrity of the registry: every counted indicator is counted again, by queries of its own."""

from collections import Counter
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from lienminh.figures.models import Entry
from lienminh.places.queries import inside as within
from lienminh.places.queries import name_of
from lienminh.registry.counting import kinds_of
from lienminh.registry.models import Act, Books, Collective, Reporting
from lienminh.registry.queries import inside, there
from lienminh.web.hooks import integrity

BRING_UP = (
    "Save one of the records again, which posts the difference; then find what wrote past it."
)

# The recount of each indicator: conditions on the columns of a record as it stands today …
STOCKS: dict[str, Q] = {
    "total": ~Q(reporting=Reporting.ENDED),
    "active": Q(reporting=Reporting.ACTIVE),
    "stopped": Q(reporting=Reporting.STOPPED),
    "alliance_members": Q(alliance_member=True),
}
# … and on what happened since its books were opened.
FLOWS: dict[str, tuple[str, ...]] = {
    "founded": ("founding",),
    "dissolved": ("dissolution", "revocation", "bankruptcy"),
    "converted": ("conversion",),
    "admitted": ("admission",),
    "left": ("leaving",),
}


def register() -> None:
    """Make the check known."""
    integrity.register(recount)


def recount(**_: Any) -> list[CheckMessage]:
    """Whether what stands on the ledger is what the records say, for every open book."""
    found: list[CheckMessage] = []
    for books in Books.objects.select_related("place"):
        counted, told = _recounted(books), _on_the_ledger(books)
        found += [
            Error(
                f"The ledger gives {told.get(code, 0)} for {code} in {name_of(books.place)}, "
                f"but the registry counts {counted.get(code, 0)}.",
                hint=BRING_UP,
                id="registry.E001",
            )
            for code in sorted({*counted, *told})
            if counted.get(code, 0) != told.get(code, 0)
        ]
    return found


def _recounted(books: Books) -> dict[str, int]:
    kinds = kinds_of(books.family)
    records = inside(there(Collective.objects.filter(kind__in=kinds)), books.place)
    counted = {name: records.filter(condition).count() for name, condition in STOCKS.items()}
    today = timezone.localdate()
    for name in ("certificates", "chain_links"):
        held = {
            f"{name}__voided_at": None,
            f"{name}__first_day__lte": today,
        }
        still = Q(**{f"{name}__last_day": None}) | Q(**{f"{name}__last_day__gte": today})
        has = records.exclude(reporting=Reporting.ENDED).filter(still, **held)
        suffix = "certified" if name == "certificates" else "in_chains"
        counted[suffix] = has.distinct().count()
    counted |= _happened(books, kinds)
    return {f"{books.family}.{name}": number for name, number in counted.items()}


def _happened(books: Books, kinds: list[str]) -> dict[str, int]:
    """Flows, each at the seat the organisation had on that day."""
    acts = Act.objects.filter(voided_at=None, day__gte=books.first_day)
    acts = acts.filter(collective__kind__in=kinds, collective__merged_into=None)
    names = {kind: name for name, its in FLOWS.items() for kind in its}
    moves = Act.objects.filter(
        collective=OuterRef("collective"), voided_at=None, day__lte=OuterRef("day")
    )
    seat = moves.exclude(place=None).order_by("-day", "-pk").values("place")[:1]
    there_then = (
        acts.filter(kind__in=names)
        .annotate(seat=Subquery(seat))
        .filter(within(books.place, "seat"))
    )
    counted: Counter[str] = Counter()
    for kind, number in there_then.order_by().values_list("kind").annotate(Count("pk")):
        counted[names[kind]] += number
    return {name: counted[name] for name in FLOWS}


def _on_the_ledger(books: Books) -> dict[str, int]:
    rows = Entry.objects.filter(
        within(books.place),
        kind=Entry.Kind.MOVEMENT,
        source__code=f"registry:{books.family}",
        last__gte=books.first_day,
    )
    sums = rows.order_by().values_list("indicator__code").annotate(Sum("low"))
    return dict(sums.filter(last__lte=timezone.localdate()))
