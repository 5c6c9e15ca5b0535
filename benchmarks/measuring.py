"""Timing beside peers, and how results are written down."""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

RESULTS = Path(__file__).parent / "results"
MACHINE = "2 shared cores"
ONCE = "once: "
HEAD = "| case | median s | least s | most s | median computed s | runs | |"


@dataclass(frozen=True)
class Measured:
    """What one case took: seconds of each run, in order, and those this process computed in it.

    On a shared machine the computed ones (`cpu`, all threads) say more than those on the clock.
    """

    name: str
    seconds: Sequence[float]
    note: str = ""
    cpu: Sequence[float] = ()

    @property
    def median(self) -> float:
        """The middle of the runs, in seconds."""
        return statistics.median(self.seconds)


@dataclass
class Report:
    """The results of one benchmark: cases, ratios of medians, and plain facts."""

    name: str
    cases: list[Measured] = field(default_factory=list)
    ratios: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def ratio(self, case: str, peer: str) -> None:
        """Note how many times as long as its peer a case took, on the clock and computing."""
        cases = {measured.name: measured for measured in self.cases}
        one, other = cases[case], cases[peer]
        self.ratios[f"{case} / {peer}"] = round(one.median / other.median, 2)
        if other.cpu:
            computed = statistics.median(one.cpu) / statistics.median(other.cpu)
            self.ratios[f"{case} / {peer}, computed"] = round(computed, 2)

    def write(self) -> None:
        """Write `results/NAME.json` and the table `results/NAME.md`, and print the table."""
        RESULTS.mkdir(exist_ok=True)
        facts = {"machine": MACHINE, **_versions(), **self.facts}
        table = self._table(facts)
        kept = {
            "name": self.name,
            "facts": facts,
            "ratios": self.ratios,
            "cases": [
                {
                    "name": case.name,
                    "note": case.note,
                    "median": case.median,
                    "seconds": case.seconds,
                    "cpu": case.cpu,
                }
                for case in self.cases
            ],
        }
        text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
        (RESULTS / f"{self.name}.json").write_text(text, encoding="utf-8")
        (RESULTS / f"{self.name}.md").write_text(table, encoding="utf-8")
        print(table)

    def _table(self, facts: Mapping[str, Any]) -> str:
        lines = [f"# {self.name}", ""]
        if self.cases:
            lines += [
                HEAD,
                "|---|--:|--:|--:|--:|--:|---|",
            ]
        lines += [
            f"| {case.name} | {case.median:.4f} | {min(case.seconds):.4f} | {max(case.seconds):.4f}"
            f" | {_cpu(case)} | {len(case.seconds)} | {case.note} |"
            for case in self.cases
        ]
        lines += ["", *(f"- {name}: **{ratio}**" for name, ratio in self.ratios.items())]
        lines += ["", *(f"- {name}: {value}" for name, value in facts.items())]
        return "\n".join(lines) + "\n"


def interleaved(cases: Mapping[str, Callable[[], object]], *, times: int) -> list[Measured]:
    """Run the cases in turn, over and over, after one run of each that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    cpu: dict[str, list[float]] = {name: [] for name in cases}
    for round_number in range(times + 1):
        for name, case in cases.items():
            before = time.process_time()
            taken = timed(case)
            if round_number:
                seconds[name].append(taken)
                cpu[name].append(time.process_time() - before)
    return [Measured(name, seconds[name], cpu=cpu[name]) for name in cases]


def timed(case: Callable[[], object]) -> float:
    """Seconds of one run."""
    started = time.perf_counter()
    case()
    return time.perf_counter() - started


def in_new_process(act: str) -> dict[str, float]:
    """Seconds of a new `process` and of the `act` in it (see `once`), and its `peak` in MiB."""
    command = [sys.executable, "-m", "benchmarks", "--home", os.environ["LIENMINH_HOME"]]
    started = time.perf_counter()
    done = subprocess.run([*command, "--once", act], check=True, stdout=subprocess.PIPE, text=True)
    taken: dict[str, float] = json.loads(done.stdout.split(ONCE)[1])
    return taken | {"process": time.perf_counter() - started}


def peak_memory(process: int | str = "self") -> int:
    """The most memory a process ever held, in MiB; 0 when it has ended.

    Not `ru_maxrss`: a new process inherits that of the one that started it.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    held = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(held[0]) // 1024 if held else 0


def _cpu(case: Measured) -> str:
    return f"{statistics.median(case.cpu):.4f}" if case.cpu else ""


def _versions() -> dict[str, str]:
    return {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "load at the end": f"{os.getloadavg()[0]:.1f}",
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
    }
