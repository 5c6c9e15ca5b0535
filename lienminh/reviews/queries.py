"""Reads of reviews."""

from django.db.models import Q, QuerySet
from django.http import Http404

from lienminh.people.rights import Visitor, in_branch, mandates_of, reads_office_figures
from lienminh.places.models import Level, Within
from lienminh.reviews.models import Point, Review
from lienminh.rules.errors import Refused


def find_review(slug: str) -> Review:
    """The review of a slug, or of the number before it ("004"); Refused with the list."""
    reviews = Review.objects.select_related("conference", "document", "scope")
    found = reviews.filter(slug=slug).first()
    if found is None and slug.isdigit():
        found = reviews.filter(slug__startswith=f"{slug}-").first()
    if found is None:
        known = ", ".join(reviews.order_by("slug").values_list("slug", flat=True))
        raise Refused(
            f"There is no review “{slug}”; there are: {known}."
            if known
            else f"There is no review “{slug}”, nor any other; load some with: lienminh demo."
        )
    return found


def points_of(review: Review) -> dict[str, list[Point]]:
    """The points of each section, in reading order; a section without points has an empty list."""
    sections: dict[str, list[Point]] = {section: [] for section in Point.Section.values}
    for point in review.points.select_related("subject").prefetch_related("actors"):
        sections[point.section].append(point)
    return sections


def visible_to(user: Visitor) -> QuerySet[Review]:
    """What a visitor may read: those told again from the press, for staff those issued too, and in
    the places of one's mandates the drafts."""
    seen = Q(document__isnull=False)
    if reads_office_figures(user):
        seen |= Q(issue__isnull=False)
    if own := {mandate.place_id for mandate in mandates_of(user)}:
        inside = Within.objects.filter(ancestor__in=own).values("place")
        seen |= Q(scope__in=own) | Q(scope__in=inside)
        groupings = Review.objects.filter(scope__level=Level.GROUPING, document=None)
        held = [one.pk for one in groupings.select_related("scope") if in_branch(user, one.scope)]
        seen |= Q(pk__in=held)
    return (
        Review.objects.filter(seen)
        .select_related("conference", "document", "scope", "issue", "origin", "started_by")
        .prefetch_related("scope__spells")
        .order_by("-slug")
    )


def listed(user: Visitor) -> QuerySet[Review]:
    """What lists show a visitor: all that is visible but drafts that were given up."""
    return visible_to(user).filter(abandoned=False)


def review_for(user: Visitor, slug: str) -> Review:
    """The review of a slug; Http404 where there is none that this visitor may read."""
    found = visible_to(user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
