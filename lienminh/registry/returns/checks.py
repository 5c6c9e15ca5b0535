"""Integrity of yearly data: what organisations state is added again, by queries of its own."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from lienminh.figures.models import Entry
from lienminh.registry import life
from lienminh.registry.counting import kinds_of
from lienminh.registry.models import Act, Books, Collective, Reporting, Return
from lienminh.registry.queries import books_at, there
from lienminh.rules.parameters import table
from lienminh.web.hooks import integrity

KEY = ("subject", "indicator", "place", "cell", "series", "first", "last")
INTERRUPTED = [
    kind for kind, (_legal, reporting) in life.STATUSES.items() if reporting != Reporting.ACTIVE
]
ACCEPT = (
    "Accept one of the returns again, which posts the difference; then find what wrote past it."
)


def register() -> None:
    """Make the check known."""
    integrity.register(recount_returns)


def recount_returns(**_: Any) -> list[CheckMessage]:
    """Whether what organisations stand stated with is what their accepted returns say.

    Compared are those that were active all their life, so that no rule of lives is needed.
    """
    found: list[CheckMessage] = []
    for family in Books.Family.values:
        steady = _steady(family)
        if not steady:
            continue
        said, told = _said(family, steady), _on_the_ledger(family, set(steady.values()))
        found += [
            Error(
                f"The ledger gives {told[name]} for what {family} state of themselves as '{name}', "
                f"but their accepted returns say {said[name]}.",
                hint=ACCEPT,
                id="registry.E002",
            )
            for name in sorted({*said, *told})
            if said[name] != told[name]
        ]
    return found


def _steady(family: str) -> dict[int, str]:
    """The ref of each organisation of a family that never ceased to be active, by its id."""
    noted = ~Q(reporting__in=["", Reporting.ACTIVE])
    ceased = Act.objects.filter(Q(kind__in=INTERRUPTED) | noted, voided_at=None)
    kinds = kinds_of(family)
    records = there(Collective.objects.filter(kind__in=kinds, returns__isnull=False))
    steady = records.exclude(pk__in=ceased.values("collective")).distinct()
    return dict(steady.values_list("pk", "ref"))


def _said(family: str, steady: Mapping[int, str]) -> Counter[str]:
    """By indicator, the sum of all values in accepted returns that open books hold."""
    suffixes = {
        code: item["indicator"]
        for group in table("return_items")["groups"].values()
        for code, item in group["items"].items()
    }
    said: Counter[str] = Counter()
    seats = _seats(family)
    opened = books_at(family, {place for moves in seats.values() for _day, place in moves})
    accepted = Return.objects.filter(state=Return.State.ACCEPTED).order_by()
    for told in accepted.iterator():
        as_of = min(told.last, told.covers_last)
        moves = seats.get(told.collective_id, [])
        at = bisect_right(moves, (as_of, 2**63)) - 1
        if told.collective_id not in steady or at < 0 or opened.get(moves[at][1], date.max) > as_of:
            continue
        for code, value in told.values.items():
            said[suffixes[code]] += value
        said["graded"] += bool(told.grade) and family != Books.Family.GROUPS
        workers = sum(n for item, n in told.values.items() if item.startswith("workers_"))
        if workers and "income" in told.values:
            said["income_known"] += workers
            said["pay_known"] += workers * told.values["income"]
    return said


def _seats(family: str) -> dict[int, list[tuple[date, int]]]:
    """Where each organisation had its seat from which day on, by its id."""
    kinds = kinds_of(family)
    placed = Act.objects.filter(voided_at=None, place__isnull=False, collective__kind__in=kinds)
    seats: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for collective, day, place in placed.order_by("day", "pk").values_list(
        "collective_id", "day", "place_id"
    ):
        seats[collective].append((day, place))
    return seats


def _on_the_ledger(family: str, subjects: set[str]) -> Counter[str]:
    """By indicator, the sum of the latest statement under each key, unless it was withdrawn."""
    rows = Entry.objects.filter(kind=Entry.Kind.STATEMENT, source__code=f"returns:{family}")
    newest = Window(
        RowNumber(), partition_by=[F(name) for name in KEY], order_by=[F("posting").desc()]
    )
    standing = rows.annotate(newest=newest).filter(newest=1, low__isnull=False).order_by()
    told: Counter[str] = Counter()
    for subject, indicator, low in standing.values_list("subject", "indicator__code", "low"):
        if subject in subjects:
            told[indicator.partition(".")[2]] += low or 0
    told["income"] = told.pop("income_per_month", 0)
    return told
