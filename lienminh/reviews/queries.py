"""Reads of reviews."""

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
