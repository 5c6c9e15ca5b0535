"""The two ways between records and the ledger: what a record posted, which records stand behind."""

from collections.abc import Collection
from typing import NamedTuple

from django.urls import reverse

from lienminh.figures import words
from lienminh.figures.entering import visible_to as entries_for
from lienminh.figures.models import Entry
from lienminh.figures.records import RecordLink
from lienminh.people.rights import Visitor
from lienminh.places.words import place_title
from lienminh.registry.models import Collective
from lienminh.registry.queries import RECORD, visible_to
from lienminh.web.words import Vietnamese

SHOWN = 50


class Moved(NamedTuple):
    """A line of the ledger that a record moved."""

    entry: Entry
    place: str
    cell: str
    amount: str


def moved_by(user: Visitor, record: Collective) -> tuple[list[Moved], int]:
    """The lines on the ledger of a record, the newest first, and how many more there are."""
    entries = entries_for(user).filter(record__gt="", record=RECORD + record.ref)
    joined = entries.select_related("posting", "indicator", "cell", "place")
    newest = joined.prefetch_related("place__spells").order_by("-posting_id", "line")
    shown = list(newest[: SHOWN + 1])
    more = entries.count() - SHOWN if len(shown) > SHOWN else 0
    return lines(shown[:SHOWN]), more


def lines(entries: Collection[Entry]) -> list[Moved]:
    """Entries as rows of a table."""
    labels = words.cell_labels() if entries else {}
    return [
        Moved(
            entry,
            place_title(entry.place, entry.last),
            words.cell_in_words(entry.cell.text, labels),
            signed(entry.low or 0),
        )
        for entry in entries
    ]


def signed(amount: int) -> str:
    """With its sign, so that what leaves is seen."""
    return f"+{amount}" if amount > 0 else f"−{abs(amount)}"


def name_records(user: Visitor, names: Collection[str]) -> dict[str, RecordLink]:
    """The organisations behind entries that this visitor may read, by the entries' record."""
    refs = [name.removeprefix(RECORD) for name in names]
    found = visible_to(user).filter(ref__in=refs).order_by("name_key", "pk")
    return {
        RECORD + ref: RecordLink(Vietnamese(name), reverse("registry-record", args=[ref]))
        for ref, name in found.values_list("ref", "name")
    }
