"""The five reviews, in the ledger of one test."""

import pytest

from lienminh.demo.actions import load_cast
from lienminh.reviews.models import Review


@pytest.fixture
def reviews(db: None) -> dict[str, Review]:
    """The reviews by the number before their slug."""
    return {review.slug[:3]: review for review in load_cast()}
