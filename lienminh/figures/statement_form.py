"""The form of a new figure: what a reporting unit or a document states about a place."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lienminh.figures import cells, stating, words
from lienminh.figures.drafts import Draft
from lienminh.figures.finding import place_named
from lienminh.figures.forms import CHOOSE, AmountForm, Chosen, Line
from lienminh.figures.models import CellValue, Entry, Indicator
from lienminh.people.models import User
from lienminh.people.rights import in_branch, may
from lienminh.people.roles import ADD
from lienminh.places.models import Place
from lienminh.places.words import place_title
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.web.words import Vietnamese, filled


class StatementForm(AmountForm):
    """What a reporting unit or a document states about a place for a period."""

    field_order = ("place", "period", "as_of", "basis", "series")

    place = Line(
        label=gettext_lazy("Nơi"),
        max_length=100,
        help_text=gettext_lazy("Như thường viết, có dấu hoặc không: Bình Phước; huyện Lộc Ninh."),
    )
    period = Line(
        label=gettext_lazy("Kỳ"),
        max_length=typed.LONGEST,
        help_text=gettext_lazy("Ví dụ: 2023; tháng 10/2023; 9 tháng đầu năm 2023; 2022–2023."),
    )
    as_of = forms.DateField(
        label=gettext_lazy("Tính đến ngày"),
        help_text=gettext_lazy("Ngày/tháng/năm: 31/12/2023."),
        error_messages={
            "required": gettext_lazy("Hãy điền ngày mà con số tính đến."),
            "invalid": gettext_lazy("Hãy viết ngày như 31/12/2023."),
        },
    )
    basis = Chosen(label=gettext_lazy("Căn cứ của ngày ấy"))
    series = Chosen(label=gettext_lazy("Loại số"))
    organisation = Chosen(label=gettext_lazy("Đơn vị báo cáo"), required=False)
    document = Line(
        label=gettext_lazy("hoặc văn bản nêu con số"),
        required=False,
        max_length=280,
        widget=forms.TextInput(attrs={"list": "documents"}),
        help_text=gettext_lazy("Tên, số, ngày: Báo cáo số 12/BC-LMHTX ngày 05/03/2024."),
    )
    stated_on = forms.DateField(
        label=gettext_lazy("Ngày nêu"),
        required=False,
        help_text=gettext_lazy("Ngày của báo cáo hoặc văn bản; để trống là hôm nay."),
        error_messages={"invalid": gettext_lazy("Hãy viết ngày như 05/03/2024.")},
    )
    attribution = Line(
        label=gettext_lazy("Ai nêu"),
        required=False,
        max_length=600,
        help_text=gettext_lazy(
            "Theo chức danh hoặc cơ quan, cách nhau dấu chấm phẩy: báo cáo; người phát biểu; báo."
        ),
    )
    note = Line(label=gettext_lazy("Ghi chú cho nhật ký"), required=False, max_length=250)

    def __init__(self, indicator: Indicator, user: User, *args: Any, **options: Any) -> None:
        super().__init__(indicator, *args, **options)
        self.user = user
        stock = indicator.measure == Indicator.Measure.STOCK
        for name in ("period",) if stock else ("as_of", "basis"):
            del self.fields[name]
        if stock:
            self._choose("basis", [("", CHOOSE), *words.BASIS.items()])
        self._choose("series", list(words.SERIES.items()))
        self.organisations = stating.reporters_for(user)
        listed = [(ref, Vietnamese(body.name)) for ref, body in self.organisations.items()]
        self._choose("organisation", [("", CHOOSE), *listed])
        self.keys = [f"cell_{key}" for key in indicator.keys]
        for key in indicator.keys:
            self.fields[f"cell_{key}"] = breakdown(key)

    def clean(self) -> dict[str, Any]:
        """With `days`, `at` (the place), `source` and `cell`."""
        given = super().clean()
        if days := self._days():
            given["days"] = days
            self._clean_place(days)
        self._clean_source()
        pairs = {key: frozenset(given.get(f"cell_{key}") or ()) for key in self.indicator.keys}
        given["cell"] = cells.canonical({key: values for key, values in pairs.items() if values})
        given["attribution"] = tuple(
            part for part in map(str.strip, re.split("[;→]", given.get("attribution", ""))) if part
        )
        return given

    def _days(self) -> Period | None:
        given, days = self.cleaned_data, None
        if day := given.get("as_of"):
            days = Period(day, day)
        elif "period" in given:
            try:
                days = typed.period(given["period"])
            except Refused as refusal:
                self.add_error("period", gettext(str(refusal)))
        if (
            days
            and given.get("series") == Entry.Series.ACTUAL
            and days.first > timezone.localdate()
        ):
            self.add_error(
                "series", gettext("Kỳ này chưa tới nên chưa có số thực hiện; hãy chọn loại khác.")
            )
        return days

    def _clean_place(self, days: Period) -> None:
        if "place" not in self.cleaned_data:
            return
        try:
            place = place_named(self.cleaned_data["place"], days.last)
        except Refused as refusal:
            self.add_error("place", str(refusal))
            return
        if place.last_day and days.last > place.last_day:
            sentence = gettext("%(place)s chỉ còn đến hết ngày %(day)s; hãy nhập cho nơi kế tiếp.")
            told = filled(sentence, place=place_title(place), day=f"{place.last_day:%d/%m/%Y}")
            self.add_error("place", told)
        self._require_right(place)
        self.cleaned_data["at"] = place

    def _require_right(self, place: Place) -> None:
        """Outside the branch answers as 404, without the right as 403; the typed words stay."""
        if not in_branch(self.user, place):
            self.status = 404
            self.add_error("place", gettext("Nơi này ngoài phạm vi được phân công của bạn."))
        elif not may(self.user, ADD, place):
            self.status = 403
            self.add_error("place", gettext("Bạn không có quyền nhập số liệu cho nơi này."))

    def _clean_source(self) -> None:
        given = self.cleaned_data
        body, document = given.get("organisation"), given.get("document")
        if "organisation" in self.errors or "document" in self.errors:
            return
        if bool(body) == bool(document):
            sentence = gettext(
                "Hãy chọn đơn vị báo cáo, hoặc ghi văn bản nêu con số: một trong hai."
            )
            self.add_error("organisation", sentence)
        elif body:
            given["source"] = stating.reported_by(self.organisations[body])
        else:
            given["source"] = stating.read_in(document or "")
            if not given.get("stated_on") and "stated_on" not in self.errors:
                self.add_error("stated_on", gettext("Hãy điền ngày của văn bản."))

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, in the order they are asked."""
        names = (
            (gettext("Nơi và kỳ"), ["place", "period", "as_of", "basis", "series"]),
            (gettext("Phần; để trống là toàn bộ"), self.keys),
            (gettext("Con số"), ["value", "size", "qualifier", "counting"]),
            (gettext("Nguồn"), ["organisation", "document", "stated_on", "attribution"]),
            (gettext("Nguyên văn và ghi chú"), ["as_written", "note"]),
        )
        fields = [(title, [self[n] for n in some if n in self.fields]) for title, some in names]
        return [(title, some) for title, some in fields if some]

    def draft(self) -> Draft:
        """The statement, once the form is valid; nothing is written."""
        given = self.cleaned_data
        return Draft(
            indicator=self.indicator.code,
            place=given["at"],
            kind=Entry.Kind.STATEMENT,
            first=given["days"].first,
            last=given["days"].last,
            amount=given["amount"],
            source=given["source"],
            cell=given["cell"],
            series=given["series"],
            as_of_basis=given.get("basis"),
            counting=given.get("counting"),
            status=Entry.Status.PRELIMINARY,
            stated_on=given["stated_on"],
            attribution=given["attribution"],
            document=given["source"].document,
            as_written=given["as_written"],
            qualifier=given["qualifier"],
        )


def breakdown(key: str) -> forms.MultipleChoiceField:
    """The values of a key of breakdowns; none ticked is the whole."""
    values = CellValue.objects.filter(key=key).order_by("value")
    return forms.MultipleChoiceField(
        label=words.key_word(key).capitalize(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, words.label_of(one)) for one in values],
        error_messages={"invalid_choice": gettext_lazy("Hãy chọn trong danh sách.")},
    )
