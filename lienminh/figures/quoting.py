"""The sentence that a statement stands in: rooms above that keep texts say it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from lienminh.figures.models import Entry
from lienminh.people.rights import Visitor


class Quote(NamedTuple):
    """The words of a statement with those around them, and where more is read, if it may be."""

    before: str
    words: str
    after: str
    url: str = ""


Quoter = Callable[[Visitor, Sequence[Entry]], dict[str, Quote]]
quoters: list[Quoter] = []
"""Each gives, by the code of an entry, what a visitor may read who may read the figure itself."""


def quotes_of(user: Visitor, entries: Sequence[Entry]) -> dict[str, Quote]:
    """The sentences of those entries whose text is kept."""
    return {code: quote for one in quoters for code, quote in one(user, entries).items()}
