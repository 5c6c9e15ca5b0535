"""What this room puts into the shell."""

from django.utils.translation import gettext_noop

from lienminh.web.hooks import MenuItem, add_to_menu


def register() -> None:
    """The menu's entries for indicators and for the matrix; the shell translates the labels."""
    add_to_menu(MenuItem("indicators", gettext_noop("Chỉ tiêu"), 20))
    add_to_menu(MenuItem("matrix", gettext_noop("Bảng tỉnh"), 30))
