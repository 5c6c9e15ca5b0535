from datetime import date

import pytest

from lienminh.conferences.actions import record_agreement, record_conference
from lienminh.conferences.models import Agreement, Conference, Participation, Party
from lienminh.documents.actions import keep_document
from lienminh.documents.models import Document
from lienminh.rules.errors import Refused

pytestmark = pytest.mark.django_db


def conference(last_day: date = date(2023, 11, 30)) -> Conference:
    return Conference(
        ref="hoi-nghi",
        kind="interim_review",
        title="Hội nghị",
        first_day=date(2023, 11, 29),
        last_day=last_day,
    )


def agreement(held: Conference) -> Agreement:
    source = Document(
        ref="bai", kind="article", title="Bài", content_sha256="a" * 64, content_length=100
    )
    return Agreement(
        conference=held,
        kind="emulation_pact",
        title="Giao ước",
        document=keep_document(source, by=None),
        start=10,
        end=20,
    )


def test_those_who_took_part_keep_their_order_and_roles() -> None:
    offices = [Participation(role=role, name=role) for role in ("speaker", "host", "speaker")]
    held = record_conference(conference(), participations=offices, by=None)
    assert [office.role for office in held.participations.all()] == ["speaker", "host", "speaker"]


def test_what_is_not_stated_stays_empty() -> None:
    held = record_conference(conference(), participations=[], by=None)
    assert (held.place, held.mode, held.venue, held.part_of_day) == (None, "", "", "")


def test_a_conference_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="before its first day"):
        record_conference(conference(date(2023, 11, 28)), participations=[], by=None)
    assert not Conference.objects.exists()


def test_an_agreement_has_its_parties_in_order() -> None:
    held = record_conference(conference(), participations=[], by=None)
    signed = record_agreement(agreement(held), parties=[Party(name="B"), Party(name="A")], by=None)
    assert [party.name for party in signed.parties.all()] == ["B", "A"]


def test_an_agreement_that_nobody_signed_is_refused() -> None:
    held = record_conference(conference(), participations=[], by=None)
    with pytest.raises(Refused, match="names no party"):
        record_agreement(agreement(held), parties=[], by=None)
    assert not held.agreements.exists()
