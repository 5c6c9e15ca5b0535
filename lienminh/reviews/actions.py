"""The writes of this room."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import TypeVar

from django.db import transaction
from django.db.models.base import ModelState
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.conferences.actions import record_conference, reschedule
from lienminh.conferences.models import Conference, Participation
from lienminh.documents.actions import refuse_outside
from lienminh.figures.addresses import figure_url
from lienminh.figures.models import Posting
from lienminh.figures.present import as_json
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.reviews.changes import since
from lienminh.reviews.dossier import compose
from lienminh.reviews.freezing import freeze
from lienminh.reviews.models import (
    Actor,
    Issue,
    IssuedAnswer,
    Number,
    Point,
    Review,
    State,
    Step,
    Subject,
)
from lienminh.reviews.printing import printed_numbers, question_of
from lienminh.reviews.sentences import keys_in
from lienminh.reviews.starting import new_key, numbers_for
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.text import fold

SLUG = re.compile(r"[0-9]{3,}-[a-z0-9-]+")
LONGEST_SLUG = 80


@transaction.atomic
def open_review(
    review: Review,
    *,
    subjects: Sequence[Subject],
    points: Sequence[tuple[Point, Sequence[Actor]]],
    numbers: Sequence[Number],
    by: User | None,
) -> Review:
    """Open a review with its points and the questions of its numbers, in reading order.

    Refused when a point names a number that is not there, when a number is never printed, or
    when a passage lies outside its document.
    """
    if not SLUG.fullmatch(review.slug):
        raise Refused(
            f"“{review.slug}” is not a slug; write three digits and words, as 004-so-ket-2-de-an."
        )
    _refuse_unbound([point.text for point, _ in points], [number.key for number in numbers])
    review.save(force_insert=True)
    for order, row in enumerate(subjects, start=1):
        row.review, row.order = review, order
        row.save(force_insert=True)
    for order, (point, actors) in enumerate(points, start=1):
        point.review, point.order = review, order
        _save_point(point, actors)
    for order, number in enumerate(numbers, start=1):
        number.review, number.order = review, order
    Number.objects.bulk_create(numbers)
    return review


def _save_point(point: Point, actors: Sequence[Actor]) -> None:
    if point.document is not None and point.start is not None and point.end is not None:
        refuse_outside(point.document, point.start, point.end)
    # Assigned again because the subject had no id yet when the point was built.
    point.subject = point.subject
    point.save(force_insert=True)
    for order, actor in enumerate(actors, start=1):
        actor.point, actor.order = point, order
    Actor.objects.bulk_create(actors)


def _refuse_unbound(texts: Iterable[str], keys: Iterable[str]) -> None:
    printed = {key for text in texts for key in keys_in(text)}
    bound = set(keys)
    if unknown := sorted(printed - bound):
        raise Refused(f"The words print {{{unknown[0]}}}, but no figure has that key; add it.")
    if unused := sorted(bound - printed):
        raise Refused(f"The figure “{unused[0]}” is printed by no point; write it or remove it.")


@transaction.atomic
def start_review(
    origin: Review, *, title: str, scope: Place, period: Period, day: date, key: str, by: User
) -> Review:
    """Start a draft from another review: its questions asked of a new scope and period, its words
    to be edited, without who said them. The same key again gives the draft already started."""
    subjects = {row.pk: _copy_of(row) for row in origin.subjects.all()}
    points = [
        (_copy_of_point(point, subjects), [_copy_of(actor) for actor in point.actors.all()])
        for point in origin.points.prefetch_related("actors")
    ]
    used = {name for point, _ in points for name in keys_in(point.text)}
    numbers = [one for one in numbers_for(origin, scope, period) if one.key in used]
    return draft_review(
        Review(title=title, scope=scope, first=period.first, last=period.last, origin=origin),
        gathering=Conference(kind=origin.conference.kind, first_day=day, last_day=day),
        participations=[],
        subjects=list(subjects.values()),
        points=points,
        numbers=numbers,
        key=key,
        by=by,
    )


@transaction.atomic
def draft_review(
    review: Review,
    *,
    gathering: Conference,
    participations: Sequence[Participation],
    subjects: Sequence[Subject],
    points: Sequence[tuple[Point, Sequence[Actor]]],
    numbers: Sequence[Number],
    key: str,
    by: User,
) -> Review:
    """Start a draft with its conference, under the next slug of its title. The same key again gives
    the draft already started."""
    # Slugs are numbered: one start at a time.
    list(Review.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    if (started := Review.objects.filter(key=key).first()) is not None:
        return started
    review.slug = _next_slug(review.title)
    gathering.ref, gathering.title = f"hoi-nghi-{review.slug}", review.title
    review.conference = record_conference(gathering, participations=participations, by=by)
    review.started_by, review.key, review.seen = by, key, _newest_posting()
    return open_review(review, subjects=subjects, points=points, numbers=numbers, by=by)


def _next_slug(title: str) -> str:
    taken = [int(slug.partition("-")[0]) for slug in Review.objects.values_list("slug", flat=True)]
    words = re.sub(r"[^a-z0-9]+", "-", fold(title))[:LONGEST_SLUG].strip("-")
    return f"{max(taken, default=-1) + 1:03d}-{words or 'ho-so'}"


def _newest_posting() -> int:
    return Posting.objects.order_by("-number").values_list("number", flat=True).first() or 0


Row = TypeVar("Row", Subject, Actor)


def _copy_of(row: Row) -> Row:
    """The row again, not saved and belonging to nothing yet."""
    made = copy(row)
    made.pk, made._state = None, ModelState()
    return made


def _copy_of_point(point: Point, subjects: Mapping[int, Subject]) -> Point:
    """The words and whom they address; who said them, and where, belongs to the other review."""
    return Point(
        section=point.section,
        subject=subjects[point.subject_id] if point.subject_id is not None else None,
        text=point.text,
        addressee=point.addressee,
    )


@dataclass(frozen=True)
class Written:
    """A point as typed: `order` of the one it replaces, None for a new one; empty text drops it."""

    section: str
    text: str
    order: int | None = None
    subject: Subject | None = None
    addressee: str = ""
    actors: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def edit_review(
    review: Review, *, title: str, day: date, points: Sequence[Written], seen: datetime, by: User
) -> Review:
    """Write a draft's title, day and points anew.

    Refused for an issued or retold review, for words that print a figure it does not have, and with
    `Edited` when somebody saved it after `seen`.
    """
    review = _draft(review)
    if review.edited_at != seen:
        raise Edited(_("Có người vừa lưu dự thảo này; hãy xem lại rồi lưu."))
    keys = set(review.numbers.values_list("key", flat=True))
    used = {name for point in points for name in keys_in(point.text)}
    _refuse_unbound([point.text for point in points], keys & used)
    review.title, review.edited_at = title, timezone.now()
    review.save(update_fields=["title", "edited_at"])
    reschedule(review.conference, title=title, day=day, by=by)
    review.points.all().delete()
    kept = [point for point in points if point.text]
    # A point keeps its number, so that a form opened before still names the same ones.
    free = count(max((point.order or 0 for point in points), default=0) + 1)
    for written in kept:
        point = Point(
            review=review,
            order=written.order or next(free),
            section=written.section,
            subject=written.subject,
            text=written.text,
            addressee=written.addressee,
        )
        _save_point(point, [Actor(role=role, name=name) for role, name in written.actors])
    return review


@transaction.atomic
def add_number(review: Review, number: Number, *, by: User) -> Number:
    """Add a question to a draft, under a key that its words may print; a question that is there
    already is not added again. What others are writing meanwhile stays as it is."""
    review = _draft(review)
    there = list(review.numbers.all())
    same = [one for one in there if question_of(one) == question_of(number)]
    if same:
        return same[0]
    number.review, number.key = review, new_key(number, taken={one.key for one in there})
    number.order = max((one.order for one in there), default=0) + 1
    number.save(force_insert=True)
    return number


@transaction.atomic
def remove_number(review: Review, *, key: str, by: User) -> None:
    """Take a number out of a draft; Refused while a point prints it. One not there is out."""
    review = _draft(review)
    for point in review.points.filter(text__contains=f"{{{key}"):
        if key in keys_in(point.text):
            where = _(Point.Section(point.section).label)
            sentence = _(
                "Mục “%(where)s” còn in {%(key)s}; hãy bỏ mã ấy khỏi lời văn, lưu, rồi bỏ."
            )
            raise Refused(sentence % {"where": where, "key": key})
    review.numbers.filter(key=key).delete()


class Edited(Refused):
    """Somebody else saved the draft meanwhile."""


def _draft(review: Review) -> Review:
    """The draft as it stands, locked; `Edited` when there is nothing left to write in it."""
    locked = _locked(review)
    if locked.state == State.ABANDONED:
        raise Edited(_("Dự thảo này đã bỏ; hãy chọn viết tiếp rồi làm lại."))
    if locked.state != State.DRAFT:
        raise Edited(_("Hồ sơ này không còn là dự thảo nên không sửa được nữa."))
    return locked


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


@transaction.atomic
def abandon_review(review: Review, *, reason: str, seen: datetime, by: User) -> Review:
    """Give a draft up, with the reason; it is kept, and given up once. `Edited` when somebody saved
    it after `seen`."""
    if (locked := _locked(review)).state == State.ABANDONED:
        return locked
    review = _draft(review)
    if review.edited_at != seen:
        raise Edited(_("Có người vừa lưu dự thảo này; hãy xem lại rồi quyết định."))
    return _set_abandoned(review, True, Step(what=Step.What.ABANDONED, by=by, reason=reason))


@transaction.atomic
def resume_review(review: Review, *, by: User) -> Review:
    """Take up again a draft that was given up; any other review stays as it is."""
    if (locked := _locked(review)).state != State.ABANDONED:
        return locked
    return _set_abandoned(locked, False, Step(what=Step.What.RESUMED, by=by))


def _set_abandoned(review: Review, abandoned: bool, step: Step) -> Review:
    review.abandoned = abandoned
    review.save(update_fields=["abandoned"])
    step.review, step.instant = review, timezone.now()
    step.save(force_insert=True)
    return review


@transaction.atomic
def look_again(review: Review, *, posting: int, by: User) -> None:
    """Note up to which posting the figures of a draft have been looked at."""
    review = _draft(review)
    review.seen = max(review.seen, min(posting, _newest_posting()))
    review.save(update_fields=["seen"])


@transaction.atomic
def issue_review(review: Review, *, posting: int, seen: datetime, by: User) -> Issue:
    """Freeze a draft: each answer as known at a posting, and the composed paper, for good.

    Issuing it again gives the issue already there. `Edited` when words or answers are no longer
    those that were shown (`seen`, `posting`).
    """
    if (done := Issue.objects.filter(review=review).first()) is not None:
        return done
    review = _draft(review)
    if review.edited_at != seen or since(review, posting):
        raise Edited(_("Lời văn hoặc số liệu vừa thay đổi; hãy xem lại rồi ban hành."))
    numbers = printed_numbers(review, known_at=posting)
    used = {key for text in review.points.values_list("text", flat=True) for key in keys_in(text)}
    issue = Issue(review=review, instant=timezone.now(), by=by, known_at=posting)
    issue.paper = freeze(compose(review, numbers=numbers, draft=False))
    issue.save(force_insert=True)
    IssuedAnswer.objects.bulk_create(
        IssuedAnswer(
            issue=issue,
            number=printed.number,
            words=printed.words(),
            answer=as_json(printed.answer)
            | {"lineage": figure_url(question_of(printed.number, posting))},
        )
        for key, printed in numbers.items()
        if key in used
    )
    return issue
