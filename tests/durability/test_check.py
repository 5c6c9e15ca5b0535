"""`lienminh check` is silent on a sound home, and names what somebody changed past the product."""

import re
from collections.abc import Callable

import pytest

from tests.durability.homes import POSTINGS, SERVER, Home

LAST = POSTINGS
MIDDLE = 3
Tampering = Callable[[Home], object]


def _without_guards(*changes: str) -> Tampering:
    """Change rows with the guards out of the way, and put the guards back."""

    def tamper(home: Home) -> None:
        if SERVER:
            home.sql("SET session_replication_role = replica", *changes)
            return
        guards = home.sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        dropped = [f"DROP TRIGGER {name}" for name, _ in guards]
        home.sql(*dropped, *changes, *(statement for _, statement in guards))

    return tamper


def _by(*statements: str) -> Tampering:
    return lambda home: home.sql(*statements)


def _change_the_copy(home: Home) -> None:
    file = next(home.copy.glob("*.parquet"))
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)


def _delete_posting(number: int) -> Tampering:
    return _without_guards(
        f"DELETE FROM figures_entry WHERE posting_id = {number}",
        f"DELETE FROM figures_posting WHERE number = {number}",
    )


def _append_past_the_product() -> str:
    columns = "kind, indicator_id, place_id, cell_id, series, source_id, first, last, cumulative, "
    columns += "as_of_basis, low, high, bound, approx, counting, status, stated_on, subject, "
    columns += 'record, "group", relation, as_written, qualifier, attribution'
    return (
        f"INSERT INTO figures_entry (posting_id, line, {columns})"
        f" SELECT posting_id, 99, {columns} FROM figures_entry"
        f" WHERE posting_id = {LAST} AND kind = 'movement'"
    )


TAMPERINGS: dict[str, tuple[Tampering, str]] = {
    "an amount changed": (
        _without_guards(f"UPDATE figures_entry SET low = 9, high = 9 WHERE posting_id = {MIDDLE}"),
        f"figures.E002: Posting #{MIDDLE} ",
    ),
    "a reason changed": (
        _without_guards(f"UPDATE figures_posting SET reason = 'x' WHERE number = {LAST}"),
        f"figures.E002: Posting #{LAST} ",
    ),
    "an entry added": (_by(_append_past_the_product()), f"figures.E002: Posting #{LAST} "),
    "a posting removed in the middle": (_delete_posting(MIDDLE), rf"Posting #{MIDDLE + 1} "),
    "the last posting removed": (_delete_posting(LAST), rf"#{LAST}\b"),
    "the copy changed": (_change_the_copy, r"figures.E004: The copy entries-"),
    "a succession removed": (
        _by("DELETE FROM places_succession WHERE id = (SELECT min(id) FROM places_succession)"),
        r"places.E00[25]: ",
    ),
    "a place moved": (
        _by("DELETE FROM places_within WHERE id = (SELECT max(id) FROM places_within)"),
        r"places.E005: ",
    ),
}
ON_SQLITE: dict[str, tuple[Tampering, str]] = {
    "a guard dropped": (
        _by("DROP TRIGGER figures_entry_no_update"),
        "figures.E001: The guard 'figures_entry_no_update' ",
    ),
    "a guard altered": (
        _by(
            "DROP TRIGGER figures_posting_no_delete",
            "CREATE TRIGGER figures_posting_no_delete BEFORE DELETE ON figures_posting"
            " WHEN OLD.number < 0 BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        ),
        "figures.E001: The guard 'figures_posting_no_delete' ",
    ),
    "the last posting removed, its entries left": (
        _without_guards(f"DELETE FROM figures_posting WHERE number = {LAST}"),
        rf"#{LAST}\b",
    ),
}
ON_POSTGRESQL: dict[str, tuple[Tampering, str]] = {
    "a guard dropped": (
        _by("DROP TRIGGER figures_entry_no_change ON figures_entry"),
        "figures.E001: The guard 'figures_entry_no_change' ",
    ),
    "a guard altered": (
        _by(
            "DROP TRIGGER figures_entry_no_change ON figures_entry",
            "CREATE TRIGGER figures_entry_no_change BEFORE DELETE ON figures_entry"
            " FOR EACH ROW EXECUTE FUNCTION ledger_keep()",
        ),
        "figures.E001: The guard 'figures_entry_no_change' ",
    ),
    "a guard switched off": (
        _by("ALTER TABLE figures_posting DISABLE TRIGGER figures_posting_no_change"),
        "figures.E001: The guard 'figures_posting_no_change' ",
    ),
    "a guard's function replaced": (
        _by(
            "CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        ),
        "figures.E001: The guard 'ledger_keep' ",
    ),
}
CASES = TAMPERINGS | (ON_POSTGRESQL if SERVER else ON_SQLITE)


def test_check_is_silent_on_a_sound_home(sound_home: Home) -> None:
    done = sound_home.lienminh("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_check_names_what_was_changed(home: Home, case: tuple[Tampering, str]) -> None:
    tamper, named = case
    tamper(home)
    done = home.lienminh("check")
    assert done.returncode == 1
    assert re.search(named, done.stdout), done.stdout
    assert "Traceback" not in done.stderr
