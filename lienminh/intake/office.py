"""The text of Word documents and workbooks: archives of XML, opened with limits.

Only the parts that hold text are read: no macros, no links, no pictures. A part that declares
entities, an archive that swells, a path out of the archive: Unreadable.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from lienminh.intake.refusing import Unreadable

LARGEST_PART = 100 * 2**20
LARGEST_WHOLE = 200 * 2**20
MOST_PARTS = 5_000
MOST_COLUMNS = 100
SWELLS = 200  # times: a part larger than this many times its packed size is a bomb
SMALL = 2**20  # bytes below which the rate says nothing
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BROKEN = "the file is damaged; open it in Office and save it again."
_SWELLS = "the file unpacks to more than can be read; save its text alone."

# What zipfile raises on archives that were cut, overwritten or forged.
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(OSError, EOFError, ValueError, KeyError),
)


def text_of(content: bytes) -> str:
    """The text of a .docx or .xlsx."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive)
            names = set(archive.namelist())
            if WORD in names:
                return "".join(_paragraphs(archive.read(WORD)))
    except _FAULTS:
        raise Unreadable("broken", _BROKEN) from None
    if EXCEL in names:
        return "".join(_rows(content))
    sentence = "the archive is neither .docx nor .xlsx; send the document itself."
    raise Unreadable("archive", sentence)


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise Unreadable("swells", _SWELLS)
    for part in parts:
        swells = part.file_size > max(SMALL, part.compress_size * SWELLS)
        if part.file_size > LARGEST_PART or swells:
            raise Unreadable("swells", _SWELLS)
        if part.flag_bits & 1:
            sentence = "the file is password-protected; save it without a password."
            raise Unreadable("encrypted", sentence)


def _paragraphs(part: bytes) -> Iterator[str]:
    """The paragraphs of a Word document; the cells of a table row in one line."""
    depth, span = 0, 1
    in_deleted = 0
    for event, element in _events(part):
        tag = element.tag
        if event == "start":
            depth += tag == f"{_W}tr"
            in_deleted += tag == f"{_W}del"
            continue
        if tag == f"{_W}t" and not in_deleted:
            yield element.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == f"{_W}p":
            yield " " if depth else "\n"
            element.clear()
        elif tag == f"{_W}gridSpan":
            span = _count(element.get(f"{_W}val"))
        elif tag == f"{_W}tc":  # a merged cell keeps the columns it covers
            yield "\t" * max(1, min(span, MOST_COLUMNS))
            span = 1
        elif tag == f"{_W}tr":
            depth -= 1
            yield "\n"
        in_deleted -= tag == f"{_W}del"


def _count(told: str | None) -> int:
    return int(told) if told and told.isdecimal() and len(told) <= len(str(MOST_COLUMNS)) else 1


def _events(part: bytes) -> Iterator[tuple[str, etree._Element]]:
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        sentence = "the document declares entities of its own, which no Office program does."
        raise Unreadable("entities", sentence)
    try:
        walk = etree.iterparse(
            BytesIO(part), events=("start", "end"), resolve_entities=False, no_network=True
        )
        yield from walk
    except etree.LxmlError:
        raise Unreadable("broken", _BROKEN) from None


def _rows(content: bytes) -> Iterator[str]:
    """Each sheet's name, then its rows, cells parted by tabs."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in book.sheet_names:
            yield f"{name}\n"
            for row in book.get_sheet_by_name(name).iter_rows():
                cells = [_cell(value) for value in row]
                if any(cells):
                    yield "\t".join(cells).rstrip() + "\n"
    except (CalamineError, ValueError, OSError):
        raise Unreadable("broken", _BROKEN) from None


def _cell(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, decimals with a comma."""
    if isinstance(value, float):
        whole = value.is_integer()
        return str(int(value)) if whole else repr(value).replace(".", ",")
    return " ".join(str(value).split()) if value != "" else ""
