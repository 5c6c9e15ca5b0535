"""What an action would do, told by doing it and taking it back: no second telling of its rules."""

from collections.abc import Callable
from typing import Final

from django.db import transaction

from lienminh.figures.models import Entry
from lienminh.registry.lineage import Moved, lines

SHOWN: Final = 20


def tried(act: Callable[[str], object], key: str) -> list[Moved]:
    """The lines that an action called with the key would post; Refused where it would be."""
    trial = f"trial:{key}"
    with transaction.atomic():
        act(trial)
        entries = Entry.objects.filter(posting__key=trial).order_by("line")
        joined = entries.select_related("posting", "indicator", "cell", "place")
        shown = lines(list(joined.prefetch_related("place__spells")[:SHOWN]))
        transaction.set_rollback(True)
    return shown
