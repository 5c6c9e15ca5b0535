"""How exactly an amount is known, and how exactly sums and differences of such amounts are.

The table stands in parameters/qualifiers.yaml: exact parts give an exact sum, "trên" and exact give
"trên", "gần" and exact give "gần", parts that lean both ways give "khoảng".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table

_TABLE = table("qualifiers")
_SUMS: dict[str, dict[str, str]] = _TABLE["sums"]
_TAKEN_AWAY: dict[str, str] = _TABLE["taken_away"]
_PRINTED: dict[tuple[str | None, bool], str] = {
    (row["bound"], row["approx"]): row["word"] for row in _TABLE["printed"]
}
ENGLISH: dict[str, str] = {row["word"]: row["english"] for row in _TABLE["printed"]}
"""The English of each word that is printed."""
BOUNDS = frozenset({"<", "<=", ">", ">="})


class Qualifier(NamedTuple):
    """What a word beside a number says: on which side the true value lies, and whether roughly."""

    bound: str | None
    approx: bool


QUALIFIERS = {word: Qualifier(**meaning) for word, meaning in _TABLE["words"].items()}


@dataclass(frozen=True)
class Amount:
    """A whole number of the smallest unit, as stated; low == high unless a range was stated.

    Unless approx, the true value lies in [low, high]; bound ">" puts it above low, "<" below high.
    """

    low: int
    high: int
    bound: str | None = None
    approx: bool = False

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise Refused(
                f"The range from {self.low} to {self.high} runs backwards: "
                "write the smaller number first."
            )
        if self.bound is not None and self.bound not in BOUNDS:
            raise Refused(f"{self.bound!r} is not a bound: use one of < <= > >=.")


def total(amounts: Iterable[Amount]) -> Amount:
    """Sum of amounts of one unit, as exact as its parts allow; of none, an exact 0."""
    low = high = 0
    leaning, approx = "exact", False
    for part in amounts:
        low += part.low
        high += part.high
        leaning = _SUMS[leaning][_leaning(part)]
        approx = approx or part.approx
    return _amount(low, high, leaning, approx=approx)


def difference(a: Amount, b: Amount) -> Amount:
    """Take b from a; ranges widen, and what b leans on leans the other way."""
    leaning = _SUMS[_leaning(a)][_TAKEN_AWAY[_leaning(b)]]
    return _amount(a.low - b.high, a.high - b.low, leaning, approx=a.approx or b.approx)


def phrase(amount: Amount) -> str:
    """Give the Vietnamese word to print before the number: "gần", "trên", … or nothing."""
    return _PRINTED[amount.bound, amount.approx]


def _leaning(amount: Amount) -> str:
    if amount.bound is None:
        return "about" if amount.approx else "exact"
    return amount.bound


def _amount(low: int, high: int, leaning: str, *, approx: bool) -> Amount:
    bound = leaning if leaning in BOUNDS else None
    return Amount(low, high, bound, approx or leaning == "about")
