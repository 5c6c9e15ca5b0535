"""The text of one page of a PDF, with a tab between the cells of a row of a table.

A page stores where pieces of text stand, and no table. Pieces in one line with a wide gap between
them are cells; the columns of the lines one after another are found from what stands above what, so
that an empty cell keeps its place. Lines of prose stay as they are.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

WIDE = 0.6  # of the height of a line: a wider gap parts cells
MOST_PIECES = 20_000  # on a page; beyond, it is read as it comes


class Piece(NamedTuple):
    """Text and where it stands, in points from the left and the bottom of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def text_of(page: "PdfTextPage") -> str:
    """The text of a page, in its own order."""
    lines = page.get_text_bounded().replace("\r\n", "\n").split("\n")
    rows = _rows(page) if page.count_rects() <= MOST_PIECES else {}
    return "\n".join(_written(lines, rows))


def _rows(page: "PdfTextPage") -> dict[str, list[Piece]]:
    """The lines of several cells, by their text as it comes."""
    pieces = []
    for index in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(index)
        text = " ".join(page.get_text_bounded(left, bottom, right, top).split())
        if text:
            pieces.append(Piece(left, bottom, right, top, text))
    found: dict[str, list[Piece]] = {}
    for line in _lines(pieces):
        if len(line) > 1:
            found[" ".join(piece.text for piece in line)] = line
    return found


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stand side by side and come one after another; close ones made one."""
    line: list[Piece] = []
    for piece in pieces:
        if line and not _beside(line[-1], piece):
            yield line
            line = []
        if line and piece.left - line[-1].right < WIDE * (piece.top - piece.bottom):
            last = line.pop()
            piece = last._replace(right=piece.right, text=f"{last.text} {piece.text}")  # noqa: PLW2901
        line.append(piece)
    if line:
        yield line


def _beside(left: Piece, right: Piece) -> bool:
    middle = (right.bottom + right.top) / 2
    return left.bottom < middle < left.top and right.left >= left.right - 1


def _written(lines: Sequence[str], rows: dict[str, list[Piece]]) -> Iterator[str]:
    told = [(line, rows.get(" ".join(line.split()))) for line in lines]
    for is_row, run in groupby(told, key=lambda one: one[1] is not None):
        if not is_row:
            yield from (line for line, _ in run)
            continue
        cells = [row for _, row in run if row]
        columns = _columns(cells)
        yield from ("\t".join(_placed(row, columns)) for row in cells)


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[float, float]]:
    """From where to where each column reaches."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if found and left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _placed(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> list[str]:
    """The cells of a row, each in its column."""
    cells = ["" for _ in columns]
    for piece in row:
        at = next(n for n, (left, right) in enumerate(columns) if left <= piece.left <= right)
        cells[at] = f"{cells[at]} {piece.text}".lstrip()
    return cells
