"""The writes of this room."""

import re
from collections.abc import Sequence

from django.db import transaction

from lienminh.documents.actions import refuse_outside
from lienminh.people.models import User
from lienminh.reviews.models import Actor, Number, Point, Review, Subject
from lienminh.reviews.sentences import keys_in
from lienminh.rules.errors import Refused

SLUG = re.compile(r"[0-9]{3}-[a-z0-9-]+")


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
    _refuse_unbound([point for point, _ in points], numbers)
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
    refuse_outside(point.document, point.start, point.end)
    # Assigned again because the subject had no id yet when the point was built.
    point.subject = point.subject
    point.save(force_insert=True)
    for order, actor in enumerate(actors, start=1):
        actor.point, actor.order = point, order
    Actor.objects.bulk_create(actors)


def _refuse_unbound(points: Sequence[Point], numbers: Sequence[Number]) -> None:
    printed = {key for point in points for key in keys_in(point.text)}
    bound = {number.key for number in numbers}
    if unknown := sorted(printed - bound):
        raise Refused(f"The words print {{{unknown[0]}}}, but no figure has that key; add it.")
    if unused := sorted(bound - printed):
        raise Refused(f"The figure “{unused[0]}” is printed by no point; write it or remove it.")
