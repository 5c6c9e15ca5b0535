"""The copy for analysis: carried forward by what was posted since, and made anew."""

import random
from uuid import uuid4

from benchmarks import ledger
from benchmarks.measuring import Measured, Report, in_new_process
from lienminh.figures.actions import post
from lienminh.figures.engine import copy
from lienminh.figures.models import Entry

RUNS = 2


def main() -> None:
    """Post one correction and carry the copy forward; make it anew; each in its own process."""
    extended, rebuilt = [], []
    for _ in range(RUNS):
        _correct()
        extended.append(in_new_process("extend"))
        rebuilt.append(in_new_process("rebuild"))
    report = Report("copying")
    report.cases = [
        Measured("carry the copy forward", [run["act"] for run in extended]),
        Measured("make the copy anew", [run["act"] for run in rebuilt]),
    ]
    report.facts = {
        "entries": Entry.objects.count(),
        "MiB of the copy": copy.current().path("entries").stat().st_size >> 20,
        "peak MiB, carried forward": max(run["peak"] for run in extended),
        "peak MiB, made anew": max(run["peak"] for run in rebuilt),
    }
    report.write()


def _correct() -> None:
    chances = random.Random(uuid4().int)
    commune, month = chances.choice(ledger.communes()), chances.choice(ledger.months())
    draft = ledger.correction(commune, ledger.indicators()[0], month, chances.randrange(900))
    post(entries=[draft], key=f"synthetic:{uuid4()}", reason="Đính chính giả lập", by=None)
