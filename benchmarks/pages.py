"""Every page of the demo from a server of its own: seconds from asking to the last byte."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.measuring import Measured, Report, timed

PAGES = Path(__file__).parent.parent / "tests" / "budgets.json"
RUNS, PATIENCE = 9, 30.0  # runs after a first one that is not counted; seconds to wait for a server
SHOWN = 8  # of the slowest pages


def main() -> None:
    """Ask for each page that a visitor has, in turn; the report names the slowest."""
    addresses = list(json.loads(PAGES.read_text("utf-8"))["visitor"])
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder) / "home") as site:
        taken: dict[str, list[float]] = {address: [] for address in addresses}
        for run in range(RUNS + 1):
            for address in addresses:
                seconds = timed(lambda: _read(site + quote(address, safe="/?=&.+")))  # noqa: B023
                if run:
                    taken[address].append(seconds)
    cases = sorted((Measured(*one) for one in taken.items()), key=lambda case: -case.median)
    report = Report("pages", cases[:SHOWN])
    report.facts = {"pages": len(addresses), "over 100 ms": sum(c.median > 0.1 for c in cases)}
    report.write()


def _read(address: str) -> None:
    with urlopen(address, timeout=PATIENCE) as answer:
        answer.read()


@contextmanager
def _server(home: Path) -> Iterator[str]:
    """`lienminh serve` on a demo made for this run, on a free port of this machine."""
    program = str(Path(sys.executable).with_name("lienminh"))
    environment = {**os.environ, "LIENMINH_HOME": str(home)}
    subprocess.run(
        [program, "demo", "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [program, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(site)
        yield site
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(site: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _read(f"{site}/look/")
        except URLError:
            if time.monotonic() > until:
                sys.exit("The server did not answer; see its words above.")
            time.sleep(0.1)
