"""Fields that several forms of the registry have."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lienminh.figures.forms import CHOOSE, UNPROCESSABLE, Chosen, Line
from lienminh.people.models import User
from lienminh.people.rights import in_branch, may
from lienminh.people.roles import KEEP
from lienminh.places.models import Place
from lienminh.registry.models import Collective
from lienminh.registry.seats import Elsewhere, Unclear, seat_named
from lienminh.rules.errors import Refused

FLAGS = (("yes", gettext_lazy("có")), ("no", gettext_lazy("không")))
UNSAID = gettext_lazy("chưa rõ")
OFFERED = 12


class Text(Line):
    """Several lines, without what cannot be printed."""

    widget = forms.Textarea(attrs={"rows": 3, "lang": "vi"})

    def to_python(self, value: Any) -> str:
        """Kept in its lines."""
        return "\n".join(Line.to_python(self, line) for line in str(value or "").splitlines())


class Flag(Chosen):
    """Yes, no, or not said."""

    def __init__(self, *, unsaid: Any = UNSAID, **options: Any) -> None:
        super().__init__(choices=(("", unsaid), *FLAGS), required=False, **options)

    def clean(self, value: Any) -> Any:
        """True, False or None."""
        return {"yes": True, "no": False}.get(super().clean(value))


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """A day typed as dd/mm/yyyy."""
    messages = {
        "required": gettext_lazy("Hãy điền ngày."),
        "invalid": gettext_lazy("Hãy viết ngày như 05/03/2024."),
    }
    options.setdefault("help_text", gettext_lazy("Ngày/tháng/năm: 05/03/2024."))
    return forms.DateField(label=label, required=required, error_messages=messages, **options)


def line(label: Any, most: int, *, required: bool = False, **options: Any) -> Line:
    """One line of text."""
    return Line(label=label, max_length=most, required=required, **options)


def chosen(label: Any, choices: Iterable[Any], *, required: bool = True, **options: Any) -> Chosen:
    """One of a list, nothing chosen at first."""
    return Chosen(label=label, choices=[("", CHOOSE), *choices], required=required, **options)


class KeeperForm(forms.Form):
    """A form of an account that keeps records; `offered` holds what an unclear name may mean."""

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.user = user
        self.status = UNPROCESSABLE
        self.offered: dict[str, list[str]] = {}

    def refuse(self, name: str | None, refusal: Refused) -> None:
        """Put a refusal's sentence beside a field, or above the form."""
        self.add_error(name, str(refusal))

    def seat(self, day: date, *, anywhere: bool = False) -> Place | None:
        """The unit typed as `place`; None where it is not clear, which is said at the field."""
        try:
            written = self.cleaned_data["place"]
            return seat_named(written, day, None if anywhere else self.user)
        except Unclear as unclear:
            self.offered["place"] = unclear.offered
            self.refuse("place", unclear)
        except Elsewhere as elsewhere:
            self.status = 404
            self.refuse("place", elsewhere)
        except Refused as refusal:
            self.refuse("place", refusal)
        return None

    def require_right(self, place: Place) -> None:
        """Outside the branch answers as 404, without the right as 403; the typed words stay."""
        if not in_branch(self.user, place):
            self.status = 404
            self.add_error("place", gettext("Nơi này ngoài phạm vi được phân công của bạn."))
        elif not may(self.user, KEEP, place):
            self.status = 403
            self.add_error("place", gettext("Bạn không có quyền giữ sổ đăng ký ở nơi này."))


def named(record: Collective) -> str:
    """A record as a form keeps it: its name and, in brackets, its ref."""
    return f"{record.name} ({record.ref})"
