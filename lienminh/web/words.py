"""Words that know which of them are Vietnamese: names and quotations inside an English page.

Plain text wherever a text is wanted; in HTML, what is Vietnamese is marked so, unless the page is.
"""

import re
from collections.abc import Iterable
from typing import Any, Final, Self

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_BLANK: Final = re.compile(r"%\((\w+)\)[sd]|%%")


class Vietnamese(str):
    """A name, a title or a quotation, as our data holds it."""

    __slots__ = ()

    def __html__(self) -> str:
        """Marked where the page around it is not Vietnamese."""
        if is_vietnamese() or not self:
            return conditional_escape(str(self))
        return format_html('<span lang="vi">{}</span>', str(self))


class Words(str):
    """A text made of pieces, each plain or Vietnamese."""

    pieces: tuple[str, ...]

    def __new__(cls, pieces: Iterable[str]) -> Self:
        """Join the pieces; those of other Words are taken apart."""
        flat = [part for piece in pieces for part in pieces_of(piece) if part]
        made = super().__new__(cls, "".join(flat))
        made.pieces = tuple(flat)
        return made

    def __getnewargs__(self) -> tuple[Any]:
        """What a copy is made of."""
        return (self.pieces,)

    def __html__(self) -> SafeString:
        """Each piece as it is in HTML."""
        return format_html_join("", "{}", ((piece,) for piece in self.pieces))


def is_vietnamese() -> bool:
    """Whether the page is in Vietnamese."""
    return get_language() != "en"


def pieces_of(text: str) -> tuple[str, ...]:
    """The pieces of Words; any other text is one piece."""
    return text.pieces if isinstance(text, Words) else (text,)


def filled(sentence: str, **words: object) -> Words:
    """The sentence with its blanks, such as %(place)s, filled in; each word stays what it is."""
    pieces: list[str] = []
    position = 0
    for blank in _BLANK.finditer(sentence):
        word = words[blank[1]] if blank[1] else "%"
        pieces += [sentence[position : blank.start()], word if isinstance(word, str) else f"{word}"]
        position = blank.end()
    return Words([*pieces, sentence[position:]])


def joined(between: str, texts: Iterable[str]) -> Words:
    """The texts that are not empty, with something between them."""
    pieces = [piece for text in texts if text for piece in (between, text)]
    return Words(pieces[1:])


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    first, *rest = pieces_of(text) or ("",)
    raised = first[:1].upper() + first[1:]
    whole = Vietnamese(raised) if isinstance(first, Vietnamese) else raised
    return Words([whole, *rest]) if rest else whole
