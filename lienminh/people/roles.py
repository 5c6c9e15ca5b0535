"""What each role may do: role × right, one sentence a right."""

from typing import Final

from django.utils.translation import gettext_lazy as _

READ: Final = "read_office"
ADD: Final = "add_figure"
APPROVE: Final = "approve_figure"
CORRECT: Final = "correct_figure"
REVIEW: Final = "edit_review"
ISSUE: Final = "issue_review"
KEEP: Final = "keep_registry"

RIGHTS: Final = {
    READ: _("đọc số liệu dành cho cán bộ"),
    ADD: _("nhập số liệu và gửi duyệt"),
    APPROVE: _("duyệt số liệu"),
    CORRECT: _("đính chính, rút số liệu"),
    REVIEW: _("lập và sửa hồ sơ sơ kết, tổng kết"),
    ISSUE: _("ban hành hồ sơ"),
    KEEP: _("giữ sổ đăng ký"),
}

ROLES: Final = {
    "department": frozenset({READ, ADD, APPROVE, CORRECT, REVIEW, KEEP}),
    "officer": frozenset({READ, ADD, CORRECT, REVIEW, KEEP}),
    "leader": frozenset({READ, APPROVE, ISSUE}),
}
