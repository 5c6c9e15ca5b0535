"""SQLite runs as the ledger needs it: nothing committed is lost, writers queue before they read."""

import json
import sqlite3

import pytest

from tests.durability.homes import Home


def test_commits_survive_a_power_cut_and_writers_queue_before_they_read(home: Home) -> None:
    process = home.start("pragmas")
    found = json.loads(process.expect("pragmas"))
    full = 2
    assert (found["journal_mode"], found["synchronous"], found["foreign_keys"]) == ("wal", full, 1)
    assert found["busy_timeout"] >= 10_000

    process.expect("held")  # inside a transaction that has not touched the database yet
    with (
        sqlite3.connect(home.folder / "lienminh.sqlite3", timeout=0) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    process.go_on()
    process.end()
