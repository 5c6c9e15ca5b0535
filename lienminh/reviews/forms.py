"""What people type into a dossier: where, when, and its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lienminh.places.queries import find, name_of
from lienminh.reviews.actions import Written
from lienminh.reviews.blocks import actors_in_words
from lienminh.reviews.models import Actor, Number, Point, Review, Subject
from lienminh.reviews.outlines import SECTIONS
from lienminh.reviews.sentences import PLACEHOLDER, keys_in
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import FIRST_YEAR, LAST_YEAR, Period
from lienminh.rules.text import clean, normalise
from lienminh.web.words import Vietnamese, Words, filled

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME, LONGEST_REASON = 300, 4000, 300, 500
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")


class Line(forms.CharField):
    """One line of plain words: composed, without controls, marks of direction or line ends."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest
        self.widget.attrs.setdefault("maxlength", longest)

    def clean(self, value: Any) -> str:
        """The words, or what is wrong with them."""
        words = normalise(clean(str(value or "")))
        if len(words) > self.longest:
            raise forms.ValidationError(
                _("Dài %(length)s ký tự; nhiều nhất %(most)s."),
                params={"length": len(words), "most": self.longest},
            )
        if self.required and not words:
            raise forms.ValidationError(_("Hãy điền mục này."))
        return words


def _day_field(label: Any) -> forms.DateField:
    wrong = _("Ngày viết như 20/03/2026.")
    return forms.DateField(
        label=label,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "20/03/2026"}),
        error_messages={"invalid": wrong, "required": wrong},
    )


