"""Names of organisations as they are compared: without diacritics, words of kind, short forms."""

import re
from functools import cache
from typing import Any, Final

from lienminh.rules.parameters import table
from lienminh.rules.text import fold

LONGEST: Final = 200
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_NEAR: Final = 1  # letters that two names of one organisation may differ by
_SHORTEST_NEAR: Final = 6  # letters; shorter names differ where one letter does


def name_key(name: str) -> str:
    """ "HTX DV NN Đồng Tâm" and "Hợp tác xã dịch vụ nông nghiệp Đồng Tâm" have one."""
    words = _NOT_LETTERS.sub(" ", fold(name)).strip()
    bare = next((words[len(kind) :] for kind in _kinds() if words.startswith(f"{kind} ")), words)
    whole: dict[str, str] = _words()["short"]
    return " ".join(whole.get(word, word) for word in bare.split())[:LONGEST]


def near(one: str, other: str) -> bool:
    """Whether two keys may be one name: the same words, one inside the other, a letter's slip."""
    ours, theirs = set(one.split()), set(other.split())
    if ours and theirs and (ours <= theirs or theirs <= ours):
        return True
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    return len(short) >= _SHORTEST_NEAR and _slips(short, long) <= _NEAR


def _slips(short: str, long: str) -> int:
    """0 the same, 1 a letter more or another, 2 more than that."""
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if start is None:
        return len(long) - len(short)
    if len(short) == len(long):
        return 1 if short[start + 1 :] == long[start + 1 :] else _NEAR + 1
    return 1 if short[start:] == long[start + 1 :] else _NEAR + 1


@cache
def _kinds() -> list[str]:
    return sorted(_words()["kind"], key=len, reverse=True)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = table("name_words")
    return words
