"""The copy for analysis: the ledger up to a watermark as immutable, sorted Parquet files.

One holds the entries, one the days for which there are any. Rebuildable at any time from the
database, which keeps every entry. A manifest names the files, the watermark and the digest of its
last posting; it is replaced in one step, so a reader sees the old copy or the new one and a process
killed half-way leaves only files nobody names.
"""

import csv
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from django.conf import settings
from django.db import connection
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce

from lienminh.figures.engine import marks
from lienminh.figures.engine.literals import path_literal
from lienminh.figures.models import Entry, Posting

FORMAT = 6
COLUMNS = {
    "posting": "BIGINT",
    "line": "INTEGER",
    "kind": "VARCHAR",
    "indicator": "INTEGER",
    "place": "INTEGER",
    "holder": "INTEGER",
    "cell": "INTEGER",
    "series": "VARCHAR",
    "source": "INTEGER",
    "source_kind": "VARCHAR",
    "first": "DATE",
    "last": "DATE",
    "cumulative": "BOOLEAN",
    "low": "BIGINT",
    "high": "BIGINT",
    "stated_on": "DATE",
    "subject": "VARCHAR",
    "grouped": "VARCHAR",
    "relation": "VARCHAR",
    "marks": "INTEGER",
}
_FIELDS = {name: name for name in COLUMNS} | {
    "posting": "posting_id",
    "indicator": "indicator_id",
    "place": "place_id",
    "cell": "cell_id",
    "source": "source_id",
    "source_kind": "source__kind",
    "grouped": "group",
}
# A statement with a subject, which an organisation makes of itself, is a kind of its own here.
_COMPUTED = {
    "holder": Coalesce("holder_id", 0),
    "kind": Case(
        When(kind=Entry.Kind.STATEMENT, subject__gt="", then=Value("return")), default="kind"
    ),
}
_MARKED = ("bound", "approx", "counting", "status", "as_of_basis")  # in the order of `marks`
PAGE = 50_000
STATED = "('statement', 'return')"  # kinds of which a later one ends an earlier
KEY = "indicator, place, holder, series, first, last, cell, subject, source"
SORT = "indicator, first, place, posting, line"

# A statement ends with the next posting under its key; a movement never ends.
UNTIL = f"""
    CASE WHEN kind IN {STATED}
    THEN lead(posting) OVER (PARTITION BY kind, {KEY} ORDER BY posting) END AS until
"""

# For which days there are statements and openings, so that a question knows where to look.
# `single`: no place has them from two sources, so that none has to be chosen.
DAYS = """
    SELECT indicator, cell, series, kind, first, last, cumulative, bool_and(single) AS single FROM (
        SELECT indicator, cell, series, kind, first, last, cumulative,
            min(source) = max(source) AND min(holder) = max(holder) AS single
        FROM {entries} WHERE kind <> 'movement'
        GROUP BY indicator, cell, series, kind, first, last, cumulative, place
    ) GROUP BY ALL
"""


@dataclass(frozen=True)
class Manifest:
    """What the copy holds: entries of postings up to `watermark`, whose digest is `digest`.

    `files`: the names of the two files, `entries` and `days`, each with the SHA-256 of its content.
    """

    format: int
    watermark: int
    digest: str
    files: dict[str, tuple[str, str]]

    def path(self, name: str) -> Path:
        """Where one of the files lies."""
        return folder() / self.files[name][0]


def folder() -> Path:
    """The folder of the copy, made when missing."""
    path = Path(settings.COPY_DIR)
    path.mkdir(parents=True, exist_ok=True)
    return path


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory; what does not fit there is laid aside beside the copy, nowhere else."""
    return duckdb.connect(config={"temp_directory": str(folder() / "aside")})


class Mark(NamedTuple):
    """How far the ledger goes: the number and digest of its newest posting; 0 and '' if empty."""

    number: int
    digest: str


def newest() -> Mark:
    """The mark of the ledger in the database."""
    last = Posting.objects.order_by("-number").values_list("number", "digest").first()
    return Mark(*last) if last else Mark(0, "")


def digest_of(number: int) -> str:
    """The digest of a posting, '' when there is none of that number."""
    return Posting.objects.filter(number=number).values_list("digest", flat=True).first() or ""


def entries_after(number: int) -> int:
    """How many entries later postings hold."""
    return Entry.objects.filter(posting_id__gt=number).count()


def remembered() -> Manifest | None:
    """The manifest that lies in the folder, of whatever ledger; None when it cannot be read."""
    try:
        told = json.loads((folder() / "manifest.json").read_text("utf-8"))
        files = {name: (file, sha) for name, (file, sha) in told.pop("files").items()}
        there = Manifest(**told, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    known = there.format == FORMAT and type(there.watermark) is int
    return there if known else None


def manifest() -> Manifest | None:
    """The manifest, if it is of this database's ledger and its files are there."""
    there = remembered()
    if there is None or there.digest != digest_of(there.watermark):
        return None
    return there if all(there.path(name).is_file() for name in there.files) else None


def is_whole(there: Manifest) -> bool:
    """Whether the files are still as written; Parquet itself does not notice a changed byte."""
    try:
        return all(sha256_of(folder() / file) == sha for file, sha in there.files.values())
    except OSError:
        return False


def is_current(there: Manifest) -> bool:
    """Whether this is still the copy, and whole."""
    return remembered() == there and is_whole(there)


