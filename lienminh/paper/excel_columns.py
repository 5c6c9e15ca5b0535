"""How a table of the paper becomes the columns of a sheet: one thing in a column."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from .document import Alignment, Anchor, Cell, Column, Table, Value
from .prepare import plain, runs_of

LARGEST = 2**53
DIGITS = 15  # Excel shows no more of a number, and keeps hardly more


@dataclass(frozen=True)
class Link:
    """A code that leads to the row of its `Target`."""

    code: str


@dataclass(frozen=True)
class Target:
    """Text in the row where the links of `code` arrive."""

    code: str
    text: str


Content = str | int | Decimal | Link | Target


@dataclass(frozen=True)
class SheetColumn:
    """A column's head, its contents (an empty string for nothing) and how its text aligns."""

    title: str
    contents: tuple[Content, ...]
    align: Alignment = "left"


def sheet_columns(table: Table) -> list[SheetColumn]:
    """The table's columns; figures have their end, qualifier, unit, words and code beside them."""
    made: list[SheetColumn] = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        contents = tuple(_content(cell) for cell in cells)
        made.append(SheetColumn(column.title, contents, column.align))
        made.extend(_beside(column, cells))
    return made


def fits(number: int | Decimal) -> bool:
    """Whether Excel holds and shows the number exactly."""
    _, digits, exponent = Decimal(number).as_tuple()
    written = "".join(str(digit) for digit in digits).strip("0")
    small = isinstance(exponent, int) and exponent >= -DIGITS
    return small and -LARGEST <= number <= LARGEST and len(written) <= DIGITS


def grouped(number: int | Decimal) -> str:
    """A number as Vietnamese offices write it: 2.177 or 29,5."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def _content(cell: Cell) -> Content:
    if isinstance(cell, Value):
        return cell.text if cell.number is None else _number(cell.number)
    for run in runs_of(cell):
        if isinstance(run, Anchor):
            return Target(run.code, plain(cell))
    return plain(cell)


def _number(number: int | Decimal | None) -> Content:
    if number is None:
        return ""
    return number if fits(number) else grouped(number)


def _beside(column: Column, cells: list[Cell]) -> list[SheetColumn]:
    """The columns beside a column of figures, those only that hold something."""
    readings: dict[str, Callable[[Value], Content]] = {
        "đến": lambda value: _number(value.high),
        "từ kèm theo": lambda value: value.qualifier,
        "đơn vị": lambda value: value.unit,
        "như đã viết": _words_of_its_own,
        "mã nguồn": lambda value: Link(value.code) if value.code else "",
    }
    made = []
    for name, reading in readings.items():
        contents = tuple(reading(cell) if isinstance(cell, Value) else "" for cell in cells)
        if any(content != "" for content in contents):
            made.append(SheetColumn(f"{column.title} – {name}", contents))
    return made


def _words_of_its_own(value: Value) -> str:
    """The words as printed, where the columns beside do not say them already."""
    if value.number is None:
        return ""
    said = (value.qualifier, grouped(value.number), value.unit)
    told = {grouped(value.number), " ".join(word for word in said if word)}
    return "" if value.text in told else value.text
