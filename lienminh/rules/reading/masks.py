"""Stretches whose numbers are no figures: numbers of documents, addresses, page furniture."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lienminh.rules.parameters import table
from lienminh.rules.reading.words import cut
from lienminh.rules.reading.writing import Writing, spelled, written

_DOCUMENTS = "|".join(
    re.escape(word).replace(r"\ ", r"\s+") for word in table("reading_masks")["documents"]
)
# Every repetition has a limit, so that no text is slow to read; each source begins with what it
# looks for and then looks back, for a search that begins by looking back is several times slower.
_OF_DIGITS = (
    # 70/KH-UBND, 13-NQ/TW, 01/2020/TT-BKHĐT, 202/2025/QH15; capitals tell them from rates
    r"\d(?<!\d\d)\d{0,5}\s?(?:/\s?\d{4}\s?)?[/-]\s?[A-ZĐ]{2,12}\w{0,20}(?:\s?[-/]\s?[A-ZĐ]\w{0,9}){0,6}",
    r"(?:\+84(?<![\w.,]\+84)|0(?<![\w.,]0))\d{1,3}(?:[\s.-]?\d{3,4}){2}(?![\w,])",  # telephone
    r"\d(?<!\w\d)\d?\s?[:h]\s?\d{2}(?:\s?[:'p]\s?\d{2})?(?![\w])(?!\.\d{3})",  # time of day
    r"\d(?<![\d.,]\d)\d{0,3}\s?°\s?[cC]?(?:\s?[/-]\s?-?\d{1,4}\s?°\s?[cC]?){0,4}",
    r"4(?<![\w.,]4)\.0(?!\d)",
)
_OF_LETTERS = (
    r"[A-ZĐ](?<!\w[A-ZĐ])(?:[A-ZĐ]{0,7}-?\d[\w-]{0,40}|[a-z]{1,20}-\d{1,9})",
    r"covid(?<!\wcovid)\s?-?\s?\d{1,4}",
)
_SOURCES = (
    "|".join(f"(?:{source})" for source in _OF_DIGITS),
    "|".join(f"(?:{source})" for source in _OF_LETTERS),
    r"\(\d{1,3}\)",  # notes, items, counters
)
_PLAIN = tuple(re.compile(source) for source in _SOURCES)
_DIGEST = re.compile(r"[0-9a-f](?<!\w[0-9a-f])[0-9a-f]{11,127}(?!\w)")  # of files and pages
_ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|net|org|html?|jpe?g|png|pdf)\b")
_LONGEST_ADDRESS = 300
_WORD_BEFORE, _WORD_AFTER = re.compile(r"(?<!\S)\S+\Z"), re.compile(r"\S+")
_NUMBERED = rf"(?:{_DOCUMENTS})(?:\s+[^\W\d_]+){{0,2}}\s+số\s*:?\s*\d[\d/.]*"
_ITEM = re.compile(
    r"^[ ]*\d{1,2}(?:\.\d{1,2}){0,5}(?:[.)](?!\d)|(?<=\.\d)\s|(?<=\.\d\d)\s)", re.MULTILINE
)
_ALONE = re.compile(r"^[\d.,/ ]+$", re.MULTILINE)
_SHORT_LINE = 90  # characters: longer lines are prose


class Stretches:
    """Stretches of a text in order, to ask whether a position lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def cover(self, position: int) -> bool:
        """Whether a position lies in one of the stretches."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]


def masks(writing: Writing, dates: Sequence[tuple[int, int]]) -> Stretches:
    """Every stretch of a text in which no number is a figure, that of its dates among them."""
    spans = list(dates)
    spans += [found.span() for pattern in _PLAIN for found in pattern.finditer(writing.plain)]
    spans += [found.span() for found in _DIGEST.finditer(writing.plain) if not found[0].isdecimal()]
    spans += _addresses(writing.plain)
    spans += [found.span() for found in _numbered(writing.bare).finditer(writing.work)]
    spans += [found.span() for found in _ITEM.finditer(writing.plain)]
    spans += [found.span() for found in _ALONE.finditer(writing.plain)]
    return Stretches(spans)


def _addresses(plain: str) -> Iterator[tuple[int, int]]:
    """Addresses of pages, of mail and of files: the whole word around their mark."""
    for found in _ADDRESS.finditer(plain):
        before = plain[max(0, found.start() - _LONGEST_ADDRESS) : found.start()]
        after = plain[found.end() : found.end() + _LONGEST_ADDRESS]
        left, right = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
        yield (
            found.start() - len(left[0] if left else ""),
            found.end() + len(right[0] if right else ""),
        )


def furniture(writing: Writing) -> Stretches:
    """Short lines of the page around an article: views, weather, comments, licences."""
    spans: list[tuple[int, int]] = []
    position = 0
    pattern = _furniture(writing.bare)
    for line in writing.work.splitlines(keepends=True):
        if len(line) <= _SHORT_LINE and pattern.search(line):
            spans.append((position, position + len(line)))
        position += len(line)
    return Stretches(spans)


@cache
def _numbered(bare: bool) -> re.Pattern[str]:
    return re.compile(spelled(_NUMBERED, bare=bare))


@cache
def _furniture(bare: bool) -> re.Pattern[str]:
    phrases = (re.escape(written(word, bare=bare)) for word in table("reading_masks")["lines"])
    return re.compile("|".join(phrases))


@cache
def known(kind: str, bare: bool) -> frozenset[str]:
    """The words of one kind of the masks, in even writing."""
    return frozenset(
        " ".join(cut(written(word, bare=bare))) for word in table("reading_masks")[kind]
    )
