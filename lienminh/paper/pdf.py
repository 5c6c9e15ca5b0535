"""PDF files set by typst from one template and one JSON file; never at import or before a fork."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from . import charts, style
from .document import Block, Bullets, Cell, Chart, Document, Heading, Paragraph, Run, Table, Value
from .files import put
from .prepare import (
    Part,
    captioned,
    column_widths,
    lines_of,
    parts,
    prepared,
    runs_of,
    stays_whole,
)

_LETTER, _PADDING = 2.1, 2.9  # millimetres, of table type and beside a cell's words
_TALL_ROW = 30  # lines


def write_pdf(document: Document, path: Path) -> None:
    """Write the paper as tagged PDF (PDF/UA-1). Refused when it cannot be written."""
    paper = prepared(document)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _lay_out(paper, root)
        content = _compiled(root, paper)
    put(path, content)


def _lay_out(paper: Document, root: Path) -> None:
    template = (files("lienminh.paper") / "paper.typ").read_text("utf-8")
    (root / "paper.typ").write_text(template, "utf-8")
    drawn = [block for block in paper.blocks if isinstance(block, Chart)]
    for place, chart in enumerate(drawn, start=1):
        (root / f"chart-{place}.svg").write_text(charts.svg(chart), "utf-8")
    (root / "paper.json").write_text(json.dumps(_tree(paper), ensure_ascii=False), "utf-8")


def _compiled(root: Path, paper: Document) -> bytes:
    """As PDF/UA-1, or plain where a character has no glyph in our fonts, which that forbids."""
    compiler = typst.Compiler(
        str(root / "paper.typ"),
        root=str(root),
        font_paths=[style.font_folder()],
        ignore_system_fonts=True,
    )
    made = datetime.combine(paper.made_on, time(), UTC)
    try:
        content = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made)
    except typst.TypstError:
        content = compiler.compile(format="pdf", timestamp=made)
    if not isinstance(content, bytes):
        raise TypeError("typst gave no single file.")
    return content


def _tree(paper: Document) -> dict[str, Any]:
    head, day = paper.head, paper.made_on
    files_of_charts = (f"chart-{place}.svg" for place in range(1, len(paper.blocks) + 1))
    return {
        "title": paper.title,
        "author": head.issuer,
        "made_on": [day.year, day.month, day.day],
        "look": {
            "ink": style.INK,
            "grey": style.GREY,
            "accent": style.ACCENT,
            "head_fill": style.HEAD_FILL,
            "chart_font": style.CHART_FONT,
            "state": style.STATE,
            "motto": style.MOTTO,
            "head_widths": style.HEAD_WIDTHS,
            "text_width": style.TEXT_WIDTH,
        },
        "head": vars(head) | {"day": None, "place_and_date": head.place_and_date},
        "parts": [_part(part, files_of_charts) for part in parts(paper)],
    }


def _part(part: Part, chart_files: Iterator[str]) -> dict[str, Any]:
    annex = part.annex
    wide = annex is not None and annex.wide
    return {
        "annex": annex and {"name": annex.name, "title": annex.title, "guide": annex.guide},
        "wide": wide,
        "margins": style.WIDE_MARGINS if wide else style.MARGINS,
        "blocks": list(_blocks(part, chart_files)),
    }


def _blocks(part: Part, chart_files: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Blocks as the template reads them; heading depths never skip one, as PDF/UA asks."""
    depth = 0 if part.annex is None else 1
    wide = part.annex is not None and part.annex.wide
    across = style.WIDE_TEXT_WIDTH if wide else style.TEXT_WIDTH
    for block in part.blocks:
        drawn = _block(block, across, chart_files) | {"kind": type(block).__name__}
        if isinstance(block, Heading):
            depth = min(block.level + 1, depth + 1)
            drawn["depth"] = depth
        yield drawn


def _block(block: Block, across: int, chart_files: Iterator[str]) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"text": [_run(run) for run in runs_of(block.text)]}
        case Bullets():
            return {"items": [[_run(run) for run in runs_of(item)] for item in block.items]}
        case Table():
            return _table(block, across)
        case Chart():
            return {
                "caption": captioned(block),
                "file": next(chart_files),
                "alt": charts.described(block),
                "unit": block.unit,
                "source": [_run(run) for run in runs_of(block.source)],
            }
        case _:
            return dict(vars(block))


def _table(table: Table, across: int) -> dict[str, Any]:
    widths = column_widths(table, across)
    return {
        "caption": captioned(table) if table.caption else "",
        "together": stays_whole(table),
        "columns": [vars(column) for column in table.columns],
        "widths": widths,
        "letters": [max(3, int((width - _PADDING) / _LETTER)) for width in widths],
        "rows": [
            # A row taller than a page would be cut where it may not break.
            {"cells": [_cell(cell) for cell in row], "breakable": lines_of(table, row) > _TALL_ROW}
            for row in table.rows
        ],
    }


def _cell(cell: Cell) -> list[Any]:
    if isinstance(cell, Value):
        return [{"kind": "Value", "text": cell.text, "code": cell.code}]
    return [_run(run) for run in runs_of(cell)]


def _run(run: Run) -> str | dict[str, str]:
    return run if isinstance(run, str) else {"kind": type(run).__name__, **vars(run)}