def _refuse_far(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Năm từ 1900 đến 2999."))
    return day


class Start(forms.Form):
    """Of where and when the new dossier tells."""

    scope = Line(
        label=_("Phạm vi"),
        longest=80,
        help_text=_(
            "Tên nơi như vẫn viết, có dấu hay không dấu: tỉnh Bình Phước, lang son, Việt Nam."
        ),
    )
    span = Line(
        label=_("Kỳ đánh giá"),
        longest=40,
        help_text=_("Như “năm 2024”, “9 tháng đầu năm 2024”, “quý III năm 2024”, “2024–2025”."),
    )
    day = _day_field(_("Ngày hội nghị (dự kiến)"))
    title = Line(
        label=_("Tên hồ sơ"),
        longest=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
    )

    def clean_day(self) -> date:
        """A day the calendar of the offices knows."""
        return _refuse_far(self.cleaned_data["day"])

    def clean_span(self) -> Period:
        """The period as such."""
        try:
            return typed.period(self.cleaned_data["span"])
        except Refused:
            raise forms.ValidationError(
                _("Không đọc được kỳ này. Viết như “năm 2024”, “9 tháng đầu năm 2024”.")
            ) from None

    def clean(self) -> dict[str, Any]:
        """The place, as it is called on the period's last day."""
        given = self.cleaned_data
        if "scope" in given and "span" in given:
            try:
                given["scope"] = find(given["scope"], day=given["span"].last)
            except Refused:
                self.add_error(
                    "scope",
                    _(
                        "Không tìm ra đúng một nơi mang tên này. Ghi rõ cấp như “tỉnh Bình Phước”, "
                        "hoặc ghi mã của nơi (trang Nơi có mã)."
                    ),
                )
        return given


class Abandon(forms.Form):
    """Why a draft is given up."""

    reason = Line(
        label=_("Lý do bỏ dự thảo"),
        longest=LONGEST_REASON,
        help_text=_("Lý do còn lại trong nhật ký của hồ sơ, ví dụ: hội nghị hoãn sang quý sau."),
    )


@dataclass(frozen=True)
class Slot:
    """One point's fields on the page; `old` is None for the empty one at the end of a section."""

    section: str
    subject: Subject | None
    old: Point | None
    name: str
    who: str
    stale: str = ""


class Edit(forms.Form):
    """A draft's title, day and words, a field for every point and an empty one for each section."""

    def __init__(
        self, review: Review, numbers: Sequence[Number], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.review, self.keys = review, {number.key for number in numbers}
        self.fields["title"] = Line(
            label=_("Tên hồ sơ"),
            longest=LONGEST_TITLE,
            initial=review.title,
            widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
        )
        self.fields["day"] = _day_field(_("Ngày hội nghị"))
        self.fields["day"].initial = review.conference.first_day
        self.slots = list(self._slots())
        for slot in self.slots:
            self._add_fields(slot)

    def _slots(self) -> Iterator[Slot]:
        """In the outline's order: the points of a section, then room for another."""
        points = list(self.review.points.select_related("subject").prefetch_related("actors"))
        told = [subject for subject in self.review.subjects.all() if subject.value]
        elsewhere = self.review.origin and self.review.origin.scope_id != self.review.scope_id
        name = name_of(self.review.origin.scope) if elsewhere and self.review.origin else ""
        for section in SECTIONS[self.review.conference.kind]:
            groups = [None, *told] if section == Point.Section.RESULT else [None]
            for place, subject in enumerate(groups):
                for point in points:
                    own = point.subject_id == (subject.pk if subject else None)
                    if point.section == section and (own or len(groups) == 1):
                        stale = name if name and name in point.text else ""
                        yield Slot(
                            section, subject, point, f"p{point.order}", f"w{point.order}", stale
                        )
                yield Slot(
                    section, subject, None, f"new-{section}-{place}", f"who-{section}-{place}"
                )

    def _add_fields(self, slot: Slot) -> None:
        text = slot.old.text if slot.old else ""
        label = gettext(Point.Section(slot.section).label)
        self.fields[slot.name] = Line(
            label=label,
            longest=LONGEST_TEXT,
            required=False,
            initial=text,
            widget=forms.Textarea(attrs={"rows": max(2, 1 + len(text) // 90), "lang": "vi"}),
        )
        if who := _who(slot):
            self.fields[slot.who] = who

    def clean(self) -> dict[str, Any]:
        """Each text prints only figures the dossier has."""
        for slot in self.slots:
            text = self.cleaned_data.get(slot.name, "")
            if unknown := sorted(set(keys_in(text)) - self.keys):
                self.add_error(
                    slot.name,
                    gettext("Không có số liệu nào mang mã {%(key)s}; xem bảng mã ở cuối trang.")
                    % {"key": unknown[0]},
                )
            elif set("{}") & set(PLACEHOLDER.sub("", text)):
                self.add_error(
                    slot.name, _("Ngoặc nhọn chỉ để ghi mã số liệu, như {tong}; hãy bỏ ngoặc thừa.")
                )
        if "day" in self.cleaned_data:
            try:
                _refuse_far(self.cleaned_data["day"])
            except forms.ValidationError as wrong:
                self.add_error("day", wrong)
        return self.cleaned_data

    def written(self) -> list[Written]:
        """The points as typed."""
        return [
            Written(
                section=slot.section,
                text=self.cleaned_data[slot.name],
                order=slot.old.order if slot.old else None,
                subject=slot.subject,
                addressee=who if slot.section == Point.Section.RECOMMENDATION else "",
                actors=_actors(who) if slot.section == Point.Section.TASK else (),
            )
            for slot in self.slots
            for who in [self.cleaned_data.get(slot.who, "")]
        ]


def _who(slot: Slot) -> Line | None:
    """Whom a recommendation addresses, who does a task; other points have nobody."""
    if slot.section == Point.Section.RECOMMENDATION:
        initial = slot.old.addressee if slot.old else ""
        return Line(label=_("Nơi nhận"), longest=LONGEST_NAME, required=False, initial=initial)
    if slot.section == Point.Section.TASK:
        initial = actors_in_words(slot.old) if slot.old else ""
        return Line(
            label=_who_does_it(),
            longest=LONGEST_NAME,
            required=False,
            initial=initial,
        )
    return None


def _who_does_it() -> Words:
    """Roles are typed as the dossier prints them."""
    lead, cooperate = Vietnamese(Actor.Role.LEAD.label), Vietnamese(Actor.Role.COOPERATE.label)
    sentence = gettext("Đơn vị, vai trò (%(lead)s: …; %(cooperate)s: …)")
    return filled(sentence, lead=lead, cooperate=cooperate)


def _actors(words: str) -> tuple[tuple[str, str], ...]:
    """(role, name) of each unit written "Role: name", parted by semicolons; one without a role
    carries the task out."""
    roles = {role.label.lower(): role for role in Actor.Role}
    found = []
    for part in filter(None, (piece.strip() for piece in words.split(";"))):
        head, colon, name = part.partition(":")
        role = roles.get(head.strip().lower())
        found.append((role, name.strip()) if colon and role else (Actor.Role.PERFORM, part))
    return tuple((role, name[:LONGEST_NAME]) for role, name in found if name)
