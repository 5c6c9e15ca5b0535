"""What this room puts into the shell."""

from django.utils.translation import gettext_noop

from lienminh.web.hooks import MenuItem, add_to_menu


def register() -> None:
    """The menu's entries for indicators and for the matrix; the shell translates the labels."""
    add_to_menu(MenuItem("indicators", gettext_noop("Các chỉ tiêu"), 20))
    add_to_menu(MenuItem("matrix", gettext_noop("Bảng tỉnh"), 30))
    add_to_menu(MenuItem("figure-add", gettext_noop("Nhập số liệu"), 50, signed_in=True))
    add_to_menu(MenuItem("journal", gettext_noop("Nhật ký"), 60))
