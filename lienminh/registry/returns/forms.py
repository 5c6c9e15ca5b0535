"""The form of yearly data: what an organisation of a kind is asked, typed as numbers are said."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lienminh.figures.forms import UNPROCESSABLE, Line
from lienminh.figures.words import tongue, unit_word
from lienminh.registry.forms.fields import Text, chosen, day_field
from lienminh.registry.models import Collective, Return
from lienminh.registry.stating import Item, items_of
from lienminh.registry.words import GRADES
from lienminh.rules import typed
from lienminh.rules.data_year import year_of_data
from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount
from lienminh.rules.wording import spelled, unit_of
from lienminh.web.words import is_vietnamese

LOSS: Final = ("-", "–", "\N{MINUS SIGN}")


class ReturnForm(forms.Form):
    """What one organisation states about itself for a period."""

    period = Line(
        label=gettext_lazy("Kỳ"),
        max_length=40,
        help_text=gettext_lazy("Năm 2025; 6 tháng đầu năm 2025; 9 tháng đầu năm 2025."),
    )
    covers_first = day_field(gettext_lazy("Số liệu từ ngày"), required=False)
    covers_last = day_field(gettext_lazy("Đến hết ngày"), required=False)
    series = chosen(gettext_lazy("Là số"), Return.Series.choices)
    note = Text(label=gettext_lazy("Ghi chú"), required=False, max_length=500)

    def __init__(
        self, record: Collective, *args: Any, told: Return | None = None, **options: Any
    ) -> None:
        self.items = items_of(record.kind)
        shown = initial_of(told, self.items) if told else {"series": Return.Series.ACTUAL}
        options["initial"] = shown | options.get("initial", {})
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.status = UNPROCESSABLE
        for item in self.items:
            self.fields[item.code] = Line(
                label=label_of(item), required=False, max_length=typed.LONGEST
            )
        if any(item.group == "business" for item in self.items):
            self.fields["grade"] = chosen(
                gettext_lazy("Tự xếp loại"), GRADES.items(), required=False
            )

    def clean(self) -> dict[str, Any]:
        """With `for_period` and `covers`, and each number read."""
        given = self.cleaned_data
        if "period" in given:
            self._clean_period(given)
        for item in self.items:
            if given.get(item.code):
                try:
                    given[item.code] = read(given[item.code], item)
                except Refused as refusal:
                    self.add_error(item.code, gettext(str(refusal)))
            else:
                given[item.code] = None
        return given

    def _clean_period(self, given: dict[str, Any]) -> None:
        try:
            asked = typed.period(given["period"])
        except Refused as refusal:
            self.add_error("period", gettext(str(refusal)))
            return
        year, covers = year_of_data(asked.last.year)
        usual = covers if asked == year else asked
        first, last = given.get("covers_first"), given.get("covers_last")
        given["for_period"] = asked
        if (first or usual.first) > (last or usual.last):
            sentence = gettext("Ngày kết thúc đứng trước ngày bắt đầu; hãy sửa một trong hai ngày.")
            self.add_error("covers_last", sentence)
            return
        given["covers"] = Period(first or usual.first, last or usual.last)

    @property
    def values(self) -> dict[str, int | None]:
        """The numbers by item, once the form is valid."""
        return {item.code: self.cleaned_data[item.code] for item in self.items}

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The items under their headings."""
        for name, told in table("return_items")["groups"].items():
            fields = [self[item.code] for item in self.items if item.group == name]
            if name == "business" and "grade" in self.fields:
                fields.append(self["grade"])
            if fields:
                yield in_tongue(told["label"]), fields


def in_tongue(label: list[str] | tuple[str, ...]) -> str:
    """The Vietnamese or the English of a label of the form."""
    return label[0] if is_vietnamese() else label[1]


def label_of(item: Item) -> str:
    """An item in the page's language, with its unit where it is money."""
    money = unit_of(item.unit).kind == "money"
    return f"{in_tongue(item.label)} ({unit_word(item.unit)})" if money else in_tongue(item.label)


def read(written: str, item: Item) -> int:
    """One exact number; Refused for a range, a rough one, or one below nought where none can be."""
    loss = item.signed and written.startswith(LOSS)
    amount = typed.amount(written[1:] if loss else written, item.unit).amount
    if amount != Amount(amount.low, amount.low):
        raise Refused(gettext("Hãy ghi một số đúng, không ghi khoảng hay số ước chừng."))
    return -amount.low if loss else amount.low


def initial_of(told: Return, items: list[Item]) -> dict[str, Any]:
    """A return as it is typed."""
    own = Period(told.first, told.last)
    shown: dict[str, Any] = {
        "period": str(own),
        "covers_first": told.covers_first,
        "covers_last": told.covers_last,
        "series": told.series,
        "grade": told.grade,
        "note": "" if told.state == Return.State.RETURNED else told.note,
    }
    for item in items:
        if (value := told.values.get(item.code)) is not None:
            shown[item.code] = shown_as(value, item)
    return shown


def shown_as(value: int, item: Item) -> str:
    """A number as it can be typed again: 2.177; 2 tỷ 500 triệu."""
    unit = unit_of(item.unit)
    sign = "-" if value < 0 else ""
    return sign + spelled(Amount(abs(value), abs(value)), unit, tongue())
