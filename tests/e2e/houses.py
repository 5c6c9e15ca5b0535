"""Homes that are made once and copied, and a server in one, ended by its own process."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.people.acting import PASSWORD

LIENMINH = Path(sys.executable).with_name("lienminh")
WITH_US = ("setpriv", "--pdeathsig", "TERM")  # a run that is interrupted leaves no server behind
PATIENCE = 120  # seconds for one command or a server's start, on however busy a machine
ASSETS = "from lienminh.web.assets import make_assets; make_assets()"
WITHOUT_REVIEWS = """
from lienminh.demo.accounts import make_accounts
from lienminh.figures.actions import load_catalogue
from lienminh.people.actions import load_organisations
from lienminh.places.actions import load_places
from lienminh.work import home
home.prepare(world="real")
for load in (load_places, load_organisations, load_catalogue, make_accounts):
    load()
"""


REGISTRY = """
from lienminh.people.models import User
from tests.intake.giving import told_in_a_text
from tests.registry.registering import small_registry
small_registry()
told_in_a_text(by=User.objects.get(username="binh-phuoc"))
"""
ROOT = Path(__file__).parent.parent.parent


def environment(home: Path) -> dict[str, str]:
    """The environment in which the product runs in this home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return kept | {"LIENMINH_HOME": str(home), "PYTHONPATH": str(ROOT)}


def lienminh(home: Path, *arguments: str) -> None:
    """Run the command line as a user does; it must go well."""
    subprocess.run(
        [LIENMINH, *arguments],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=PATIENCE,
    )


def made_once(home: Path, make: Callable[[Path], None]) -> Path:
    """The home, made by whichever process of the run comes first."""
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            unfinished = home.with_suffix(".part")
            make(unfinished)
            unfinished.rename(home)
    return home


def make_demo(home: Path) -> None:
    """The five reviews, with everything a first start would make."""
    lienminh(home, "demo", "--no-serve")
    lienminh(home, "shell", "-c", ASSETS)


def make_empty(home: Path) -> None:
    """Places, organisations, indicators and accounts; no review and no figure."""
    lienminh(home, "shell", "-c", WITHOUT_REVIEWS)
    lienminh(home, "shell", "-c", ASSETS)


def make_registry(home: Path) -> None:
    """A few organisations, with all that can be recorded of one, and a text that was read."""
    make_empty(home)
    lienminh(home, "shell", "-c", REGISTRY)


@dataclass
class Site:
    """A home with a server in it, on a free port of this machine alone."""

    home: Path
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def password(self, account: str) -> str:
        """The password of an account of the demo, or of one that a test opened."""
        demo = json.loads((self.home / "accounts.json").read_text("utf-8"))
        return str(demo.get(account, PASSWORD))

    def end(self) -> str:
        """End the server; what it said of faults."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        said = self.log.read_text("utf-8")
        return said if "Traceback" in said or "panicked" in said else ""


def serve(template: Path, home: Path) -> Site:
    """A server in a copy of the home."""
    shutil.copytree(template, home)
    log, port = home.with_suffix(".log"), _free_port()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*WITH_US, LIENMINH, "serve", "--port", str(port)],
            env=environment(home),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    site = Site(home, process, port, log)
    _wait_until_it_listens(site)
    return site


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_listens(site: Site) -> None:
    last = time.monotonic() + PATIENCE
    while site.process.poll() is None and time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", site.port)) == 0:
                return
        time.sleep(0.05)
    site.process.kill()
    raise AssertionError(f"The server did not start:\n{site.log.read_text('utf-8')}")
