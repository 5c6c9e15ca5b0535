"""Bytes to text: UTF-8, UTF-16 and Windows-1258 are read, text typed in TCVN3 or VNI is converted.

Where old and new stand in one text it is refused: to convert it would mangle what is right.
"""

import codecs
import unicodedata
from functools import cache

from lienminh.intake.legacy import CONVERTERS
from lienminh.intake.refusing import Unreadable
from lienminh.rules.parameters import table

SAMPLE = 200_000  # characters looked at
FEWEST = 3  # words of an old encoding, and more than of Unicode, make it one
MOST_CONTROLS = 0.01
# The mark of UTF-8 is kept: it is a character of the text as stored.
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WHITE = "\n\r\t\f\v"


def decoded(content: bytes) -> str:
    """The text in bytes; Unreadable says what they are instead."""
    text = _decode(content)
    _refuse_binary(text)
    return in_unicode(text)


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if wide := _wide(content):
        return _strictly(content, wide)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        name = encoding.upper()
        raise Unreadable(
            "damaged_encoding",
            f"the file says it is {name} but is damaged; save it again as UTF-8.",
        ) from None


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of plain letters is zero."""
    head = content[:2000]
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.4 and head[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if half and head[::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _legacy(content: bytes) -> str:
    """Text of one byte a letter: Windows-1258 where its words are Vietnamese."""
    latin = content.decode("latin-1")
    if (text := in_unicode(latin)) != latin:
        return text
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if _count(text, "unicode") >= FEWEST:
        return text
    raise Unreadable(
        "encoding",
        "the file is not text in UTF-8; open it and save it as UTF-8, then send it again.",
    )


def in_unicode(text: str) -> str:
    """A text in an old encoding converted; any other as it is."""
    sample = text[:SAMPLE]
    known = _count(sample, "unicode")
    for name, convert in CONVERTERS.items():
        count = _count(sample, name)
        if count < FEWEST or count <= known:
            continue
        converted = convert(text)
        if known >= FEWEST or _count(converted[:SAMPLE], "unicode") < FEWEST:
            raise Unreadable(
                "old_encoding",
                f"a part of the text is typed in the old encoding {name}; convert that part to "
                "Unicode (UniKey: Ctrl+Shift+F6), then send it again.",
            )
        return converted
    return text


def _refuse_binary(text: str) -> None:
    sample = text[:SAMPLE]
    controls = sum(unicodedata.category(char) == "Cc" and char not in _WHITE for char in sample)
    if controls > len(sample) * MOST_CONTROLS:
        raise Unreadable(
            "binary",
            "the file is no text and of no known kind; send .txt, .html, .docx, .pdf or .xlsx.",
        )


def _count(text: str, name: str) -> int:
    return sum(text.count(word) for word in _words(name))


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(table("reading_encodings")[name])
