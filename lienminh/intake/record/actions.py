"""The writes of a dossier drafted from a text."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lienminh.documents.actions import cite, keep_document
from lienminh.documents.models import Document, Reference
from lienminh.figures.entering import standing
from lienminh.figures.models import Entry
from lienminh.intake.actions import keep
from lienminh.intake.desk import IN_LEDGER
from lienminh.intake.models import Text
from lienminh.intake.other_facts import Fact
from lienminh.intake.record import parts
from lienminh.people.models import User
from lienminh.people.rights import require
from lienminh.people.roles import REVIEW
from lienminh.reviews.actions import draft_review
from lienminh.reviews.models import Review


@transaction.atomic
def record(
    *,
    text: Text,
    facts: Sequence[Fact],
    review: Review,
    kind: str,
    day: date,
    key: str,
    by: User,
) -> Review:
    """Draft a dossier from what was chosen of a text and the figures accepted from it.

    `review` has its title, scope and days, and is not saved. A text gives one dossier: the one that
    is there, unless it was given up.
    """
    require(by, REVIEW, review.scope)
    text = Text.objects.select_for_update().get(pk=text.pk)
    if text.review is not None and not text.review.abandoned:
        return text.review
    document = keep(text=text, by=by)
    subjects = []
    for fact in facts:
        kept = _kept_fact(fact, document, by)
        if kept is not None and fact.kind == "programme":
            subjects.append(parts.subject_of(fact, kept))
    numbers, results = parts.results(_recorded(text))
    text.review = draft_review(
        review,
        gathering=parts.gathering(parts.conference_of(facts), kind=kind, day=day),
        participations=parts.participations(facts),
        subjects=subjects,
        points=[*results, *parts.points(facts, document)],
        numbers=numbers,
        key=key,
        by=by,
    )
    text.save(update_fields=["review"])
    return text.review


def _kept_fact(fact: Fact, document: Document, by: User) -> Document | None:
    """The document that a fact names, kept once, and where it is cited."""
    if fact.kind not in ("document", "programme"):
        return None
    named = parts.document_of(fact)
    if named is None:
        return None
    kept = Document.objects.filter(ref=named.ref).first() or keep_document(named, by=by)
    reference = Reference(
        document=document,
        cited=kept,
        start=fact.start,
        end=fact.end,
        number_as_cited=fact.details.get("number", "")[:80],
        date_as_cited=parts.day_of(fact),
    )
    held = Reference.objects.filter(document=document, start=fact.start, end=fact.end, cited=kept)
    if not held.exists():
        cite([reference], by=by)
    return kept


def _recorded(text: Text) -> list[Entry]:
    """The entries of its figures, as far as they stand; each question once."""
    named = ("entry__indicator", "entry__place", "entry__cell", "entry__source")
    found = text.readings.filter(state__in=IN_LEDGER).select_related(*named)
    entries = {one.entry_id: one.entry for one in found if one.entry}
    return [one for one in entries.values() if (now := standing(one)) and now.low is not None]
