"""A flow for 34 provinces × 12 months through `answers()`: warm, and in a new process."""

from benchmarks import ledger
from benchmarks.measuring import Measured, Report, in_new_process, interleaved
from benchmarks.rollup import asked_places, up_to_date
from lienminh.figures.answers import answer, answers
from lienminh.figures.questions import Question

RUNS, COLD_RUNS, MONTHS = 25, 5, 12


def main() -> None:
    """Measure the table, one question alone, and a process that starts for it."""
    up_to_date()
    table = questions()
    report = Report(
        "table",
        interleaved(
            {
                f"answers(), {len(table)} questions": lambda: answers(table),
                "answers(), 1 question": lambda: answers(table[:1]),
                "answer() in full, 1 question": lambda: answer(table[0]),
            },
            times=RUNS,
        ),
    )
    cold = [in_new_process("table") for _ in range(COLD_RUNS)]
    for part in ("process", "act"):
        note = "from start to end" if part == "process" else "the answers() within it"
        report.cases.append(Measured(f"new process: {part}", [run[part] for run in cold], note))
    given = answers(table)
    report.facts = {
        "answered": sum(one.amount is not None for one in given),
        "partial": sum(one.partial is not None for one in given),
        "peak MiB of a new process": max(run["peak"] for run in cold),
    }
    report.write()


def questions() -> list[Question]:
    """The founded cooperatives of each province in each of the first 12 months."""
    provinces = [place for place in asked_places() if place.level == "province"]
    return [
        Question(indicator="cooperatives.founded", place=place, period=month)
        for place in provinces
        for month in ledger.months()[:MONTHS]
    ]
