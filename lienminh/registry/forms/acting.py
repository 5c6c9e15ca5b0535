"""The form of an act: only the fields that say something about what happened."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lienminh.people.models import User
from lienminh.registry.forms.fields import (
    FLAGS,
    OFFERED,
    Flag,
    KeeperForm,
    chosen,
    day_field,
    line,
    named,
)
from lienminh.registry.life import BEGINNINGS
from lienminh.registry.models import Act, Collective, Legal, Reporting, Sector
from lienminh.registry.queries import there, visible_to
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold

Kinds = Act.Kind
CHOICES: Final[dict[str, Any]] = {
    "sector": Sector.choices,
    "women_managed": FLAGS,
    "minority_area": FLAGS,
    "legal": Legal.choices,
    "reporting": Reporting.choices,
}
UNCHANGED: Final = gettext_lazy("giữ nguyên")
STATE: Final = ("name", "place", "address", "sector", "women_managed", "minority_area")
# What is asked of each kind of act beside its day and its reason.
ASKED: Final[dict[str, tuple[str, ...]]] = {
    Kinds.FOUNDING: ("beginning", *STATE),
    Kinds.KNOWN: ("beginning", *STATE, "legal", "reporting"),
    Kinds.CHANGE: STATE,
    Kinds.STATUS: ("legal", "reporting"),
    Kinds.MERGER: ("other",),
    Kinds.DIVISION: ("other",),
    Kinds.CONVERSION: ("other",),
}
GROUPS: Final = (
    (gettext_lazy("Thay đổi"), (Kinds.CHANGE,)),
    (gettext_lazy("Hoạt động"), (Kinds.SUSPENSION, Kinds.RESUMPTION, Kinds.STATUS)),
    (gettext_lazy("Liên minh hợp tác xã"), (Kinds.ADMISSION, Kinds.LEAVING)),
    (
        gettext_lazy("Chấm dứt"),
        (
            Kinds.DISSOLVING,
            Kinds.DISSOLUTION,
            Kinds.REVOCATION,
            Kinds.BANKRUPTCY,
            Kinds.MERGER,
            Kinds.DIVISION,
            Kinds.CONVERSION,
        ),
    ),
)
OTHERS: Final = {
    Kinds.MERGER: gettext_lazy("Sáp nhập, hợp nhất vào"),
    Kinds.DIVISION: gettext_lazy("Tổ chức được chia ra"),
    Kinds.CONVERSION: gettext_lazy("Chuyển đổi thành"),
}


class ActForm(KeeperForm):
    """What happened, on which day, and why it is known."""

    anywhere = False  # whether a seat may lie outside the branch of the account

    beginning = chosen(
        gettext_lazy("Mở đầu hồ sơ"),
        [
            (Kinds.FOUNDING, gettext_lazy("thành lập vào ngày dưới đây")),
            (Kinds.KNOWN, gettext_lazy("có từ trước, biết đến từ ngày dưới đây")),
        ],
    )
    day = day_field(gettext_lazy("Ngày"))
    name = line(gettext_lazy("Tên đầy đủ"), 200)
    place = line(
        gettext_lazy("Trụ sở ở xã, phường"),
        200,
        help_text=gettext_lazy(
            "Như thường viết, thêm huyện, tỉnh nếu trùng tên: Lộc Tấn, Lộc Ninh."
        ),
    )
    address = line(gettext_lazy("Địa chỉ"), 300)
    sector = chosen(gettext_lazy("Lĩnh vực"), Sector.choices, required=False)
    women_managed = Flag(label=gettext_lazy("Do nữ quản lý"))
    minority_area = Flag(label=gettext_lazy("Ở vùng dân tộc thiểu số"))
    legal = chosen(gettext_lazy("Tình trạng pháp lý"), Legal.choices, required=False)
    reporting = chosen(gettext_lazy("Tình trạng báo cáo"), Reporting.choices, required=False)
    other = line(gettext_lazy("Tổ chức kia"), 240)
    reason = line(
        gettext_lazy("Căn cứ"),
        500,
        required=True,
        help_text=gettext_lazy("Vì sao biết: văn bản, số, ngày; hoặc ai báo."),
    )

    def __init__(self, kind: str, user: User, *args: Any, **options: Any) -> None:
        super().__init__(user, *args, **options)
        self.act_kind = kind
        asked = {*ASKED.get(kind, ()), "day", "reason"}
        for name in set(ActForm.base_fields) - asked:
            del self.fields[name]
        if "other" in self.fields:
            self.fields["other"].label = OTHERS[Kinds(kind)]
            self.fields["other"].required = kind == Kinds.MERGER
            self.fields["other"].help_text = gettext_lazy("Mã số, hoặc tên đúng như trong sổ.")
        self.changing = kind in (Kinds.CHANGE, Kinds.STATUS)
        if self.changing:
            self._keep_what_is_left()
        if kind in BEGINNINGS:
            self.fields["name"].required = self.fields["place"].required = True

    def _keep_what_is_left(self) -> None:
        """A list that nothing is chosen from changes nothing."""
        for name, choices in CHOICES.items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", UNCHANGED), *choices]

    def clean(self) -> dict[str, Any]:
        """With `at`, the unit of the seat, and `counterpart`, the other organisation."""
        given = self.cleaned_data
        if given.get("place"):
            self._clean_place()
        if given.get("other"):
            self._clean_other()
        said = [name for name in ASKED.get(self.act_kind, ()) if given.get(name) not in ("", None)]
        if self.changing and not said and not self.errors:
            self.add_error(None, gettext("Hãy điền ít nhất một điều đã thay đổi."))
        return given

    def _clean_place(self) -> None:
        given = self.cleaned_data
        place = self.seat(given.get("day") or timezone.localdate(), anywhere=self.anywhere)
        if place is not None:
            if not self.anywhere:
                self.require_right(place)
            given["at"] = place

    def _clean_other(self) -> None:
        try:
            self.cleaned_data["counterpart"] = organisation_named(
                self.cleaned_data["other"], self.user
            )
        except ManyOrganisations as many:
            self.offered["other"] = many.offered
            self.refuse("other", many)
        except Refused as refusal:
            self.refuse("other", refusal)

    def act(self) -> Act:
        """The act, once the form is valid; nothing is written."""
        given = self.cleaned_data
        columns = {name: given[name] for name in (*STATE, "legal", "reporting") if name in given}
        columns["place"] = given.get("at")
        return Act(
            kind=given.get("beginning") or self.act_kind,
            day=given["day"],
            other=given.get("counterpart"),
            reason=given["reason"],
            **columns,
        )


def typed_from(act: Act) -> dict[str, Any]:
    """What a form shows of an act that is corrected."""
    from_flag = {True: "yes", False: "no", None: ""}
    shown: dict[str, Any] = {name: getattr(act, name) for name in ("name", "address", "sector")}
    shown |= {name: from_flag[getattr(act, name)] for name in ("women_managed", "minority_area")}
    shown |= {"legal": act.legal, "reporting": act.reporting, "day": act.day}
    shown |= {"beginning": act.kind, "other": named(act.other) if act.other else ""}
    return shown


class ManyOrganisations(Refused):
    """Several organisations are called so: `offered` are they, to choose one of."""

    def __init__(self, offered: list[str]) -> None:
        super().__init__(gettext("Nhiều tổ chức có tên hoặc số này; hãy chọn một."))
        self.offered = offered


def organisation_named(text: str, user: User, **conditions: Any) -> Collective:
    """The one organisation of a number, a whole name or a ref in brackets; Refused with why."""
    seen = there(visible_to(user)).filter(**conditions)
    ref = text.rpartition("(")[2].rstrip(") ")
    found = list(seen.filter(ref=ref)) or list(seen.filter(number="".join(text.split())))
    if not found:
        words = fold(text)
        found = list(seen.filter(folded__startswith=words)[: OFFERED * 4])
        exact = [one for one in found if fold(one.name) == words]
        found = exact or found
    if not found:
        raise Refused(gettext("Trong sổ không có tổ chức nào tên hoặc số như vậy."))
    if len(found) > 1:
        raise ManyOrganisations([named(one) for one in found[:OFFERED]])
    return found[0]
