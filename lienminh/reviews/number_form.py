"""The form of a number that a draft is to print: what is asked of the ledger."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lienminh.figures import cells, words
from lienminh.figures.explained import by_subject
from lienminh.figures.finding import place_named
from lienminh.figures.forms import CHOOSE, Chosen
from lienminh.figures.models import Indicator
from lienminh.figures.statement_form import breakdown
from lienminh.places.models import Place
from lienminh.places.queries import title_of
from lienminh.reviews.forms import Line
from lienminh.reviews.models import Number, Review
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period


class NewNumber(forms.Form):
    """Indicator, place, period, series, and the breakdowns of the indicator once it is chosen."""

    prefix = "n"
    # It stands folded in the form of the draft, which a browser must not hold back for it.
    use_required_attribute = False

    indicator = Chosen(label=_("Chỉ tiêu"))
    place = Line(label=_("Nơi"), longest=100)
    span = Line(
        label=_("Kỳ"), longest=typed.LONGEST, help_text=_("Như “năm 2023”, “9 tháng đầu năm 2023”.")
    )
    series = Chosen(label=_("Loại số"))

    def __init__(self, review: Review, data: Mapping[str, Any] | None = None) -> None:
        initial = {
            "place": title_of(review.scope, review.last),
            "span": str(Period(review.first, review.last)),
        }
        super().__init__(data, initial=initial)
        self.label_suffix = ""
        self.indicators = {one.code: one for one in Indicator.objects.order_by("pk")}
        groups = [
            (title, [(one.code, words.label_of(one)) for one in some])
            for title, some in by_subject(list(self.indicators.values()))
        ]
        self._choose("indicator", [("", CHOOSE), *groups])
        self._choose("series", list(words.SERIES.items()))
        chosen = self.indicators.get(str(self["indicator"].value() or ""))
        self.keys = list(chosen.keys) if chosen else []
        for key in self.keys:
            self.fields[f"cell_{key}"] = breakdown(key)

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def main(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in ("indicator", "place", "span", "series")]

    @property
    def parts(self) -> list[forms.BoundField]:
        """The ways the indicator is cut."""
        return [self[f"cell_{key}"] for key in self.keys]

    def clean(self) -> dict[str, Any]:
        """With `days`, `at` (the place) and `cell`."""
        given = self.cleaned_data
        pairs = {key: frozenset(given.get(f"cell_{key}") or ()) for key in self.keys}
        given["cell"] = cells.canonical({key: values for key, values in pairs.items() if values})
        if "span" in given:
            given["days"] = self._days(given["span"])
        if given.get("days") and "place" in given:
            given["at"] = self._place(given["place"], given["days"])
        return given

    def _days(self, text: str) -> Period | None:
        try:
            return typed.period(text)
        except Refused as refusal:
            self.add_error("span", gettext(str(refusal)))
            return None

    def _place(self, name: str, days: Period) -> Place | None:
        try:
            return place_named(name, days.last)
        except Refused as refusal:
            self.add_error("place", str(refusal))
            return None

    def number(self) -> Number:
        """The number, once the form is valid; nothing is written."""
        given = self.cleaned_data
        return Number(
            indicator=self.indicators[given["indicator"]],
            place=given["at"],
            first=given["days"].first,
            last=given["days"].last,
            cell=given["cell"],
            series=given["series"],
        )
