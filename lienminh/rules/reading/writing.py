"""One even writing of a text, however it was stored, that remembers where each letter stood.

Marks are composed, in whatever order they came; the tone stands on one vowel (hoà is hòa); capitals
are kept aside; underscores of segmented text are spaces; what cannot be seen is gone. Everything
after works on `work`, and `Writing.original` leads back to the text as stored.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from lienminh.rules.text import fold

# Letters, among the letters of a text, that have marks: fewer than this is text without marks.
FEWEST_MARKED = 0.02
LEAST_LETTERS = 40
SAMPLE = 20_000  # letters looked at to tell whether a text has marks

CELL = "|"  # what parts the cells of a row of a table
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ENTITY = r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});"
_MARK = re.compile(f"[\u0300-\u036f{_UNSEEN}]")
_UNEVEN = re.compile(f"[\u0300-\u036f{_UNSEEN}&]")
_CLUSTER = re.compile(
    f"([^\u0300-\u036f{_UNSEEN}])( ?)([\u0300-\u036f{_UNSEEN}]+)|({_ENTITY})", re.DOTALL
)
_MARKED = re.compile("[\u00c0-\u1ef9]")
_MARKED_LETTERS = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_LETTER = re.compile(r"[^\W\d_]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The tone on the first vowel of the pair, as the newer spelling has it; both ways count as one.
_PAIRS = ("oa", "oe", "uy")
_SPACES = dict.fromkeys(map(ord, "_\u00a0\u202f\u2007\u2009\u3000\r\v\f"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_CELL = {ord("\t"): CELL}
_ALIKE = {
    ord("ð"): "đ",
    ord("Ð"): "Đ",
    ord("ɖ"): "đ",
    ord("ƣ"): "ư",
    ord("Ƣ"): "Ư",
    ord("\u2044"): "/",
    ord("\u2026"): ".",
}
_LOOK_ALIKE = re.compile(r"[lI](?=\d)(?<!\w.)|O(?<=\dO)O*(?![^\W\d_])")
_DIGITS = str.maketrans("OlI", "011")
# No syllable ends so: a text in Unicode was once converted as if it were VNI.
_DAMAGED = ("nơng", "cơng", " cĩ ")
_MEANT = {"ơng": "ông", "cĩ": "có", "cịn": "còn", "khĩa": "khóa"}
_NO_RHYME = re.compile(r"ơng(?<!ương)(?!\w)|c(?:ĩ|ịn)(?<!\wcĩ)(?<!\wcịn)(?!\w)|khĩa(?!\w)")
_EVEN = str.maketrans({**_SPACES, **_CELL, **_DASHES, **_ALIKE})


@dataclass(frozen=True)
class Writing:
    """A text written evenly.

    `plain` and `work` have the same length; `work` is lower case, `plain` keeps capitals. `at` maps
    their positions to the text as stored, or is None when positions are the same. `bare` says that
    the text has no marks, so that words are compared without them.
    """

    text: str
    plain: str
    work: str
    at: "array[int] | None"
    bare: bool

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `work` stands in the text as stored, end exclusive."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end]


def write(text: str) -> Writing:
    """Write a text evenly; any string is taken."""
    if _UNEVEN.search(text) or not unicodedata.is_normalized("NFC", text):
        plain, at = _composed(text)
    else:
        plain, at = text, None
    plain = _LOOK_ALIKE.sub(_digits, plain.translate(_EVEN))
    bare = _is_bare(plain)
    return Writing(text, plain, written(plain, bare=bare), at, bare)


def _digits(found: re.Match[str]) -> str:
    """The digits that letters were read as: 3O.5OO is 30.500, l2 is 12."""
    return found[0].translate(_DIGITS)


def written(text: str, *, bare: bool) -> str:
    """Lower case with tones in one place, or without marks, and as long as the text."""
    lower = text.lower()
    if len(lower) != len(text):  # İ is two characters in lower case
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return spelled(lower, bare=bare)


def spelled(lower: str, *, bare: bool) -> str:
    """Lower-case words (or a pattern of them) as a text written evenly spells them."""
    return lower.translate(_plain_letters()) if bare else _toned(lower)


def _composed(text: str) -> "tuple[str, array[int]]":
    """The text composed, and where each of its characters began; its own length at the end."""
    pieces: list[str] = []
    at = array("q")
    last = 0
    for found in _CLUSTER.finditer(text):
        _take(text[last : found.start()], last, pieces, at)
        _take_cluster(found, pieces, at)
        last = found.end()
    _take(text[last:], last, pieces, at)
    at.append(len(text))
    return "".join(pieces), at


def _take(piece: str, start: int, pieces: list[str], at: "array[int]") -> None:
    """Take letters as they stand; singletons such as the Kelvin sign compose to one character."""
    if unicodedata.is_normalized("NFC", piece) and not _MARK.search(piece):
        pieces.append(piece)
        at.extend(range(start, start + len(piece)))
        return
    for position, char in enumerate(piece, start):
        if _MARK.match(char):  # marks with nothing before them
            continue
        composed = unicodedata.normalize("NFC", char)
        pieces.append(composed)
        at.extend([position] * len(composed))


def _take_cluster(found: re.Match[str], pieces: list[str], at: "array[int]") -> None:
    """Take a letter and its marks, the vowel's before the tone; a space between them goes."""
    base, space, marks, entity = found.groups()
    if entity:
        _take_entity(entity, found.start(), pieces, at)
        return
    kept = sorted({m for m in marks if unicodedata.combining(m)}, key=lambda m: m in _TONES)
    composed = unicodedata.normalize("NFC", base + "".join(kept))
    pieces.append(composed)
    at.extend([found.start()] * len(composed))
    if space and not kept:
        pieces.append(space)
        at.append(found.start() + 1)


def _take_entity(entity: str, start: int, pieces: list[str], at: "array[int]") -> None:
    """A character as pages write it (&nbsp;); one that no page knows stands as it is."""
    meant = unescape(entity)
    if len(meant) != 1 or not (meant.isprintable() or meant.isspace()):
        meant = entity
    pieces.append(meant)
    at.extend(range(start, start + len(entity)) if meant == entity else [start])


def _is_bare(plain: str) -> bool:
    sample = plain[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    marked = len(_MARKED.findall(sample))
    return letters >= LEAST_LETTERS and marked < letters * FEWEST_MARKED


@cache
def _plain_letters() -> dict[int, str]:
    """Every Vietnamese letter without its marks, one character for one."""
    return {code: low for code in _MARKED_LETTERS if len(low := fold(chr(code))) == 1}


@cache
def _moved_tones() -> dict[str, str]:
    return {pair[0] + _with(pair[1], tone): _with(pair[0], tone) + pair[1] for pair, tone in _all()}


def _all() -> Iterator[tuple[str, str]]:
    return ((pair, tone) for pair in _PAIRS for tone in _TONES)


def _with(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


@cache
def _old_tones() -> re.Pattern[str]:
    return re.compile("|".join(_moved_tones()))


def _toned(lower: str) -> str:
    if any(sign in lower for sign in _DAMAGED):
        lower = _NO_RHYME.sub(lambda found: _MEANT[found[0]], lower)
    moved = _moved_tones()
    return _old_tones().sub(lambda found: moved[found[0]], lower)
