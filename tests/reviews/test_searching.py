from datetime import date

import pytest
from django.test import Client

from lienminh.reviews.actions import start_review
from lienminh.reviews.models import Review
from lienminh.rules.periods import Period
from tests.people.acting import officer


@pytest.mark.parametrize("code", ["S12", "s12", "[S12]"])
def test_a_printed_code_is_found(client: Client, reviews: dict[str, Review], code: str) -> None:
    page = client.get("/find/", {"q": code}).content.decode()
    assert "S12: Số tiền cho vay" in page
    assert "/figures/loans.lent/p70-2008?period=2022..2023" in page


def test_a_dossier_is_found_by_its_name_without_marks(
    client: Client, reviews: dict[str, Review]
) -> None:
    page = client.get("/find/?q=so ket 2 nam").content.decode()
    assert f"/reviews/{reviews['004'].slug}/" in page
    assert f"/reviews/{reviews['003'].slug}/" not in page


def test_drafts_are_found_by_their_branch_alone(client: Client, reviews: dict[str, Review]) -> None:
    author = officer()
    draft = start_review(
        reviews["004"],
        title="Sơ kết năm thứ ba",
        scope=reviews["004"].scope,
        period=Period.parse("2024"),
        day=date(2025, 1, 5),
        key="k",
        by=author,
    )
    asked = {"q": "so ket nam thu ba"}
    assert f"/reviews/{draft.slug}/" not in client.get("/find/", asked).content.decode()
    client.force_login(author)
    assert f"/reviews/{draft.slug}/" in client.get("/find/", asked).content.decode()
