"""What the reader says of one figure, flat enough to be kept with its text."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from lienminh.intake.reading import Proposal
from lienminh.rules.reading.sentences import Around
from lienminh.rules.reading.words import Words
from lienminh.rules.text import fold

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A figure as read. `start`, `end` and `sentence` index the text, ends exclusive.

    `low` and `high` are decimals as texts, in units. `clause` is folded, with a space at both ends.
    """

    start: int
    end: int
    span: str
    low: str
    high: str
    unit: str
    subject: str
    measure: str
    series: str
    first: str | None
    last: str | None
    basis: str | None
    bound: str | None
    approx: bool
    qualifier: str
    turns: bool
    breakdown: dict[str, str]
    relation: str | None
    attributed_to: str
    confidence: int
    indicator: str | None
    place: str
    place_ref: str | None
    sentence: tuple[int, int]
    clause: str
    why: dict[str, str]

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """What a proposal says."""
        one, place = proposal.figure, proposal.place
        return cls(
            start=one.start,
            end=one.end,
            span=one.span,
            low=str(one.low),
            high=str(one.high),
            unit=one.unit or "other:unknown",
            subject=one.subject,
            measure=one.measure,
            series=one.series,
            first=one.first_day.isoformat() if one.first_day else None,
            last=one.last_day.isoformat() if one.last_day else None,
            basis=one.period_basis,
            bound=one.bound,
            approx=one.approx,
            qualifier=one.qualifier or "",
            turns=one.turns,
            breakdown=dict(one.breakdown),
            relation=one.relation,
            attributed_to=one.attributed_to or "",
            confidence=one.confidence,
            indicator=proposal.indicator,
            place=place.name or "",
            place_ref=place.ref,
            sentence=_original(one.around, one.around.sentence[:2]),
            clause=_clause(one.around),
            why={**one.why, "place": place.why},
        )

    @classmethod
    def kept(cls, told: dict[str, Any]) -> Self:
        """What was kept as JSON."""
        return cls(**{**told, "sentence": tuple(told["sentence"])})

    @property
    def json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The number, or both ends of a range, in units."""
        return Decimal(self.low), Decimal(self.high)

    @property
    def days(self) -> tuple[date, date] | None:
        """The days it is for; None where nothing tells."""
        if self.first is None or self.last is None:
            return None
        return date.fromisoformat(self.first), date.fromisoformat(self.last)

    @property
    def as_written(self) -> str:
        """The words with what qualifies them, in one line."""
        return " ".join(f"{self.qualifier} {self.span}".split())


def _original(around: Around, stretch: tuple[int, int]) -> tuple[int, int]:
    words: Words = around.passage.words
    first, last = stretch
    return words.writing.original(words.starts[first], words.ends[last - 1])


def _clause(around: Around) -> str:
    first, last = around.clause
    return spaced(around.passage.words.plain(first, last))


def spaced(text: str) -> str:
    """Folded words alone, with one space around each: a phrase of whole words is found in it."""
    return f" {' '.join(_WORD.findall(fold(text)))} "
