"""The writes of this room."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lienminh.conferences.models import Agreement, Conference, Participation, Party
from lienminh.documents.actions import refuse_outside
from lienminh.people.models import User
from lienminh.rules.errors import Refused


@transaction.atomic
def record_conference(
    conference: Conference, *, participations: Sequence[Participation], by: User | None
) -> Conference:
    """Record a conference and who took part; Refused when it ends before it begins."""
    if conference.last_day < conference.first_day:
        raise Refused(
            f"Conference {conference.ref} ends on {conference.last_day}, before its first day "
            f"{conference.first_day}; correct the days."
        )
    conference.save(force_insert=True)
    for order, participation in enumerate(participations, start=1):
        participation.conference, participation.order = conference, order
    Participation.objects.bulk_create(participations)
    return conference


@transaction.atomic
def record_agreement(
    agreement: Agreement, *, parties: Sequence[Party], by: User | None
) -> Agreement:
    """Record what was signed at a conference, and by whom; Refused when nobody did."""
    if not parties:
        raise Refused(f"Agreement “{agreement.title}” names no party; say who signed it.")
    refuse_outside(agreement.document, agreement.start, agreement.end)
    agreement.save(force_insert=True)
    for order, party in enumerate(parties, start=1):
        party.agreement, party.order = agreement, order
    Party.objects.bulk_create(parties)
    return agreement


@transaction.atomic
def reschedule(conference: Conference, *, title: str, day: date, by: User | None) -> Conference:
    """Give a conference that is being prepared another title and its one day."""
    conference.title, conference.first_day, conference.last_day = title, day, day
    conference.save(update_fields=["title", "first_day", "last_day"])
    return conference
