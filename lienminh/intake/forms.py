"""Forms of this room: texts given to be read, what a text is, a figure corrected."""

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy

from lienminh.documents.models import Document
from lienminh.figures.drafts import Draft
from lienminh.figures.forms import Chosen, Line
from lienminh.figures.models import Indicator
from lienminh.figures.statement_form import StatementForm
from lienminh.intake.desk import Item, source_of, stated_in
from lienminh.intake.models import Text
from lienminh.intake.queries import offices_of
from lienminh.intake.saying import spaced
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.places.queries import meant, title_of
from lienminh.places.words import place_title
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.precision import phrase
from lienminh.rules.wording import decimal, unit_of

MOST_FILES: Final = 20
LONGEST_PASTED: Final = 1_000_000


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        """All the files of the field."""
        return files.getlist(name)


class Several(forms.FileField):
    """A list of files; each is looked at later, by itself."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, at most MOST_FILES; none is refused here for what is in it."""
        if len(data) > MOST_FILES:
            most = {"n": MOST_FILES}
            raise forms.ValidationError(gettext("Mỗi lần nhiều nhất %(n)d tệp.") % most)
        return list(data)


class GiveForm(forms.Form):
    """Files or a pasted text, for one of the offices of the account."""

    documents = Several(
        label=gettext_lazy("Các tệp"),
        required=False,
        help_text=gettext_lazy(
            ".docx, .pdf có chữ, .xlsx, .html hoặc .txt; một hay nhiều tệp, mỗi tệp đến 32 MB."
        ),
        widget=Files(attrs={"multiple": True, "accept": ".txt,.docx,.pdf,.xlsx,.html,.htm"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("hoặc dán văn bản vào đây"),
        required=False,
        max_length=LONGEST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": gettext_lazy("Văn bản dán vào quá dài; hãy gửi thành tệp.")},
    )
    place = Chosen(
        label=gettext_lazy("Văn bản của đơn vị ở"),
        help_text=gettext_lazy("Chỉ cán bộ của nơi này và cấp trên thấy văn bản."),
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.offices: dict[str, Place] = {one.ref: one for one in offices_of(user)}
        if len(self.offices) == 1:
            del self.fields["place"]
        else:
            field = self.fields["place"]
            field.choices = [(ref, place_title(one)) for ref, one in self.offices.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With `office`, the place whose branch sees the texts."""
        given = super().clean() or {}
        if not self.errors and not given.get("documents") and not given.get("pasted", "").strip():
            self.add_error("documents", gettext("Hãy chọn tệp, hoặc dán văn bản."))
        ref = given.get("place") or next(iter(self.offices), "")
        given["office"] = self.offices.get(ref)
        return given


class DescribeForm(forms.Form):
    """What a text is."""

    kind = Chosen(label=gettext_lazy("Loại văn bản"))
    title = Line(label=gettext_lazy("Tên"), max_length=300)
    number = Line(label=gettext_lazy("Số, ký hiệu"), required=False, max_length=80)
    issuer = Line(
        label=gettext_lazy("Cơ quan ban hành, nơi đăng"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Cơ quan hoặc tên báo, không ghi tên người."),
    )
    issued_on = forms.DateField(
        label=gettext_lazy("Ngày của văn bản"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        help_text=gettext_lazy(
            "Ngày/tháng/năm: 20/03/2024. Số không nêu kỳ được hiểu theo ngày này."
        ),
        error_messages={"invalid": gettext_lazy("Hãy viết ngày như 20/03/2024.")},
        widget=forms.DateInput(format="%d/%m/%Y"),
    )

    def __init__(self, text: Text, data: Any = None) -> None:
        names = ("kind", "title", "number", "issuer", "issued_on")
        super().__init__(data, initial={name: getattr(text, name) for name in names})
        self.label_suffix = ""
        kinds = [(one.value, gettext(str(one.label))) for one in Document.Kind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class SchemeForm(forms.Form):
    """The name of a scheme that a text tells of."""

    name = Line(label=gettext_lazy("Tên đề án"), max_length=300)
    english = Line(label=gettext_lazy("Tên tiếng Anh"), required=False, max_length=300)


class ReasonLine(forms.Form):
    """Why a figure is taken back."""

    reason = Line(label=gettext_lazy("Vì sao rút"), max_length=240)


class FindingForm(StatementForm):
    """A figure of a text, corrected: its source and where it stands are the text's."""

    phrase = Line(
        label=gettext_lazy("Ghi nhớ cách gọi"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Những chữ trong câu mà từ nay, ở văn bản của đơn vị bạn, nghĩa là chỉ tiêu và phần "
            "này; để trống nếu không nhớ."
        ),
    )

    def __init__(self, text: Text, item: Item, indicator: Indicator, user: User, data: Any) -> None:
        self.text, self.item = text, item
        super().__init__(indicator, user, data, initial=_initial(item, indicator))
        for name in ("organisation", "document", "stated_on", "attribution", "as_written", "note"):
            del self.fields[name]

    def _clean_source(self) -> None:
        """The chain of the text; where the figure stands is known."""
        self.cleaned_data["source"] = source_of(self.text)

    def clean(self) -> dict[str, Any]:
        """With what the text says of where it stands; a wording that it does not have is wrong."""
        given = super().clean()
        given |= stated_in(self.text, self.item.said) | {"qualifier": given.get("qualifier", "")}
        wording = given.get("phrase")
        if wording and spaced(wording) not in self.item.said.clause:
            self.add_error("phrase", gettext("Chỉ dùng những chữ liền nhau trong câu nêu con số."))
        return given

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; of the source there is nothing to ask."""
        kept = [(title, fields) for title, fields in super().groups if fields]
        return [*kept, (gettext("Từ nay"), [self["phrase"]])]

    def draft(self) -> Draft:
        """The statement as corrected, standing where it was read."""
        given, told = self.cleaned_data, self.item.meaning
        return replace(
            super().draft(),
            **{name: given[name] for name in ("start", "end", "relation", "group")},
            covers=told.covers if given["days"] == told.days else None,
        )


def _initial(item: Item, indicator: Indicator) -> dict[str, Any]:
    """What the reader made of the figure, as the form writes it."""
    told = item.meaning
    initial: dict[str, Any] = {
        "place": _place(item),
        "series": told.series,
        "basis": told.basis or "",
        "counting": told.counting or "",
        "qualifier": phrase(told.amount) if told.amount else "",
        "value": _typed(item, indicator),
        "size": "1",
    }
    if told.days:
        initial |= {"period": _in_words(told.days), "as_of": told.days.last}
    for part in filter(None, told.cell.split(";")):
        key, _equals, values = part.partition("=")
        initial[f"cell_{key}"] = values.split("+")
    if told.indicator != indicator.code:
        initial["phrase"] = _phrase(item)
    return initial


def _typed(item: Item, indicator: Indicator) -> str:
    """The number as people type it: 2.177; 7,25; 3.800.000–5.500.000."""
    scale = unit_of(indicator.unit).scale
    ends = [int(end.scaleb(scale)) for end in item.said.ends]
    return "–".join(decimal(end, scale) for end in dict.fromkeys(ends))


def _place(item: Item) -> str:
    """The place by its title, where that names no other, else by its ref."""
    if item.place is None:
        return item.said.place
    day = item.meaning.days.last if item.meaning.days else timezone.localdate()
    title = title_of(item.place, day)
    return title if meant(title, day=day) == {item.place} else item.place.ref


def _in_words(days: Period) -> str:
    """The period as people write it, where that can be read back."""
    try:
        is_read = typed.period(days.in_words()) == days
    except Refused:
        is_read = False
    return days.in_words() if is_read else str(days)


def _phrase(item: Item) -> str:
    """The beginning of what is counted, in words that the clause has."""
    words = item.said.subject.split()
    for count in range(min(len(words), 4), 0, -1):
        wording = " ".join(words[:count]).strip(" ,.;:()")
        if spaced(wording) in item.said.clause:
            return wording
    return ""
