"""The text of a document, whatever file it comes in. Every file is taken for hostile.

What cannot be read as it stands is Unreadable, in one sentence that says what to do; nothing is
guessed from a file that is locked, damaged, scanned or in an old encoding.
"""

from collections.abc import Callable
from pathlib import Path

from lienminh.intake import encodings, markup, office, pages
from lienminh.intake.refusing import Unreadable

LARGEST_FILE = 50 * 2**20
LARGEST_TEXT = 20 * 2**20  # characters
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_SNIFFED = 1024
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def text_of(path: Path) -> str:
    """The text of a file, the one that the offsets of its figures index."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Unreadable(
                "size",
                f"the file has {size // 2**20} MB and the most is {LARGEST_FILE // 2**20} MB; "
                "split it, or save its text alone.",
            )
        content = path.read_bytes()
    except OSError as fault:
        sentence = f"the file cannot be opened ({fault.strerror}); check its name."
        raise Unreadable("missing", sentence) from None
    return text_in(content, path.suffix.lower())


def text_in(content: bytes, suffix: str = "") -> str:
    """The text in the bytes of a file; the bytes tell its kind, the suffix only HTML from text."""
    text = encodings.in_unicode(_reader(content, suffix)(content))
    if len(text) > LARGEST_TEXT:
        sentence = "the text in the file is too long to be read at once; split the file."
        raise Unreadable("long", sentence)
    if not text.strip():
        sentence = "there is no text in the file; if it is a scan, recognise its text first."
        raise Unreadable("empty", sentence)
    return text


def _reader(content: bytes, suffix: str) -> Callable[[bytes], str]:
    head = content[:_SNIFFED]
    if head.startswith(_ZIP):
        return office.text_of
    if b"%PDF-" in head:
        return pages.text_of
    if head.startswith(_OLD_OFFICE):
        raise Unreadable(
            "old_office",
            "the file is an old or password-protected Office file; open it and save it as .docx "
            "or .xlsx without a password.",
        )
    if head.startswith(_IMAGES):
        sentence = "the file is a picture; recognise its text first, then send the text."
        raise Unreadable("picture", sentence)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in (".html", ".htm", ".xhtml") or start.startswith((b"<!doctype html", b"<html")):
        return markup.text_of
    return encodings.decoded
