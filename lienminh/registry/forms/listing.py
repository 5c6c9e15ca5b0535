"""What the list is asked for: part of a name, and conditions, as they stand in the address."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lienminh.figures.forms import Chosen, Line
from lienminh.places.models import Place
from lienminh.registry.forms.fields import Flag
from lienminh.registry.models import (
    Certificate,
    ChainLink,
    Collective,
    Kind,
    Legal,
    Reporting,
    Sector,
)
from lienminh.registry.queries import inside, matching, there, to_confirm
from lienminh.rules import typed
from lienminh.rules.errors import Refused

ANY: Final = gettext_lazy("tất cả")
ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "name": ("name_key", "pk"),
    "-name": ("-name_key", "-pk"),
    "founded": (F("founded_on").asc(nulls_last=True), "name_key", "pk"),
    "-founded": (F("founded_on").desc(nulls_last=True), "name_key", "pk"),
    "place": ("place__code", "name_key", "pk"),
    "-place": ("-place__code", "name_key", "pk"),
}
# Fields that are columns of the record.
COLUMNS: Final = {
    "kind": "kind",
    "sector": "sector",
    "legal": "legal",
    "reporting": "reporting",
    "member": "alliance_member",
    "women": "women_managed",
    "minority": "minority_area",
}


def _one_of(label: Any, choices: list[tuple[str, Any]]) -> Chosen:
    return Chosen(label=label, choices=[("", ANY), *choices], required=False)


class ListForm(forms.Form):
    """The conditions of the list; every one may be left open."""

    q = Line(
        label=gettext_lazy("Tên, mã số, mã số thuế, sản phẩm"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = _one_of(gettext_lazy("Loại hình"), Kind.choices)
    sector = _one_of(gettext_lazy("Lĩnh vực"), Sector.choices)
    reporting = _one_of(gettext_lazy("Tình trạng báo cáo"), Reporting.choices)
    legal = _one_of(gettext_lazy("Tình trạng pháp lý"), Legal.choices)
    member = Flag(unsaid=ANY, label=gettext_lazy("Thành viên Liên minh"))
    women = Flag(unsaid=ANY, label=gettext_lazy("Nữ quản lý"))
    minority = Flag(unsaid=ANY, label=gettext_lazy("Vùng dân tộc thiểu số"))
    standard = _one_of(gettext_lazy("Chứng nhận"), Certificate.Standard.choices)
    chain = Flag(unsaid=ANY, label=gettext_lazy("Trong chuỗi giá trị"))
    founded = Line(
        label=gettext_lazy("Thành lập trong kỳ"),
        required=False,
        max_length=typed.LONGEST,
        widget=forms.TextInput(attrs={"placeholder": "2023; 9 tháng đầu năm 2024"}),
    )
    confirm = forms.BooleanField(label=gettext_lazy("Trụ sở cần xác nhận"), required=False)
    ended = forms.BooleanField(label=gettext_lazy("Cả tổ chức đã chấm dứt"), required=False)
    sort = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean_founded(self) -> Any:
        """The days of the period."""
        written = self.cleaned_data["founded"]
        try:
            return typed.period(written) if written else None
        except Refused as refusal:
            raise forms.ValidationError(gettext(str(refusal))) from None

    def records(self, visible: QuerySet[Collective], place: Place | None) -> QuerySet[Collective]:
        """The records asked for, in the order asked for; a condition that is wrong is left out."""
        given = self.cleaned_data
        records = there(visible)
        if place is not None:
            records = inside(records, place)
        for condition in self._conditions():
            records = records.filter(condition)
        if given.get("confirm"):
            records = to_confirm(records)
        records = matching(records, given.get("q", ""))
        return records.order_by(*ORDERS[given.get("sort") or "name"])

    def _conditions(self) -> Iterator[Q]:
        given = self.cleaned_data
        for name, column in COLUMNS.items():
            if given.get(name) not in ("", None):
                yield Q(**{column: given[name]})
        if not (given.get("ended") or given.get("reporting") or given.get("legal")):
            yield ~Q(reporting=Reporting.ENDED)
        if days := given.get("founded"):
            yield Q(founded_on__range=(days.first, days.last))
        if standard := given.get("standard"):
            yield Q(Exists(_held(Certificate).filter(standard=standard)))
        if given.get("chain") is not None:
            linked = Exists(_held(ChainLink))
            yield Q(linked) if given["chain"] else ~Q(linked)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked beyond the words and the order."""
        asked = [name for name in self.fields if name not in ("q", "sort", "kind")]
        return any(self.data.get(name) for name in asked)

    @property
    def more(self) -> list[forms.BoundField]:
        """The conditions that stay folded until asked for."""
        boxes = ("confirm", "ended")
        return [self[name] for name in self.fields if name not in ("q", "kind", "sort", *boxes)]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The conditions that are ticked."""
        return [self["confirm"], self["ended"]]


def _held(model: Any) -> Any:
    today = timezone.localdate()
    still = Q(last_day=None) | Q(last_day__gte=today)
    rows = model.objects.filter(still, voided_at=None, first_day__lte=today)
    return rows.filter(collective=OuterRef("pk"))
