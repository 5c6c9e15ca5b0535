"""One thread's DuckDB: the copy, the tail of postings after it, and the geography, ready to ask."""

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

import duckdb
from django.db.models import Max

from lienminh.figures.engine import copy
from lienminh.figures.engine.literals import path_literal
from lienminh.places.models import Member, Place, Succession, Within
from lienminh.places.source import first_days

TAIL_LIMIT = 20_000  # entries; past it the copy is carried forward before the question is asked
DEPTHS = {"nation": 0, "province": 1, "district": 2, "commune": 3}

_ENDED = f"""
    CREATE OR REPLACE TEMP TABLE ended AS
    SELECT b.posting, b.line, min(t.posting) AS until
    FROM base b SEMI JOIN (SELECT DISTINCT indicator FROM tail) i ON b.indicator = i.indicator
    JOIN tail t ON {" AND ".join(f"b.{name} = t.{name}" for name in copy.KEY.split(", "))}
    WHERE b.kind = 'statement' AND t.kind = 'statement' AND b.until IS NULL
    GROUP BY ALL
"""
_ENTRIES = f"""
    CREATE OR REPLACE TEMP VIEW entries AS
    SELECT base.* REPLACE (coalesce(base.until, ended.until) AS until)
    FROM base LEFT JOIN ended USING (posting, line)
    UNION ALL SELECT *, {copy.UNTIL} FROM tail
"""

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

_local = threading.local()
T = TypeVar("T")


class Session:
    """A connection whose view `entries` holds every entry, each with the posting that ended it."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET parquet_metadata_cache = true")
        self.places = places_stamp()
        self.reached: object = None  # what the tables of balances hold already
        self.copied: copy.Manifest
        self.upto: copy.Mark
        self._load_places()
        self._open(copy.current())

    def refresh(self) -> None:
        """Take in what was posted since, from this process or another."""
        newest = copy.newest()
        if newest == self.upto:
            return
        if copy.digest_of(self.upto.number) != self.upto.digest:
            self._open(copy.current())  # another ledger: a backup was restored
        if copy.entries_after(self.copied.watermark) > TAIL_LIMIT:
            self._open(copy.extend(self.copied))
        if newest.number > self.upto.number:
            rows = copy.entries_between(self.upto.number, newest.number)
            copy.load(self.connection, "tail", rows)
            self.connection.execute(_ENDED)
            self.connection.execute(_ENTRIES)
            self.upto = newest

    def _open(self, copied: copy.Manifest) -> None:
        run = self.connection.execute
        file = path_literal(copied.path)
        run(f"CREATE OR REPLACE TEMP VIEW base AS SELECT * FROM read_parquet({file})")
        run("CREATE OR REPLACE TEMP VIEW entries AS SELECT * FROM base")
        run("DROP TABLE IF EXISTS tail")
        self.copied, self.upto = copied, copy.Mark(copied.watermark, copied.digest)

    def _load_places(self) -> None:
        """The geography, from a file beside the copy that is made once for the place data."""
        path = copy.folder() / f"places-{'-'.join(map(str, self.places))}.duckdb"
        if not path.is_file():
            unfinished = path.with_suffix(f".{os.getpid()}.part")
            with duckdb.connect(str(unfinished)) as made:
                _write_places(made)
            for older in copy.folder().glob("places-*.duckdb"):
                older.unlink(missing_ok=True)
            unfinished.replace(path)
        self.connection.execute(f"ATTACH {path_literal(path)} AS places (READ_ONLY)")
        for table in ("place", "epoch", "within", "succession", "edge"):
            self.connection.execute(f"CREATE TEMP TABLE {table} AS FROM places.{table}")
        self.connection.execute("DETACH places")


def _write_places(connection: duckdb.DuckDBPyConnection) -> None:
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


def places_stamp() -> tuple[int, int]:
    """Changes whenever the place data are loaded anew."""
    within = Within.objects.aggregate(newest=Max("pk"))["newest"]
    member = Member.objects.aggregate(newest=Max("pk"))["newest"]
    return within or 0, member or 0


def ask(question: Callable[[Session], T]) -> T:
    """Run a question in this thread's session, refreshed; once more over a copy made anew.

    The second try is for a copy that was replaced or damaged under the first.
    """
    with suppress(duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException):
        return question(_session())
    forget()
    with suppress(duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException):
        return question(_session())
    forget()
    copy.rebuild()
    return question(_session())


def _session() -> Session:
    session: Session | None = getattr(_local, "session", None)
    if session is None or session.places != places_stamp():
        session = _local.session = Session()
    session.refresh()
    return session


def forget() -> None:
    """Close this thread's session; the next question opens another."""
    session: Session | None = getattr(_local, "session", None)
    if session is not None:
        session.connection.close()
        _local.session = None
