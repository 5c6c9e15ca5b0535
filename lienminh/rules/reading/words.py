"""Words and sentences of an evenly written text, with where each begins and ends."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lienminh.rules.parameters import table
from lienminh.rules.reading.writing import CELL, Writing

LONGEST_SENTENCE = 400  # words; a text without full stops is cut, so that no search runs far
WRAPPED_LINE = 40  # characters: a line this long may go on in the next one
WIDEST, NEARLY_FULL = 130, 0.8  # a text of lines no wider is wrapped; a nearly full line goes on
LONGEST_SYLLABLE, LONGEST_JOINED, REMEMBERED = 7, 40, 4096
SHORTEST_JOINED = 6  # letters: a longer unknown word may be several whose spaces were lost
FEWEST_LINES, LONGEST_LINE = 4, 10**9
SHORT_LINE = 12  # words: what stands alone on such a line, without a full stop, is a heading
LONG_HEADING = 40  # words: so is a longer one in capitals, or that a Roman number begins

# Damaged texts have spaces inside numbers: 1 .915 học viên; khoảng 1. 915; 3 ,8 triệu.
_WORD = re.compile(
    r"\d{1,3}(?: \.\d{3})+(?!\d)|(?<=[^\W\d_] )\d{1,3}\. \d{3}(?![\d.,])"
    r"|\d{1,3} ,\d{1,2}(?![\d,.])|\d{1,3} , \d{1,2}(?= ?(?:t[ỷỉyi]|tri[ệe]u|%|tấn|ha)(?!\w))"
    r"|\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|\n"
)
_LINE = re.compile(r"[^\n]*\n?")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n")
_STOPS = frozenset(".!?")
_BULLET = re.compile(r"\s*(?:[-+*•–]|\(?[0-9a-zđ]{1,3}[.)]|[ivx]+\.)(?:\s|$)")
_PART = re.compile(r"(?:[IVX]{1,5}[.)]|Phần|PHẦN|Chương|CHƯƠNG)\s")
_ABBREVIATIONS: frozenset[str] = frozenset(table("reading_masks")["abbreviations"])


class Sentence(NamedTuple):
    """Words `first` up to, not with, `last`; whether a paragraph begins, and whether a heading."""

    first: int
    last: int
    opens: bool
    heading: bool


@dataclass(frozen=True)
class Words:
    """The words of a text in order; a line end that ends a paragraph is a word of its own."""

    writing: Writing
    said: list[str]
    starts: "array[int]"
    ends: "array[int]"
    sentences: list[Sentence]
    _firsts: list[int]

    def sentence_of(self, word: int) -> Sentence:
        """The sentence a word stands in."""
        return self.sentences[bisect_right(self._firsts, word) - 1]

    def number_of(self, sentence: Sentence) -> int:
        """The place of a sentence in the order of sentences."""
        return bisect_left(self._firsts, sentence.first)

    def at(self, position: int) -> int:
        """The first word that begins at a position of the text, or after it."""
        return bisect_left(self.starts, position)

    def is_capital(self, word: int) -> bool:
        """Whether a word is written with a capital."""
        return self.writing.plain[self.starts[word]].isupper()

    def plain(self, first: int, last: int) -> str:
        """The words as written, from the first up to, not with, the last."""
        if first >= last:
            return ""
        return self.writing.plain[self.starts[first] : self.ends[last - 1]]


def cut(phrase: str) -> list[str]:
    """The words of a phrase in even writing."""
    return _WORD.findall(phrase)


def words(writing: Writing, syllables: frozenset[str] = frozenset()) -> Words:
    """Cut a text into words and sentences; with `syllables`, words run together or broken apart
    are put right.
    """
    row = _Row(syllables)
    said, starts, ends = row.said.append, row.starts.append, row.ends.append
    same = dict[str, str]().setdefault  # a word that comes again is kept once
    letter = False  # a single letter may begin the word behind it: H TX
    for found in _WORD.finditer(_joined(writing)):
        word, start = found[0], found.start()
        if word in syllables and not letter:  # most are, and need no more looking at
            said(same(word, word))
        elif word.isalpha():
            row.take(word, start)
            letter = len(word) == 1
            continue
        else:
            said(word.replace(" ", ""))
        starts(start)
        ends(start + len(word))
        letter = len(word) == 1 and word.isalpha()
    sentences = _sentences(writing.plain, row.said, row.starts, row.ends)
    firsts = [one.first for one in sentences]
    return Words(writing, row.said, row.starts, row.ends, sentences, firsts)


class _Row:
    """The words taken so far, with where they begin and end."""

    def __init__(self, syllables: frozenset[str]) -> None:
        self.said: list[str] = []
        self.starts, self.ends = array("q"), array("q")
        self._syllables = syllables

    def take(self, word: str, start: int) -> None:
        """Take an unknown word: it may be several, or the end of the one before."""
        if self._mends(word, start):
            return
        known = word in self._syllables
        for piece in (word,) if known else self._parts(word):
            self.said.append(piece)
            self.starts.append(start)
            start += len(piece)
            self.ends.append(start)

    def _mends(self, word: str, start: int) -> bool:
        """Put the end of a broken word back to its beginning: tri ệu is triệu."""
        if not self.said or self.ends[-1] != start - 1:
            return False
        if self.said[-1] + word not in self._syllables:
            return False
        self.said[-1] += word
        self.ends[-1] = start + len(word)
        return True

    def _parts(self, word: str) -> Sequence[str]:
        """The words that a long unknown word is made of, or it alone: tỷđồng, hợptácxã."""
        if not SHORTEST_JOINED <= len(word) <= LONGEST_JOINED:
            return (word,)
        return _pieces(word, self._syllables) or (word,)


@lru_cache(maxsize=REMEMBERED)
def _pieces(word: str, syllables: frozenset[str]) -> tuple[str, ...]:
    for end in range(min(len(word), LONGEST_SYLLABLE), 1, -1):
        if word[:end] in syllables:
            if end == len(word):
                return (word,)
            if rest := _pieces(word[end:], syllables):
                return (word[:end], *rest)
    return ()


def _joined(writing: Writing) -> str:
    """The text with a space for each line end that only wraps a sentence."""
    work, plain = writing.work, writing.plain
    if "\n" not in work:
        return work
    pieces: list[str] = []
    lines = _LINE.findall(work)
    position, full = 0, _full_line(lines)
    for number, line in enumerate(lines[:-1]):
        position += len(line)
        after = lines[number + 1]
        start = plain[position : position + WRAPPED_LINE]
        if line.endswith("\n") and _goes_on(line.rstrip(), after, start, full):
            cut_word = _HYPHENATED.search(line) and start[:1].islower()
            line = _HYPHENATED.sub("  ", line) if cut_word else line[:-1] + " "  # noqa: PLW2901
        pieces.append(line)
    return "".join(pieces)


def _full_line(lines: Sequence[str]) -> int:
    """From how many characters on a line is full, where the text is wrapped; else out of reach."""
    widths = sorted(len(line) for line in lines if line.strip())
    if len(widths) < FEWEST_LINES or widths[-1] > WIDEST:
        return LONGEST_LINE
    return max(WRAPPED_LINE, int(widths[-1] * NEARLY_FULL))


def _goes_on(line: str, after: str, plain_after: str, full: int) -> bool:
    """Whether a paragraph runs on over a line end."""
    start = plain_after.lstrip()
    if not line or not after.strip() or not start or _BULLET.match(after):
        return False
    if CELL in line or CELL in after:  # rows of a table
        return False
    if len(line) >= full:
        return True
    if line[-1] in ".!?:;":
        return False
    if start[0].islower() or line[-1] in ",-(/" or start[0] in ",;)/%":
        return True
    return len(line) >= WRAPPED_LINE and start[0].isdecimal()


def _sentences(
    plain: str, said: list[str], starts: Sequence[int], ends: Sequence[int]
) -> list[Sentence]:
    found: list[Sentence] = []
    first, opens = 0, True
    for index, word in enumerate(said):
        breaks = word == "\n"
        full = index - first >= LONGEST_SENTENCE
        if word == "." and opens and index == first + 1:  # 1. II. a.
            continue
        if not (breaks or full or (word in _STOPS and _stops(plain, said, starts, ends, index))):
            continue
        if not (breaks and index == first):
            heading = breaks and opens and _stands_alone(plain, starts, first, index)
            heading = heading or (breaks and index > first and said[index - 1] == ":")
            found.append(Sentence(first, index + 1, opens, heading))
            opens = breaks
        else:
            opens = True
        first = index + 1
    if first < len(said) or not found:
        found.append(Sentence(first, len(said), opens, heading=False))
    return found


def _stands_alone(plain: str, starts: Sequence[int], first: int, last: int) -> bool:
    """Whether a line without a full stop is a heading."""
    if last - first <= SHORT_LINE:
        return True
    line = plain[starts[first] : starts[last]]
    return last - first <= LONG_HEADING and (line.isupper() or bool(_PART.match(line)))


def _stops(
    plain: str, said: list[str], starts: Sequence[int], ends: Sequence[int], index: int
) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, nor before a small letter."""
    if index and said[index - 1] in _ABBREVIATIONS and ends[index - 1] == starts[index]:
        return False
    after = index + 1
    if after >= len(said):
        return True
    if starts[after] == ends[index] and said[after] not in "\n\"”'":
        return plain[starts[after]].isupper() and index > 0 and said[index - 1].isalpha()
    return not plain[starts[after]].islower()
