"""How the pages of this room word what is doubtful, what disagrees, and how a figure was read."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.intake.contradictions import Kind
from lienminh.intake.meaning import Doubt

DOUBTS: Final[Mapping[Doubt, Promise]] = {
    Doubt.NEW: _("chưa có chỉ tiêu nào hợp"),
    Doubt.NO_PLACE: _("không rõ nơi"),
    Doubt.NO_DATE: _("không rõ kỳ"),
    Doubt.AMOUNT: _("con số không viết được theo đơn vị của chỉ tiêu"),
    Doubt.PLACE: _("nơi suy từ chỗ khác trong văn bản"),
    Doubt.DATE: _("kỳ suy từ chỗ khác hoặc từ ngày của văn bản"),
}
DISAGREE: Final[Mapping[Kind, Promise]] = {
    Kind.OTHER_NUMBER: _("Cùng chỉ tiêu, nơi, kỳ mà chỗ khác nêu một số khác:"),
    Kind.MORE_THAN_WHOLE: _("Là một phần mà lớn hơn tổng:"),
    Kind.LESS_THAN_PART: _("Là tổng mà nhỏ hơn một phần của nó:"),
}
WHY: Final[Mapping[str, Promise]] = {
    "unit": _("đếm gì"),
    "measure": _("loại số"),
    "place": _("nơi"),
    "period": _("kỳ"),
}
