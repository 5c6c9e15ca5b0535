"""Excel files: each table on a sheet of its own, numbers as numbers, qualifiers beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from .document import Alignment, Annex, Chart, Column, Document, Table
from .excel_columns import Content, Link, SheetColumn, Target, fits, sheet_columns
from .files import put
from .prepare import captioned, prepared
from .style import ACCENT, GREY, HEAD_FILL

CONTENTS = "Mục lục"
ROUNDING_NOTE = "Số có trên 15 chữ số được ghi bằng chữ để Excel không làm tròn."
"""Stands beneath a table in which a number was too long for Excel's arithmetic."""

_HEAD_ROW = 2
_LONGEST_TEXT = 32_767  # letters in one cell, Excel's own limit
_LONGEST_FOOTER = 200
_NARROWEST, _WIDEST = 8, 40
_LINE, _TALLEST = 16, 400  # points; Excel's own limit is 409
_ALIGN: Final = {"left": "left", "centre": "center", "right": "right"}
_LANDSCAPE_FROM = 90  # letters
_A4 = 9
_CONTENTS_TITLES = ("STT", "Trang tính", "Nội dung", "Số dòng")
_CONTENTS_WIDTHS = (6, 18, 90, 10)


@dataclass(frozen=True)
class _Sheet:
    name: str
    title: str
    columns: list[SheetColumn]
    rows: int
    rounded: bool


def write_xlsx(document: Document, path: Path) -> None:
    """Write the paper's tables as .xlsx. Refused when it cannot be written."""
    paper = prepared(document)
    buffer = BytesIO()
    _Book(paper, buffer).write()
    put(path, buffer.getvalue())


def _sheets(paper: Document) -> list[_Sheet]:
    """A sheet for each table and the numbers of each chart, named as they are on paper."""
    made: list[_Sheet] = []
    annex: Annex | None = None
    for block in paper.blocks:
        if isinstance(block, Annex):
            annex = block
        elif isinstance(block, Table | Chart):
            name = block.label or (annex.name if annex else "Bảng")
            title = captioned(block) or (annex.title if annex else "")
            made.append(_sheet(_unused(name, made), title, block))
    return made


def _sheet(name: str, title: str, block: Table | Chart) -> _Sheet:
    table = _as_table(block) if isinstance(block, Chart) else block
    values = [number for row in table.rows for cell in row for number in _numbers(cell)]
    rounded = not all(fits(number) for number in values)
    return _Sheet(name, title, sheet_columns(table), len(table.rows), rounded)


def _numbers(cell: Any) -> Iterator[int | Decimal]:
    for name in ("number", "high"):
        number = getattr(cell, name, None)
        if number is not None:
            yield number


def _as_table(chart: Chart) -> Table:
    columns = (Column("Đối tượng"), Column("Giá trị", align="right"))
    return Table(columns, tuple((bar.label, bar.value) for bar in chart.bars))


def _unused(name: str, made: list[_Sheet]) -> str:
    used = {sheet.name for sheet in made}
    again = (f"{name} ({place})" for place in range(2, len(made) + 3))
    return next(word for word in (name, *again) if word not in used)


