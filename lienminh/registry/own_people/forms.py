"""The forms of an organisation's own people: who they are, and what they propose."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lienminh.people.models import User
from lienminh.registry import life
from lienminh.registry.forms.acting import ActForm
from lienminh.registry.forms.describing import Described
from lienminh.registry.forms.fields import KeeperForm, day_field, line
from lienminh.registry.models import Act, Collective
from lienminh.registry.own_people.actions import DESCRIBED, REGISTERED
from lienminh.registry.seats import in_full

FLAGGED: Final = ("women_managed", "minority_area")
GROUPS: Final = (
    (gettext_lazy("Tổ chức"), ("name", "short_name")),
    (gettext_lazy("Trụ sở"), ("place", "address", "minority_area")),
    (gettext_lazy("Ngành nghề"), ("sector", "products", "women_managed")),
    (
        gettext_lazy("Giấy tờ"),
        ("number", "tax_code", "certificate", "certificate_on", "certificate_by"),
    ),
    (gettext_lazy("Liên hệ"), ("phone", "email")),
)
PROPOSED: Final = tuple(name for _title, names in GROUPS for name in names)
WHEN: Final = (gettext_lazy("Từ bao giờ, vì sao"), ("day", "reason"))


class AppointForm(KeeperForm):
    """Which account speaks for an organisation, from which day on."""

    username = line(
        gettext_lazy("Tên tài khoản"),
        150,
        required=True,
        help_text=gettext_lazy("Tài khoản do văn phòng Liên minh mở sẵn."),
    )
    first_day = day_field(gettext_lazy("Từ ngày"))
    last_day = day_field(
        gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chưa biết hoặc vẫn còn."),
    )

    def clean(self) -> dict[str, Any]:
        """With `account`, and the days in their order."""
        given = self.cleaned_data
        if "username" in given:
            name = User.normalize_username(given["username"])
            given["account"] = User.objects.filter(username=name, is_active=True).first()
            if given["account"] is None:
                sentence = gettext("Không có tài khoản “%s”; hãy nhờ văn phòng Liên minh mở.")
                self.add_error("username", sentence % given["username"])
        _days_in_order(self, given.get("first_day"), given.get("last_day"))
        return given


class DismissForm(KeeperForm):
    """Until when an account speaks for an organisation."""

    last_day = day_field(gettext_lazy("Đến hết ngày"))

    def __init__(self, first_day: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.first_day = first_day

    def clean(self) -> dict[str, Any]:
        """Not before it began."""
        _days_in_order(self, self.first_day, self.cleaned_data.get("last_day"))
        return self.cleaned_data


def _days_in_order(form: forms.Form, first: Any, last: Any) -> None:
    if first and last and last < first:
        form.add_error("last_day", gettext("Ngày kết thúc đứng trước ngày bắt đầu."))


class ProposeForm(Described, ActForm):
    """A record as it stands, to be changed: what differs is proposed."""

    anywhere = True

    def __init__(self, record: Collective, user: User, *args: Any, **options: Any) -> None:
        # All that a beginning says is asked, with a name and a seat that may not be empty.
        super().__init__(Act.Kind.FOUNDING, user, *args, initial=shown(record), **options)
        self.record = record
        for name in set(self.fields) - {*PROPOSED, "day", "reason"}:
            del self.fields[name]
        self.fields["day"].label = gettext_lazy("Thay đổi từ ngày")
        self.fields["reason"].label = gettext_lazy("Lý do")
        self.fields["reason"].help_text = gettext_lazy(
            "Ví dụ: nghị quyết đại hội, giấy chứng nhận mới, số và ngày."
        )

    def clean_number(self) -> str:
        """As the registry keeps it."""
        return "".join(self.cleaned_data["number"].split())

    def clean(self) -> dict[str, Any]:
        """A day that has come and that the record and the seat knew; nothing emptied that an act
        cannot empty."""
        given = super().clean()
        self._clean_day(given)
        for name in ("address", "sector", *FLAGGED):
            if given.get(name) in ("", None) and getattr(self.record, name) not in ("", None):
                sentence = gettext("Sổ đã ghi mục này nên không bỏ trống được; hãy nêu ở lý do.")
                self.add_error(name, sentence)
        if not self.errors and not self.changes():
            self.add_error(None, gettext("Đề nghị chưa thay đổi gì; hãy sửa ít nhất một mục."))
        return given

    def _clean_day(self, given: dict[str, Any]) -> None:
        day, place = given.get("day"), given.get("at")
        if day is None:
            return
        begun = life.in_order(self.record.acts.all())[0].day
        if day > timezone.localdate():
            sentence = gettext("Ngày %s còn chưa đến; sự kiện chỉ ghi khi đã xảy ra.")
            self.add_error("day", sentence % f"{day:%d/%m/%Y}")
        elif day < begun:
            sentence = gettext("Hồ sơ chỉ có từ ngày %s; hãy ghi ngày sau đó.")
            self.add_error("day", sentence % f"{begun:%d/%m/%Y}")
        elif place and place != self.record.place and place.first_day > day:
            sentence = gettext("Đơn vị này chỉ có từ %s; hãy chọn đơn vị khác, hoặc sửa ngày.")
            self.add_error("place", sentence % f"{place.first_day:%d/%m/%Y}")

    def changes(self, record: Collective | None = None) -> dict[str, Any]:
        """What differs from the record, once the form is valid: the seat as a place."""
        record = record or self.record
        typed = {name: self.cleaned_data.get(name) for name in PROPOSED}
        typed["place"] = self.cleaned_data["at"]
        return {
            name: value for name, value in typed.items() if value != self._standing(record, name)
        }

    def _standing(self, record: Collective, name: str) -> Any:
        """A value of the record as the form would read it."""
        value = getattr(record, name)
        return self.fields[name].to_python(value) if isinstance(value, str) else value

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; the day and the reason come last."""
        return [(str(title), [self[name] for name in some]) for title, some in (*GROUPS, WHEN)]


def shown(record: Collective) -> dict[str, Any]:
    """A record as the form shows it."""
    from_flag = {True: "yes", False: "no", None: ""}
    present: dict[str, Any] = {name: getattr(record, name) for name in (*DESCRIBED, *REGISTERED)}
    present |= {name: from_flag[present[name]] for name in FLAGGED}
    return present | {"place": in_full(record.place)}