def held(there: Manifest) -> ExitStack:
    """Keeps the files from being swept until it is closed, or this process ends.

    FileNotFoundError when they are gone already.
    """
    with ExitStack() as files:
        for name in there.files:
            file = files.enter_context(there.path(name).open("rb"))
            fcntl.flock(file, fcntl.LOCK_SH)
            if not os.fstat(file.fileno()).st_nlink:
                raise FileNotFoundError(f"{there.path(name)} was swept while it was opened")
        return files.pop_all()


def current() -> Manifest:
    """The manifest of a whole copy; one is built from the database when none fits."""
    there = manifest()
    if there is None or not is_whole(there):
        with only_writer():
            there = manifest()
            if there is None or not is_whole(there):
                there = _build()
    return there


def _build() -> Manifest:
    top = newest()
    with connect() as made:
        load(made, "entry", entries_between(0, top.number))
        return _write(made, "SELECT * FROM entry", top)


def extend(there: Manifest) -> Manifest:
    """Carry the copy forward to the newest posting, from its file and the postings after it."""
    with only_writer():
        now = manifest()
        if now != there:
            return now or _build()  # another process was quicker, or the file is gone
        top = newest()
        with connect() as made:
            load(made, "entry", entries_between(there.watermark, top.number))
            entries = path_literal(there.path("entries"))
            whole = (
                f"SELECT {', '.join(COLUMNS)} FROM read_parquet({entries})"
                " UNION ALL SELECT * FROM entry"
            )
            return _write(made, whole, top)


def entries_between(after: int, upto: int) -> Iterator[tuple[Any, ...]]:
    """The rows of COLUMNS of the postings numbered in (after, upto], in order.

    Read in pages and as the database gives them, for a ledger does not fit in memory.
    """
    plain = [name for name in COLUMNS if name != "marks"]
    fields = [_COMPUTED.get(name, _FIELDS[name]) for name in plain]
    upto_it = Entry.objects.filter(posting_id__lte=upto).order_by("pk")
    ordered = upto_it.values_list(*fields, *_MARKED, "pk")
    # Ids rise with postings, so the walk along them can start behind the last one before.
    before = Entry.objects.filter(posting_id__lte=after).order_by("-posting_id", "-pk")
    last = before.values_list("pk", flat=True).first() or 0
    size = len(plain)
    while True:
        page, values = ordered.filter(pk__gt=last)[:PAGE].query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(page, values)
            rows = cursor.fetchall()
        yield from ((*row[:size], marks.of_entry(*row[size:-1])) for row in rows)
        if len(rows) < PAGE:
            return
        last = rows[-1][-1]


def load(
    into: duckdb.DuckDBPyConnection,
    table: str,
    rows: Iterable[tuple[Any, ...]],
    columns: dict[str, str] | None = None,
) -> None:
    """Make a temporary table of these rows."""
    columns = columns or COLUMNS
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    into.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({typed})")
    add(into, table, rows, columns)


def add(
    into: duckdb.DuckDBPyConnection,
    table: str,
    rows: Iterable[tuple[Any, ...]],
    columns: dict[str, str],
) -> None:
    """Add rows to a table by way of a file, the quickest door."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as spool:
        csv.writer(spool).writerows(rows)
        spool.flush()
        if spool.tell():
            picked = ", ".join(
                f"coalesce({name}, '')" if kind == "VARCHAR" else name
                for name, kind in columns.items()
            )
            into.execute(
                f"INSERT INTO {table} SELECT {picked} FROM read_csv($file, header = false,"
                f" auto_detect = false, columns = {columns!r},"
                " delim = ',', quote = '\"', escape = '\"')",
                {"file": spool.name},
            )


def _write(made: duckdb.DuckDBPyConnection, whole: str, top: Mark) -> Manifest:
    state = f"{top.number}-{top.digest[:12] or 'empty'}"
    entries = _write_file(
        made, f"entries-{state}.parquet", f"SELECT *, {UNTIL} FROM ({whole}) ORDER BY {SORT}"
    )
    written_entries = f"read_parquet({path_literal(folder() / entries[0])})"
    days = _write_file(made, f"days-{state}.parquet", DAYS.format(entries=written_entries))
    written = Manifest(FORMAT, top.number, top.digest, {"entries": entries, "days": days})
    before = remembered()
    _replace_manifest(written)
    _sweep(*filter(None, (before, written)))
    return written


def _write_file(made: duckdb.DuckDBPyConnection, name: str, query: str) -> tuple[str, str]:
    """Write a query's rows; the file's name and the SHA-256 of its content."""
    unfinished = folder() / f"{name}.{os.getpid()}.part"
    made.execute(f"COPY ({query}) TO {path_literal(unfinished)} (FORMAT parquet, COMPRESSION zstd)")
    sha = sha256_of(unfinished)
    unfinished.replace(folder() / name)
    return name, sha


def _replace_manifest(written: Manifest) -> None:
    unfinished = folder() / f"manifest.{os.getpid()}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(asdict(written), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder() / "manifest.json")


def _sweep(*kept: Manifest) -> None:
    """Remove what nobody holds, save the copy before: a reader may be on the way to it."""
    named = {file for manifest in kept for file, _ in manifest.files.values()}
    for pattern in ("entries-*", "days-*", "*.part"):
        for path in folder().glob(pattern):
            if path.name not in named:
                _remove_unless_held(path)


def _remove_unless_held(path: Path) -> None:
    with suppress(BlockingIOError, FileNotFoundError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def only_writer() -> Iterator[None]:
    """One process at a time writes the copy; the lock goes with the process that dies."""
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
