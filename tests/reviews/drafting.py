"""Drafts as the tests of pages start and edit them."""

from collections.abc import Callable

from django.test import Client

from lienminh.reviews.models import Review

SLUG = "004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc"
OLD = f"/reviews/{SLUG}/"
HERE = {"scope": "tỉnh Bình Phước", "span": "năm 2023", "day": "05/01/2024", "title": "Hồ sơ 2023"}
SignIn = Callable[..., Client]


def address(review: Review, page: str = "") -> str:
    return f"/reviews/{review.slug}/{page}"


def typed(review: Review, **changed: str) -> dict[str, str]:
    """What the form of a draft sends back, but for what is changed."""
    points = {f"p{point.order}": point.text for point in review.points.all()}
    kept = {"title": review.title, "day": "05/01/2024", "seen": review.edited_at.isoformat()}
    return kept | points | changed
