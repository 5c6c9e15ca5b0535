"""Every sentence of rules/cases/reading.yaml is read as a specialist expects."""

from importlib import resources
from typing import Any

import pytest
import yaml

from lienminh.intake.reading import Proposal, propose
from lienminh.rules.periods import Period

FILE = resources.files("lienminh.rules") / "cases" / "reading.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
OPTIONAL = ("bound", "approx", "of", "direction", "turns", "relation")


def text_of(case: dict[str, Any]) -> str:
    day = case.get("ngày")
    return f"Thứ Hai, {day:%d/%m/%Y} 08:00\n\n{case['câu']}" if day else case["câu"]


def told(one: Proposal, wanted: dict[str, Any]) -> dict[str, Any]:
    """What was read, in the words of a case and with the fields it speaks of."""
    said = one.as_json("")
    shown = {
        "chữ": said["span"],
        "số": said["value"],
        "đơn vị": said["unit"],
        "loại": said["measure"],
    }
    shown |= {key: said[key] for key in OPTIONAL if key in wanted or said[key]}
    if "kỳ" in wanted:
        shown["kỳ"] = said["period"]
    if "breakdown" in wanted:
        shown["breakdown"] = {key: said["breakdown"].get(key) for key in wanted["breakdown"]}
    return shown


def expected(wanted: dict[str, Any]) -> dict[str, Any]:
    if "kỳ" not in wanted:
        return wanted
    period = Period.parse(str(wanted["kỳ"]))
    return wanted | {"kỳ": [str(period.first), str(period.last)]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["câu"][:50])
def test_a_sentence_is_read_as_a_specialist_reads_it(case: dict[str, Any]) -> None:
    read = [one for one in propose(text_of(case)) if one.shown]
    assert [one.figure.span for one in read] == [one["chữ"] for one in case["đọc"]]
    assert [told(one, wanted) for one, wanted in zip(read, case["đọc"], strict=True)] == [
        expected(wanted) for wanted in case["đọc"]
    ]


@pytest.mark.parametrize(
    "case", [one for one in CASES if "nơi" in one], ids=lambda c: c["câu"][:50]
)
def test_the_place_is_the_one_the_sentence_names(case: dict[str, Any]) -> None:
    first = next(one for one in propose(text_of(case)) if one.shown)
    assert first.place.name == case["nơi"]


def test_there_are_many_sentences() -> None:
    assert len(CASES) >= 60
