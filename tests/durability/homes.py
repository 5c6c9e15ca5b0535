"""Homes of their own for tests of durability, and the processes that work in them."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

SERVER = os.environ.get("DATABASE_URL", "")  # empty: SQLite
POSTINGS = 5  # in the ledger of every home
LIMIT = 300  # seconds after which a process is taken to hang, on however busy a machine
LIENMINH = Path(sys.executable).with_name("lienminh")
DRIVER = Path(__file__).with_name("driver.py")


class Process:
    """A running driver that tells how far it is; killed when the test forgets it."""

    def __init__(self, arguments: Sequence[object], environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        self.popen = subprocess.Popen(
            [sys.executable, "-u", str(DRIVER), *map(str, arguments)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def expect(self, word: str) -> str:
        """Wait for the line that starts with this word; give the rest of it."""
        assert self.popen.stdout is not None
        timer = threading.Timer(LIMIT, self.popen.kill)
        timer.start()
        for line in self.popen.stdout:
            self.lines.append(line)
            if line.split()[:1] == [word]:
                timer.cancel()
                return line.removeprefix(word).strip()
        timer.cancel()
        raise AssertionError(f"no line '{word}', but:\n{''.join(self.lines)}")

    def go_on(self) -> None:
        """Let a process that waits go on."""
        assert self.popen.stdin is not None
        self.popen.stdin.write("\n")
        self.popen.stdin.flush()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.popen.kill()
        self.popen.communicate()

    def end(self) -> None:
        """Wait for its own end, which must be without a fault."""
        output, _ = self.popen.communicate(timeout=LIMIT)
        assert self.popen.returncode == 0, "".join(self.lines) + output


@dataclass(frozen=True)
class Home:
    """A folder and its database; `url` is empty on SQLite."""

    folder: Path
    url: str

    @property
    def copy(self) -> Path:
        """The folder of the copy for analysis."""
        return self.folder / "copy"

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which every process of this home runs."""
        ours = {
            "LIENMINH_HOME": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "lienminh.config.settings",
        }
        return os.environ | ours

    def lienminh(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the command line as a user does."""
        return subprocess.run(
            [LIENMINH, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
        )

    def start(self, *arguments: object) -> Process:
        """Start a driver in this home."""
        return Process(arguments, self.environment)

    def run(self, *arguments: object) -> Process:
        """Run a driver in this home to its end."""
        process = self.start(*arguments)
        process.end()
        return process

    def answers(self) -> list[int]:
        """What a process of its own answers: cooperatives founded, cooperatives in all."""
        process = self.start("ask")
        given: list[int] = json.loads(process.expect("answers"))
        process.end()
        return given

    def recount(self) -> list[int]:
        """The same two figures counted from the rows of the ledger alone."""
        founded = self.sql("SELECT sum(low) FROM figures_entry WHERE kind = 'movement'")
        stated = self.sql(
            "SELECT low FROM figures_entry WHERE kind = 'statement'"
            " ORDER BY posting_id DESC LIMIT 1"
        )
        return [int(founded[0][0]), int(stated[0][0])]

    def numbers(self) -> list[int]:
        """The numbers of the postings, in order."""
        return [row[0] for row in self.sql("SELECT number FROM figures_posting ORDER BY number")]

    def sql(self, *statements: str) -> list[Any]:
        """Run statements past the product, as somebody with the database's password can."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                cursor = [connection.execute(statement.encode()) for statement in statements][-1]
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.folder / "lienminh.sqlite3") as database:
            rows = [database.execute(statement).fetchall() for statement in statements][-1]
        database.close()
        return rows

    def copied_to(self, folder: Path) -> "Home":
        """A home of the same content elsewhere."""
        shutil.copytree(self.folder, folder)
        return Home(folder, make_database(folder, template=self.url))

    def drop(self) -> None:
        """Remove the database, if it lies outside the folder."""
        if self.url:
            _on_server(f'DROP DATABASE IF EXISTS "{_name(self.url)}" WITH (FORCE)')


def make_database(folder: Path, *, template: str = "") -> str:
    """The URL of a new database for the home in this folder, a copy of the template's if given."""
    if not SERVER:
        return ""
    name = f"home_{os.getpid()}_{abs(hash(folder))}"
    source = f'TEMPLATE "{_name(template)}"' if template else ""
    _on_server(f'CREATE DATABASE "{name}" {source}')
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def _name(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement.encode())
