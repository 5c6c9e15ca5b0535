"""The peers beside DuckDB: polars over the same file, PostgreSQL with the same rows loaded."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import psycopg

from benchmarks import peers
from lienminh.figures.engine.marks import DERIVED, PRELIMINARY

Small = Mapping[str, tuple[str, Sequence[tuple[object, ...]]]]
COLUMNS = [*("indicator", "place", "month"), *peers.FIGURE]
NEEDED = (
    "kind, indicator, place, cell, series, source_kind, first, last, low, high, marks, stated_on,"
    " posting, until"
)
NEEDED_TYPED = (
    "kind text, indicator int, place int, cell int, series text, source_kind text, first date,"
    " last date, low bigint, high bigint, marks int, stated_on date, posting bigint, until bigint"
)
TEXTS = "kind, series, source_kind"
SERVER = "-c shared_buffers=1GB -c work_mem=512MB -c max_wal_size=8GB -c synchronous_commit=off"
BLOCK = 1 << 20
ORDER = ["source_kind", "as_of", "official", "stated_on", "posting"]


class Polars:
    """The roll-up in polars' lazy expressions."""

    def __init__(self, small: Small, file: Path) -> None:
        self.file = file
        self.small = {
            name: pl.DataFrame(
                rows, schema=[part.split()[0] for part in columns.split(", ")], orient="row"
            ).lazy()
            for name, (columns, rows) in small.items()
        }
        (self.cell,) = small["whole_cell"][1][0]

    def rows(self) -> pl.DataFrame:
        """The roll-up as a frame."""
        chosen = self._value().sort(ORDER, descending=True, nulls_last=True, maintain_order=False)
        chosen = chosen.unique(["indicator", "place", "month"], keep="first", maintain_order=False)
        chosen = chosen.cache()
        province = self._over(chosen, "commune_of", "commune", "province")
        own = self._own(chosen, "commune_of", "province")
        province = pl.concat([own, self._unless(province, own)])
        whole = province.filter(pl.col("low").is_not_null())
        above = self._over(whole, "province_of", "province", "whole")
        own_above = self._own(chosen, "province_of", "whole")
        both = [province, own_above, self._unless(above, own_above)]
        return pl.concat(both).collect()

    def roll_up(self) -> peers.Result:
        """The roll-up as a result."""
        return peers.result(self.rows().iter_rows())

    def _value(self) -> pl.LazyFrame:
        column = pl.col
        month = column("last").dt.truncate("1mo")
        return (
            pl.scan_parquet(self.file)
            .filter(
                (column("kind") == "statement")
                & column("until").is_null()
                & column("low").is_not_null()
                & (column("series") == "actual")
                & (column("cell") == self.cell)
                & (column("first") >= peers.FIRST)
                & (column("last") <= peers.LAST)
            )
            .join(self.small["indicators"].cast({"indicator": pl.Int32}), on="indicator")
            .filter(
                column("stock")
                | ((column("first") == month) & (column("last") == month.dt.month_end()))
            )
            .select(
                "indicator",
                column("place").cast(pl.Int64),
                "low",
                "high",
                "marks",
                *("source_kind", "stated_on", "posting"),
                month=month,
                as_of=pl.when("stock").then("last"),
                official=column("marks") & PRELIMINARY == 0,
            )
        )

    def _over(self, below: pl.LazyFrame, name: str, child: str, parent: str) -> pl.LazyFrame:
        column = pl.col
        links = self.small[name]
        summed = below.join(links, left_on="place", right_on=child).group_by(
            "indicator", parent, "month"
        )
        complete = column("reporting") == column("expected")
        one_day = column("as_of").min() == column("as_of").max()
        return (
            summed.agg(
                part_low=column("low").sum(),
                part_high=column("high").sum(),
                reporting=pl.len().cast(pl.Int64),
                expected=column("due").first(),
                marks=column("marks").bitwise_or() | DERIVED,
                as_of=pl.when(one_day).then(column("as_of").min()),
            )
            .rename({parent: "place"})
            .with_columns(
                low=pl.when(complete).then("part_low"), high=pl.when(complete).then("part_high")
            )
            .select(COLUMNS)
        )

    def _own(self, chosen: pl.LazyFrame, name: str, parent: str) -> pl.LazyFrame:
        nothing = pl.lit(None, pl.Int64)
        parents = self.small[name].select(place=parent).unique()
        return (
            chosen.join(parents, on="place", how="semi")
            .with_columns(part_low=nothing, part_high=nothing, reporting=nothing, expected=nothing)
            .select(COLUMNS)
        )

    def _unless(self, summed: pl.LazyFrame, own: pl.LazyFrame) -> pl.LazyFrame:
        return summed.join(own, on=["indicator", "place", "month"], how="anti")


class Postgres:
    """The roll-up in a PostgreSQL of its own."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.connection = connection

    def rows(self) -> list[tuple[Any, ...]]:
        """The roll-up as rows."""
        self.connection.execute(b"DISCARD TEMP")
        for step in peers.steps("entries", peers.CHOSEN_POSTGRESQL):
            self.connection.execute(step.encode())
        return self.connection.execute(peers.RESULT.encode()).fetchall()

    def roll_up(self) -> peers.Result:
        """The roll-up as a result."""
        return peers.result(self.rows())

    def load(self, small: Small, file: Path, folder: Path) -> None:
        """Copy the small tables and the file's rows in."""
        for name, (columns, rows) in small.items():
            self.connection.execute(f"CREATE TABLE {name} ({columns})".encode())
            with self.connection.cursor().copy(f"COPY {name} FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(row)
        spool = folder / "entries.csv"
        with duckdb.connect() as duck:
            duck.execute(f"COPY (SELECT {NEEDED} FROM read_parquet('{file}')) TO '{spool}'")
        self.connection.execute(f"CREATE TABLE entries ({NEEDED_TYPED})".encode())
        reading = f"COPY entries FROM STDIN (FORMAT csv, HEADER, FORCE_NOT_NULL ({TEXTS}))"
        with spool.open("rb") as lines, self.connection.cursor().copy(reading.encode()) as copy:
            while block := lines.read(BLOCK):
                copy.write(block)
        spool.unlink()
        self.connection.execute(b"VACUUM ANALYZE entries")


@contextmanager
def postgresql(small: Small, file: Path) -> Iterator[Postgres]:
    """A PostgreSQL started for this run in a temporary folder, loaded, and stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    binaries = Path(os.path.realpath(shutil.which("initdb") or "initdb")).parent
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(str(binaries / "initdb"), "-D", str(data), "-U", "bench", "--auth=trust", "--no-sync")
    options = f"-c listen_addresses= -k {folder} {SERVER}"
    control = str(binaries / "pg_ctl")
    run(control, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        with psycopg.connect(
            host=str(folder), user="bench", dbname="postgres", autocommit=True
        ) as connection:
            server = Postgres(connection)
            server.load(small, file, folder)
            yield server
    finally:
        run(control, "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
