"""A correction on the ledger, for tests of what notices it."""

from dataclasses import replace

from lienminh.figures.actions import post
from lienminh.figures.entering import draft_of
from lienminh.figures.models import Entry
from lienminh.rules.precision import Amount


def correct(cooperatives: int) -> int:
    """Post another total of cooperatives in Bình Phước; the posting's number."""
    entry = Entry.objects.get(indicator__code="cooperatives.total", place__ref="p70-2008")
    draft = replace(draft_of(entry), amount=Amount(cooperatives, cooperatives))
    key = f"correction-{cooperatives}"
    return post(entries=[draft], key=key, reason="Đính chính", by=None).number
