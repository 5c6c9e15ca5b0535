"""The five reviews in the ledger of one test, and a draft started from one of them."""

from datetime import date

import pytest
from django.test import Client

from lienminh.people.models import Mandate, User
from lienminh.places.models import Place
from lienminh.reviews.models import Review
from tests.reviews.drafting import HERE, OLD, SignIn


@pytest.fixture
def reviews(five_reviews: None, db: None) -> dict[str, Review]:
    """The reviews by the number before their slug."""
    return {review.slug[:3]: review for review in Review.objects.order_by("slug")}


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A client signed in as a role at a place."""

    def signed_in(role: str = "officer", place: str = "p70-2008") -> Client:
        name = f"{role}-{place}"
        user, _ = User.objects.get_or_create(username=name)
        where = Place.objects.get(ref=place)
        Mandate.objects.get_or_create(
            user=user, role=role, place=where, defaults={"first_day": date(2020, 1, 1)}
        )
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def draft(reviews: dict[str, Review], sign_in: SignIn) -> Review:
    """A draft of Bình Phước, started through the page."""
    sign_in().post(f"{OLD}start/", HERE | {"key": "k"})
    return Review.objects.get(document=None)
