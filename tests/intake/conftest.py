"""An officer at work, and a report that was given."""

import pytest
from django.test import Client

from lienminh.intake.models import Text
from tests.intake.giving import give
from tests.people.acting import officer


@pytest.fixture
def at_work(db: None) -> Client:
    """An officer of the province that the report is of."""
    client = Client()
    client.force_login(officer())
    return client


@pytest.fixture
def text(at_work: Client) -> Text:
    """The report, as it was read."""
    return give(at_work)
