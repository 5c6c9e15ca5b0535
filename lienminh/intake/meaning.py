"""From what the reader says to what the ledger would be told: a pure function of what is known.

What is doubtful is named, so that nothing doubtful is accepted without being looked at; nothing
unstated is filled in.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources

from lienminh.figures import cells
from lienminh.figures.models import Entry, Indicator
from lienminh.intake.saying import Said, spaced
from lienminh.rules.errors import Refused
from lienminh.rules.files import yaml_of
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount
from lienminh.rules.wording import DECIMAL_BASE, unit_of

FROM_AFAR = ("văn bản", "đoạn:")  # how the reader says that a place was not named by the sentence
LIMIT = 2**63 - 1


class Doubt(StrEnum):
    """What a person has to look at; with NEW, NO_PLACE, NO_DATE or AMOUNT nothing can be posted."""

    NEW = "new"
    NO_PLACE = "no_place"
    NO_DATE = "no_date"
    AMOUNT = "amount"
    PLACE = "place"
    DATE = "date"


UNPOSTED = frozenset({Doubt.NEW, Doubt.NO_PLACE, Doubt.NO_DATE, Doubt.AMOUNT})


@dataclass(frozen=True)
class Rule:
    """A wording that was taught: the folded phrase, the unit, the indicator and the breakdown."""

    folded: str
    unit: str
    indicator: str
    cell: str


@dataclass(frozen=True)
class Known:
    """What a text is read with: the catalogue, its words, its schemes, its day, its own place.

    `schemes` maps the value of each scheme to the folded words that name it.
    """

    indicators: Mapping[str, Indicator]
    words: Mapping[str, set[str]]
    rules: Sequence[Rule] = ()
    day: date | None = None
    place: str = ""


@dataclass(frozen=True)
class Meaning:
    """What would be recorded; what is not known is None."""

    indicator: str | None
    place: str | None
    days: Period | None
    covers: Period | None
    basis: str | None
    amount: Amount | None
    cell: str
    series: str
    counting: str | None
    doubts: frozenset[Doubt]
    rule: Rule | None = None
    scheme: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing for the ledger."""
        return not self.doubts & UNPOSTED


def meaning(said: Said, known: Known, scheme: str = "") -> Meaning:
    """What a figure means; `scheme` is the value of what its paragraph tells of, '' for none."""
    rule = _taught(said, known.rules)
    code = rule.indicator if rule else said.indicator
    indicator = known.indicators.get(code or "")
    doubts: set[Doubt] = set()
    amount = _amount(said, indicator)
    if indicator is None or (rule is None and indicator.unit != said.unit):
        doubts.add(Doubt.NEW)
        indicator = None
    elif amount is None:
        doubts.add(Doubt.AMOUNT)
    place = said.place_ref or ("" if said.place else known.place)
    if not place:
        doubts.add(Doubt.NO_PLACE)
    elif not said.place_ref or said.why.get("place", "").startswith(FROM_AFAR):
        doubts.add(Doubt.PLACE)
    days, basis = _days(said, known)
    if basis == Entry.Basis.ARTICLE_DATE and _takes_time(said, indicator):
        days, basis = None, None
    if days is None:
        doubts.add(Doubt.NO_DATE)
    elif basis != Entry.Basis.STATED:
        doubts.add(Doubt.DATE)
    cell = (rule.cell if rule else "") or (_cell(said, indicator, known, scheme))
    days, covers = _for(indicator, days)
    stock = indicator is not None and indicator.measure == Indicator.Measure.STOCK
    return Meaning(
        indicator=indicator.code if indicator else None,
        place=place or None,
        days=days,
        covers=covers,
        basis=basis if stock else None,
        amount=amount,
        cell=cell,
        series=said.series,
        counting=_counting(said, indicator),
        doubts=frozenset(doubts),
        rule=rule,
        scheme=scheme if f"scheme={scheme}" in cell.split(";") else "",
    )


def _taught(said: Said, rules: Sequence[Rule]) -> Rule | None:
    """The longest taught phrase that the clause holds, of those for this unit."""
    fitting = [one for one in rules if one.unit == said.unit and f" {one.folded} " in said.clause]
    return max(fitting, key=lambda one: len(one.folded), default=None)


def _amount(said: Said, indicator: Indicator | None) -> Amount | None:
    """In the indicator's smallest unit; None where that unit cannot hold it."""
    if indicator is None:
        return None
    parts = Decimal(DECIMAL_BASE ** unit_of(indicator.unit).scale)
    ends = [end * parts for end in said.ends]
    if any(end != end.to_integral_value() or abs(end) > LIMIT for end in ends):
        return None
    try:
        return Amount(int(ends[0]), int(ends[1]), said.bound, said.approx)
    except Refused:
        return None


def _days(said: Said, known: Known) -> tuple[Period | None, str | None]:
    """The days told; where only the text's own day is known, the day a person gave the text."""
    if said.days and said.basis != Entry.Basis.ARTICLE_DATE:
        return Period(*said.days), said.basis
    day = known.day or (said.days[1] if said.days else None)
    return (Period(day, day), Entry.Basis.ARTICLE_DATE) if day else (None, None)


def _takes_time(said: Said, indicator: Indicator | None) -> bool:
    """Whether it happened in a period that the day of a text does not tell; an event it tells of
    (so many took part) happened on that day."""
    if indicator is None or indicator.measure != Indicator.Measure.FLOW:
        return False
    takes_part = indicator.counts == Indicator.Counts.PARTICIPANTS and said.measure == "stock"
    return not takes_part


def _for(indicator: Indicator | None, days: Period | None) -> tuple[Period | None, Period | None]:
    """The period a figure is for, and the days it covers where they are fewer.

    A state is as of its last day; what happened on one day is told of its month.
    """
    if indicator is None or days is None:
        return days, None
    if indicator.measure == Indicator.Measure.STOCK:
        return Period(days.last, days.last), None
    if indicator.measure == Indicator.Measure.FLOW and days.first == days.last:
        first = days.first.replace(day=1)
        month = first.replace(day=monthrange(first.year, first.month)[1])
        return Period(first, month), days
    return days, None


def _counting(said: Said, indicator: Indicator | None) -> str | None:
    if indicator is None or indicator.counts != Indicator.Counts.PARTICIPANTS:
        return None
    return Entry.Counting.TURNS if said.turns else Entry.Counting.UNSTATED


def _cell(said: Said, indicator: Indicator | None, known: Known, scheme: str) -> str:
    """The parts its words say, of those that the indicator has."""
    if indicator is None:
        return ""
    pairs: dict[str, frozenset[str]] = {}
    subject = spaced(said.subject)
    for where, text in (("clause", said.clause), ("subject", subject)):
        for key, value, phrases in _words_of_cells()[where]:
            if any(f" {phrase} " in text for phrase in phrases):
                pairs[key] = pairs.get(key, frozenset()) | {value}
    pairs |= {key: frozenset({value}) for key, value in said.breakdown.items()}
    if scheme:
        pairs["scheme"] = frozenset({scheme})
    return cells.canonical(
        {
            key: values
            for key, values in pairs.items()
            if key in indicator.keys and values <= known.words.get(key, set())
        }
    )


@cache
def _words_of_cells() -> Mapping[str, Sequence[tuple[str, str, tuple[str, ...]]]]:
    told = yaml_of(resources.files("lienminh.intake") / "data" / "cells.yaml")
    return {
        where: [
            (*pair.split("="), tuple(spaced(phrase).strip() for phrase in phrases))
            for pair, phrases in groups.items()
        ]
        for where, groups in told.items()
    }