class _Book:
    """One workbook in the making; `places` knows the cell of each code's row."""

    def __init__(self, paper: Document, buffer: BytesIO) -> None:
        self.paper = paper
        self.sheets = _sheets(paper)
        self.places = {
            content.code: f"internal:'{sheet.name}'!{_letters(across)}{_HEAD_ROW + 2 + down}"
            for sheet in self.sheets
            for across, column in enumerate(sheet.columns)
            for down, content in enumerate(column.contents)
            if isinstance(content, Target)
        }
        self.file: Any = xlsxwriter.Workbook(
            buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self.formats: dict[str, Any] = {}

    def write(self) -> None:
        """Fill and close the file."""
        made = datetime.combine(self.paper.made_on, time())
        self.file.set_properties(
            {
                "title": self.paper.title[:255],
                "author": self.paper.head.issuer[:255],
                "comments": self.paper.head.draft_mark[:255],
                "created": made,
            }
        )
        self.write_contents()
        for sheet in self.sheets:
            self.write_sheet(sheet)
        self.file.close()

    def look(self, **properties: Any) -> Any:
        """One format for each set of properties."""
        basics = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(basics | properties)
        return self.formats[key]

    def write_contents(self) -> None:
        """The first sheet: what the file is, and what lies on which sheet."""
        page, head = self.file.add_worksheet(CONTENTS), self.paper.head
        lines = (head.issuer, head.place_and_date, head.type_name, head.abstract)
        for row, line in enumerate(lines):
            page.write_string(row, 0, _short(line), self.look(bold=row != 1, italic=row == 1))
        page.write_string(4, 0, head.draft_mark, self.look(bold=True, font_color=ACCENT))
        for column, title in enumerate(_CONTENTS_TITLES):
            page.write_string(6, column, title, self.head_look())
            page.set_column(column, column, _CONTENTS_WIDTHS[column])
        for place, sheet in enumerate(self.sheets, start=1):
            row = 6 + place
            page.write_number(row, 0, place, self.look(border=1, align="center"))
            target = f"internal:'{sheet.name}'!A1"
            page.write_url(row, 1, target, self.link_look(), sheet.name)
            page.write_string(row, 2, _short(sheet.title), self.look(border=1, text_wrap=True))
            page.write_number(row, 3, sheet.rows, self.look(border=1, num_format="#,##0"))
        self.set_up_print(page, head_row=6, wide=True)

    def write_sheet(self, sheet: _Sheet) -> None:
        """One table: its title, the draft mark, the frozen head, the rows."""
        page = self.file.add_worksheet(sheet.name)
        page.write_string(0, 0, _short(sheet.title), self.look(bold=True, font_size=13))
        page.write_string(1, 0, self.paper.head.draft_mark, self.look(font_color=ACCENT))
        widths = [_width(column) for column in sheet.columns]
        for across, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
            page.set_column(across, across, width)
            page.write_string(_HEAD_ROW, across, _short(column.title), self.head_look())
            for down, content in enumerate(column.contents, start=_HEAD_ROW + 1):
                self.write_content(page, down, across, content, column.align)
        page.set_row(_HEAD_ROW, _height([column.title for column in sheet.columns], widths))
        for row in range(sheet.rows):
            said = [_said(column.contents[row]) for column in sheet.columns]
            page.set_row(_HEAD_ROW + 1 + row, _height(said, widths))
        if sheet.rounded:
            page.write_string(_HEAD_ROW + sheet.rows + 2, 0, ROUNDING_NOTE, self.look(italic=True))
        page.freeze_panes(_HEAD_ROW + 1, 0)
        self.set_up_print(page, head_row=_HEAD_ROW, wide=sum(widths) > _LANDSCAPE_FROM)

    def write_content(
        self, page: Any, row: int, column: int, content: Content, align: Alignment
    ) -> None:
        """One cell; text stays text whatever it begins with."""
        match content:
            case Link():
                page.write_url(
                    row, column, self.places[content.code], self.link_look(), content.code
                )
            case int() | Decimal():
                page.write_number(row, column, content, self.number_look(content))
            case _:
                text = content.text if isinstance(content, Target) else content
                look = self.look(border=1, text_wrap=True, align=_ALIGN[align])
                page.write_string(row, column, _short(text), look)

    def head_look(self) -> Any:
        """Heads of columns."""
        middle = {"align": "center", "valign": "vcenter"}
        return self.look(bold=True, border=1, text_wrap=True, bg_color=HEAD_FILL, **middle)

    def link_look(self) -> Any:
        """Codes and names that lead elsewhere."""
        return self.look(border=1, font_color=GREY, underline=1)

    def number_look(self, number: int | Decimal) -> Any:
        """As many decimals as the number has."""
        exponent = Decimal(number).as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        return self.look(
            border=1, align="right", num_format="#,##0" + "." * bool(places) + "0" * places
        )

    def set_up_print(self, page: Any, *, head_row: int, wide: bool) -> None:
        """A4, as wide as the page, the head on every page, the draft mark at every foot."""
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(head_row)
        page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        mark = self.paper.head.draft_mark[:_LONGEST_FOOTER].replace("&", "&&")
        page.set_footer(f"&L&9{mark}&R&9Trang &P/&N")
        if wide:
            page.set_landscape()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _width(column: SheetColumn) -> int:
    """Room for the longest word of the head and the longest content, within reason."""
    words = [len(word) for word in column.title.split()]
    contents = [len(_said(content)) for content in column.contents]
    return min(max(_NARROWEST, *words, *contents, len(column.title) // 3) + 2, _WIDEST)


def _height(texts: list[str], widths: list[int]) -> int:
    """Room for the wrapped text: other programs than Excel do not find it themselves."""
    lines = [-(-len(text) // (width - 1)) for text, width in zip(texts, widths, strict=True)]
    return min(max(1, *lines) * _LINE, _TALLEST)


def _said(content: Content) -> str:
    match content:
        case Link():
            return content.code
        case Target():
            return content.text
        case int() | Decimal():
            return f"{content:,}"
        case _:
            return content


def _letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
