"""A question to the ledger, and its answer."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from lienminh.figures.models import Indicator
from lienminh.places.models import Place
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked. `cell` is a breakdown's text, `known_at` a posting (None: the newest).

    `geography`: a day in whose borders to see the place (None: the period's last day).
    `stated_by`: leave out what was stated after that day.
    """

    indicator: str
    place: Place
    period: Period
    cell: str = ""
    series: str = "actual"
    geography: date | None = None
    known_at: int | None = None
    stated_by: date | None = None

    @property
    def path(self) -> str:
        """The address of the figure's page; what is not asked for is left out."""
        asked = {
            "period": str(self.period),
            "where": self.cell,
            "series": self.series if self.series != "actual" else "",
            "geography": str(self.geography or ""),
            "known_at": "" if self.known_at is None else f"#{self.known_at}",
            "stated_by": str(self.stated_by or ""),
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/figures/{self.indicator}/{self.place.ref}?{query}"


class Why(NamedTuple):
    """Why there is no figure, in both languages of the system."""

    english: str
    vietnamese: str

    def about(self, **words: object) -> "Why":
        """The sentences with their blanks filled in."""
        return Why(self.english.format(**words), self.vietnamese.format(**words))


@dataclass(frozen=True)
class Partial:
    """What those that reported give together, and how many of those expected they are.

    They are places, or organisations that state something of themselves.
    """

    amount: Amount
    reporting: int
    expected: int
    of: Literal["places", "organisations"] = "places"


@dataclass(frozen=True)
class Given:
    """What one kind of source gives for a question."""

    amount: Amount
    status: str
    as_written: str = ""


@dataclass(frozen=True)
class Parts:
    """Answers for finer breakdowns, where only they are stated; `overlaps` forbids adding them."""

    items: tuple["Answer", ...]
    overlaps: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer, whole or with the reason why there is none.

    `source` is counted, reported, read, sum or ratio. `entries` are codes of the entries behind,
    `conflicts` of those that claim to answer the same and were not chosen.
    """

    question: Question
    indicator: Indicator
    geography: date
    known_at: int
    amount: Amount | None = None
    why: Why | None = None
    partial: Partial | None = None
    counting: str | None = None
    as_of: date | None = None
    as_of_basis: str | None = None
    status: str | None = None
    derived: bool = False
    source: str | None = None
    sources: dict[str, Given] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    part_of: tuple[Place, ...] = ()
    parts: Parts | None = None

    @property
    def value(self) -> int | tuple[int, int] | None:
        """The number in the unit's smallest part, (low, high) for a range, None without one."""
        return None if self.amount is None else number_of(self.amount)

    @property
    def lineage(self) -> str:
        """The path of the figure's page."""
        return self.question.path


def number_of(amount: Amount) -> int | tuple[int, int]:
    """One number, or (low, high) of a range."""
    return amount.low if amount.low == amount.high else (amount.low, amount.high)
