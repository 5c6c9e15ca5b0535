"""The forms of what describes an organisation, and of a new one."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lienminh.people.models import User
from lienminh.registry.actions import IDENTITY, checked_tax_code
from lienminh.registry.forms.acting import (
    ActForm,
    ManyOrganisations,
    organisation_named,
)
from lienminh.registry.forms.fields import KeeperForm, Text, chosen, day_field, line, named
from lienminh.registry.models import Act, Collective, Kind
from lienminh.rules.errors import Refused
from lienminh.rules.text import clean

DESCRIBED = tuple(name for name in IDENTITY if name != "parent")


class Described(forms.Form):
    """Numbers, papers, contacts: what changes without anything having happened."""

    short_name = line(gettext_lazy("Tên viết tắt"), 100)
    number = line(
        gettext_lazy("Mã số"), 20, help_text=gettext_lazy("Trên giấy chứng nhận đăng ký.")
    )
    tax_code = line(gettext_lazy("Mã số thuế"), 20)
    certificate = line(
        gettext_lazy("Giấy chứng nhận cũ, số"),
        120,
        help_text=gettext_lazy("Của tổ chức chưa có mã số."),
    )
    certificate_on = day_field(gettext_lazy("Ngày cấp"), required=False)
    certificate_by = line(gettext_lazy("Nơi cấp"), 200)
    products = Text(label=gettext_lazy("Sản phẩm, dịch vụ chính"), required=False, max_length=600)
    phone = line(gettext_lazy("Điện thoại của tổ chức"), 40)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử của tổ chức"),
        required=False,
        max_length=120,
        error_messages={"invalid": gettext_lazy("Hãy viết địa chỉ như htx@vidu.vn.")},
    )
    notes = Text(label=gettext_lazy("Ghi chú"), required=False, max_length=2000)
    parent = line(
        gettext_lazy("Thuộc tổ chức"),
        240,
        help_text=gettext_lazy("Mã số, hoặc tên đúng như trong sổ."),
    )

    def clean_tax_code(self) -> str:
        """With its last digit checked."""
        written: str = self.cleaned_data["tax_code"]
        try:
            return checked_tax_code(written) if written else ""
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def identity(self) -> dict[str, Any]:
        """What the record is described by, once the form is valid."""
        given = self.cleaned_data
        columns = {name: given[name] for name in DESCRIBED if name in given}
        if "above" in given:
            columns["parent"] = given["above"]
        return columns


class IdentityForm(Described, KeeperForm):
    """What an organisation in the registry is described by."""

    def __init__(self, record: Collective, user: User, *args: Any, **options: Any) -> None:
        shown = {name: getattr(record, name) for name in DESCRIBED}
        shown["parent"] = named(record.parent) if record.parent else ""
        super().__init__(user, *args, initial=shown, **options)
        self.record = record
        if record.kind != Kind.BRANCH:
            del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        """With `above`, the organisation a branch belongs to."""
        _clean_parent(self)
        return self.cleaned_data

    def standing(self, record: Collective) -> list[tuple[str, str, str]]:
        """Where a record differs from what was typed: label, what stands, what was typed."""
        rows = []
        for name, field in self.fields.items():
            stands = getattr(record, name)
            stands = named(stands) if isinstance(stands, Collective) else stands or ""
            typed = clean(self.data.get(name, "")).strip()
            shown = f"{stands:%d/%m/%Y}" if name == "certificate_on" and stands else str(stands)
            if shown != typed:
                rows.append((str(field.label), shown, typed))
        return rows


def _clean_parent(form: KeeperForm) -> None:
    if "parent" not in form.fields or form.errors:
        return
    written = form.cleaned_data.get("parent", "")
    if not written:
        form.cleaned_data["above"] = None
        return
    try:
        form.cleaned_data["above"] = organisation_named(written, form.user)
    except ManyOrganisations as many:
        form.offered["parent"] = many.offered
        form.refuse("parent", many)
    except Refused as refusal:
        form.refuse("parent", refusal)


class EnterForm(Described, ActForm):
    """A new organisation: its beginning, its seat, and what it is described by."""

    kind = chosen(gettext_lazy("Loại hình"), Kind.choices)

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(Act.Kind.KNOWN, user, *args, **options)
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        """A branch names what it belongs to; a status is given only with what was there before."""
        given = super().clean()
        _clean_parent(self)
        if given.get("kind") == Kind.BRANCH and not given.get("parent"):
            self.add_error("parent", gettext("Đơn vị phụ thuộc phải thuộc một tổ chức."))
        founded = given.get("beginning") == Act.Kind.FOUNDING
        if founded and (given.get("legal") or given.get("reporting")):
            sentence = gettext(
                "Mới thành lập thì đang hoạt động; tình trạng sau đó hãy ghi thành sự kiện."
            )
            self.add_error("beginning", sentence)
        return given

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, in the order they are asked."""
        names = (
            (gettext("Tổ chức"), ("kind", "name", "short_name", "parent")),
            (gettext("Mở đầu"), ("beginning", "day", "legal", "reporting", "reason")),
            (gettext("Trụ sở"), ("place", "address", "minority_area")),
            (gettext("Ngành nghề"), ("sector", "products", "women_managed")),
            (
                gettext("Giấy tờ"),
                ("number", "tax_code", "certificate", "certificate_on", "certificate_by"),
            ),
            (gettext("Liên hệ"), ("phone", "email", "notes")),
        )
        return [(title, [self[name] for name in some]) for title, some in names]
