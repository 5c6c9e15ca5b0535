"""One act in a process of its own, so that its start and its peak memory can be seen."""

import json
from collections.abc import Callable

from benchmarks.measuring import ONCE, peak_memory, timed
from benchmarks.table import questions
from lienminh.figures.answers import answers
from lienminh.figures.engine import copy


def rebuild() -> None:
    """Make the copy from the database alone, as when it is missing."""
    (copy.folder() / "manifest.json").unlink()
    copy.current()


def main(act: str) -> None:
    """Do the act, and print what it took."""
    table = questions(0) if act == "table" else []
    acts: dict[str, Callable[[], object]] = {
        "table": lambda: answers(table),
        "rebuild": rebuild,
        "extend": lambda: copy.extend(copy.current()),
    }
    print(ONCE + json.dumps({"act": timed(acts[act]), "peak": peak_memory()}))
