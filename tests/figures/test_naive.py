"""The engine and the naive oracle answer alike: random ledgers, places, periods, cells, moments."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings

from lienminh.figures.actions import post
from lienminh.figures.answers import answer, answers
from lienminh.figures.drafts import Draft
from lienminh.figures.engine import copy
from lienminh.figures.models import CellValue, Expectation
from lienminh.figures.questions import Answer, Question
from lienminh.places.source import first_days
from tests.figures.naive import Oracle
from tests.figures.naive_lines import Line
from tests.figures.naive_values import Told
from tests.figures.naive_world import World
from tests.figures.random_ledgers import Drawn, Said, Stage, drawn

pytestmark = pytest.mark.django_db

COMMON = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],  # shrinking a ledger takes minutes; the lines are noted instead
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PROFILES = {
    "fast": settings(COMMON, max_examples=8, derandomize=True),
    "wide": settings(COMMON, max_examples=40),
    "deep": settings(COMMON, max_examples=4000),
}
PROFILE = PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "fast")]
EXPECTED_FROM = "2008-08-01"


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage.make(World(first_days()))


@PROFILE
@given(example=drawn())
def test_the_engine_answers_as_the_naive_recomputation_does(stage: Stage, example: Drawn) -> None:
    with transaction.atomic():
        for indicator, ref in example.expected:
            Expectation.objects.create(
                indicator=stage.indicators[indicator],
                place=stage.places[ref],
                first_day=EXPECTED_FROM,
            )
        questions = [stage.question(asked) for asked in example.questions]
        lines: list[Line] = []
        for posting in written(stage, example):
            lines += posting
            for line in posting:
                note(in_short(line))
            assert_alike(stage, lines, questions[:1])
        assert_alike(stage, lines, questions)
        assert_alike(stage, lines, questions[::-1])
        transaction.set_rollback(True)


def assert_alike(stage: Stage, lines: Sequence[Line], questions: Sequence[Question]) -> None:
    """The engine's table of answers, and each answer in detail, are the oracle's."""
    oracle = Oracle(stage.world, lines, words())
    for question, in_table in zip(questions, answers(questions), strict=True):
        naive = oracle.tell(question)
        assert told(in_table) == replace(naive, entries=()), question
        if naive.amount or naive.partial:
            assert told(answer(question)) == sorted_entries(naive), question


def written(stage: Stage, example: Drawn) -> Iterator[list[Line]]:
    """Post the ledger, one posting at a time, the copy carried forward after one of them."""
    made: list[Draft] = []
    for number, posting in enumerate(example.postings):
        drafts = [draft for said in posting for draft in drafts_of(stage, said, made)]
        unique = without_repetition(drafts)
        if not unique:
            continue
        made += unique
        done = post(entries=unique, key=f"posting {number}", reason="random", by=None)
        if number == example.compacted_after:
            copy.extend(copy.current())
        yield [
            Line(done.number, n, draft, draft.stated_on or done.instant.date())
            for n, draft in enumerate(unique, start=1)
        ]


def without_repetition(drafts: Sequence[Draft]) -> list[Draft]:
    """Of statements under one key only the last, for a posting states each figure once."""
    numbered = {
        (draft.kind == "statement" or n, key(draft)): draft for n, draft in enumerate(drafts, 2)
    }
    return list(numbered.values())


def drafts_of(stage: Stage, said: Said, made: Sequence[Draft]) -> Iterator[Draft]:
    """What is said, or an earlier statement corrected or withdrawn."""
    stated = [draft for draft in made if draft.kind == "statement"]
    if said["again"] is None or not stated:
        yield from stage.drafts(said)
        return
    earlier = stated[said["again"] % len(stated)]
    amount = said["amounts"][0] if said["again"] % 3 else None
    changed = {name: said[name] for name in ("status", "stated_on")}
    yield replace(earlier, amount=amount, **changed)


def key(draft: Draft) -> tuple[object, ...]:
    return Line(0, 0, draft, draft.last).key


def in_short(line: Line) -> str:
    """A line with only what was said of it."""
    it = line.draft
    said = {one.name: getattr(it, one.name) for one in fields(it)}
    unsaid = {one.name: one.default for one in fields(it)}
    spoken = {name: str(value) for name, value in said.items() if value != unsaid[name]}
    return f"{line.code} {spoken}"


def words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in CellValue.objects.values_list("key", "value"):
        found.setdefault(name, []).append(value)
    return found


def told(given: Answer) -> Told:
    part = given.partial
    return sorted_entries(
        Told(
            amount=given.amount,
            partial=(part.amount, part.reporting, part.expected) if part else None,
            of_organisations=bool(part and part.of == "organisations"),
            source=given.source,
            counting=given.counting,
            as_of=given.as_of,
            as_of_basis=given.as_of_basis,
            status=given.status,
            derived=given.derived,
            entries=given.entries,
            sources={kind: (one.amount, one.status) for kind, one in given.sources.items()},
        )
    )


def sorted_entries(given: Told) -> Told:
    return replace(given, entries=tuple(sorted(given.entries)))
