"""The roll-up written by hand for this one task: DuckDB, polars and PostgreSQL.

Each answers what the engine is asked: for every indicator and month, the living reports (a report
before what was read out of a text, of a stock the latest day in the month), a place's own number
before the sum of what lies below; a province whole only when all its communes have a number, the
nation and a grouping only when all their provinces have; qualifiers carried upward.

A result is {(indicator, place, month's first day): values of FIGURE}.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lienminh.figures.engine.marks import DERIVED, PRELIMINARY

Key = tuple[int, int, date]
Result = dict[Key, tuple[Any, ...]]
FIGURE = (
    "low",
    "high",
    "part_low",
    "part_high",
    "reporting",
    "expected",
    "marks",
    "as_of",
)

FIRST, LAST = date(2025, 7, 1), date(2027, 6, 30)

_CARRIED = f"""
    sum(low) AS low, sum(high) AS high, count(*) AS reporting, min(due) AS expected,
    bit_or(marks) | {DERIVED} AS marks,
    CASE WHEN min(as_of) = max(as_of) THEN min(as_of) END AS as_of
"""
_FROM_BELOW = """
    SELECT indicator, place, month, CASE WHEN reporting = expected THEN low END AS low,
        CASE WHEN reporting = expected THEN high END AS high, low AS part_low, high AS part_high,
        reporting, expected, marks, as_of
"""
_OWN = """
    indicator, place, month, low, high, NULL::BIGINT AS part_low, NULL::BIGINT AS part_high,
    NULL::BIGINT AS reporting, NULL::BIGINT AS expected, marks, as_of
"""


def _value(entries: str) -> str:
    """The living reports of the months asked for, each with the month it answers."""
    return f"""
        SELECT e.indicator, place, date_trunc('month', last)::DATE AS month, low, high,
            marks, CASE WHEN i.stock THEN last END AS as_of, source_kind, stated_on, posting
        FROM {entries} e JOIN indicators i ON i.indicator = e.indicator
        WHERE kind = 'statement' AND until IS NULL AND low IS NOT NULL AND series = 'actual'
            AND cell = (SELECT min(cell) FROM whole_cell)
            AND first >= DATE '{FIRST}' AND last <= DATE '{LAST}'
            AND (i.stock OR (first = date_trunc('month', last)::DATE
                AND last = (first + INTERVAL '1 month')::DATE - 1))
    """


_ORDER = f"""
    source_kind DESC, as_of DESC, marks & {PRELIMINARY}, stated_on DESC, posting DESC
"""
CHOSEN_DUCKDB = f"""
    CREATE TEMP TABLE chosen AS SELECT * FROM value
    QUALIFY row_number() OVER (PARTITION BY indicator, place, month ORDER BY {_ORDER}) = 1
"""
CHOSEN_POSTGRESQL = f"""
    CREATE TEMP TABLE chosen AS SELECT DISTINCT ON (indicator, place, month) * FROM value
    ORDER BY indicator, place, month, {_ORDER}
"""
CHOSEN_NOTHING = "CREATE TEMP VIEW chosen AS SELECT * FROM value"
RESULT = "SELECT * FROM province UNION ALL SELECT * FROM above"


def steps(entries: str, chosen: str) -> list[str]:
    """The whole question in the same steps for DuckDB and PostgreSQL; RESULT then holds it.

    One statement would do, but DuckDB 1.5.5 never ends one that takes the arms of a union both
    from and without the same common table (github.com/duckdb/duckdb/issues/24961).
    """
    return [
        f"CREATE TEMP VIEW value AS {_value(entries)}",
        chosen,
        f"""
            CREATE TEMP TABLE own AS SELECT {_OWN} FROM chosen
            WHERE place IN (SELECT province FROM commune_of UNION SELECT whole FROM province_of)
        """,
        _level("province", "chosen", "commune_of", "commune", "province"),
        _level("above", "province", "province_of", "province", "whole"),
    ]


def _level(name: str, below: str, links: str, child: str, parent: str) -> str:
    """A level's own numbers, and the sums of what lies below where it has none."""
    return f"""
        CREATE TEMP TABLE {name} AS
        SELECT * FROM own WHERE place IN (SELECT {parent} FROM {links})
        UNION ALL {_FROM_BELOW} FROM (
            SELECT indicator, {parent} AS place, month, {_CARRIED}
            FROM {below} v JOIN {links} l ON l.{child} = v.place WHERE low IS NOT NULL
            GROUP BY indicator, {parent}, month
        ) s WHERE NOT EXISTS (
            SELECT 1 FROM own
            WHERE own.indicator = s.indicator AND own.place = s.place AND own.month = s.month)
    """


def result(rows: Iterable[tuple[Any, ...]]) -> Result:
    """The rows of a roll-up as a result; sums come as integers from each engine."""
    return {
        (row[0], row[1], row[2]): (
            *(None if value is None else int(value) for value in row[3:-1]),
            row[-1],
        )
        for row in rows
    }


def tables(
    stocks: Mapping[int, bool],
    commune_of: Iterable[tuple[int, int]],
    province_of: Iterable[tuple[int, int]],
    whole_cell: int,
) -> dict[str, tuple[str, list[tuple[object, ...]]]]:
    """The small tables the roll-up joins, name → (columns, rows)."""
    communes, provinces = list(commune_of), list(province_of)
    due: dict[int, int] = {}
    for _, parent in [*communes, *provinces]:
        due[parent] = due.get(parent, 0) + 1
    return {
        "indicators": ("indicator INTEGER, stock BOOLEAN", list(stocks.items())),
        "commune_of": (
            "commune INTEGER, province INTEGER, due BIGINT",
            [(commune, province, due[province]) for commune, province in communes],
        ),
        "province_of": (
            "province INTEGER, whole INTEGER, due BIGINT",
            [(province, whole, due[whole]) for province, whole in provinces],
        ),
        "whole_cell": ("cell INTEGER", [(whole_cell,)]),
    }
