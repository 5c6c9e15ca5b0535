"""Workbooks as they are in the field, made in a few words."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from lienminh.people.models import User
from lienminh.registry.models import Import
from lienminh.registry.workbooks import actions, taking_in
from lienminh.registry.workbooks.plans import Plan, look, plan
from lienminh.registry.workbooks.uploads import kept, path_of

DAY = "2025-03-31"
HEADS = ("STT", "Tên HTX", "Mã số HTX", "Ngày thành lập", "Xã", "Huyện", "Tỉnh", "Tình trạng")
SEAT = ("xã Đồng Tâm", "huyện Đồng Phú", "Bình Phước")


def xlsx(*rows: Sequence[Any], sheet: str = "HTX") -> bytes:
    """A workbook of one sheet: dates as Excel's dates, texts as texts."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "strings_to_formulas": False})
    page, day = book.add_worksheet(sheet), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, place, cell, day)
            elif cell not in ("", None):
                page.write(number, place, cell)
    book.close()
    return buffer.getvalue()


def row(number: int, name: str = "", **fields: Any) -> list[Any]:
    """A row under HEADS, right unless it is told otherwise."""
    told = {
        "code": "",
        "founded": "05/03/2015",
        "commune": SEAT[0],
        "district": SEAT[1],
        "province": SEAT[2],
        "status": "Đang hoạt động",
    } | fields
    return [number, name or f"HTX số {number}", *told.values()]


def begun(
    content: bytes, *, name: str = "danh sách.xlsx", by: User | None = None, **defaults: Any
) -> Import:
    """An import of a file with the columns as they are guessed, as of a day with districts."""
    sha256 = kept([content])
    seen = look(path_of(sha256))
    imported = actions.begin(sha256=sha256, name=name, sheet=seen.sheet, by=by)
    return actions.settle(
        imported,
        heads=seen.heads,
        columns=seen.columns,
        defaults={"day": DAY, "kind": "cooperative"} | defaults,
        by=by,
    )


def planned(content: bytes, **defaults: Any) -> Plan:
    """What a file would enter."""
    return plan(begun(content, **defaults), by=None)


def told(content: bytes, **defaults: Any) -> dict[str, str]:
    """What is found in a file: the sentence by the cell."""
    return {one.cell: one.sentence for one in planned(content, **defaults).findings.listed}


def taken(content: bytes, *, good_only: bool = False, **defaults: Any) -> Import:
    """A file taken in."""
    return taking_in.take_in(begun(content, **defaults), good_only=good_only, by=None)


def saved(content: bytes, folder: Path, name: str = "a.xlsx") -> Path:
    """The file in a folder."""
    path = folder / name
    path.write_bytes(content)
    return path
