"""Forms of figures: a number as it is typed, corrections, reasons."""

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lienminh.figures.drafts import Draft
from lienminh.figures.entering import draft_of
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.words import COUNTING, qualifier_word
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.text import clean, normalise
from lienminh.rules.wording import unit_of
from lienminh.web.words import Vietnamese

UNPROCESSABLE: Final = 422
QUALIFIERS: Final = ("gần", "trên", "khoảng", "ít nhất", "dưới", "không quá")
CHOOSE: Final = gettext_lazy("– chọn –")


class Line(forms.CharField):
    """One line of text without what cannot be printed."""

    default_error_messages = {
        "required": gettext_lazy("Hãy điền ô này."),
        "max_length": gettext_lazy("Nhiều nhất %(limit_value)d ký tự; đang có %(show_value)d."),
    }

    @property
    def may_be_left(self) -> bool:
        """Whether the label says that it may be left empty; a choice of two fields does not."""
        return not self.required and "list" not in self.widget.attrs

    def to_python(self, value: Any) -> str:
        """Cleaned before its length is counted."""
        return normalise(clean(str(value or "")))


class Options(forms.Select):
    """A list to choose from; a Vietnamese name in it says so."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        """An option, where nothing can be marked within its text."""
        made = super().create_option(*args, **options)
        if isinstance(made["label"], Vietnamese):
            made["attrs"]["lang"] = "vi"
            made["label"] = str(made["label"])
        return made


class Chosen(forms.ChoiceField):
    """One of a list, nothing chosen at first."""

    widget = Options

    default_error_messages = {
        "required": gettext_lazy("Hãy chọn một mục."),
        "invalid_choice": gettext_lazy("Hãy chọn một mục trong danh sách."),
    }


class AmountForm(forms.Form):
    """A number typed as it is said, for one indicator."""

    value = Line(
        label=gettext_lazy("Con số"),
        max_length=typed.LONGEST,
        help_text=gettext_lazy(
            "Ví dụ: 2.177; 1.234,5; 29 tỷ; 1 tỷ 456 triệu; 3,8–5,5 triệu; gần 500."
        ),
    )
    size = Chosen(
        label=gettext_lazy("Đơn vị tiền"),
        help_text=gettext_lazy("Dùng khi con số không ghi nghìn, triệu hay tỷ."),
    )
    qualifier = Chosen(
        label=gettext_lazy("Mức độ"),
        required=False,
        help_text=gettext_lazy("Từ đứng cạnh con số trong nguồn; để trống nếu là số đúng."),
    )
    counting = Chosen(
        label=gettext_lazy("Đếm lượt hay đếm người, đơn vị"),
        help_text=gettext_lazy("Một hợp tác xã dự hai lần là hai lượt."),
    )
    as_written = Line(
        label=gettext_lazy("Nguyên văn"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Đúng chữ của nguồn nêu con số, ví dụ: gần 29 tỷ đồng."),
    )

    def __init__(self, indicator: Indicator, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.indicator = indicator
        self.status = UNPROCESSABLE
        self._choose("size", [(str(n), gettext(word)) for word, n in typed.SIZES.items()])
        self._choose(
            "qualifier", [("", gettext("không có")), *((q, qualifier_word(q)) for q in QUALIFIERS)]
        )
        self._choose("counting", [("", CHOOSE), *COUNTING.items()])
        if unit_of(indicator.unit).kind != "money":
            del self.fields["size"]
        if indicator.counts != Indicator.Counts.PARTICIPANTS:
            del self.fields["counting"]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """With `amount` and the qualifier, typed with the number or chosen beside it."""
        given = self.cleaned_data
        if "value" not in given or "size" in self.errors:
            return given
        try:
            read = typed.amount(
                given["value"], self.indicator.unit, size=int(given.get("size") or 1)
            )
        except Refused as refusal:
            self.add_error("value", gettext(str(refusal)))
            return given
        chosen = given.get("qualifier", "")
        if chosen and read.qualifier not in ("", chosen):
            self.add_error("qualifier", gettext("Con số đã ghi một mức độ khác; hãy giữ một."))
        if chosen and not read.qualifier:
            bound, approx = typed.MEANINGS[chosen]
            read = typed.Typed(replace(read.amount, bound=bound, approx=approx), chosen)
        given["amount"], given["qualifier"] = read
        return given


class CorrectionForm(AmountForm):
    """Another value for a statement that stands, with its reason and the document behind it."""

    reason = Line(label=gettext_lazy("Vì sao đính chính"), max_length=240)
    basis_document = Line(
        label=gettext_lazy("Văn bản làm căn cứ"),
        max_length=200,
        help_text=gettext_lazy("Tên, số, ngày: Công văn số 15/LMHTX ngày 05/03/2024."),
    )

    def __init__(self, entry: Entry, *args: Any, **options: Any) -> None:
        initial = {"counting": entry.counting, "as_written": entry.as_written}
        super().__init__(entry.indicator, *args, initial=initial, **options)
        self.entry = entry

    def clean(self) -> dict[str, Any]:
        """Refuses what says the same as the statement that stands."""
        given = super().clean()
        if "amount" in given and self.draft() == draft_of(self.entry):
            self.add_error("value", gettext("Số mới giống số đang có; không có gì để đính chính."))
        return given

    def draft(self) -> Draft:
        """The statement with its new value; where it stood in the text holds for the same words."""
        given, before = self.cleaned_data, draft_of(self.entry)
        same_words = given.get("as_written", "") == before.as_written
        return replace(
            before,
            amount=given["amount"],
            qualifier=given["qualifier"],
            counting=given.get("counting"),
            as_written=given.get("as_written", ""),
            start=before.start if same_words else None,
            end=before.end if same_words else None,
        )

    @property
    def journal_reason(self) -> str:
        """The reason as the journal keeps it."""
        given = self.cleaned_data
        reason, basis = given["reason"].rstrip(". "), given["basis_document"]
        return f"Đính chính {self.entry.code}: {reason}. Căn cứ: {basis}"


class ReasonForm(forms.Form):
    """Why a statement is withdrawn."""

    reason = Line(label=gettext_lazy("Vì sao rút"), max_length=400)

    def __init__(self, data: Any = None) -> None:
        # It stands on one page with the form of corrections, whose ids are the usual ones.
        super().__init__(data, auto_id="id_withdraw_%s")


class NoteForm(forms.Form):
    """A word with an approval, or none."""

    note = Line(label=gettext_lazy("Ghi chú cho nhật ký"), required=False, max_length=400)
