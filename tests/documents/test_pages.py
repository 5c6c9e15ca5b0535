"""The page of a document."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lienminh.documents.actions import cite, keep_document
from lienminh.documents.models import Document, Reference

pytestmark = pytest.mark.django_db


def test_a_document_shows_what_it_is_and_what_it_cites(client: Client) -> None:
    plan = keep_document(Document(ref="ke-hoach", kind="plan", title="Kế hoạch <b>"), by=None)
    article = Document(
        ref="bai-bao",
        kind="article",
        title="Sơ kết",
        issuer="BPO",
        issued_on=date(2024, 3, 20),
        content_sha256="a" * 64,
        content_length=4070,
    )
    article = keep_document(article, by=None)
    cite([Reference(document=article, cited=plan, start=10, end=20)], by=None)
    told = client.get(reverse("document", args=["bai-bao"])).content.decode()
    for piece in ("BPO", "20/03/2024", "Kế hoạch &lt;b&gt;", "ký tự 10–20"):
        assert piece in told
    assert "Sơ kết" in client.get(reverse("document", args=["ke-hoach"])).content.decode()


def test_no_such_document_is_not_found_and_none_is_written(client: Client) -> None:
    address = reverse("document", args=["khong-co"])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405
