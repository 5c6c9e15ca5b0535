"""The form by which a seat is confirmed after a reform of borders."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lienminh.people.models import User
from lienminh.registry.forms.fields import KeeperForm, line
from lienminh.registry.models import Act, Collective

DAY: Final = timedelta(days=1)
REASON: Final = "Xác nhận trụ sở sau sắp xếp đơn vị hành chính."


class SeatForm(KeeperForm):
    """The new unit of a seat; the day is the one after the old unit ended."""

    place = line(
        gettext_lazy("Nay thuộc"),
        200,
        required=True,
        help_text=gettext_lazy("Nếu không phải, hãy gõ tên xã, phường khác."),
    )
    address = line(
        gettext_lazy("Địa chỉ"),
        300,
        help_text=gettext_lazy("Để trống thì giữ địa chỉ đang ghi."),
    )

    def __init__(self, record: Collective, user: User, *args: Any, **options: Any) -> None:
        super().__init__(user, *args, **options)
        self.record = record
        ended = record.place.last_day
        self.day = ended + DAY if ended else timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """With `at`, the unit; it must live on that day."""
        given = self.cleaned_data
        place = self.seat(self.day) if given.get("place") else None
        if place is not None:
            self.require_right(place)
            if place.last_day is not None:
                self.add_error("place", gettext("Đơn vị này cũng không còn; hãy chọn đơn vị khác."))
            given["at"] = place
        return given

    def act(self) -> Act:
        """The move."""
        return Act(
            kind=Act.Kind.CHANGE,
            day=self.day,
            place=self.cleaned_data["at"],
            address=self.cleaned_data["address"] or self.record.address,
            reason=REASON,
        )
