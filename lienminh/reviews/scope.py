"""The place and the days chosen in the bar, as the lists of this room follow them."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from lienminh.figures.words import period_words
from lienminh.places.bar import chosen_place
from lienminh.places.models import Place
from lienminh.places.queries import inside
from lienminh.places.words import place_title
from lienminh.rules.periods import Period
from lienminh.web.shell import bar_of
from lienminh.web.words import capital, joined

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Scope:
    """What is chosen; everything without a choice."""

    place: Place | None = None
    days: Period | None = None

    def of(self, rows: QuerySet[Row], field: str = "place") -> QuerySet[Row]:
        """The rows at the place or inside it whose days, `first` to `last`, touch the days."""
        if self.place is not None:
            rows = rows.filter(inside(self.place, field))
        if self.days is not None:
            rows = rows.filter(first__lte=self.days.last, last__gte=self.days.first)
        return rows

    @property
    def words(self) -> str:
        """As a heading says it; empty without a choice."""
        day = self.days.last if self.days else None
        place = place_title(self.place, day) if self.place else ""
        return capital(joined(", ", (place, period_words(self.days) if self.days else "")))


def scope_of(request: HttpRequest) -> Scope:
    """What this visitor's bar chooses."""
    return Scope(chosen_place(request), bar_of(request).days)
