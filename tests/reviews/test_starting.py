"""Tomorrow's review from yesterday's, without pages."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lienminh.figures.models import Entry
from lienminh.paper.document import Missing
from lienminh.people.models import User
from lienminh.places.queries import find
from lienminh.reviews import changes
from lienminh.reviews.actions import (
    Edited,
    Written,
    edit_review,
    issue_review,
    look_again,
    start_review,
)
from lienminh.reviews.dossier import OWN_DRAFT_MARK, compose, paper_of
from lienminh.reviews.forms import Edit
from lienminh.reviews.freezing import freeze, thaw
from lienminh.reviews.models import Issue, Review, State
from lienminh.reviews.printing import printed_numbers
from lienminh.reviews.starting import moved, numbers_for
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from tests.reviews.correcting import correct

Start = Callable[..., Review]


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def begin(reviews: dict[str, Review], officer: User) -> Start:
    """Start a draft from review 004, of its own scope and last year unless told otherwise."""

    def started(place: str = "Bình Phước", period: str = "2023", key: str = "k") -> Review:
        span = Period.parse(period)
        scope = find(place, day=span.last)
        return start_review(
            reviews["004"],
            title="Tổng kết công tác hợp tác xã",
            scope=scope,
            period=span,
            day=date(2024, 1, 5),
            key=key,
            by=officer,
        )

    return started


def written(review: Review, text: str, *, section: str = "result") -> list[Written]:
    """The points as they stand, and a new one."""
    old = [
        Written(section=p.section, text=p.text, order=p.order, subject=p.subject)
        for p in review.points.select_related("subject")
    ]
    return [*old, Written(section=section, text=text)]


def edit(review: Review, points: list[Written], seen: datetime | None = None) -> Review:
    return edit_review(
        review,
        title=review.title,
        day=date(2024, 1, 6),
        points=points,
        seen=seen or review.edited_at,
        by=User.objects.get(),
    )


@pytest.mark.parametrize(
    ("asked", "origin", "target", "there"),
    [
        ("2022..2023", "2022..2023", "2024", "2024"),
        ("2023", "2022..2023", "2024..2025", "2025"),
        ("2023", "2022..2023", "2024-H1", "2024-H1"),
        ("2023-10", "2023-9M", "2024-9M", "2024-10"),
        ("2024-03", "2024-02", "2024-12", "2025-01"),
        ("2023-10-23", "2023-9M", "2024-9M", "2024-10-23"),
    ],
)
def test_a_period_stands_to_the_new_one_as_it_stood_to_the_old(
    asked: str, origin: str, target: str, there: str
) -> None:
    found = moved(Period.parse(asked), Period.parse(origin), Period.parse(target))
    assert str(found) == there


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_what_lay_inside_stays_inside(first: date, days: int, inside: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    part = Period(date.fromordinal(last.toordinal() - min(inside, days)), last)
    target = Period.parse("2024")
    assert target.covers(moved(part, Period(first, last), target))


@pytest.mark.parametrize("slug", ["000", "001", "002", "003", "004"])
def test_a_paper_comes_back_from_json_as_it_was(reviews: dict[str, Review], slug: str) -> None:
    paper = compose(reviews[slug])
    assert thaw(json.loads(json.dumps(freeze(paper)))) == paper


@pytest.mark.parametrize("slug", ["000", "001", "002", "003", "004"])
def test_every_review_can_be_started_from_and_every_point_edited(
    reviews: dict[str, Review], officer: User, slug: str
) -> None:
    origin, span = reviews[slug], Period.parse("2024")
    started = start_review(
        origin,
        title="Hồ sơ mới",
        scope=origin.scope,
        period=span,
        day=date(2025, 1, 2),
        key=slug,
        by=officer,
    )
    assert started.points.count() == origin.points.count()
    assert started.numbers.count() == origin.numbers.count()
    form = Edit(started, list(started.numbers.all()))
    slots = [slot.old for slot in form.slots if slot.old]
    assert {point.pk for point in slots} == set(started.points.values_list("pk", flat=True))
    assert len(slots) == started.points.count()
    compose(started)


def test_the_same_questions_are_asked_of_the_new_place_and_period(
    reviews: dict[str, Review],
) -> None:
    scope = find("Lạng Sơn", day=date(2024, 12, 31))
    numbers = numbers_for(reviews["004"], scope, Period.parse("2024"))
    old = list(reviews["004"].numbers.all())
    assert [(n.key, n.indicator_id, n.cell) for n in numbers] == [
        (n.key, n.indicator_id, n.cell) for n in old
    ]
    assert {(n.place.ref, n.first.year, n.last.year) for n in numbers} == {("p20-2008", 2024, 2024)}


def test_a_draft_is_our_own_and_prints_what_the_ledger_holds(begin: Start) -> None:
    draft = begin()
    numbers = printed_numbers(draft)
    paper = compose(draft)
    assert draft.state == State.DRAFT
    assert paper.head.draft_mark == OWN_DRAFT_MARK
    assert numbers["total"].words() == "323 hợp tác xã"
    assert numbers["founded"].answer.amount is None
    assert "báo chí" not in str(paper)
    assert "nguồn không nêu rõ" not in str(paper)
    assert Missing() not in paper.blocks
    assert not draft.points.exclude(speaker="").exists()


def test_starting_twice_with_one_key_starts_once(begin: Start) -> None:
    assert begin(key="once").pk == begin(key="once").pk
    assert begin(key="again").slug != begin(key="once").slug


def test_words_that_print_an_unknown_figure_are_refused(begin: Start) -> None:
    draft = begin()
    with pytest.raises(Refused, match="nope"):
        edit(draft, written(draft, "Có {nope}."))
    assert draft.points.filter(text__contains="nope").count() == 0


def test_a_dropped_point_is_gone_and_the_others_keep_their_order(begin: Start) -> None:
    draft = begin()
    points = written(draft, "Thêm một ý.")
    orders = [point.order for point in points[1:-1]]
    edit(draft, [replace(points[0], text=""), *points[1:]])
    kept = list(draft.points.values_list("order", flat=True))
    assert kept == [*orders, max(order or 0 for order in orders) + 1]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(begin: Start) -> None:
    draft = begin()
    edit(draft, written(draft, "Người thứ nhất."))
    with pytest.raises(Edited):
        edit(draft, written(draft, "Người thứ hai."), seen=draft.edited_at)
    assert not draft.points.filter(text="Người thứ hai.").exists()


def test_a_draft_shows_what_changed_since_it_was_looked_at(begin: Start, officer: User) -> None:
    draft = begin()
    assert changes.since(draft, draft.seen) == []
    posting = correct(325)
    (change,) = changes.since(draft, draft.seen)
    assert (change.before, change.after) == ("323 hợp tác xã", "325 hợp tác xã")
    assert [one.number for one in change.postings] == [posting]
    look_again(draft, posting=posting, by=officer)
    draft.refresh_from_db()
    assert changes.since(draft, draft.seen) == []


def issued(draft: Review, officer: User) -> Issue:
    posting = Entry.objects.order_by("-posting").values_list("posting", flat=True)[0]
    return issue_review(draft, posting=posting, seen=draft.edited_at, by=officer)


def test_a_dossier_of_a_synthetic_home_says_so_on_every_page_issued_or_not(
    begin: Start, officer: User, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "home.json").write_text('{"world": "synthetic"}')
    draft = begin()
    assert paper_of(draft).head.draft_mark == f"DỮ LIỆU GIẢ LẬP – {OWN_DRAFT_MARK}"
    issued(draft, officer)
    assert paper_of(Review.objects.get(pk=draft.pk)).head.draft_mark == "DỮ LIỆU GIẢ LẬP"


def test_an_issued_dossier_never_changes_and_later_corrections_flag_it(
    begin: Start, officer: User
) -> None:
    draft = begin()
    issue = issued(draft, officer)
    review = Review.objects.get(pk=draft.pk)
    before = paper_of(review)
    assert review.state == State.ISSUED
    assert before.head.draft_mark == ""
    assert changes.since_issue([issue]) == {}
    correct(330)
    assert paper_of(Review.objects.get(pk=draft.pk)) == before
    (change,) = changes.since_issue([issue])[review.pk]
    assert (change.before, change.after) == ("323 hợp tác xã", "330 hợp tác xã")
    assert issue.answers.get(number__key="total").answer["value"] == 323


def test_issuing_twice_issues_once(begin: Start, officer: User) -> None:
    draft = begin()
    assert issued(draft, officer).pk == issued(draft, officer).pk


def test_an_issued_dossier_is_edited_no_more(begin: Start, officer: User) -> None:
    draft = begin()
    issued(draft, officer)
    with pytest.raises(Refused, match="dự thảo"):
        edit(draft, written(draft, "Sửa sau khi ban hành."))


def test_figures_that_changed_since_they_were_shown_are_not_issued(
    begin: Start, officer: User
) -> None:
    draft = begin()
    shown = Entry.objects.order_by("-posting").values_list("posting", flat=True)[0]
    correct(331)
    with pytest.raises(Edited):
        issue_review(draft, posting=shown, seen=draft.edited_at, by=officer)
    assert not Issue.objects.exists()


def test_a_review_told_again_from_the_press_is_neither_edited_nor_issued(
    reviews: dict[str, Review], officer: User
) -> None:
    with pytest.raises(Refused, match="dự thảo"):
        edit(reviews["004"], written(reviews["004"], "Thêm."))
    with pytest.raises(Refused, match="dự thảo"):
        issued(reviews["004"], officer)
