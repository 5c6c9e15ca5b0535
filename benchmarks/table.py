"""A flow for 34 provinces × 12 months through `answers()`: warm, and in a new process."""

import itertools

from benchmarks import ledger
from benchmarks.measuring import Measured, Report, in_new_process, interleaved
from benchmarks.rollup import asked_places, up_to_date
from lienminh.figures.answers import answer, answers
from lienminh.figures.models import Indicator
from lienminh.figures.questions import Question

RUNS, COLD_RUNS, MONTHS = 25, 5, 12
WHOLE, ONE, IN_FULL = "answers(), 408 questions", "answers(), 1 question", "answer() in full"


def main() -> None:
    """Measure the table, one question alone, and a process that starts for it.

    Every run asks for another indicator, so that nothing is answered from a run before; the places
    stay, as they do for whoever turns the pages of one table.
    """
    up_to_date()
    tables = [questions(number) for number in range(len(flows()))]
    turns = {name: itertools.cycle(tables) for name in (WHOLE, ONE, IN_FULL)}
    report = Report("table")
    for name, case in (
        (WHOLE, lambda: answers(next(turns[WHOLE]))),
        (ONE, lambda: answers(next(turns[ONE])[:1])),
        (IN_FULL, lambda: answer(next(turns[IN_FULL])[0])),
    ):
        report.cases += interleaved({name: case}, times=RUNS)
    cold = [in_new_process("table") for _ in range(COLD_RUNS)]
    for part in ("process", "act"):
        note = "from start to end" if part == "process" else "the answers() within it"
        report.cases.append(Measured(f"new process: {part}", [run[part] for run in cold], note))
    given = answers(tables[0])
    report.facts = {
        "questions": len(given),
        "whole": sum(one.amount is not None for one in given),
        "partial": sum(one.partial is not None for one in given),
        "peak MiB of a new process": max(run["peak"] for run in cold),
    }
    report.write()


def flows() -> list[Indicator]:
    """The indicators of what happened in a month."""
    return [one for one in ledger.indicators() if one.measure == Indicator.Measure.FLOW]


def questions(number: int) -> list[Question]:
    """One of the flows for each province in each of the first 12 months."""
    provinces = [place for place in asked_places() if place.level == "province"]
    indicator = flows()[number].code
    return [
        Question(indicator=indicator, place=place, period=month)
        for place in provinces
        for month in ledger.months()[:MONTHS]
    ]
