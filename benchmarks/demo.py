"""`lienminh demo --no-serve` in an empty home, and once more in the same home."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Measured, Report, peak_memory

GLANCE = 0.05  # seconds between looks at its memory


def main() -> None:
    """Measure the first and the second run, and the most memory the process held."""
    report = Report("demo")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first run", "second run"):
            case, peak = _run(name, Path(folder) / "home")
            report.cases.append(case)
            report.facts[f"peak MiB, {name}"] = peak
    report.write()


def _run(name: str, home: Path) -> tuple[Measured, int]:
    """One run, and its peak in MiB; exits when the demo fails, which says why itself."""
    command = [str(Path(sys.executable).with_name("lienminh")), "demo", "--no-serve"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started, peak = time.perf_counter(), 0
    child = subprocess.Popen(
        command,
        env={**os.environ, "LIENMINH_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    while child.poll() is None:
        peak = max(peak, peak_memory(child.pid))
        time.sleep(GLANCE)
    seconds = time.perf_counter() - started
    if child.returncode:
        sys.exit("The demo did not run; see its words above.")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return Measured(name, [seconds], cpu=[cpu]), peak
