"""The process that opens a foreign workbook: `python -m lienminh.registry.workbooks.reader`.

Its memory and time are bounded, so that whatever a hostile file does, it does to this process
alone. It writes each sheet as texts: a number with a decimal comma (2177; 0,5), a day as
2015-03-20, a formula as the value it had. It needs neither Django nor the database.
"""

import csv
import io
import marshal
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, PasswordError, load_workbook

from lienminh.rules.text import clean, normalise

MEMORY: Final = 512 * 2**20
SECONDS: Final = 120
ROWS, COLUMNS = 200_000, 100
BATCH: Final = 1_000
EXACT: Final = 2**53  # beyond, a float is no whole number any more
DELIMITERS: Final = ",;\t|"
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a]")  # in no text, and in most other files

Row = tuple[int, list[str]]


class Fault(Exception):
    """Why the file is not read on; `reading.SENTENCES` says it in words."""


def main(path: str, form: str, only: str) -> None:
    """Write the names of the sheets, then each sheet's name and its rows in batches."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sheets = _of_csv(Path(path)) if form == "csv" else _of_workbook(path, only)
        for told in sheets:
            _tell(told)
        _tell(("end", ""))
    except Fault as fault:
        _tell(("fault", str(fault)))
    except PasswordError:
        _tell(("fault", "encrypted"))
    except MemoryError:
        _tell(("fault", "large"))
    except (CalamineError, OSError, ValueError, OverflowError):
        _tell(("fault", "broken"))


def _tell(told: tuple[str, Any]) -> None:
    marshal.dump(told, sys.stdout.buffer)


def _of_workbook(path: str, only: str) -> Iterator[tuple[str, Any]]:
    book = load_workbook(path)
    yield "names", list(book.sheet_names)
    sys.stdout.buffer.flush()  # reading a whole sheet takes a while
    for name in book.sheet_names:
        if only in ("", name):
            sheet = book.get_sheet_by_name(name)
            before = [""] * (sheet.start or (0, 0))[1]
            yield "sheet", name
            written = ([*before, *map(_text, cells)] for cells in sheet.iter_rows())
            yield from _batches(written)


def _of_csv(path: Path) -> Iterator[tuple[str, Any]]:
    text = _decoded(path.read_bytes())
    yield "names", [""]
    yield "sheet", ""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from _batches([_plain(cell) for cell in line] for line in lines)
    except csv.Error:
        raise Fault("broken") from None


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16; older encodings of Vietnamese look alike and are not guessed."""
    nulls = content[:2_000].count(0)
    encodings = ["utf-8-sig"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif nulls:
        odd = content[1:2_000:2].count(0)
        encodings = ["utf-16-le" if odd * 2 >= nulls else "utf-16-be"]
    try:
        text = content.decode(encodings[0])
    except UnicodeDecodeError:
        raise Fault("encoding") from None
    if _CONTROLS.search(text):
        raise Fault("other")
    return text


def _batches(lines: Iterable[list[str]]) -> Iterator[tuple[str, list[Row]]]:
    """The rows that hold something, numbered as the workbook numbers them."""
    batch: list[Row] = []
    kept = 0
    for number, line in enumerate(lines, start=1):
        while line and not line[-1]:
            line.pop()
        if not line:
            continue
        kept += 1
        if kept > ROWS:
            raise Fault("rows")
        if len(line) > COLUMNS:
            raise Fault("columns")
        batch.append((number, line))
        if len(batch) == BATCH:
            yield "rows", batch
            batch = []
    yield "rows", batch


def _text(cell: object) -> str:
    """A cell as it is read on."""
    if isinstance(cell, str):
        return _plain(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else _plain(str(cell))


def _number(cell: float) -> str:
    if cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    return repr(cell).replace(".", ",")


_APOSTROPHE: Final = re.compile(r"'(?=[=+\-@\t])")


def _plain(text: str) -> str:
    """One line of printable text; the apostrophe by which `writing` keeps text from a formula."""
    if not text:
        return ""
    plain = normalise(text if text.isprintable() else clean(text))
    return plain[1:] if _APOSTROPHE.match(plain) else plain


if __name__ == "__main__":
    main(*sys.argv[1:])
