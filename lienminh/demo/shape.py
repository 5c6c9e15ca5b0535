"""Reading YAML into dataclasses: every error names the file, the line and the field."""

import re
import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.text import normalise

T = TypeVar("T")


class Where(NamedTuple):
    """A field of a file, as `points[3].at`."""

    file: str
    field: str = ""

    def inside(self, name: str) -> "Where":
        """The field `name` within this one."""
        return Where(self.file, f"{self.field}.{name}".lstrip("."))

    def item(self, index: int) -> "Where":
        """The list item `index` within this field, counted from 0."""
        return Where(self.file, f"{self.field}[{index}]")

    def refuse(self, node: yaml.Node, what: str) -> Refused:
        """The sentence for the user: where, then what."""
        line = node.start_mark.line + 1
        return Refused(f"{self.file}, line {line}, {self.field or 'the whole file'}: {what}")


def read(kind: type[T], text: str, file: str) -> T:
    """Build `kind`, a dataclass, from a YAML text; Refused naming file, line and field."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        raise Refused(f"{file} is not YAML: {' '.join(str(fault).split())}") from None
    if node is None:
        raise Refused(f"{file} is empty; restore it.")
    built: T = _build(kind, node, Where(file))
    return built


def _build(kind: Any, node: yaml.Node, where: Where) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return _build(next(k for k in get_args(kind) if k is not type(None)), node, where)
    if is_dataclass(kind) and kind is not Period:
        return _build_fields(kind, node, where)
    if get_origin(kind) is tuple:
        return tuple(_build_items(get_args(kind), node, where))
    if not isinstance(node, yaml.ScalarNode):
        raise where.refuse(node, "one value is expected here, not a list or a group of fields.")
    return _build_scalar(kind, node, where)


def _build_fields(kind: Any, node: yaml.Node, where: Where) -> Any:
    if not isinstance(node, yaml.MappingNode):
        raise where.refuse(node, "a group of fields (name: value) is expected here.")
    hints, known = get_type_hints(kind), {field.name: field for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value
        if name not in known:
            raise where.refuse(key, f"unknown field “{name}”; use {', '.join(known)}.")
        if name in values:
            raise where.refuse(key, f"the field “{name}” stands twice; keep one.")
        values[name] = _build(hints[name], value, where.inside(name))
    missing = [n for n, field in known.items() if n not in values and _is_required(field)]
    if missing:
        raise where.refuse(node, f"missing {', '.join(missing)}; add it.")
    return kind(**values)


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _build_items(kinds: tuple[Any, ...], node: yaml.Node, where: Where) -> Iterator[Any]:
    """Items of a list: of one kind (`tuple[X, ...]`), or exactly one of each kind."""
    if not isinstance(node, yaml.SequenceNode):
        raise where.refuse(node, "a list is expected here.")
    if kinds[-1] is not Ellipsis and len(node.value) != len(kinds):
        raise where.refuse(node, f"a list of {len(kinds)} is expected here.")
    for index, item in enumerate(node.value):
        kind = kinds[0] if kinds[-1] is Ellipsis else kinds[index]
        yield _build(kind, item, where.item(index))


def _build_scalar(kind: Any, node: yaml.ScalarNode, where: Where) -> Any:
    text = normalise(str(node.value))
    if not text:
        raise where.refuse(node, "the field is empty; fill it in or leave it out.")
    if kind is str:
        return text
    if kind is bool and text in ("true", "false"):
        return text == "true"
    if kind is int and re.fullmatch(r"-?[0-9]+", text):
        return _count(int(text), node, where)
    try:
        if kind is Period:
            return Period.parse(text)
        if kind is date:
            return date.fromisoformat(text)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(text)
    except (Refused, ValueError):
        pass
    raise where.refuse(node, f"“{text}” is not {_expected(kind)}.")


def _count(value: int, node: yaml.Node, where: Where) -> int:
    if value < 0:
        raise where.refuse(node, f"{value} is negative; a count or an offset is not.")
    return value


def _expected(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"one of {', '.join(str(member.value) for member in kind)}"
    words = {
        int: "a whole number",
        bool: "true or false",
        date: "a day such as 2024-03-20",
        Period: "a period such as 2023, 2023-10 or 2022..2023",
    }
    return words[kind]
