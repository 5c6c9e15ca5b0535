"""Organisations as screens call them: short words of kind, yes and no, days."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.registry.models import Books, Kind, Sector

KINDS: Final[dict[str, Promise]] = {
    Kind.COOPERATIVE: _("HTX"),
    Kind.CREDIT_FUND: _("QTDND"),
    Kind.UNION: _("Liên hiệp HTX"),
    Kind.GROUP: _("THT"),
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
SECTORS: Final[dict[str, Promise]] = {
    Sector.AGRICULTURE: _("nông nghiệp"),
    Sector.INDUSTRY: _("công nghiệp"),
    Sector.FINANCE: _("tài chính"),
    Sector.SERVICES: _("dịch vụ"),
}
YES_NO: Final = {True: _("có"), False: _("không")}
FAMILIES: Final[dict[str, Promise]] = {
    Books.Family.COOPERATIVES: _("hợp tác xã"),
    Books.Family.UNIONS: _("liên hiệp hợp tác xã"),
    Books.Family.GROUPS: _("tổ hợp tác"),
}
