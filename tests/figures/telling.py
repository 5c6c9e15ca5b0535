"""Short words for small ledgers: say, count, open the books, ask."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from lienminh.figures.actions import name_source, post
from lienminh.figures.answers import answer
from lienminh.figures.drafts import Draft, Moved
from lienminh.figures.models import Indicator, Posting, Source
from lienminh.figures.questions import Answer, Question
from lienminh.places.models import Place
from lienminh.places.queries import children_of, find
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

FOUNDED = "cooperatives.founded"  # a flow of things with one place each
TOTAL = "cooperatives.total"  # a stock
TRAINEES = "training.trainees"  # a flow of takers of part


def the(ref: str) -> Place:
    return Place.objects.get(ref=ref)


def named(name: str, *, day: date = date(2023, 12, 31)) -> Place:
    return find(name, day=day)


def below(ref: str, day: date = date(2023, 12, 31)) -> list[Place]:
    """The units of the next level in a place, or the members of a grouping, on a day."""
    return list(children_of(the(ref), day=day, geography=day))


def a_source(kind: str = "reported", code: str | None = None) -> Source:
    return name_source(code=code or kind, kind=kind, title=code or kind)


def exactly(number: int | Amount | None) -> Amount | None:
    return Amount(number, number) if isinstance(number, int) else number


def draft(
    ref: str,
    when: str,
    number: int | Amount | None,
    *,
    indicator: str = FOUNDED,
    by: str = "reported",
    code: str | None = None,
    **more: Any,
) -> Draft:
    """A statement about a place for a period; of a stock, as of the period's last day."""
    days = Period.parse(when)
    stock = Indicator.objects.get(code=indicator).measure == "stock"
    return Draft(
        indicator=indicator,
        place=the(ref),
        kind="statement",
        first=days.last if stock else days.first,
        last=days.last,
        amount=exactly(number),
        source=a_source(by, code),
        **{"as_of_basis": "stated" if stock else None, **more},
    )


def movement(ref: str, day: str, number: int, *, indicator: str = FOUNDED, **more: Any) -> Draft:
    on = date.fromisoformat(day)
    fields = {"kind": "movement", "source": a_source("counted"), **more}
    return Draft(
        indicator=indicator, place=the(ref), first=on, last=on, amount=exactly(number), **fields
    )


def opening(ref: str, day: str, number: int = 0, **more: Any) -> Draft:
    return movement(ref, day, number, kind="opening", **more)


def posted(*drafts: Draft | Moved, key: str | None = None) -> Posting:
    """One posting, under a key of its own unless one is given."""
    entries: Sequence[Draft | Moved] = drafts
    key = key or f"posting {Posting.objects.count() + 1}"
    return post(entries=entries, key=key, reason="a test", by=None)


def say(ref: str, when: str, number: int | Amount | None, **more: Any) -> Posting:
    """Post one statement."""
    return posted(draft(ref, when, number, **more))


def ask(ref: str, when: str, *, indicator: str = FOUNDED, **more: Any) -> Answer:
    question = Question(indicator=indicator, place=the(ref), period=Period.parse(when), **more)
    return answer(question)
