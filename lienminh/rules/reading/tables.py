"""Tables in a text: rows of cells, the heads of each column, and what stands above the table.

A table is two lines or more whose cells are parted by CELL. Its first rows are heads until one has
a number of its own; rows of years and of the numbers of columns (1, 2, 3) are heads too. A head
that is left empty goes on with the one on its left, as merged cells do.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lienminh.rules.reading.names import YEAR_DIGITS, is_year
from lienminh.rules.reading.words import Words
from lienminh.rules.reading.writing import CELL

CAPTION = 4  # lines above a table that may tell its title, period and unit
FEWEST_ROWS, FEWEST_NUMBERED = 2, 3
LABELS = 2  # cells: the number of a row may stand before its label
MOST_CELLS, MOST_HEADS = 200, 5  # of a row; of a column

Run = tuple[int, int]  # words from and to
Row = Sequence[Run]


class Cell(NamedTuple):
    """Where a word of a table stands: its row, the heads above it, the lines above the table."""

    row: Run
    heads: tuple[Run, ...]
    caption: Run


class Tables:
    """The tables of one text; nothing is done for a text without."""

    def __init__(self, words: Words) -> None:
        self._said = words.said
        self._rows: list[tuple[Run, Row, Sequence[Row], Run]] = []
        if CELL in words.writing.work:
            lines = list(self._lines())
            for first, last in self._runs(lines):
                self._add(lines, first, last)
        self._starts = [row[0][0] for row in self._rows]

    def cell(self, word: int) -> Cell | None:
        """The cell a word stands in; None outside of tables and in their heads."""
        index = bisect_right(self._starts, word) - 1
        if index < 0:
            return None
        row, cells, heads, caption = self._rows[index]
        column = next((n for n, (first, last) in enumerate(cells) if first <= word < last), None)
        if column is None:
            return None
        return Cell(row, tuple(_heads(heads, column)), caption)

    def labels(self) -> Iterator[Run]:
        """The first cells of each row that may name what it is of: its number, its label."""
        for _, row, _, _ in self._rows:
            yield from (cell for cell in row[:LABELS] if cell[0] < cell[1])

    def _lines(self) -> Iterator[Run]:
        first = 0
        for index, word in enumerate(self._said):
            if word == "\n":
                yield first, index
                first = index + 1
        yield first, len(self._said)

    def _runs(self, lines: Sequence[Run]) -> Iterator[Run]:
        """Runs of lines that have cells."""
        begun: int | None = None
        for number, (first, last) in enumerate(lines):
            if CELL in self._said[first:last]:
                begun = number if begun is None else begun
            elif begun is not None:
                yield begun, number
                begun = None
        if begun is not None:
            yield begun, len(lines)

    def _add(self, lines: Sequence[Run], first: int, last: int) -> None:
        if last - first < FEWEST_ROWS:
            return
        rows = [self._cells(line) for line in lines[first:last]]
        body = next((n for n, row in enumerate(rows) if self._has_numbers(row)), len(rows))
        heads = rows[max(0, body - MOST_HEADS) : body]
        above = max(0, first - CAPTION)
        caption = (lines[above][0], lines[first][0])
        for line, row in zip(lines[first + body : last], rows[body:], strict=True):
            self._rows.append((line, row, heads, caption))

    def _cells(self, line: Run) -> Row:
        cells, begun = list[Run](), line[0]
        for index in range(*line):
            if len(cells) == MOST_CELLS:
                return cells
            if self._said[index] == CELL:
                cells.append((begun, index))
                begun = index + 1
        return [*cells, (begun, line[1])]

    def _has_numbers(self, row: Row) -> bool:
        """Whether a row has numbers of its own, behind its first cell."""
        alone = [self._said[first] for first, last in row[1:] if last - first == 1]
        numbers = [word for word in alone if word[0].isdecimal()]
        if not numbers or all(is_year(word) for word in numbers):
            return False
        return not self._numbers_columns(row)

    def _numbers_columns(self, row: Row) -> bool:
        """1 | 2 | 3: the numbers of the columns."""
        told = [self._said[first] for first, last in row if last - first == 1]
        counted = [int(word) for word in told if word.isdecimal() and len(word) < YEAR_DIGITS]
        begun = range(counted[0], counted[0] + len(counted)) if counted else range(0)
        return len(told) == len(counted) >= FEWEST_NUMBERED and counted == list(begun)


def _heads(rows: Sequence[Row], column: int) -> Iterator[Run]:
    """The heads of a column, from the top."""
    for number, row in enumerate(rows):
        own = row[column] if column < len(row) else (0, 0)
        if own[0] == own[1] and number + 1 < len(rows) and 1 < column <= len(row):
            own = next((cell for cell in reversed(row[1:column]) if cell[0] < cell[1]), own)
        if own[0] < own[1]:
            yield own
