"""Organisations as screens call them: short words of kind, yes and no, days."""

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.registry.models import Books, Kind

KINDS: Final[dict[str, Promise]] = {
    Kind.COOPERATIVE: _("HTX"),
    Kind.CREDIT_FUND: _("QTDND"),
    Kind.UNION: _("Liên hiệp HTX"),
    Kind.GROUP: _("Tổ hợp tác"),
    Kind.BRANCH: _("Đơn vị phụ thuộc"),
}
GRADES: Final[dict[str, Promise]] = {
    "good": _("tốt"),
    "fair": _("khá"),
    "average": _("trung bình"),
    "weak": _("yếu"),
}
SIZES: Final[dict[str, Promise]] = {
    "large": _("quy mô lớn"),
    "medium": _("quy mô vừa"),
    "small": _("quy mô nhỏ"),
    "micro": _("quy mô siêu nhỏ"),
}
YES_NO: Final = {True: _("có"), False: _("không")}
FAMILIES: Final[dict[str, Promise]] = {
    Books.Family.COOPERATIVES: _("hợp tác xã"),
    Books.Family.UNIONS: _("liên hiệp hợp tác xã"),
    Books.Family.GROUPS: _("tổ hợp tác"),
}


def day_of(day: date | None) -> str:
    """As offices write it; empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""
