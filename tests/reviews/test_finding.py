import pytest

from lienminh.reviews.models import Number, Review
from lienminh.reviews.queries import find_review
from lienminh.rules.errors import Refused


def test_a_review_is_found_by_its_slug_or_its_number(reviews: dict[str, Review]) -> None:
    assert find_review("004") == find_review(reviews["004"].slug) == reviews["004"]


@pytest.mark.parametrize("slug", ["005", "00", "4", "so-ket", ""])
def test_an_unknown_review_is_refused_with_the_list(reviews: dict[str, Review], slug: str) -> None:
    with pytest.raises(Refused) as refusal:
        find_review(slug)
    assert all(review.slug in str(refusal.value) for review in reviews.values())


def test_without_any_review_the_refusal_says_how_to_load_some(
    reviews: dict[str, Review],
) -> None:
    Number.objects.all().delete()
    Review.objects.all().delete()
    with pytest.raises(Refused, match="lienminh demo"):
        find_review("004")
