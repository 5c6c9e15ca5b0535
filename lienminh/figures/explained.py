"""What an indicator is, in plain words: its subject, what it measures, how it adds."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienminh.figures.models import Indicator

Measure, Counts = Indicator.Measure, Indicator.Counts

# The subjects of the catalogue, each with the first words of its indicators' codes.
SUBJECTS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Hợp tác xã"), ("cooperatives", "workers")),
    (gettext_lazy("Liên hiệp hợp tác xã"), ("unions",)),
    (gettext_lazy("Tổ hợp tác"), ("groups",)),
    (gettext_lazy("Đào tạo và chuyển giao kỹ thuật"), ("training", "transfer")),
    (gettext_lazy("Xúc tiến thương mại"), ("fairs", "online_markets")),
    (gettext_lazy("Vốn vay"), ("loans",)),
    (gettext_lazy("Hội nghị và văn bản"), ("conferences", "schemes")),
)
OTHERS = gettext_lazy("Chỉ tiêu khác")


def by_subject(indicators: Sequence[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """The indicators under their subjects, in the catalogue's order; what has none comes last."""
    subject = {prefix: title for title, prefixes in SUBJECTS for prefix in prefixes}
    groups: dict[str, list[Indicator]] = {str(title): [] for title, _prefixes in SUBJECTS}
    for indicator in indicators:
        title = subject.get(indicator.code.partition(".")[0], OTHERS)
        groups.setdefault(str(title), []).append(indicator)
    return [(title, rows) for title, rows in groups.items() if rows]


def measured(indicator: Indicator) -> str:
    """What kind of number it is."""
    return {
        Measure.STOCK: _("Số có vào một ngày (thời điểm)."),
        Measure.FLOW: _("Số phát sinh trong một kỳ."),
        Measure.AVERAGE: _("Số bình quân trong một kỳ."),
        Measure.RATIO: _("Tỷ lệ giữa hai chỉ tiêu."),
    }[Measure(indicator.measure)]


def adding(indicator: Indicator) -> str:
    """How its figures add, in a few words."""
    if indicator.numerator_id:
        return _("Không cộng; tính lại từ hai vế ở từng nơi.")
    if indicator.measure == Measure.AVERAGE:
        return _("Không cộng.")
    if indicator.counts == Counts.PARTICIPANTS:
        return _(
            "Chỉ số đếm theo lượt mới cộng được; không biết có trùng hay không thì không cộng."
        )
    if indicator.measure == Measure.STOCK:
        return _("Cộng theo nơi khi mọi nơi đã báo cáo; không cộng theo thời gian.")
    return _("Cộng theo nơi khi mọi nơi đã báo cáo; cộng các kỳ liền nhau.")


def adding_short(indicator: Indicator) -> str:
    """How its figures add, in two or three words."""
    if indicator.measure in (Measure.RATIO, Measure.AVERAGE):
        return _("không cộng")
    if indicator.counts == Counts.PARTICIPANTS:
        return _("chỉ cộng lượt")
    return _("theo nơi") if indicator.measure == Measure.STOCK else _("theo nơi, theo kỳ")


def about(indicator: Indicator) -> str:
    """Whom it is about and who reports it."""
    if indicator.about == Indicator.About.ALLIANCE:
        return _("Về liên minh hợp tác xã; do cấp tỉnh báo cáo, không có dưới cấp tỉnh.")
    return _("Về địa bàn; mọi cấp có thể báo cáo.")
