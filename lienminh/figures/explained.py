"""Indicators and breakdowns in plain words, in the page's language."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienminh.figures import cells
from lienminh.figures.models import CellValue, Indicator
from lienminh.rules.periods import Period
from lienminh.rules.wording import unit_of

Measure, Counts = Indicator.Measure, Indicator.Counts
Words = Mapping[tuple[str, str], str]

# The subjects of the catalogue, each with the first words of its indicators' codes.
SUBJECTS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Hợp tác xã"), ("cooperatives", "workers")),
    (gettext_lazy("Tổ hợp tác"), ("groups",)),
    (gettext_lazy("Đào tạo và chuyển giao kỹ thuật"), ("training", "transfer")),
    (gettext_lazy("Xúc tiến thương mại"), ("fairs", "online_markets")),
    (gettext_lazy("Vốn vay"), ("loans",)),
    (gettext_lazy("Hội nghị và văn bản"), ("conferences", "schemes")),
)
OTHERS = gettext_lazy("Chỉ tiêu khác")

SERIES = {
    "actual": gettext_lazy("thực hiện"),
    "estimate": gettext_lazy("ước"),
    "plan": gettext_lazy("kế hoạch"),
}
SOURCES = {
    "counted": gettext_lazy("đếm từ hồ sơ"),
    "reported": gettext_lazy("đơn vị báo cáo"),
    "read": gettext_lazy("đọc từ văn bản"),
    "sum": gettext_lazy("cộng từ cấp dưới"),
    "ratio": gettext_lazy("tính từ hai vế"),
}
STATUSES = {"official": gettext_lazy("chính thức"), "preliminary": gettext_lazy("sơ bộ")}


def by_subject(indicators: Sequence[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """The indicators under their subjects, in the catalogue's order; what has none comes last."""
    subject = {prefix: title for title, prefixes in SUBJECTS for prefix in prefixes}
    groups: dict[str, list[Indicator]] = {str(title): [] for title, _prefixes in SUBJECTS}
    for indicator in indicators:
        title = subject.get(indicator.code.partition(".")[0], OTHERS)
        groups.setdefault(str(title), []).append(indicator)
    return [(title, rows) for title, rows in groups.items() if rows]


def label_of(thing: Indicator | CellValue) -> str:
    """The label in the page's language."""
    return thing.label_en if translation.get_language() == "en" else thing.label_vi


def unit_word(code: str, *, turns: bool = False) -> str:
    """The unit's word: "hợp tác xã"; "lượt hợp tác xã" where turns are counted."""
    unit = unit_of(code)
    if translation.get_language() == "en":
        return f"{unit.english} (turns)" if turns and unit.turns else unit.english
    return unit.turns if turns and unit.turns else unit.word


def period_words(period: Period) -> str:
    """The period in words; in English as it is typed."""
    return str(period) if translation.get_language() == "en" else period.in_words()


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
    if indicator.measure == Measure.RATIO:
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


def cell_words() -> Words:
    """The label of every value of every key; one query."""
    return {(word.key, word.value): label_of(word) for word in CellValue.objects.all()}


def cell_in_words(text: str, words: Words) -> str:
    """A breakdown: "nguồn vốn: vốn ủy thác …; đề án: …"; empty for the whole."""
    joint = _(" và ")
    return "; ".join(
        f"{key_word(key)}: {joint.join(words.get((key, one), one) for one in sorted(values))}"
        for key, values in cells.parse(text).items()
    )


def key_word(key: str) -> str:
    """The word of a key: "nguồn vốn"."""
    vietnamese, english = _keys().get(key, (key, key))
    return english if translation.get_language() == "en" else vietnamese


@cache
def _keys() -> dict[str, tuple[str, str]]:
    """Labels in both languages, from the packaged catalogue."""
    text = files("lienminh.figures").joinpath("catalogue", "keys.yaml").read_text("utf-8")
    return {key: (row["label"][0], row["label"][1]) for key, row in yaml.safe_load(text).items()}
