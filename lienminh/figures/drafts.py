"""An entry before it is posted."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from lienminh.documents.models import Document
from lienminh.figures.models import Source
from lienminh.people.models import Organisation
from lienminh.places.models import Place
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to put on the ledger; the fields are those of `Entry`.

    `amount` is in the indicator's smallest unit; None withdraws the statement with the same key.
    `unit`, when given, must be the indicator's own. `stated_on` None means the day of posting.
    """

    indicator: str
    place: Place
    kind: str
    first: date
    last: date
    amount: Amount | None
    source: Source
    cell: str = ""
    series: str = "actual"
    unit: str | None = None
    holder: Organisation | None = None
    cumulative: bool = False
    covers: Period | None = None
    as_of_basis: str | None = None
    counting: str | None = None
    status: str = "official"
    stated_on: date | None = None
    attribution: tuple[str, ...] = ()
    document: Document | None = None
    start: int | None = None
    end: int | None = None
    as_written: str = ""
    qualifier: str = ""
    subject: str = ""
    record: str = ""
    group: str = ""
    relation: str = ""

    def negated(self) -> "Draft":
        """The movement that undoes this one."""
        if self.amount is None:
            raise ValueError("only a movement with an amount can be negated")
        low, high = -self.amount.high, -self.amount.low
        return replace(self, amount=replace(self.amount, low=low, high=high))


class Moved(NamedTuple):
    """One of many movements that are alike but for where, when, how many, and of which record.

    What is common to them stands once in `like`, and is examined once.
    """

    like: Draft
    place: int
    day: date
    amount: int
    record: str
