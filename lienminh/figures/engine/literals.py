"""Integers, dates and enumerations as SQL; anything else is refused."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path


def table(rows: Iterable[Sequence[object]], columns: str) -> str:
    """A table expression of literal rows; `columns` are `name TYPE` pairs."""
    pairs = [column.split() for column in columns.split(", ")]
    values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    if not values:
        return f"(SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in pairs)} LIMIT 0)"
    return f"(FROM (VALUES {values}) v({', '.join(name for name, _ in pairs)}))"


def literal(value: object) -> str:
    """One value; TypeError for what could carry SQL of its own."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case date():
            return f"DATE '{value.isoformat()}'"
        case str() if value.replace("_", "").isalnum():
            return f"'{value}'"
    raise TypeError(f"{value!r} does not belong in a query")


def ids(numbers: Iterable[int]) -> str:
    """A bracketed list for IN; when empty it matches nothing, for no id is negative."""
    return f"({', '.join(map(str, sorted(numbers))) or '-1'})"


def path_literal(path: Path) -> str:
    """A file's path as a string of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
