"""Vietnamese first."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_browser_that_prefers_english_is_shown_vietnamese_until_english_is_chosen() -> None:
    visitor = Client(headers={"Accept-Language": "en-US,en"})
    assert b'<html lang="vi">' in visitor.get("/indicators/").content
    visitor.post("/language/", {"language": "en", "next": "/indicators/"})
    assert b'<html lang="en">' in visitor.get("/indicators/").content


@pytest.mark.parametrize("cookie", ["", "fr", "<script>", "vi"])
def test_a_language_we_do_not_have_is_vietnamese(cookie: str) -> None:
    visitor = Client()
    visitor.cookies["django_language"] = cookie
    assert b'<html lang="vi">' in visitor.get("/indicators/").content
