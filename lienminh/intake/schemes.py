"""Which scheme (đề án) a paragraph tells of, and schemes that a text names and nobody knows yet."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lienminh.intake.saying import spaced

REACH = 320  # characters after "đề án" in which its name stands
_NAMED = re.compile(r"\bđề án\b", re.IGNORECASE)
# What any scheme may be called tells none from another.
_COMMON = frozenset(
    spaced("đề án hợp tác xã htx phát triển tỉnh giai đoạn về của và địa bàn").split()
)
_ENDS = re.compile(r"[:;.\n“”\"]|,\s*giai đoạn|\bgiai đoạn\b|\btrên địa bàn\b", re.IGNORECASE)
SHORTEST_NAME = 12


@dataclass(frozen=True)
class Mentions:
    """Where a text names schemes that are known, in order."""

    starts: Sequence[int]
    values: Sequence[str]
    text: str

    def at(self, start: int) -> str:
        """The last scheme that the paragraph names before a place of the text; '' for none."""
        index = bisect_right(self.starts, start) - 1
        if index < 0 or "\n" in self.text[self.starts[index] : start]:
            return ""
        return self.values[index]


def mentions(text: str, schemes: Mapping[str, str]) -> Mentions:
    """Where known schemes are named: value → label."""
    telling = {value: _telling(label) for value, label in schemes.items()}
    found = [
        (match.start(), value) for match, words in _named(text) if (value := _which(words, telling))
    ]
    return Mentions([start for start, _ in found], [value for _, value in found], text)


def unknown(text: str, schemes: Mapping[str, str]) -> list[str]:
    """The names that the text gives to schemes that are not known, each once."""
    telling = {value: _telling(label) for value, label in schemes.items()}
    names: dict[str, str] = {}
    for match, words in _named(text):
        name = " ".join(_ENDS.split(text[match.end() : match.end() + REACH], maxsplit=1)[0].split())
        key = spaced(name).replace(" htx ", " hop tac xa ")
        if _is_name(name) and text[match.start()].isupper() and not _which(words, telling):
            names.setdefault(key, f"Đề án {name}".rstrip(" ,:"))
    return list(names.values())


def _is_name(name: str) -> bool:
    return len(name) >= SHORTEST_NAME and name[0].islower() and not name.startswith("được ")


def _named(text: str) -> Iterator[tuple[re.Match[str], frozenset[str]]]:
    matches = list(_NAMED.finditer(text))
    for match, after in zip_longest(matches, matches[1:]):
        end = min(match.end() + REACH, after.start() if after else len(text))
        paragraph = text[match.end() : end].partition("\n")[0]
        yield match, frozenset(spaced(paragraph).split())


def _telling(label: str) -> frozenset[str]:
    return frozenset(spaced(label).split()) - _COMMON


def _which(words: frozenset[str], telling: Mapping[str, frozenset[str]]) -> str:
    """The scheme all of whose telling words stand there: the one with the most of them."""
    fitting = [(len(told), value) for value, told in telling.items() if told and told <= words]
    return max(fitting, default=(0, ""))[1]
