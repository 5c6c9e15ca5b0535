"""WHEN: a posting's number, an instant with offset, or a day, as the ledger was known then."""

import re
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from lienminh.figures.models import Posting
from lienminh.rules.errors import Refused

FORMS = "a day (2024-03-20), an instant with offset (2024-03-20T17:00+07:00) or a posting (#12)"


def posting_at(when: str) -> int:
    """The number of the last posting known at a moment, 0 before the first."""
    if found := re.fullmatch(r"#([0-9]{1,18})", when):
        return int(found[1])
    try:
        instant = _instant(when)
    except ValueError:
        instant = None
    if instant is None:
        raise Refused(f"'{when}' is not a moment; write {FORMS}.")
    before = Posting.objects.filter(instant__lte=instant)
    return before.order_by("-number").values_list("number", flat=True).first() or 0


def _instant(when: str) -> datetime | None:
    day = parse_date(when)
    if day is not None:
        return datetime.combine(day, time.max, timezone.get_default_timezone())
    instant = parse_datetime(when)
    return instant if instant is not None and timezone.is_aware(instant) else None


def day_of(text: str) -> date:
    """A day written as 2024-03-20; Refused otherwise."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Refused(f"'{text}' is not a day; write it as 2024-03-20.")
    return day
