"""The grammar of numbers: digits in either manner, words, and sizes behind them.

amount  = part { part }                      1 tỷ 456 triệu; the parts fall in size
part    = ( digits | words ) { size } [ half ]   3,8 triệu; hai nghìn; 5 nghìn tỷ; 2 tỷ rưỡi
digits  = 2.177 | 29,5 | 1,490 | 03
words   = hai mươi lăm; ba trăm linh năm
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from lienminh.rules.parameters import table
from lienminh.rules.reading.writing import written

LONGEST_DIGITS = 18  # an amount is kept in 64 bits
LEAST_GROUPED_SIZE = 1000
GROUP = 3
MOST_SIZES = 3  # trăm nghìn tỷ
TEN, HUNDRED, HALVES = 10, 100, 2
PAIR, TRIPLE = 2, 3  # words
_TABLE = table("reading_numbers")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


class Amount(NamedTuple):
    """A number and the word after its last; `size` of its last part, `written` digits or words."""

    value: Decimal
    after: int
    size: int
    in_words: bool


NO_AMOUNT = Amount(Decimal(0), 0, 1, in_words=False)


class Vocabulary(NamedTuple):
    """The words of numbers in one spelling."""

    digits: dict[str, int]
    ten: frozenset[str]
    tens: frozenset[str]
    nought: frozenset[str]
    sizes: dict[str, int]
    half: frozenset[str]


@cache
def vocabulary(bare: bool) -> Vocabulary:
    """The words of numbers, with or without marks."""

    def valued(name: str) -> dict[str, int]:
        return {written(word, bare=bare): value for word, value in _TABLE[name].items()}

    def plain(name: str) -> frozenset[str]:
        return frozenset(written(word, bare=bare) for word in _TABLE[name])

    return Vocabulary(
        valued("digits"),
        plain("ten"),
        plain("tens"),
        plain("nought"),
        valued("sizes"),
        plain("half"),
    )


def amount(said: Sequence[str], at: int, *, bare: bool, measured: bool = False) -> Amount | None:
    """Read the amount that begins at a word; None when none does.

    `measured` says that what follows is measured, not counted, so that 1,490 is one and a half.
    """
    words = vocabulary(bare)
    found = _part(said, at, words, measured=measured)
    if found is None:
        return None
    while (more := _smaller(said, found, words)) is not None:
        found = more
    return found


def digits(text: str, *, measured: bool) -> Decimal | None:
    """The value of digits: dots group thousands and a comma begins decimals, or the reverse."""
    if len(text) > LONGEST_DIGITS + LONGEST_DIGITS // GROUP:
        return None
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text) and (text.count(",") > 1 or "." in text or not measured):
        return Decimal(text.replace(",", ""))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def _part(said: Sequence[str], at: int, words: Vocabulary, *, measured: bool) -> Amount | None:
    if at >= len(said):
        return None
    if said[at][0].isdecimal():
        sized = at + 1 < len(said) and said[at + 1] in words.sizes
        value, after = digits(said[at], measured=measured or sized), at + 1
        return None if value is None else _sized(said, Amount(value, after, 1, False), words)
    spelt = _spelt(said, at, words)
    if spelt is None:
        return None
    value, after = Decimal(spelt[0]), spelt[1]
    return _sized(said, Amount(value, after, 1, True), words)


def _sized(said: Sequence[str], found: Amount, words: Vocabulary) -> Amount:
    """The number times the sizes behind it, and half of the last where "rưỡi" says so."""
    value, after, size = found.value, found.after, 1
    last = min(len(said), after + MOST_SIZES)
    while after < last and said[after] in words.sizes:
        size *= words.sizes[said[after]]
        after += 1
    value *= size
    if size > 1 and after < len(said) and said[after] in words.half:
        value += Decimal(words.sizes[said[after - 1]]) / HALVES
        after += 1
    return Amount(value, after, size, found.in_words)


def _smaller(said: Sequence[str], found: Amount, words: Vocabulary) -> Amount | None:
    """The amount with a smaller part behind it: 1 tỷ 456 triệu."""
    if found.size < LEAST_GROUPED_SIZE or found.after >= len(said):
        return None
    if not said[found.after].isdecimal() and not found.in_words:
        return None
    part = _part(said, found.after, words, measured=True)
    if part is None or part.value >= found.size or (part.size == 1 and not found.in_words):
        return None
    return Amount(found.value + part.value, part.after, part.size, found.in_words)


def _spelt(said: Sequence[str], at: int, words: Vocabulary) -> tuple[int, int] | None:
    """Below a thousand in words: its value and the word after; None when no number stands here."""
    hundreds = words.digits.get(_word(said, at))
    if hundreds is None or words.sizes.get(_word(said, at + 1)) != HUNDRED:
        return _tens(said, at, words)
    after = at + PAIR
    nought = _word(said, after) in words.nought
    rest = _tens(said, after + 1 if nought else after, words)
    value, end = rest or (0, after)
    return hundreds * HUNDRED + value, end


def _tens(said: Sequence[str], at: int, words: Vocabulary) -> tuple[int, int] | None:
    if _word(said, at) in words.ten:
        unit = words.digits.get(_word(said, at + 1), 0)
        return TEN + unit, at + PAIR if unit else at + 1
    first = words.digits.get(_word(said, at))
    if first is None:
        return None
    if _word(said, at + 1) not in words.tens:
        return first, at + 1
    unit = words.digits.get(_word(said, at + PAIR), 0)
    return first * TEN + unit, at + TRIPLE if unit else at + PAIR


def _word(said: Sequence[str], at: int) -> str:
    """The word at a place, or nothing past the end."""
    return said[at] if at < len(said) else ""
