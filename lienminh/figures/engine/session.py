"""One thread's DuckDB: the copy, the tail of postings after it, and the geography, ready to ask."""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import duckdb

from lienminh.figures.engine import copy, geography
from lienminh.figures.engine.asking import Ask
from lienminh.figures.engine.literals import ids, literal, path_literal

TAIL_LIMIT = 20_000  # entries; past it the copy is carried forward before the question is asked

FEW_INDICATORS = 5

_TOUCHED = [list(copy.COLUMNS).index(name) for name in ("indicator", "place", "first")]
_SAME_KEY = " AND ".join(f"tail.{name} = ending.{name}" for name in copy.KEY.split(", "))
# The entries of the copy that new ones may end or stand beside: one scan serves both questions.
_HIT = """
    CREATE OR REPLACE TEMP TABLE hit AS
    SELECT * FROM base ANTI JOIN moved USING (posting, line)
    WHERE kind <> 'movement' AND {touched}
"""
_ENDING = f"""
    CREATE OR REPLACE TEMP VIEW ending AS
    SELECT {copy.KEY}, min(posting) AS ended_by FROM fresh WHERE kind IN {copy.STATED} GROUP BY ALL
"""
# What the copy holds never changes, so an entry that ends moves to the tail to be ended there.
_MOVED = f"""
    INSERT INTO moved SELECT posting, line FROM hit JOIN ending USING ({copy.KEY})
    WHERE kind IN {copy.STATED} AND until IS NULL
"""
_INTO_TAIL = f"""
    INSERT INTO tail SELECT hit.* FROM hit SEMI JOIN moved USING (posting, line);
    UPDATE tail SET until = ending.ended_by FROM ending
    WHERE tail.kind IN {copy.STATED} AND tail.until IS NULL AND {_SAME_KEY};
    INSERT INTO tail SELECT *, {copy.UNTIL} FROM fresh
"""
_STANDING = f"""(
    SELECT kind, cumulative, {copy.KEY} FROM hit
    UNION ALL SELECT kind, cumulative, {copy.KEY} FROM tail
    WHERE kind <> 'movement' AND {{touched}}
)"""
_ENTRIES = """
    CREATE OR REPLACE TEMP VIEW entries AS
    SELECT * FROM base ANTI JOIN moved USING (posting, line) UNION ALL SELECT * FROM tail
"""

# DuckDB 1.5.5 fails to bind a column when the first of them joins the result of a window. The other
# cannot know how many rows a temporary view gives, and joined a federation's movements to its
# places by their book alone (15 GB); our joins are written in an order that is good.
LEFT_TO_US = ("compressed_materialization", "join_order")

_local = threading.local()
T = TypeVar("T")


class Session:
    """A connection whose view `entries` holds every entry, each with the posting that ended it."""

    def __init__(self) -> None:
        self.connection = copy.connect()
        self.connection.execute("SET parquet_metadata_cache = true")
        self.connection.execute("SET threads = 1")  # see threads_for
        self.connection.execute(f"SET disabled_optimizers = '{','.join(LEFT_TO_US)}'")
        self.places = geography.stamp()
        self.laid_out: object = None  # what the tables of balances hold already
        self.stages: list[tuple[int, bool, bool]] = []
        self.remembered: OrderedDict[Ask, list[tuple[Any, ...]]] = OrderedDict()
        self.copied: copy.Manifest
        self.held = ExitStack()  # the copy's files, which nobody sweeps while they are read
        self.upto: copy.Mark
        geography.load(self.connection, self.places)
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
            self._take_in(copy.entries_between(self.upto.number, newest.number))
            self.upto = newest

    @contextmanager
    def threads_for(self, indicators: int) -> Iterator[None]:
        """All cores for large asks; for few indicators a second thread costs more than it saves."""
        if indicators > FEW_INDICATORS:
            self.connection.execute(f"SET threads = {os.cpu_count() or 1}")
        try:
            yield
        finally:
            self.connection.execute("SET threads = 1")

    def _take_in(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add new entries to the tail, end what they supersede, and bring `days` up to them."""
        run = self.connection.execute
        run("TRUNCATE fresh")
        new = list(rows)
        copy.add(self.connection, "fresh", new, copy.COLUMNS)
        indicators, places, firsts = ({row[at] for row in new} for at in _TOUCHED)
        touched = (
            f"indicator IN {ids(indicators)} AND place IN {ids(places)}"
            f" AND first IN ({', '.join(map(literal, firsts))})"
        )
        for step in (_HIT.format(touched=touched), _MOVED, _INTO_TAIL):
            run(step)
        if self.upto.number == self.copied.watermark:  # until now there was no tail
            run(_ENTRIES)
        # Beside the rows that are there: of several for one kind of days, all must be single.
        run(f"INSERT INTO days {copy.DAYS.format(entries=_STANDING.format(touched=touched))}")

    def close(self) -> None:
        """Let go of the copy and of what is in memory."""
        self.connection.close()
        self.held.close()

    def _open(self, copied: copy.Manifest) -> None:
        try:
            held = copy.held(copied)
        except FileNotFoundError:  # carried forward twice since the manifest was read
            self._open(copy.current())
            return
        self.held.close()
        self.held = held
        run = self.connection.execute
        entries, days = (path_literal(copied.path(name)) for name in ("entries", "days"))
        run(f"CREATE OR REPLACE TEMP VIEW base AS SELECT * FROM read_parquet({entries})")
        run(f"CREATE OR REPLACE TEMP TABLE days AS FROM read_parquet({days})")
        run("CREATE OR REPLACE TEMP VIEW entries AS SELECT * FROM base")
        columns = ", ".join(f"{name} {kind}" for name, kind in copy.COLUMNS.items())
        copy.load(self.connection, "fresh", [])
        run(_ENDING)
        run(f"CREATE OR REPLACE TEMP TABLE tail ({columns}, until BIGINT)")
        run("CREATE OR REPLACE TEMP TABLE moved (posting BIGINT, line INTEGER)")
        self.copied, self.upto = copied, copy.Mark(copied.watermark, copied.digest)
        self.remembered.clear()


def ask(question: Callable[[Session], T]) -> T:
    """Run a question in this thread's session, refreshed.

    When the copy was damaged under it, it is run once more over one made anew; any other fault is
    ours and is raised.
    """
    try:
        return question(_refreshed())
    except duckdb.Error:
        session = _current()
        forget()  # what it held may be half a tail
        if session is not None and copy.is_current(session.copied):
            raise
        return question(_refreshed())


def _current() -> Session | None:
    session: Session | None = getattr(_local, "session", None)
    return session


def _refreshed() -> Session:
    session = _current()
    if session is None or session.places != geography.stamp():
        forget()
        session = _local.session = Session()
    session.refresh()
    return session


def forget() -> None:
    """Close this thread's session; the next question opens another."""
    session = _current()
    if session is not None:
        session.close()
        _local.session = None
