"""The chain of digests that makes a changed, lost or added line of the ledger visible."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date

from lienminh.figures.models import Entry, Posting

FIELDS = [
    field.attname
    for field in Entry._meta.concrete_fields
    if field.attname not in ("id", "posting_id")
]


STATED_ON = FIELDS.index("stated_on")
Line = list[object]
"""An entry as the values of FIELDS, days as 2024-03-20: what is digested, and what is stored."""


def line_of(entry: Entry) -> Line:
    """The values of an entry."""
    values = (getattr(entry, name) for name in FIELDS)
    return [str(value) if isinstance(value, date) else value for value in values]


def chain(before: str, posting: Posting, entries: Iterable[Entry | Line]) -> str:
    """SHA-256, in hex, over the digest before, the posting's head and its entries in order."""
    digest = hashlib.sha256(before.encode())
    instant = posting.instant.astimezone(UTC).isoformat()
    digest.update(_line([posting.number, instant, posting.by_id, posting.reason, posting.key]))
    for entry in entries:
        digest.update(_line(line_of(entry) if isinstance(entry, Entry) else entry))
    return digest.hexdigest()


def content(entries: Iterable[Entry | Line]) -> str:
    """SHA-256 of the entries alone: the same drafts give the same content whenever posted.

    The day stated is left out, for it is the day of posting where none was given.
    """
    digest = hashlib.sha256()
    for entry in entries:
        values = line_of(entry) if isinstance(entry, Entry) else entry
        digest.update(_line(values[:STATED_ON] + values[STATED_ON + 1 :]))
    return digest.hexdigest()


_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


def _line(values: Sequence[object]) -> bytes:
    return _encode(values).encode() + b"\n"
