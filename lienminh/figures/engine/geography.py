"""The geography as the engine needs it: places, what lies within what, and who adds up to whom.

It is made once for the place data and kept beside the copy, in a file named after the state of the
data and its own content, so that a stale or damaged one is never read.
"""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection as database

from lienminh.figures.engine import copy
from lienminh.figures.engine.literals import path_literal
from lienminh.places.models import Member, Place, Spell, Succession, Within
from lienminh.places.source import first_days

DEPTHS = {"nation": 0, "province": 1, "district": 2, "commune": 3}
TABLES = ("place", "epoch", "within", "succession", "edge")
DIGEST = 16  # hex digits of the content's SHA-256 in the file's name

# Which units a parent is the sum of. In the borders of an epoch a living unit is made of the living
# units of the next level; a unit that does not live then, of the units of its own level that went
# into it. `child` is null for one that went into it only in part: it can never report for it.
_EDGES = """
    CREATE TABLE main.edge AS
    WITH alive AS (
        SELECT e.first AS epoch, p.id, p.depth FROM epoch e JOIN place p
        ON p.first < e.next AND p.last >= e.first
    ),
    below AS (
        SELECT a.epoch, a.depth, (SELECT min(b.depth) FROM alive b
            WHERE b.epoch = a.epoch AND b.depth > a.depth) AS next
        FROM (SELECT DISTINCT epoch, depth FROM alive) a
    ),
    parent AS (
        SELECT g.first AS geography, e.first AS epoch, p.id, p.depth, a.id IS NOT NULL AS living,
            CASE WHEN a.id IS NULL THEN p.depth ELSE below.next END AS wanted
        FROM epoch g CROSS JOIN epoch e CROSS JOIN place p
        LEFT JOIN alive a ON a.epoch = e.first AND a.id = p.id
        LEFT JOIN below ON below.epoch = e.first AND below.depth = p.depth
    )
    SELECT parent.geography, parent.epoch, parent.id AS parent, child.id AS child,
        2 * (3 - parent.depth) + (NOT parent.living)::INTEGER AS stage, child.depth AS child_depth
    FROM parent
    JOIN within w ON w.geography = parent.geography AND w.ancestor = parent.id
    JOIN alive child ON child.epoch = parent.epoch AND child.id = w.place
        AND child.depth = parent.wanted AND child.id <> parent.id
    UNION ALL
    SELECT parent.geography, parent.epoch, parent.id, NULL, 2 * (3 - parent.depth) + 1, parent.depth
    FROM parent
    JOIN succession s ON s.new = parent.id
    JOIN alive a ON a.epoch = parent.epoch AND a.id = s.old AND a.depth = parent.depth
    ANTI JOIN within w
        ON w.geography = parent.geography AND w.ancestor = parent.id AND w.place = s.old
    WHERE NOT parent.living
"""


def stamp() -> str:
    """Changes whenever the place data are loaded anew; one query, for every question asks it."""
    tables = (model._meta.db_table for model in (Place, Spell, Within, Succession, Member))
    newest = ", ".join(f"(SELECT coalesce(max(id), 0) FROM {table})" for table in tables)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        return "-".join(map(str, cursor.fetchone()))


def load(connection: duckdb.DuckDBPyConnection, state: str) -> None:
    """Bring the geography of this state of the data into a connection, as temporary tables."""
    path = next(filter(_is_whole, copy.folder().glob(f"places-{state}_*.duckdb")), None)
    connection.execute(f"ATTACH {path_literal(path or _make(state))} AS places (READ_ONLY)")
    for table in TABLES:
        connection.execute(f"CREATE TEMP TABLE {table} AS FROM places.{table}")
    connection.execute("DETACH places")


def _is_whole(path: Path) -> bool:
    return path.stem.endswith(copy.sha256_of(path)[:DIGEST])


def _make(state: str) -> Path:
    with copy.only_writer():
        unfinished = copy.folder() / f"places.{os.getpid()}.part"
        unfinished.unlink(missing_ok=True)
        with duckdb.connect(str(unfinished)) as connection:
            _write(connection)
        made = copy.folder() / f"places-{state}_{copy.sha256_of(unfinished)[:DIGEST]}.duckdb"
        for older in copy.folder().glob("places-*.duckdb"):
            older.unlink(missing_ok=True)
        return unfinished.replace(made)


def _write(connection: duckdb.DuckDBPyConnection) -> None:
    def table(name: str, rows: Iterable[tuple[Any, ...]], **columns: str) -> None:
        copy.load(connection, name, rows, columns)
        connection.execute(f"CREATE TABLE main.{name} AS FROM temp.{name}")

    far = date(9999, 12, 31)
    places = Place.objects.exclude(level="grouping")
    rows = places.values_list("id", "level", "first_day", "last_day")
    table(
        "place",
        ((pk, DEPTHS[level], first, last or far) for pk, level, first, last in rows),
        id="INTEGER",
        depth="INTEGER",
        first="DATE",
        last="DATE",
    )
    starts = first_days()
    table("epoch", zip(starts, [*starts[1:], far], strict=True), first="DATE", next="DATE")
    pairs = Within.objects.values_list("geography", "ancestor_id", "place_id")
    table("within", pairs.iterator(), geography="DATE", ancestor="INTEGER", place="INTEGER")
    moved = Succession.objects.values_list("old_id", "new_id")
    table("succession", moved.iterator(), old="INTEGER", new="INTEGER")
    connection.execute(_EDGES)
