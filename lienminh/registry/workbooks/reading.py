"""From a file to its sheets, whatever the file is: recognised by its content, never by its name."""

import marshal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.registry.workbooks.reader import Row
from lienminh.rules.errors import Refused

LARGEST: Final = 32 * 2**20  # bytes of the file
UNPACKED: Final = 512 * 2**20  # bytes of what lies in it
PARTS: Final = 2_000
HEAD: Final = 4_096
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

SENTENCES: Final[dict[str, Promise]] = {
    "size": _("Tệp lớn hơn 32 MB; hãy tách thành nhiều tệp nhỏ hơn."),
    "large": _("Nội dung tệp quá lớn khi mở ra; hãy chép riêng bảng cần nhập sang một tệp mới."),
    "empty": _("Tệp không có dòng nào; hãy chọn tệp khác."),
    "encrypted": _("Tệp được đặt mật khẩu; hãy bỏ mật khẩu trong Excel rồi chọn lại."),
    "broken": _("Tệp hỏng hoặc không phải sổ tính Excel, CSV; hãy mở bằng Excel rồi lưu lại."),
    "other": _("Đây không phải sổ tính .xlsx, .xls hoặc .csv; hãy chọn đúng tệp."),
    "page": _("Tệp này thực ra là trang web; hãy mở bằng Excel rồi lưu thành .xlsx."),
    "encoding": _(
        "Tệp CSV không phải UTF-8; trong Excel hãy lưu lại thành “CSV UTF-8” hoặc .xlsx."
    ),
    "rows": _("Trang tính có trên 200.000 dòng; hãy tách thành nhiều tệp."),
    "columns": _("Trang tính có trên 100 cột; hãy chỉ giữ các cột cần nhập."),
}
MACROS: Final = _("Tệp có macro; chỉ đọc các ô, không chạy macro nào.")


@dataclass
class Workbook:
    """An opened file: the names of its sheets, and its sheets in order, each read once."""

    names: list[str]
    sheets: Iterator[tuple[str, Iterator[Row]]]
    notes: list[Promise] = field(default_factory=list)


@contextmanager
def opened(path: Path, *, sheet: str = "") -> Iterator[Workbook]:
    """Open a workbook for reading; Refused with one sentence when it cannot or must not be read."""
    form, notes = recognised(path)
    command = [sys.executable, "-m", "lienminh.registry.workbooks.reader"]
    with subprocess.Popen(  # noqa: S603 our own module, and a path that it only opens
        [*command, str(path), form, sheet],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            told = _told(process.stdout)
            _names, names = next(told)
            if sheet and sheet not in names:
                raise Refused(_("Tệp không có trang tính “%s”.") % sheet)
            yield Workbook(names, _sheets(told), notes)
        finally:
            process.kill()


def refusal(why: str) -> Refused:
    """Why a file is not read, in words."""
    return Refused(str(SENTENCES[why]))


def recognised(path: Path) -> tuple[str, list[Promise]]:
    """How a file is to be read, and what has to be said of it; Refused for anything else."""
    size = path.stat().st_size
    if not size:
        raise refusal("empty")
    if size > LARGEST:
        raise refusal("size")
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK"):
        return "workbook", _in_zip(path)
    if head.startswith(OLE):
        return "workbook", _in_ole(path)
    return _text_form(head), []


def _in_zip(path: Path) -> list[Promise]:
    """The sizes are those written in the zip; should they lie, the reader is bounded too."""
    try:
        with ZipFile(path) as file:
            parts = file.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise refusal("broken") from None
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise refusal("encrypted")
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise refusal("other")
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise refusal("large")
    return [MACROS] if "xl/vbaProject.bin" in names else []


def _in_ole(path: Path) -> list[Promise]:
    """Older workbooks, and newer ones under a password, lie in Microsoft's compound files."""
    content = path.read_bytes()
    if ENCRYPTED in content:
        raise refusal("encrypted")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise refusal("other")
    return [MACROS] if "_VBA_PROJECT".encode("utf-16-le") in content else []


def _text_form(head: bytes) -> str:
    """Text with lines and columns is CSV; a page or a document that calls itself .xls is not."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version")):
        raise refusal("page")
    if start.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise refusal("other")
    return "csv"


def _told(stream: IO[bytes] | None) -> Iterator[tuple[str, Any]]:
    """What the reader says; Refused when it says why not, or falls silent before the end."""
    while stream is not None:
        try:
            kind, what = marshal.load(stream)  # noqa: S302 from our own process
        except (EOFError, ValueError, TypeError):
            raise refusal("large") from None  # killed by its bounds
        if kind == "fault":
            raise refusal(what)
        if kind == "end":
            return
        yield kind, what


def _sheets(told: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each sheet's name with its rows; the rows left over of one are passed by."""
    waiting = [what for _kind, what in islice(told, 1)]  # the name of the first sheet

    def rows() -> Iterator[Row]:
        for kind, what in told:
            if kind == "sheet":
                waiting.append(what)
                return
            yield from what

    while waiting:
        current = rows()
        yield waiting.pop(), current
        deque(current, maxlen=0)
