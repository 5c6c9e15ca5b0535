"""A composed paper as JSON and back: what an issued dossier is kept as."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lienminh.paper import document

_KINDS = {
    kind.__name__: kind
    for kind in vars(document).values()
    if isinstance(kind, type) and is_dataclass(kind)
}
KIND = "kind"


def freeze(node: Any) -> Any:
    """A node of a paper's tree as what JSON can hold."""
    if is_dataclass(node) and not isinstance(node, type):
        held = {field.name: freeze(getattr(node, field.name)) for field in fields(node)}
        return {KIND: type(node).__name__, **held}
    if isinstance(node, tuple):
        return [freeze(item) for item in node]
    if isinstance(node, date):
        return {KIND: "date", "day": node.isoformat()}
    if isinstance(node, Decimal):
        return {KIND: "decimal", "digits": str(node)}
    return node


def thaw(kept: Any) -> Any:
    """What `freeze` was given."""
    if isinstance(kept, list):
        return tuple(thaw(item) for item in kept)
    if not isinstance(kept, dict):
        return kept
    held = {name: thaw(value) for name, value in kept.items() if name != KIND}
    match kept[KIND]:
        case "date":
            return date.fromisoformat(held["day"])
        case "decimal":
            return Decimal(held["digits"])
        case kind:
            return _KINDS[kind](**held)
