"""The form by which books are opened."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from lienminh.figures.finding import place_named
from lienminh.people.rights import in_branch, may
from lienminh.people.roles import OPEN_BOOKS
from lienminh.registry.forms.fields import KeeperForm, chosen, day_field, line
from lienminh.registry.models import Books
from lienminh.rules.errors import Refused


class OpenForm(KeeperForm):
    """Which books, from which day, on a list of how many."""

    family = chosen(gettext_lazy("Sổ của"), Books.Family.choices)
    place = line(
        gettext_lazy("Nơi"),
        100,
        required=True,
        help_text=gettext_lazy("Như thường viết, có dấu hoặc không: Bình Phước; huyện Lộc Ninh."),
    )
    first_day = day_field(gettext_lazy("Mở từ ngày"))
    listed = forms.IntegerField(
        label=gettext_lazy("Số tổ chức trong danh sách đã duyệt"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": gettext_lazy("Hãy gõ một số nguyên.")},
    )

    def clean(self) -> dict[str, Any]:
        """With `at`, the place."""
        given = self.cleaned_data
        day = given.get("first_day") or timezone.localdate()
        if day > timezone.localdate():
            self.add_error("first_day", gettext("Ngày này chưa đến."))
        if not given.get("place"):
            return given
        try:
            place = place_named(given["place"], day)
        except Refused as refusal:
            self.refuse("place", refusal)
            return given
        if not in_branch(self.user, place):
            self.status = 404
            self.add_error("place", gettext("Nơi này ngoài phạm vi được phân công của bạn."))
        elif not may(self.user, OPEN_BOOKS, place):
            self.status = 403
            self.add_error("place", gettext("Bạn không có quyền mở sổ ở nơi này."))
        else:
            given["at"] = place
        return given
