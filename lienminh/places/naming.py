"""How people write names of places: level words in front, marks in either place, or none."""

import unicodedata
from typing import NamedTuple

from lienminh.rules.text import fold, normalise

KIND_WORDS = {
    "nation": "",
    "province": "tỉnh",
    "city": "thành phố",
    "rural_district": "huyện",
    "urban_district": "quận",
    "town": "thị xã",
    "commune": "xã",
    "ward": "phường",
    "township": "thị trấn",
    "special_zone": "đặc khu",
    "region": "vùng",
    "emulation_cluster": "cụm thi đua",
    "office_area": "",
}
KINDS = {
    "nation": {"nation"},
    "grouping": {"region", "emulation_cluster", "office_area"},
    "province": {"province", "city"},
    "district": {"city", "town", "rural_district", "urban_district"},
    "commune": {"commune", "ward", "township", "special_zone"},
}
_ABBREVIATIONS = {
    "tp": "city",
    "tx": "town",
    "tt": "township",
    "cum": "emulation_cluster",
    "h": "rural_district",
    "q": "urban_district",
    "x": "commune",
    "p": "ward",
}
_KIND_OF_WORD = {fold(word): kind for kind, word in KIND_WORDS.items() if word} | _ABBREVIATIONS
_LONGEST_WORDS_FIRST = sorted(_KIND_OF_WORD, key=len, reverse=True)
FOLDED_ONLY = 2
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below


class Titled(NamedTuple):
    """A name with the kind its level word says."""

    kind: str
    name: str


def key(text: str) -> str:
    """Give the folded form under which a name is stored and looked up."""
    return fold(text.replace(".", " "))


def split_title(text: str) -> Titled | None:
    """Read "TP. Hải Dương" as a city named Hải Dương; None when no level word stands in front."""
    words = text.replace(".", " ").split()
    folded = key(text)
    for word in _LONGEST_WORDS_FIRST:
        if folded.startswith(word + " "):
            return Titled(_KIND_OF_WORD[word], " ".join(words[len(word.split()) :]))
    return None


def spelling_distance(written: str, name: str) -> int:
    """0 the same spelling, 1 the same with the tone mark on the other vowel, 2 the same folded."""
    ours, theirs = normalise(written).casefold(), normalise(name).casefold()
    if ours == theirs:
        return 0
    return 1 if _toned(ours) == _toned(theirs) else FOLDED_ONLY


def _toned(text: str) -> tuple[tuple[str, str], ...]:
    """Take each word apart into letters and tone, so that hoà and hòa are one."""
    words = (unicodedata.normalize("NFD", word) for word in text.split())
    return tuple(
        ("".join(c for c in word if c not in _TONES), "".join(c for c in word if c in _TONES))
        for word in words
    )
