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
    file = next(home.copy.glob("entries-*.parquet"))
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


ROWS: dict[str, tuple[Tampering, str]] = {
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
}
if not SERVER:  # where foreign keys bind everybody, entries cannot be left without a posting
    ROWS["the last posting removed, its entries left"] = (
        _without_guards(f"DELETE FROM figures_posting WHERE number = {LAST}"),
        rf"#{LAST}\b",
    )

GUARDS_OF_SQLITE = {
    "figures_entry_no_update": _by("DROP TRIGGER figures_entry_no_update"),
    "figures_posting_no_delete": _by(
        "DROP TRIGGER figures_posting_no_delete",
        "CREATE TRIGGER figures_posting_no_delete BEFORE DELETE ON figures_posting"
        " WHEN OLD.number < 0 BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    ),
}
GUARDS_OF_POSTGRESQL = {
    "figures_entry_no_truncate": _by("DROP TRIGGER figures_entry_no_truncate ON figures_entry"),
    "figures_entry_no_change": _by(
        "DROP TRIGGER figures_entry_no_change ON figures_entry",
        "CREATE TRIGGER figures_entry_no_change BEFORE DELETE ON figures_entry"
        " FOR EACH ROW EXECUTE FUNCTION ledger_keep()",
    ),
    "figures_posting_no_change": _by(
        "ALTER TABLE figures_posting DISABLE TRIGGER figures_posting_no_change"
    ),
    "ledger_keep": _by(
        "CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'"
    ),
}
GUARDS = GUARDS_OF_POSTGRESQL if SERVER else GUARDS_OF_SQLITE


def _findings(home: Home) -> str:
    done = home.lienminh("check")
    assert done.returncode == 1, "the check found nothing"
    assert "Traceback" not in done.stderr
    return done.stdout


def test_check_is_silent_on_a_sound_home(sound_home: Home) -> None:
    done = sound_home.lienminh("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("case", ROWS.values(), ids=ROWS)
def test_check_names_the_posting_that_was_changed(home: Home, case: tuple[Tampering, str]) -> None:
    tamper, named = case
    tamper(home)
    assert re.search(named, _findings(home))


def test_check_names_every_guard_that_does_not_stand(home: Home) -> None:
    for tamper in GUARDS.values():
        tamper(home)
    found = _findings(home)
    assert set(re.findall(r"figures.E001: The guard '(\w+)' ", found)) == set(GUARDS)


def test_check_names_a_changed_copy_and_changed_places(home: Home) -> None:
    _change_the_copy(home)
    home.sql(
        "DELETE FROM places_succession WHERE id = (SELECT min(id) FROM places_succession)",
        "DELETE FROM places_within WHERE id = (SELECT max(id) FROM places_within)",
    )
    found = _findings(home)
    for named in ("figures.E004: The copy entries-", "places.E002: ", "places.E005: "):
        assert named in found
