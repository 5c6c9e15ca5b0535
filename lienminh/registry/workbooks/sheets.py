"""Where in a sheet its table lies: heads in one row or several, titles above, rows below."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Final

from django.utils.translation import gettext as _

from lienminh.registry.workbooks.columns import HEADS_BETWEEN, guess
from lienminh.registry.workbooks.reader import Row
from lienminh.registry.workbooks.reading import Workbook
from lienminh.rules.errors import Refused

LOOKED_AT: Final = 60  # rows above which the heads must stand
DEEPEST: Final = 4  # rows of heads
FEWEST: Final = 2  # columns known by their heads

_NUMBERED: Final = re.compile(r"\(?([0-9]{1,2}|[A-Za-z])\)?(\s*=.*)?")


@dataclass(frozen=True)
class Table:
    """The table of a sheet: the heads of its columns, and its rows by their numbers."""

    sheet: str
    heads: tuple[str, ...]
    rows: Iterator[Row]


def table_of(book: Workbook) -> Table:
    """The first table of the workbook's sheets; Refused when no sheet has one."""
    for name, rows in book.sheets:
        if found := _table_in(name, rows):
            return found
    raise Refused(
        _(
            "Không tìm thấy hàng đầu cột nào có tên tổ chức trong 60 dòng đầu; "
            "hãy đặt tên các cột, ví dụ: Tên HTX, Mã số, Ngày thành lập, Xã, Tỉnh."
        )
    )


def _table_in(name: str, rows: Iterator[Row]) -> Table | None:
    top = list(islice(rows, LOOKED_AT))
    best = (0, 0, 0)
    for start in range(len(top)):
        for depth in range(1, min(DEEPEST, len(top) - start) + 1):
            fields = set(filter(None, guess(heads_of(top[start : start + depth]))))
            if "name" in fields and len(fields) >= FEWEST:
                best = max(best, (len(fields), -depth, -start))
    known, depth, start = best[0], -best[1], -best[2]
    if not known:
        return None
    below = start + depth
    heads = heads_of(top[start:below])
    if below < len(top) and _is_numbering(top[below][1]):
        below += 1
    return Table(name, tuple(heads), chain(top[below:], rows))


def heads_of(block: Sequence[Row]) -> list[str]:
    """One head a column: merged ones stand over all columns that have something beneath."""
    width = max(len(cells) for _number, cells in block)
    lines = [cells + [""] * (width - len(cells)) for _number, cells in block]
    for upper, below in pairwise(lines):
        for place in range(1, width):
            if not upper[place] and below[place]:
                upper[place] = upper[place - 1]
    columns = zip(*lines, strict=True)
    return [HEADS_BETWEEN.join(dict.fromkeys(filter(None, column))) for column in columns]


def _is_numbering(cells: Iterable[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 … or A, B, 1, 2 …"""
    written = list(filter(None, cells))
    told = [found[1] for text in written if (found := _NUMBERED.fullmatch(text))]
    numbers = [int(text) for text in told if text.isdigit()]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(told) == len(written) > FEWEST and steps == {1}
