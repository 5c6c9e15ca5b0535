"""Many new rows put into a table at once, for an action that has made them.

By way of a table of their own, from which one statement takes them all: where triggers guard a
table, SQLite prepares to undo each statement, which costs more than the row itself. Several times
as fast as `bulk_create`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, JSONField, Model

FEW: Final = 50  # rows that are not worth a table
WAITING: Final = "waiting_rows"


def insert(
    model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]], **alike: Any
) -> None:
    """Insert rows of the values of `names`; what is `alike` in all is given once.

    What neither names is as in a new object. Days may be given as text, 2024-03-20.
    """
    told = dict(zip(names, zip(*rows, strict=True), strict=True))
    blank = vars(model())
    same: dict[str, Any] = {}  # by column, as both databases take it
    own: dict[str, Sequence[Any]] = {}
    for field in model._meta.concrete_fields:
        name, column = field.attname, connection.ops.quote_name(str(field.column))
        values = told.get(name, (alike.get(name, blank[name]),))
        if field.primary_key and name not in told:
            continue
        if values.count(values[0]) == len(values):
            same[column] = field.get_db_prep_save(values[0], connection)
        else:
            own[column] = _as_kept(field, values)
    if len(rows) < FEW or not own:
        _insert_each(model._meta.db_table, same, own, len(rows))
    else:
        _insert_together(model._meta.db_table, same, own)


def _insert_each(
    table: str, same: dict[str, Any], own: dict[str, Sequence[Any]], count: int
) -> None:
    told = same | own
    marks = ", ".join(["%s"] * len(told))
    values = [*((value,) * count for value in same.values()), *own.values()]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(told)}) VALUES ({marks})",  # noqa: S608 our own names
            list(zip(*values, strict=True)),
        )


def _insert_together(table: str, same: dict[str, Any], own: dict[str, Sequence[Any]]) -> None:
    names, marks = ", ".join(own), ", ".join(["%s"] * len(own))
    given = ", ".join([*(["%s"] * len(same)), *own])
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {WAITING} AS SELECT {names} FROM {table} WHERE 1 = 0"  # noqa: S608
        )
        cursor.executemany(
            f"INSERT INTO {WAITING} VALUES ({marks})",  # noqa: S608
            list(zip(*own.values(), strict=True)),
        )
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(same | own)}) SELECT {given} FROM {WAITING}",  # noqa: S608
            list(same.values()),
        )
        cursor.execute(f"DROP TABLE {WAITING}")


def _as_kept(field: "Field[Any, Any]", values: Sequence[Any]) -> Sequence[Any]:
    """Values as both databases take them; most are so already."""
    if isinstance(field, DateTimeField | JSONField):
        return [field.get_db_prep_save(value, connection) for value in values]
    if isinstance(field, DateField):
        return [value.isoformat() if isinstance(value, date) else value for value in values]
    return values
