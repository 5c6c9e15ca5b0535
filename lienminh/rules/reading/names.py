"""Numbers that name and do not count: Điều 12, quận 1, lần thứ 5, năm 2023, ST25, “5 không”."""

from collections.abc import Iterator
from functools import cached_property

from lienminh.rules.reading.masks import known
from lienminh.rules.reading.words import Words

FIRST_YEAR, LAST_YEAR, YEAR_DIGITS = 1900, 2100, 4
QUOTES, LONGEST_MOTTO = frozenset('"“”'), 12  # words
LONGEST_BEFORE = 3  # words
_UNSURE = frozenset({"unknown", "bare", "doubt", "grade", "time"})


def is_year(word: str) -> bool:
    """Whether four digits are those of a year."""
    return word.isdecimal() and len(word) == YEAR_DIGITS and FIRST_YEAR <= int(word) <= LAST_YEAR


class Names:
    """The numbers of one text that are parts of names."""

    def __init__(self, words: Words) -> None:
        self._words, self._said, self._bare = words, words.said, words.writing.bare

    def cover(self, at: int, kind: str) -> bool:
        """Whether the number at a word, of a quantity of this kind, is part of a name."""
        if kind in ("none", "rank"):
            return kind == "none"
        if any(phrase in known("always", self._bare) for phrase in self.before(at)):
            return True
        if kind == "unknown" and (self._said[at], self._said[at + 1]) in self._mottos:
            return True
        glued = self._glued_to(at)
        if kind in _UNSURE:
            told = any(phrase in known("before", self._bare) for phrase in self.before(at))
            return bool(glued) or told or is_year(self._said[at])
        return glued.isupper()

    def before(self, at: int) -> Iterator[str]:
        """The one, two and three words before."""
        for count in range(1, LONGEST_BEFORE + 1):
            if at >= count:
                yield " ".join(self._said[at - count : at])

    @cached_property
    def _mottos(self) -> frozenset[tuple[str, str]]:
        """Numbers with the word behind them in short quotations: they name, wherever they stand."""
        said, found, begun = self._said, list[tuple[str, str]](), 0
        if not QUOTES & set(self._words.writing.plain):
            return frozenset()
        for index, word in enumerate(said):
            if word not in QUOTES:
                continue
            if 0 < index - begun <= LONGEST_MOTTO:
                pairs = zip(said[begun:index], said[begun + 1 : index], strict=False)
                found += [pair for pair in pairs if pair[0].isdecimal()]
            begun = index + 1
        return frozenset(found)

    def _glued_to(self, at: int) -> str:
        """The letter that a number is written on to, as in ST25; none otherwise."""
        start = self._words.starts[at]
        before = self._words.writing.plain[start - 1] if start else ""
        return before if before.isalpha() else ""
