"""What disagrees within a text; it is shown to a person, never repaired."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, permutations, product
from typing import Final

from lienminh.figures import cells
from lienminh.figures.models import Indicator
from lienminh.intake.meaning import Meaning
from lienminh.rules.precision import Amount

MOST: Final = 3
_CITED = re.compile(
    r"số\s*:?\s*(?P<number>[0-9]{1,5}[-/][^\s,;.)]{2,30}?)[\s,)]{1,3}\(?ngày\s+"
    r"(?P<day>[0-9]{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>[0-9]{1,2})\s*(?:[/.-]|năm)\s*(?P<year>[0-9]{4})",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """How two figures disagree."""

    OTHER_NUMBER = "other_number"
    MORE_THAN_WHOLE = "more_than_whole"
    LESS_THAN_PART = "less_than_part"


@dataclass(frozen=True)
class Contradiction:
    """A figure that disagrees with another, by their numbers in the text."""

    kind: Kind
    number: int
    other: int


@dataclass(frozen=True)
class TwoDates:
    """A document that the text cites with several days."""

    number: str
    days: tuple[date, ...]
    starts: tuple[int, ...]


def contradictions(
    meanings: Mapping[int, Meaning], indicators: Mapping[str, Indicator]
) -> list[Contradiction]:
    """Two numbers for one question, and parts greater than their whole, each seen from both.

    A figure is shown with MOST of those it disagrees with: that is enough to be looked at.
    """
    found: list[Contradiction] = []
    terms = _terms(indicators)
    for questions in _alike(meanings).values():
        for numbers in questions.values():
            found += _otherwise(numbers, meanings)
        for part, total in permutations(questions.values(), 2):
            if _is_part(meanings[part[0]], meanings[total[0]], terms):
                found += _exceeding(part, total, meanings)
    return found


def _alike(
    meanings: Mapping[int, Meaning],
) -> dict[tuple[object, ...], dict[tuple[object, ...], list[int]]]:
    """The figures of one place, one time and one series, by what they answer."""
    groups: dict[tuple[object, ...], dict[tuple[object, ...], list[int]]] = {}
    for number, one in meanings.items():
        if one.is_whole:
            group = groups.setdefault((one.place, one.days, one.series), {})
            group.setdefault((one.indicator, one.cell), []).append(number)
    return groups


def _firsts(numbers: Sequence[int], meanings: Mapping[int, Meaning]) -> dict[Amount | None, int]:
    """The first figure that states each amount."""
    firsts: dict[Amount | None, int] = {}
    for number in numbers:
        firsts.setdefault(meanings[number].amount, number)
    return firsts


def _otherwise(numbers: Sequence[int], meanings: Mapping[int, Meaning]) -> Iterator[Contradiction]:
    firsts = list(islice(_firsts(numbers, meanings).items(), MOST + 1))
    for number in numbers if len(firsts) > 1 else ():
        others = [first for amount, first in firsts if amount != meanings[number].amount]
        for other in others[:MOST]:
            yield Contradiction(Kind.OTHER_NUMBER, number, other)


def _exceeding(
    parts: Sequence[int], totals: Sequence[int], meanings: Mapping[int, Meaning]
) -> Iterator[Contradiction]:
    for kind, these, those in (
        (Kind.MORE_THAN_WHOLE, parts, totals),
        (Kind.LESS_THAN_PART, totals, parts),
    ):
        firsts = list(islice(_firsts(those, meanings).values(), MOST))
        for number, other in product(these, firsts):
            part, total = (number, other) if these is parts else (other, number)
            if _exceeds(meanings[part].amount, meanings[total].amount):
                yield Contradiction(kind, number, other)


def _is_part(part: Meaning, total: Meaning, terms: set[tuple[str, str]]) -> bool:
    """A finer breakdown of the same indicator, or the upper term of a ratio beside its lower."""
    if part.indicator == total.indicator:
        return cells.refines(cells.parse(part.cell), cells.parse(total.cell))
    if part.cell != total.cell or part.indicator is None or total.indicator is None:
        return False
    return (part.indicator, total.indicator) in terms


def _terms(indicators: Mapping[str, Indicator]) -> set[tuple[str, str]]:
    """The two terms of each ratio: a part and its whole, such as active and all cooperatives."""
    codes: dict[int | None, str] = {one.pk: one.code for one in indicators.values()}
    ratios = [one for one in indicators.values() if one.numerator_id]
    return {(codes[one.numerator_id], codes[one.denominator_id]) for one in ratios}


def _exceeds(part: Amount | None, total: Amount | None) -> bool:
    """Whether the part is greater for certain: what is rough, or at least so much, may be."""
    if part is None or total is None or part.approx or total.approx:
        return False
    if part.bound in ("<", "<=") or total.bound in (">", ">="):
        return False
    return part.low > total.high


def two_dates(text: str) -> list[TwoDates]:
    """Documents that a text cites by one number with several days."""
    cited: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for found in _CITED.finditer(text):
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        cited[found["number"].upper()].append((day, found.start()))
    return [
        TwoDates(number, tuple(sorted(set(days))), tuple(starts))
        for number, told in cited.items()
        for days, starts in [tuple(zip(*told, strict=True))]
        if len(set(days)) > 1
    ]


def of_each(found: Sequence[Contradiction]) -> dict[int, list[Contradiction]]:
    """By the figure that disagrees."""
    by_number: dict[int, list[Contradiction]] = defaultdict(list)
    for one in found:
        by_number[one.number].append(one)
    return by_number
