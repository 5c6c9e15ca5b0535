"""`lienminh demo --no-serve` in an empty home, and once more in the same home."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Measured, Report


def main() -> None:
    """Measure the first and the second run, and the most memory the process held."""
    report = Report("demo")
    with tempfile.TemporaryDirectory() as folder:
        first, peak = _run(Path(folder) / "home")
        second, _ = _run(Path(folder) / "home")
    report.cases = [Measured("first run", [first]), Measured("second run", [second])]
    report.facts = {"peak MiB": peak}
    report.write()


def _run(home: Path) -> tuple[float, int]:
    """Seconds, and MiB at the most; Exits with the command's own words when it fails."""
    command = [str(Path(sys.executable).with_name("lienminh")), "demo", "--no-serve"]
    started = time.perf_counter()
    child = subprocess.Popen(
        command,
        env={**os.environ, "LIENMINH_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit("The demo did not run; see its words above.")
    return time.perf_counter() - started, used.ru_maxrss // 1024
