"""What every test stands on: the places and organisations, loaded once, and a copy of its own."""

from collections.abc import Iterator
from functools import partial

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from lienminh.demo.actions import load_cast
from lienminh.figures.actions import load_catalogue
from lienminh.people.actions import load_organisations
from lienminh.places.actions import load_places
from lienminh.places.models import Within


def pytest_configure() -> None:
    """No timed tests; pages without collected files, and passwords that are quick to check."""
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The reference data, once for all tests of a process."""
    home = tmp_path_factory.mktemp("home")
    settings.HOME, settings.COPY_DIR = home, home / "copy"
    settings.REVIEWS_DIR = home / "reviews"
    settings.UPLOADS_DIR = home / "uploads"
    with django_db_blocker.unblock():
        load_places()
        load_organisations()
        load_catalogue()
        _check_fewer_constraints()


def _check_fewer_constraints() -> None:
    """After each test the references of all rows are checked, but not of 150,000 that stay."""
    tables = set(connection.introspection.table_names()) - {Within._meta.db_table}
    check = connection.check_constraints
    if connection.vendor == "sqlite":
        pytest.MonkeyPatch().setattr(connection, "check_constraints", partial(check, tables))


@pytest.fixture(scope="module")
def five_reviews(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The five reviews in the ledger of all tests of a module; each test's own changes are undone.

    Loaded once for the module, in a transaction around those of its tests, and undone after it.
    """
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        load_cast()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def other_home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty folder for a home that a test makes by the command line."""
    return str(tmp_path_factory.mktemp("other") / "home")
