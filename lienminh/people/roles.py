"""What each role may do: role × right, one sentence a right."""

from typing import Final

READ: Final = "read_office"
ADD: Final = "add_figure"
APPROVE: Final = "approve_figure"
CORRECT: Final = "correct_figure"
REVIEW: Final = "edit_review"
ISSUE: Final = "issue_review"

RIGHTS: Final = {
    READ: "đọc số liệu dành cho cán bộ",
    ADD: "nhập số liệu và gửi duyệt",
    APPROVE: "duyệt số liệu",
    CORRECT: "đính chính, rút số liệu",
    REVIEW: "lập và sửa hồ sơ sơ kết, tổng kết",
    ISSUE: "ban hành hồ sơ",
}

ROLES: Final = {
    "department": frozenset({READ, ADD, APPROVE, CORRECT, REVIEW}),
    "officer": frozenset({READ, ADD, CORRECT, REVIEW}),
    "leader": frozenset({READ, APPROVE, ISSUE}),
}
