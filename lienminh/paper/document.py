"""What a paper holds, as a tree of frozen values; Word, PDF and Excel are drawn from the same tree.

The layout follows Decree 30/2020/NĐ-CP, Annex I, without number, signer and seal.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

NOT_STATED = "Nguồn không nêu."
FEWEST_BARS = 3

Alignment = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Strong:
    """Bold words inside a line."""

    text: str


@dataclass(frozen=True)
class Italic:
    """Italic words inside a line."""

    text: str


@dataclass(frozen=True)
class Missing:
    """What the source does not state; stands alone as a block or inside a line."""

    text: str = NOT_STATED


@dataclass(frozen=True)
class Number:
    """A figure in a line: its words, then its small code, linked to `Anchor(code)` in the annex."""

    text: str
    code: str


@dataclass(frozen=True)
class Anchor:
    """The place in the annex where the links of `code` arrive; prints the code itself."""

    code: str


Run = str | Strong | Italic | Missing | Number | Anchor
Text = str | tuple[Run, ...]


@dataclass(frozen=True)
class Value:
    """A figure in a table or chart: printed as `text`, written into Excel as `number` (to `high`).

    `number` is in `unit` (a plain count, đồng, per cent …); None when there is no number to write.
    """

    text: str
    number: int | Decimal | None = None
    qualifier: str = ""
    unit: str = ""
    high: int | Decimal | None = None
    code: str = ""


Cell = Text | Value


@dataclass(frozen=True)
class Column:
    """A column's head, its share of the width against its neighbours, and how its cells align."""

    title: str
    width: int = 1
    align: Alignment = "left"


@dataclass(frozen=True)
class Table:
    """Rows under named columns; `label` ("Bảng 1") is filled in for tables that have a caption."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if not self.columns or any(column.width < 1 for column in self.columns):
            raise ValueError("A table needs at least one column, each at least 1 wide.")
        for place, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Row {place} of the table {self.caption!r} has {len(row)} cells "
                    f"under {len(self.columns)} columns."
                )


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for and how long it is."""

    label: str
    value: Value


@dataclass(frozen=True)
class Chart:
    """Horizontal bars of at least three exact numbers: the finding as title, the source beneath."""

    title: str
    bars: tuple[Bar, ...]
    unit: str
    source: Text
    label: str = ""

    def __post_init__(self) -> None:
        if len(self.bars) < FEWEST_BARS:
            raise ValueError(f"The chart {self.title!r} compares fewer than {FEWEST_BARS} values.")
        for bar in self.bars:
            if bar.value.number is None or bar.value.high is not None:
                raise ValueError(f"The bar {bar.label!r} of {self.title!r} has no single number.")


@dataclass(frozen=True)
class Heading:
    """Level 0 "Phần thứ nhất", 1 "I. …", 2 "1. …", 3 "a) …"; the text carries its own mark.

    `title` stands on a line of its own beneath, as under "Phần thứ nhất".
    """

    level: Literal[0, 1, 2, 3]
    text: str
    title: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A justified paragraph with its first line indented."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list marked by dashes."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Annex:
    """The start of an annex: all blocks to the next annex are in it; `number` is Roman, or empty.

    `guide` is the italic line beneath the title; `wide` turns the annex's pages to landscape.
    """

    title: str
    number: str = ""
    guide: str = ""
    wide: bool = False

    @property
    def name(self) -> str:
        """ "Phụ lục I", or "Phụ lục" where it is the only one."""
        return f"Phụ lục {self.number}".strip()


Block = Heading | Paragraph | Bullets | Table | Chart | Missing | PageBreak | Annex


@dataclass(frozen=True)
class Head:
    """The head of page 1: bodies, place and day, type and abstract (trích yếu), draft mark."""

    superior: str
    issuer: str
    type_name: str
    abstract: str
    place: str = ""
    day: date | None = None
    draft_mark: str = ""

    @property
    def place_and_date(self) -> str:
        """Zeros before days under 10 and months 1 and 2 only; dots where unknown."""
        place = self.place or "…"
        if self.day is None:
            return f"{place}, ngày … tháng … năm …"
        month = f"{self.day.month:02d}" if self.day.month <= 2 else str(self.day.month)
        return f"{place}, ngày {self.day.day:02d} tháng {month} năm {self.day.year}"


@dataclass(frozen=True)
class Document:
    """A whole paper; `made_on` is the only day that the files' properties know."""

    head: Head
    blocks: tuple[Block, ...]
    made_on: date

    @property
    def title(self) -> str:
        """The title in the files' properties."""
        return f"{self.head.type_name} – {self.head.abstract}".strip(" –")
