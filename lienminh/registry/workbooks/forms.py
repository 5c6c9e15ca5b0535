"""The forms of an import: a file, and what holds for its whole sheet."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienminh.registry.models import Kind


class UploadForm(forms.Form):
    """The workbook."""

    file = forms.FileField(
        label=_("Tệp Excel hoặc CSV"),
        help_text=_("Tệp .xlsx, .xls hoặc .csv (UTF-8), đến 32 MB."),
        error_messages={"required": _("Hãy chọn một tệp.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"}),
    )


class DefaultsForm(forms.Form):
    """What holds where rows say nothing, and the day of which the list is."""

    kind = forms.ChoiceField(
        label=_("Loại hình khi dòng không ghi"),
        choices=[("", _("theo tên hoặc cột")), *Kind.choices],
        required=False,
    )
    province = forms.CharField(label=_("Tỉnh khi dòng không ghi"), max_length=80, required=False)
    commune = forms.CharField(label=_("Xã khi dòng không ghi"), max_length=80, required=False)
    day = forms.DateField(
        label=_("Danh sách lập ngày"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        help_text=_("Tên xã, huyện và tình trạng được hiểu vào ngày này."),
        error_messages={
            "required": _("Hãy ghi ngày của danh sách."),
            "invalid": _("Hãy viết ngày như 31/12/2025."),
        },
        widget=forms.DateInput(format="%d/%m/%Y"),
    )

    year = forms.IntegerField(
        label=_("Nhập số liệu của năm"),
        required=False,
        min_value=2003,
        help_text=_("Để trống thì thành viên, lao động, vốn, doanh thu … không được nhập."),
        error_messages={
            "invalid": _("Hãy viết năm như 2024."),
            "min_value": _("Hãy viết năm như 2024."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    money = forms.ChoiceField(
        label=_("Đơn vị tiền khi đầu cột không ghi"),
        choices=[
            ("", _("theo đầu cột")),
            ("1", _("đồng")),
            ("1000", _("nghìn đồng")),
            ("1000000", _("triệu đồng")),
            ("1000000000", _("tỷ đồng")),
        ],
        required=False,
    )

    def clean_year(self) -> int | None:
        """Data of a year are told once it has ended, or nearly so."""
        year: int | None = self.cleaned_data["year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("Năm này còn chưa đến; hãy xem lại năm."))
        return year

    def clean_day(self) -> date:
        """A list speaks of a day that has come."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này còn chưa đến; hãy xem lại năm."))
        return day

    def told(self) -> dict[str, Any]:
        """The values as they are kept with the import."""
        told = self.cleaned_data
        return {**told, "day": told["day"].isoformat(), "year": str(told["year"] or "")}
