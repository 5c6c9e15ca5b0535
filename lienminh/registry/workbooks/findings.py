"""What is found in the rows of a workbook, each at its cell, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

SHOWN: Final = 1_000  # more are counted, not listed


class Weight(StrEnum):
    """What a finding does to its row."""

    WRONG = "wrong"  # the row is not taken in
    THERE = "there"  # the registry has it already
    NOTE = "note"  # the row is taken in, but for this


@dataclass(frozen=True)
class Finding:
    """A sentence at a cell: the row and the letter of the column, as Excel shows them."""

    weight: str
    row: int
    column: str
    sentence: str

    @property
    def cell(self) -> str:
        """The cell as Excel names it: B7."""
        return f"{self.column}{self.row}"


class Findings:
    """The findings of a workbook in their order, counted by weight."""

    def __init__(self) -> None:
        self.listed: list[Finding] = []
        self.counts: Counter[str] = Counter()

    def add(self, weight: str, row: int, place: int | None, sentence: object) -> None:
        """Say something of a cell; `place` counts the columns from 0."""
        self.counts[weight] += 1
        if len(self.listed) < SHOWN:
            column = "" if place is None else letters(place)
            self.listed.append(Finding(weight, row, column, str(sentence)))

    def kept(self) -> list[dict[str, Any]]:
        """As they are kept with the import."""
        return [asdict(one) for one in self.listed]

    @classmethod
    def of(cls, kept: Sequence[dict[str, Any]]) -> Self:
        """As they were kept."""
        made = cls()
        made.listed = [Finding(**one) for one in kept]
        made.counts = Counter(one.weight for one in made.listed)
        return made


def letters(place: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
