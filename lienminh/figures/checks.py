"""Integrity of the ledger and its copy, in words: what `lienminh check` finds."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import duckdb
from django.core.checks import CheckMessage, Error
from django.db.models import Count, Sum

from lienminh.figures import digest, triggers
from lienminh.figures.engine import copy
from lienminh.figures.models import Entry, Posting
from lienminh.web.hooks import integrity

RESTORE = "Restore the database from a backup made before the change, and find out who made it."
REMAKE_TRIGGERS = "Run `lienminh migrate`, which makes them again, then `lienminh check` once more."
REMAKE_COPY = "Delete the folder of the copy; the next question builds it anew from the database."


def register() -> None:
    """Make the checks known."""
    for check in (append_only, chain, numbers, copy_agrees):
        integrity.register(check)


def append_only(**_: Any) -> list[CheckMessage]:
    """Whether the triggers that make the ledger append-only stand as they were made."""
    pairs = [
        (triggers.wanted(), triggers.standing()),
        (triggers.functions_wanted(), triggers.functions_standing()),
    ]
    return [
        Error(
            f"The guard '{name}' of the ledger is missing, switched off or altered.",
            hint=REMAKE_TRIGGERS,
            id="figures.E001",
        )
        for wanted, standing in pairs
        for name, text in wanted.items()
        if standing.get(name) != text
    ]


def chain(**_: Any) -> list[CheckMessage]:
    """Whether every posting still has the digest it was posted with."""
    before = ""
    for posting, lines in _postings_with_entries():
        if posting.digest != digest.chain(before, posting, lines):
            return [
                Error(
                    f"Posting #{posting.number} is not as it was posted: it, or one of its "
                    f"{len(lines)} entries, was changed, removed or added.",
                    hint=RESTORE,
                    id="figures.E002",
                )
            ]
        before = posting.digest
    ends = copy.newest().number
    if Entry.objects.filter(posting_id__gt=ends).exists():
        return [
            Error(
                f"There are entries of postings after #{ends}, the last: one was removed.",
                hint=RESTORE,
                id="figures.E002",
            )
        ]
    return []


def _postings_with_entries() -> Iterator[tuple[Posting, list[Entry]]]:
    entries = Entry.objects.order_by("posting_id", "line").iterator(chunk_size=10_000)
    waiting = next(entries, None)
    for posting in Posting.objects.order_by("number").iterator():
        lines = []
        while waiting is not None and waiting.posting_id == posting.number:
            lines.append(waiting)
            waiting = next(entries, None)
        yield posting, lines


def numbers(**_: Any) -> list[CheckMessage]:
    """Whether posting numbers run from 1 without gaps and their instants never fall."""
    found: list[CheckMessage] = []
    postings = [Posting(number=0), *Posting.objects.order_by("number").only("number", "instant")]
    for one, other in pairwise(postings):
        fell = one.number and other.instant < one.instant
        if other.number != one.number + 1 or fell:
            found.append(
                Error(
                    f"Posting #{other.number} does not follow #{one.number} in number and time.",
                    hint=RESTORE,
                    id="figures.E003",
                )
            )
    return found


def copy_agrees(**_: Any) -> list[CheckMessage]:
    """Whether the copy for analysis is whole and holds what the database holds."""
    there = copy.remembered()
    if there is None:
        return []
    if copy.digest_of(there.watermark) != there.digest:
        return [
            Error(
                f"The copy knows a posting #{there.watermark} that the ledger does not have: "
                "postings were removed, or an older backup was restored.",
                hint=f"If a backup was restored: {REMAKE_COPY} Otherwise: {RESTORE}",
                id="figures.E006",
            )
        ]
    if copy.manifest() is None:
        return []
    if not copy.is_whole(there):
        return [
            Error(
                f"The copy {there.files['entries'][0]} is damaged.",
                hint=REMAKE_COPY,
                id="figures.E004",
            )
        ]
    with duckdb.connect() as connection:
        held = connection.execute(
            "SELECT count(*), coalesce(sum(low), 0), coalesce(sum(high), 0)"
            " FROM read_parquet($file)",
            {"file": str(there.path("entries"))},
        ).fetchone()
    kept = Entry.objects.filter(posting_id__lte=there.watermark).aggregate(
        entries=Count("pk"), low=Sum("low"), high=Sum("high")
    )
    if held == (kept["entries"], kept["low"] or 0, kept["high"] or 0):
        return []
    return [
        Error(
            f"The copy {there.files['entries'][0]} does not hold the entries the database holds.",
            hint=REMAKE_COPY,
            id="figures.E005",
        )
    ]
