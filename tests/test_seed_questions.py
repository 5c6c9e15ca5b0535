"""The questions that the five reviews must answer: the contract of the figures, line by line."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from lienminh.demo.actions import load_cast
from lienminh.work import home

QUESTIONS = Path(__file__).parent / "figures" / "seed_questions.jsonl"


@pytest.mark.django_db
def test_every_seed_question_has_its_answer(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.COPY_DIR = tmp_path, tmp_path / "copy"
    home.prepare(world="real")
    load_cast()
    lines = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    wrong = [(line["args"], found) for line in lines if (found := _differences(line))]
    assert not wrong
    assert len(lines) == 33


def _differences(line: dict[str, Any]) -> dict[str, Any]:
    """What the command answers where it is not as expected: name → found."""
    output = StringIO()
    call_command("figure", *line["args"], "--json", stdout=output)
    given = json.loads(output.getvalue())
    return {
        name: given[name]
        for name, wanted in line["expect"].items()
        if not _agrees(name, given[name], wanted)
    }


def _agrees(name: str, given: Any, wanted: Any) -> bool:
    if name == "parts":
        enough = len(given["items"]) >= wanted["at_least"]
        return enough and bool(given["overlaps"] == wanted["overlaps"])
    if name == "part_of":
        return bool(given["name"] == wanted)
    return bool(given == wanted)
