"""The engine and the naive oracle answer alike: random ledgers, places, periods, cells, moments."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings

from lienminh.figures.actions import post
from lienminh.figures.answers import answer, answers
from lienminh.figures.drafts import Draft
from lienminh.figures.engine import copy
from lienminh.figures.models import CellValue, Expectation
from lienminh.figures.questions import Answer
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
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PROFILES = {
    "fast": settings(COMMON, max_examples=int(os.environ.get("N", "60")), derandomize=True),
    "deep": settings(COMMON, max_examples=4000, phases=[Phase.generate, Phase.shrink]),
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
        lines = list(written(stage, example))
        for indicator, ref in example.expected:
            Expectation.objects.create(
                indicator=stage.indicators[indicator],
                place=stage.places[ref],
                first_day=EXPECTED_FROM,
            )
        oracle = Oracle(stage.world, lines, words())
        questions = [stage.question(asked) for asked in example.questions]
        for line in lines:
            note(f"{line.code} {line.draft}")
        singles = [answer(question) for question in questions]
        for question, single in zip(questions, singles, strict=True):
            assert told(single) == sorted_entries(oracle.tell(question)), question
        assert [whole(one) for one in answers(questions)] == [whole(one) for one in singles]
        transaction.set_rollback(True)


def written(stage: Stage, example: Drawn) -> Iterator[Line]:
    """Post the ledger, the copy carried forward after one of the postings."""
    made: list[Draft] = []
    for number, posting in enumerate(example.postings):
        drafts = [draft for said in posting for draft in drafts_of(stage, said, made)]
        unique = list(
            {(d.kind != "statement" and n, key(d)): d for n, d in enumerate(drafts)}.values()
        )
        if not unique:
            continue
        made += unique
        done = post(entries=unique, key=f"posting {number}", reason="random", by=None)
        if number == example.compacted_after:
            copy.extend(copy.current())
        for n, draft in enumerate(unique, start=1):
            yield Line(done.number, n, draft, draft.stated_on or done.instant.date())


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


def whole(given: Answer) -> Told:
    """An answer without its entries, which only single answers give."""
    return replace(told(given), entries=())
