"""The chain of digests that makes a changed, lost or added line of the ledger visible."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

from lienminh.figures.models import Entry, Posting

FIELDS = [
    field.attname
    for field in Entry._meta.concrete_fields
    if field.attname not in ("id", "posting_id")
]


def chain(before: str, posting: Posting, entries: Iterable[Entry]) -> str:
    """SHA-256, in hex, over the digest before, the posting's head and its entries in order."""
    digest = hashlib.sha256(before.encode())
    instant = posting.instant.astimezone(UTC).isoformat()
    digest.update(_line([posting.number, instant, posting.by_id, posting.reason, posting.key]))
    for entry in entries:
        digest.update(_line([getattr(entry, name) for name in FIELDS]))
    return digest.hexdigest()


def content(entries: Iterable[Entry]) -> str:
    """SHA-256 of the entries alone: the same drafts give the same content whenever posted.

    The day stated is left out, for it is the day of posting where none was given.
    """
    names = [name for name in FIELDS if name != "stated_on"]
    lines = (_line([getattr(entry, name) for name in names]) for entry in entries)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _line(values: list[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, default=str).encode() + b"\n"
