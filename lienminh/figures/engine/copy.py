"""The copy for analysis: the ledger up to a watermark as one immutable, sorted Parquet file.

Rebuildable at any time from the database, which keeps every entry. A manifest names the file, the
watermark and the digest of its last posting; it is replaced in one step, so a reader sees the old
copy or the new one and a process killed half-way leaves only a file nobody names.
"""

import csv
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from django.conf import settings
from django.db.models.functions import Coalesce

from lienminh.figures.engine.literals import path_literal
from lienminh.figures.models import Entry, Posting

FORMAT = 1
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
    "bound": "VARCHAR",
    "approx": "BOOLEAN",
    "counting": "VARCHAR",
    "status": "VARCHAR",
    "stated_on": "DATE",
    "basis": "VARCHAR",
    "subject": "VARCHAR",
    "grouped": "VARCHAR",
    "relation": "VARCHAR",
}
TEXTS = [name for name, kind in COLUMNS.items() if kind == "VARCHAR"]
KEY = "indicator, place, holder, series, first, last, cell, subject, source"
SORT = "indicator, first, place, posting, line"
ROW_GROUP = 40_960

# A statement ends with the next posting under its key; a movement never ends.
UNTIL = f"""
    CASE WHEN kind = 'statement'
    THEN lead(posting) OVER (PARTITION BY kind, {KEY} ORDER BY posting) END AS until
"""


@dataclass(frozen=True)
class Manifest:
    """What the copy holds: entries of postings up to `watermark`, whose digest is `digest`."""

    format: int
    watermark: int
    digest: str
    file: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where the Parquet file lies."""
        return folder() / self.file


def folder() -> Path:
    """The folder of the copy, made when missing."""
    path = Path(settings.COPY_DIR)
    path.mkdir(parents=True, exist_ok=True)
    return path


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
        there = Manifest(**json.loads((folder() / "manifest.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return there if there.format == FORMAT else None


def manifest() -> Manifest | None:
    """The manifest, if it is of this database's ledger and its file is there."""
    there = remembered()
    fits = there and there.digest == digest_of(there.watermark) and there.path.is_file()
    return there if fits else None


def is_whole(there: Manifest) -> bool:
    """Whether the file is still as written; Parquet itself does not notice a changed byte."""
    try:
        return sha256_of(there.path) == there.sha256
    except OSError:
        return False


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
    with duckdb.connect() as connection:
        load(connection, "entry", entries_between(0, top.number))
        return _write(connection, "SELECT * FROM entry", top)


def extend(there: Manifest) -> Manifest:
    """Carry the copy forward to the newest posting, from its file and the postings after it."""
    with only_writer():
        now = manifest()
        if now != there:
            return now or _build()  # another process was quicker, or the file is gone
        top = newest()
        with duckdb.connect() as connection:
            load(connection, "entry", entries_between(there.watermark, top.number))
            whole = (
                f"SELECT {', '.join(COLUMNS)} FROM read_parquet({path_literal(there.path)})"
                " UNION ALL SELECT * FROM entry"
            )
            return _write(connection, whole, top)


def entries_between(after: int, upto: int) -> Iterator[tuple[Any, ...]]:
    """The rows of COLUMNS of the postings numbered in (after, upto], in order."""
    return (
        Entry.objects.filter(posting_id__gt=after, posting_id__lte=upto)
        .order_by("posting_id", "line")
        .values_list(
            "posting_id",
            "line",
            "kind",
            "indicator_id",
            "place_id",
            Coalesce("holder_id", 0),
            "cell_id",
            "series",
            "source_id",
            "source__kind",
            "first",
            "last",
            "cumulative",
            "low",
            "high",
            "bound",
            "approx",
            "counting",
            "status",
            "stated_on",
            "as_of_basis",
            "subject",
            "group",
            "relation",
        )
        .iterator(chunk_size=50_000)
    )


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Iterable[tuple[Any, ...]],
    columns: dict[str, str] | None = None,
) -> None:
    """Add rows to a temporary table, made when missing; by way of a file, the quickest door."""
    columns = columns or COLUMNS
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({typed})")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as spool:
        csv.writer(spool).writerows(rows)
        spool.flush()
        if spool.tell():
            picked = ", ".join(
                f"coalesce({name}, '')" if kind == "VARCHAR" else name
                for name, kind in columns.items()
            )
            connection.execute(
                f"INSERT INTO {table} SELECT {picked} FROM read_csv($file, header = false,"
                f" columns = {columns!r}, delim = ',', quote = '\"', escape = '\"')",
                {"file": spool.name},
            )


def _write(connection: duckdb.DuckDBPyConnection, whole: str, top: Mark) -> Manifest:
    name = f"entries-{top.number}-{top.digest[:12] or 'empty'}.parquet"
    unfinished = folder() / f"{name}.{os.getpid()}.part"
    connection.execute(
        f"COPY (SELECT *, {UNTIL} FROM ({whole}) ORDER BY {SORT}) TO {path_literal(unfinished)}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    written = Manifest(FORMAT, top.number, top.digest, name, sha256_of(unfinished))
    unfinished.replace(folder() / name)
    _replace_manifest(written)
    _sweep(written)
    return written


def _replace_manifest(written: Manifest) -> None:
    unfinished = folder() / f"manifest.{os.getpid()}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(asdict(written), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder() / "manifest.json")


def _sweep(written: Manifest) -> None:
    """Remove what no manifest names; a reader of the copy before finds it gone and looks again."""
    leftovers = [*folder().glob("entries-*"), *folder().glob("*.part")]
    for path in leftovers:
        if path.name != written.file:
            path.unlink(missing_ok=True)


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
