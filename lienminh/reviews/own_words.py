"""A dossier written here speaks for itself: where one told again says what its source leaves out,
this one says what is not written yet."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from lienminh.paper.document import Document, Italic, Missing
from lienminh.reviews.blocks import UNKNOWN_SPEAKER

NOT_WRITTEN = Missing("Chưa ghi.")
_SPEAKER = Italic(f"({UNKNOWN_SPEAKER})")


def in_own_words(document: Document) -> Document:
    """The same paper without words about a source."""
    told: Document = _own(document)
    return told


def _own(node: Any) -> Any:
    if isinstance(node, Missing):
        return NOT_WRITTEN
    if isinstance(node, tuple):
        return tuple(_own(item) for item in node if item != _SPEAKER)
    if is_dataclass(node) and not isinstance(node, type):
        return replace(node, **{f.name: _own(getattr(node, f.name)) for f in fields(node)})
    return node
