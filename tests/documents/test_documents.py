from datetime import date

import pytest

from lienminh.documents.actions import cite, keep_document
from lienminh.documents.models import Document, Reference
from lienminh.rules.errors import Refused

pytestmark = pytest.mark.django_db


def article() -> Document:
    text = Document(
        ref="bai", kind="article", title="Bài", content_sha256="a" * 64, content_length=100
    )
    return keep_document(text, by=None)


def plan() -> Document:
    return keep_document(Document(ref="kh-70", kind="plan", title="Kế hoạch", number="70"), by=None)


def test_the_same_document_is_kept_once() -> None:
    assert plan() == plan()
    assert Document.objects.count() == 1


def test_a_document_described_in_two_ways_is_refused() -> None:
    plan()
    other = Document(ref="kh-70", kind="plan", title="Kế hoạch", issued_on=date(2024, 2, 7))
    with pytest.raises(Refused, match="another number, issued_on"):
        keep_document(other, by=None)


def test_one_document_may_be_cited_under_two_dates() -> None:
    source, cited = article(), plan()
    dates = [date(2024, 2, 7), date(2024, 2, 6)]
    references = [
        Reference(document=source, cited=cited, date_as_cited=day, start=place, end=place + 5)
        for place, day in enumerate(dates)
    ]
    cite(references, by=None)
    assert [r.date_as_cited for r in cited.cited_at.order_by("start")] == dates
    assert cited.issued_on is None


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (90, 101), (-1, 5)])
def test_a_passage_outside_its_text_is_refused(start: int, end: int) -> None:
    reference = Reference(document=article(), cited=plan(), start=start, end=end)
    with pytest.raises(Refused, match="100 characters"):
        cite([reference], by=None)
    assert not Reference.objects.exists()


def test_nothing_stands_in_a_document_without_a_text() -> None:
    reference = Reference(document=plan(), cited=article(), start=0, end=5)
    with pytest.raises(Refused, match="has no text"):
        cite([reference], by=None)
