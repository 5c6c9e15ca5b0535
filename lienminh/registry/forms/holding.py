"""The forms of what an organisation has between two days."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lienminh.registry.actions import Held
from lienminh.registry.forms.acting import ManyOrganisations, organisation_named
from lienminh.registry.forms.fields import Flag, KeeperForm, chosen, day_field, line
from lienminh.registry.models import Certificate, ChainLink, Kind, Manager, UnionMember
from lienminh.rules.errors import Refused


class HoldForm(KeeperForm):
    """Something held from a day on, perhaps until another."""

    model: type[Any]
    own: tuple[str, ...]
    first_day = day_field(gettext_lazy("Từ ngày"))
    last_day = day_field(
        gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chưa biết hoặc vẫn còn."),
    )

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("Ngày kết thúc đứng trước ngày bắt đầu."))
        return given

    def columns(self) -> dict[str, Any]:
        """What the row holds."""
        return {name: self.cleaned_data[name] for name in (*self.own, "first_day", "last_day")}

    def holding(self) -> Held:
        """The row, once the form is valid; nothing is written."""
        made: Held = self.model(**self.columns())
        return made


class CertificateForm(HoldForm):
    """A product's certificate."""

    model = Certificate
    own = ("standard", "product", "number", "stars")
    field_order = own
    standard = chosen(gettext_lazy("Tiêu chuẩn"), Certificate.Standard.choices)
    product = line(gettext_lazy("Sản phẩm"), 200)
    number = line(gettext_lazy("Số giấy chứng nhận"), 80)
    stars = forms.TypedChoiceField(
        label=gettext_lazy("Hạng sao OCOP"),
        choices=[("", "–"), *((n, str(n)) for n in (3, 4, 5))],
        coerce=int,
        empty_value=None,
        required=False,
    )


class ChainForm(HoldForm):
    """A value chain."""

    model = ChainLink
    own = ("partner", "product")
    field_order = own
    partner = line(gettext_lazy("Liên kết với"), 200, required=True)
    product = line(gettext_lazy("Sản phẩm"), 200)


class ManagerForm(HoldForm):
    """Who manages, without a name."""

    model = Manager
    own = ("position", "sex", "ethnic_minority", "training")
    field_order = own
    position = chosen(
        gettext_lazy("Chức danh"),
        Manager.Position.choices,
        help_text=gettext_lazy("Sổ không ghi tên người."),
    )
    sex = chosen(
        gettext_lazy("Giới"),
        [("female", gettext_lazy("nữ")), ("male", gettext_lazy("nam"))],
        required=False,
    )
    ethnic_minority = Flag(label=gettext_lazy("Người dân tộc thiểu số"))
    training = chosen(gettext_lazy("Đào tạo"), Manager.Training.choices, required=False)


class MemberForm(HoldForm):
    """A cooperative that is a member of a union."""

    model = UnionMember
    own = ("member",)
    field_order = own
    member = line(
        gettext_lazy("Hợp tác xã thành viên"),
        240,
        required=True,
        help_text=gettext_lazy("Mã số, hoặc tên đúng như trong sổ."),
    )

    def clean(self) -> dict[str, Any]:
        """The cooperative that is named."""
        given = super().clean()
        if not given.get("member"):
            return given
        kinds = {"kind__in": [Kind.COOPERATIVE, Kind.CREDIT_FUND]}
        try:
            given["member"] = organisation_named(given["member"], self.user, **kinds)
        except ManyOrganisations as many:
            self.offered["member"] = many.offered
            self.refuse("member", many)
        except Refused as refusal:
            self.refuse("member", refusal)
        return given


FORMS: Final[dict[str, type[HoldForm]]] = {
    "certificates": CertificateForm,
    "chains": ChainForm,
    "managers": ManagerForm,
    "members": MemberForm,
}


class EndForm(KeeperForm):
    """Until when it was held."""

    last_day = day_field(gettext_lazy("Đến hết ngày"))
