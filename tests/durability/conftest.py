"""A sound home, made once by real processes, and a copy of it for each test to spoil."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.homes import POSTINGS, SERVER, Home, make_database

# What only one of the two databases can do is not collected on the other.
collect_ignore = ["test_sqlite.py"] if SERVER else []


@pytest.fixture(scope="session")
def sound_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with its reference data, a short ledger and a copy of it. Not to be changed."""
    folder = tmp_path_factory.mktemp("sound") / "home"
    home = Home(folder, make_database(folder))
    home.run("prepare", POSTINGS)
    yield home
    home.drop()


@pytest.fixture
def home(sound_home: Home, tmp_path: Path) -> Iterator[Home]:
    """A home of the test's own."""
    copied = sound_home.copied_to(tmp_path / "home")
    yield copied
    copied.drop()
