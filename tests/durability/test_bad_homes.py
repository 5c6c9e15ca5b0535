"""A home that cannot be used is refused in one sentence, and left as it was."""

import json
import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.durability.homes import Home

DEMO = ("demo", "--no-serve")
FIGURE = ("figure", "cooperatives.total", "--place", "Bình Phước", "--period", "2024")
CHECK = ("check",)
REVIEW = ("review", "004")


def _content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content; a file that is no folder counts as its own."""
    if folder.is_file():
        return {"": folder.read_bytes()}
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"a folder"
        for path in sorted(folder.rglob("*"))
    }


def _refused(home: Home, command: tuple[str, ...], named: str) -> None:
    """The command ends in one sentence that names what is wrong, and changes no file."""
    before = _content(home.folder)
    done = home.lienminh(*command)
    assert done.returncode == 1
    assert re.fullmatch(r"lienminh: [^\n]+\n", done.stderr), done.stderr
    assert re.search(named, done.stderr), done.stderr
    assert done.stdout == ""
    assert _content(home.folder) == before


def _tell(home: Home, **changes: Any) -> None:
    mark = home.folder / "home.json"
    mark.write_text(json.dumps(json.loads(mark.read_text()) | changes))


@pytest.fixture
def nowhere(tmp_path: Path) -> Home:
    """A home that is not there."""
    return Home(tmp_path / "nowhere", "")


@pytest.mark.parametrize("command", [FIGURE, CHECK, REVIEW], ids=lambda command: command[0])
def test_a_home_that_is_not_there_is_not_made_by_reading(
    nowhere: Home, command: tuple[str, ...]
) -> None:
    _refused(nowhere, command, "There is no Liên Minh home")
    assert not nowhere.folder.exists()


def test_a_folder_of_other_things_is_left_alone(nowhere: Home) -> None:
    nowhere.folder.mkdir()
    (nowhere.folder / "thesis.docx").write_text("mine")
    _refused(nowhere, DEMO, "is not empty and is not a Liên Minh home")


def test_a_file_is_not_a_home(nowhere: Home) -> None:
    nowhere.folder.write_text("mine")
    for command in (DEMO, FIGURE):
        _refused(nowhere, command, "is a file|cannot be read")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    root_too = Path("/proc/lienminh")  # where even root may make nothing
    folder = root_too if os.access(tmp_path, os.W_OK) else tmp_path / "home"
    _refused(Home(folder, ""), DEMO, "cannot be written to")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"world": "synthetic"}, "holds the synthetic world"),
        ({"version": "99.0.0"}, "made by version 99.0.0, newer than"),
        ({"installation": "another"}, "another installation"),
    ],
    ids=["another world", "a newer version", "another installation"],
)
def test_a_home_of_another_kind_is_refused(home: Home, changes: Any, named: str) -> None:
    _tell(home, **changes)
    _refused(home, DEMO, named)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"version": "99.0.0"}, "made by version 99.0.0, newer than"),
        ({"installation": "another"}, "does not belong to the home"),
    ],
    ids=["a newer version", "another installation"],
)
def test_reading_refuses_a_home_of_another_kind(home: Home, changes: Any, named: str) -> None:
    _tell(home, **changes)
    _refused(home, FIGURE, named)


@pytest.mark.parametrize("command", [DEMO, FIGURE], ids=lambda command: command[0])
def test_a_database_migrated_by_a_newer_version_is_refused(
    home: Home, command: tuple[str, ...]
) -> None:
    home.sql(
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('figures', '0099_from_the_future', '2030-01-01 00:00:00')"
    )
    _refused(home, command, "newer version .figures.0099_from_the_future")


@pytest.mark.parametrize(
    "spoil", ["{", "[]", '{"world": "real"}'], ids=["cut short", "a list", "incomplete"]
)
def test_a_spoilt_mark_of_a_home_is_refused(home: Home, spoil: str) -> None:
    (home.folder / "home.json").write_text(spoil)
    for command in (DEMO, FIGURE):
        _refused(home, command, "home.json")


def test_a_new_home_is_not_joined_to_a_database_in_use(home: Home, tmp_path: Path) -> None:
    """On SQLite the database lies in the home, so that there its mark is what is missing."""
    if home.url:
        _refused(Home(tmp_path / "new", home.url), DEMO, "belongs to another installation")
        assert not (tmp_path / "new").exists()
    else:
        (home.folder / "home.json").unlink()
        _refused(home, DEMO, "is not empty and is not a Liên Minh home")


def test_a_database_url_of_another_kind_is_refused(nowhere: Home) -> None:
    _refused(
        Home(nowhere.folder, "mysql://somewhere/else"), DEMO, "DATABASE_URL is not of the form"
    )


def test_a_server_that_does_not_answer_is_told_in_one_sentence(nowhere: Home) -> None:
    silent = Home(nowhere.folder, "postgresql://nobody:x@127.0.0.1:1/nothing")
    for command in (DEMO, FIGURE):
        _refused(silent, command, "database|home")


def _overwrite(file: Path) -> None:
    file.write_bytes(b"not a database at all " * 100)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100_000])


@pytest.mark.parametrize("spoil", [_overwrite, _cut, Path.unlink])
def test_a_spoilt_sqlite_database_is_told_in_one_sentence(
    sound_home: Home, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "home.json").write_bytes((sound_home.folder / "home.json").read_bytes())
    file = folder / "lienminh.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE django_migrations (id, app, name, applied)")
        database.execute("CREATE TABLE filler AS SELECT zeroblob(200000) AS content")
    database.close()
    spoil(file)
    home = Home(folder, "")
    done = home.lienminh(*FIGURE)
    assert done.returncode == 1
    assert re.fullmatch(r"lienminh: [^\n]+\n", done.stderr), done.stderr
