"""What is done to a document before any writer draws it: clean, number, check, divide."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from .document import Anchor, Annex, Block, Cell, Chart, Document, Number, Run, Table, Text, Value

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_HEAD_LETTER, _LETTER, _PADDING = 2.9, 2.3, 4.0  # millimetres, of 12-point type
_LETTERS_ACROSS = 80  # of table type over the width of a portrait page
_LOW_TABLE = 16  # lines
_LONGEST_WORD = 13  # letters; 1.456.000.000; longer words may be broken


@dataclass(frozen=True)
class Part:
    """The body (annex None) or one annex, with its blocks."""

    annex: Annex | None
    blocks: tuple[Block, ...]


def clean_text(text: str) -> str:
    """Composed (NFC), on one line, without the characters that XML and PDF cannot hold."""
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", _BREAKS.sub(" ", text)))


def prepared(document: Document) -> Document:
    """The document clean and numbered; ValueError when a code has no row in it, or two."""
    clean: Document = _cleaned(document)
    _check_codes(clean)
    counts: Counter[str] = Counter()
    return replace(clean, blocks=tuple(_numbered(block, counts) for block in clean.blocks))


def parts(document: Document) -> list[Part]:
    """The body, then each annex."""
    found = [Part(None, ())]
    for block in document.blocks:
        if isinstance(block, Annex):
            found.append(Part(block, ()))
        else:
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, block))
    return found


def runs_of(text: Text) -> tuple[Run, ...]:
    """A text as runs."""
    return (text,) if isinstance(text, str) else text


def plain(cell: Text | Value) -> str:
    """A cell's or line's words with the codes in brackets."""
    if isinstance(cell, Value):
        return cell.text
    return "".join(_plain_run(run) for run in runs_of(cell))


def captioned(block: Table | Chart) -> str:
    """ "Bảng 1. …" or "Biểu đồ 1. …"; empty for a table without a caption."""
    title = block.caption if isinstance(block, Table) else block.title
    return f"{block.label}. {title}" if block.label else title


def column_widths(table: Table, across: float) -> list[float]:
    """Millimetres of each column: its share, but room for its longest word while there is any."""
    least = [_room(table, place) for place in range(len(table.columns))]
    if sum(least) >= across:
        return [across * room / sum(least) for room in least]
    free = set(range(len(least)))
    while True:
        left = across - sum(room for place, room in enumerate(least) if place not in free)
        whole = sum(table.columns[place].width for place in free)
        shares = {place: left * table.columns[place].width / whole for place in free}
        tight = {place for place in free if shares[place] < least[place]}
        if not tight:
            return [shares.get(place, room) for place, room in enumerate(least)]
        free -= tight


def lines_of(table: Table, row: tuple[Cell, ...]) -> int:
    """About how many lines a row has, on a portrait page."""
    whole = sum(column.width for column in table.columns)
    return max(
        1 + len(plain(cell)) * whole // (_LETTERS_ACROSS * column.width)
        for cell, column in zip(row, table.columns, strict=True)
    )


def stays_whole(table: Table) -> bool:
    """Whether a table is so low that it is moved to the next page rather than broken."""
    return sum(lines_of(table, row) for row in table.rows) <= _LOW_TABLE


def anchors(document: Document) -> list[str]:
    """The codes that have a row in the annexes, in order."""
    return [node.code for node in _nodes(document) if isinstance(node, Anchor)]


def _room(table: Table, place: int) -> float:
    title = max((len(word) for word in table.columns[place].title.split()), default=1)
    words = (word for row in table.rows for word in plain(row[place]).split())
    longest = max((len(word) for word in words), default=1)
    title, longest = min(title, _LONGEST_WORD), min(longest, _LONGEST_WORD)
    return max(title * _HEAD_LETTER, longest * _LETTER) + _PADDING


def _plain_run(run: Run) -> str:
    match run:
        case str():
            return run
        case Anchor():
            return run.code
        case Number():
            return f"{run.text} [{run.code}]".strip() if run.code else run.text
        case _:
            return run.text


def _cleaned(node: Any) -> Any:
    if isinstance(node, str):
        return clean_text(node)
    if isinstance(node, tuple):
        return tuple(_cleaned(item) for item in node)
    if is_dataclass(node) and not isinstance(node, type):
        changes = {field.name: _cleaned(getattr(node, field.name)) for field in fields(node)}
        return replace(node, **changes)
    return node


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, tuple):
        children = list(node)
    elif is_dataclass(node):
        children = [getattr(node, field.name) for field in fields(node)]
    else:
        return
    for child in children:
        yield from _nodes(child)


def _check_codes(document: Document) -> None:
    held = Counter(anchors(document))
    for code, times in held.items():
        if times > 1:
            raise ValueError(f"The code {code!r} has {times} rows in the annexes, not one.")
    for node in _nodes(document):
        if isinstance(node, Number | Value) and node.code and node.code not in held:
            raise ValueError(f"The figure {node.text!r} has the code {node.code!r} without a row.")


def _numbered(block: Block, counts: Counter[str]) -> Block:
    if isinstance(block, Table) and block.caption:
        counts["Bảng"] += 1
        return replace(block, label=f"Bảng {counts['Bảng']}")
    if isinstance(block, Chart):
        counts["Biểu đồ"] += 1
        codes = [Number(" ", bar.value.code) for bar in block.bars if bar.value.code]
        label = f"Biểu đồ {counts['Biểu đồ']}"
        return replace(block, label=label, source=(*runs_of(block.source), *codes))
    return block
