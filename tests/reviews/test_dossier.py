from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from lienminh.demo.actions import load_cast
from lienminh.figures.actions import post
from lienminh.figures.answers import answer
from lienminh.figures.drafts import Draft
from lienminh.figures.models import Entry
from lienminh.figures.questions import Question
from lienminh.paper.document import (
    Anchor,
    Annex,
    Bullets,
    Chart,
    Document,
    Heading,
    Missing,
    Number,
    Strong,
    Table,
    Value,
)
from lienminh.reviews.blocks import OPEN_LIST
from lienminh.reviews.dossier import DRAFT_MARK, compose, write_dossier
from lienminh.reviews.models import Number as Asked
from lienminh.reviews.models import Review
from lienminh.reviews.printing import NO_ANSWER, printed_numbers
from lienminh.reviews.sentences import NO_BREAK, PLACEHOLDER
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.text import normalise
from lienminh.rules.wording import quantity

SLUGS = ("000", "001", "002", "003", "004")


@dataclass(frozen=True)
class Told:
    """A dossier, the answers to its questions by code, and its points: (words, open-ended)."""

    document: Document
    answers: Mapping[str, str]
    points: tuple[tuple[str, bool], ...]


@pytest.fixture(scope="module")
def dossiers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Told]:
    """The five dossiers, composed once; nothing of them stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = {review.slug[:3]: _told(review) for review in load_cast()}
        transaction.set_rollback(True)
    return made


def _told(review: Review) -> Told:
    answers = {number.code: _answer(number) for number in review.numbers.all()}
    points = review.points.values_list("text", "open_ended")
    return Told(compose(review), answers, tuple(points))


def _answer(number: Asked) -> str:
    question = Question(
        indicator=number.indicator.code,
        place=number.place,
        period=Period(number.first, number.last),
        cell=number.cell,
        series=number.series,
    )
    given = answer(question)
    assert given.amount is not None
    turns = given.counting == Entry.Counting.TURNS
    return quantity(given.amount, number.indicator.unit, turns=turns)


def pieces(node: Any) -> Iterator[Any]:
    """Every text and node of a paper, in reading order."""
    yield node
    if isinstance(node, tuple):
        for item in node:
            yield from pieces(item)
    elif is_dataclass(node):
        for field in fields(node):
            yield from pieces(getattr(node, field.name))


def body(document: Document) -> list[Any]:
    """All pieces before the annexes."""
    first = next(i for i, block in enumerate(document.blocks) if isinstance(block, Annex))
    return list(pieces(document.blocks[:first]))


def words(found: list[Any]) -> str:
    """What the body says, numbers printed and line breaks ignored."""
    texts = []
    for piece in found:
        if isinstance(piece, Heading | Strong | Number | Missing | Value):
            texts.append(piece.text)
        elif isinstance(piece, str):
            texts.append(piece)
    return normalise(" ".join(texts).replace(NO_BREAK, " "))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_number_printed_is_the_answer_to_its_question(
    dossiers: dict[str, Told], slug: str
) -> None:
    told = dossiers[slug]
    found = [p for p in pieces(told.document.blocks) if isinstance(p, Number | Value) and p.code]
    assert {number.code for number in found} == set(told.answers)
    for number in found:
        assert number.text.replace(NO_BREAK, " ") in (told.answers[number.code], "3 đề án")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_code_leads_to_one_row_of_the_annex(dossiers: dict[str, Told], slug: str) -> None:
    found = list(pieces(dossiers[slug].document.blocks))
    anchors = [piece.code for piece in found if isinstance(piece, Anchor)]
    assert sorted(anchors) == sorted({p.code for p in found if isinstance(p, Number)})


@pytest.mark.parametrize("slug", SLUGS)
def test_every_point_stands_in_the_body(dossiers: dict[str, Told], slug: str) -> None:
    said = words(body(dossiers[slug].document))
    for text, _ in dossiers[slug].points:
        for part in PLACEHOLDER.split(text)[::3]:
            assert normalise(part) in said


@pytest.mark.parametrize("slug", SLUGS)
def test_open_lists_stay_open(dossiers: dict[str, Told], slug: str) -> None:
    open_ended = [text for text, is_open in dossiers[slug].points if is_open]
    marks = [piece for piece in body(dossiers[slug].document) if piece == OPEN_LIST[1]]
    assert len(marks) == len(open_ended)


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_a_draft_without_day_place_or_issuer(dossiers: dict[str, Told], slug: str) -> None:
    head = dossiers[slug].document.head
    assert head.draft_mark == DRAFT_MARK
    assert (head.superior, head.place, head.day) == ("", "", None)
    assert not head.issuer.strip("…")


def missing_after(document: Document, title: str) -> bool:
    """Whether what comes first after this title is that the source does not state it."""
    marks = (Heading, Strong, Missing, Bullets, Table)
    found = [piece for piece in body(document) if isinstance(piece, marks)]
    titles = [getattr(piece, "text", "").startswith(title) for piece in found]
    return isinstance(found[titles.index(True) + 1], Missing)


@pytest.mark.parametrize(
    ("slug", "titles"),
    [
        ("000", ["1. Ưu điểm", "2. Tồn tại", "3. Nguyên nhân", "PHẦN THỨ HAI", "Địa điểm"]),
        ("001", ["I. Đặc điểm", "II. Công tác lãnh đạo", "3. Nguyên nhân", "Hình thức"]),
        ("002", ["1. Tồn tại", "2. Nguyên nhân", "VI. Kiến nghị"]),
        ("003", ["V. Nhiệm vụ", "VI. Kiến nghị", "Địa điểm"]),
        ("004", ["I. Đặc điểm", "3. Nguyên nhân", "4. Bài học", "PHẦN THỨ BA", "Địa điểm"]),
    ],
)
def test_what_the_source_leaves_out_is_said_to_be_left_out(
    dossiers: dict[str, Told], slug: str, titles: list[str]
) -> None:
    document = dossiers[slug].document
    assert all(missing_after(document, title) for title in titles)


def test_both_dates_of_a_plan_stand_side_by_side(dossiers: dict[str, Told]) -> None:
    said = words(body(dossiers["002"].document))
    assert "ngày 07/02/2024 (1424–1468, 2580–2624); ngày 06/02/2024 (3030–3074)" in said


def test_the_dialogue_says_who_answered_but_not_what(dossiers: dict[str, Told]) -> None:
    tables = [block for block in dossiers["003"].document.blocks if isinstance(block, Table)]
    answered = next(table for table in tables if "người trả lời" in table.caption)
    assert len(answered.rows) == 4
    for row in answered.rows:
        assert str(row[2]).startswith("Lãnh đạo Liên minh HTX tỉnh Lạng Sơn")
        assert isinstance(row[3], tuple)
        assert isinstance(row[3][0], Missing)


def test_figures_that_may_overlap_are_never_added(dossiers: dict[str, Told]) -> None:
    document = dossiers["004"].document
    assert "Không cộng các dòng của cùng một chỉ tiêu" in words(body(document))
    values = [piece.number for piece in pieces(document.blocks) if isinstance(piece, Value)]
    assert not {38 + 35, 38 + 35 + 5, 1915 + 1712, 26 + 44} & set(values)


def test_a_table_of_tasks_keeps_who_leads_and_who_cooperates(dossiers: dict[str, Told]) -> None:
    said = words(body(dossiers["004"].document))
    assert "Chủ trì: Liên minh HTX tỉnh Bình Phước; Phối hợp: Các đơn vị liên quan" in said


def test_fewer_than_three_comparable_values_draw_no_chart(dossiers: dict[str, Told]) -> None:
    for slug in SLUGS:
        for block in dossiers[slug].document.blocks:
            assert not isinstance(block, Chart) or len(block.bars) >= 3


def test_a_withdrawn_figure_is_printed_no_more(reviews: dict[str, Review]) -> None:
    founded = printed_numbers(reviews["004"])["founded"].entries[0]
    withdrawal = Draft(
        indicator="cooperatives.founded",
        place=founded.place,
        kind="statement",
        first=founded.first,
        last=founded.last,
        amount=None,
        source=founded.source,
    )
    post(entries=[withdrawal], key="withdraw", reason="nêu nhầm", by=None)
    assert printed_numbers(reviews["004"])["founded"].words() == NO_ANSWER


def test_a_dossier_is_written_in_each_format_asked_for(
    reviews: dict[str, Review], tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    paths = write_dossier(reviews["003"], formats=["pdf", "docx", "xlsx"], folder=folder)
    assert [path.suffix for path in paths] == [".docx", ".pdf", ".xlsx"]
    assert all(path.stat().st_size > 1000 for path in paths)


def test_an_unknown_format_or_folder_is_refused(reviews: dict[str, Review], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="odt"):
        write_dossier(reviews["003"], formats=["odt"], folder=tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="cannot be made"):
        write_dossier(reviews["003"], formats=["pdf"], folder=tmp_path / "file")
