"""The records that entries were counted from: rooms above say which they are and who reads them."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from django.db.models import Sum

from lienminh.figures.lineage import entries_by_code
from lienminh.people.rights import Visitor

READ: Final = 400  # entries of an answer whose records are looked up
SHOWN: Final = 100


class RecordLink(NamedTuple):
    """A record as it is called, and its page."""

    title: str
    url: str


Namer = Callable[[Visitor, Collection[str]], dict[str, RecordLink]]
record_namers: dict[str, Namer] = {}
"""By the beginning of the name that entries keep ("collective:"): gives those a visitor may read,
in the order they are listed."""


class Behind(NamedTuple):
    """The records that are read, how many more, and how many this visitor may not read."""

    links: list[RecordLink]
    more: int
    hidden: int


def behind(codes: Sequence[str], user: Visitor) -> Behind | None:
    """The records that an answer's entries leave counted; None where no entry has a record."""
    rows = entries_by_code(codes[:READ]).exclude(record="").order_by()
    net = rows.values("record").annotate(amount=Sum("low")).exclude(amount=0)
    names = list(net.values_list("record", flat=True))
    if not names:
        return None
    links = list(named(user, names).values())
    more = max(len(links) - SHOWN, 0) + max(len(codes) - READ, 0)
    return Behind(links[:SHOWN], more, len(names) - len(links))


def named(user: Visitor, names: Collection[str]) -> dict[str, RecordLink]:
    """Those of the records that a visitor may read."""
    found: dict[str, RecordLink] = {}
    for prefix, namer in record_namers.items():
        own = [name for name in names if name.startswith(prefix)]
        found |= namer(user, own) if own else {}
    return found
