"""Words with numbers in them: `{key}` prints the answer to the number's question.

`{key}` prints the number with its unit; `{key:noun}` with another noun in the unit's place.
"""

import re
from collections.abc import Mapping

from lienminh.paper.document import Number, Run
from lienminh.reviews.printing import Printed

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)(?::([^{}]+))?\}")

# A line never ends between a figure and the word after it.
_FIRST_SPACES = re.compile(r"(?<=[0-9]) ")
NO_BREAK = "\u00a0"


def keys_in(text: str) -> list[str]:
    """The keys of the numbers that a text prints, in order."""
    return [found.group(1) for found in PLACEHOLDER.finditer(text)]


def runs(text: str, printed: Mapping[str, Printed]) -> tuple[Run, ...]:
    """The text in pieces: plain words, and numbers with their codes."""
    pieces: list[Run] = []
    position = 0
    for found in PLACEHOLDER.finditer(text):
        number = printed[found.group(1)]
        words = _FIRST_SPACES.sub(NO_BREAK, number.words(found.group(2)))
        pieces += [text[position : found.start()], Number(words, number.code)]
        position = found.end()
    pieces.append(text[position:])
    return tuple(piece for piece in pieces if piece)
