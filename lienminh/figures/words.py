"""How an entry or an answer is worded in the page's language: the one place that says it.

Tables of words for what the ledger keeps as codes, then amounts, units, periods and breakdowns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lienminh.figures import cells
from lienminh.figures.models import CellValue, Entry, Indicator
from lienminh.figures.questions import Partial, Why
from lienminh.rules.files import yaml_of
from lienminh.rules.periods import Period
from lienminh.rules.precision import ENGLISH as QUALIFIERS_IN_ENGLISH
from lienminh.rules.precision import Amount, phrase
from lienminh.rules.wording import (
    DECIMAL_BASE,
    ENGLISH,
    VIETNAMESE,
    Tongue,
    joined,
    spelled,
    unit_of,
)
from lienminh.web.words import is_vietnamese

SERIES: Final = {
    Entry.Series.ACTUAL.value: _("thực hiện"),
    Entry.Series.ESTIMATE.value: _("ước"),
    Entry.Series.PLAN.value: _("kế hoạch"),
}
SOURCES: Final = {
    "counted": _("đếm từ hồ sơ"),
    "reported": _("đơn vị báo cáo"),
    "read": _("đọc từ văn bản"),
    "sum": _("cộng từ cấp dưới"),
    "ratio": _("tính từ hai vế"),
}
STATUSES: Final = {
    Entry.Status.OFFICIAL.value: _("chính thức"),
    Entry.Status.PRELIMINARY.value: _("sơ bộ"),
}
BASIS: Final = {
    Entry.Basis.STATED.value: _("nguồn nêu rõ"),
    Entry.Basis.CONTEXT.value: _("suy từ ngữ cảnh"),
    Entry.Basis.ARTICLE_DATE.value: _("theo ngày của bài báo"),
}
COUNTING: Final = {
    Entry.Counting.TURNS.value: _("đếm lượt"),
    Entry.Counting.DISTINCT.value: _("đếm không trùng"),
    Entry.Counting.UNSTATED.value: _("nguồn không nêu đếm lượt hay đếm không trùng"),
}
RELATION: Final = {
    Entry.Relation.PARTITION.value: _("một phần; các phần hợp thành tổng"),
    Entry.Relation.OF_WHICH.value: _("trong đó: một phần của số nêu cùng"),
    Entry.Relation.BESIDES.value: _("ngoài ra: nằm ngoài số nêu cùng"),
    Entry.Relation.OVERLAPPING.value: _("có phần trùng với số nêu cùng"),
    Entry.Relation.UNKNOWN.value: _("nguồn không nêu quan hệ với các số nêu cùng"),
}
Labels = Mapping[tuple[str, str], str]
"""The label of each value of each key of breakdowns."""


@dataclass(frozen=True)
class Written:
    """An amount on a screen: its qualifier, the rest, and the bare number for a spreadsheet."""

    qualifier: str
    words: str
    number: str

    def __str__(self) -> str:
        return f"{self.qualifier} {self.words}".lstrip()


def written(amount: Amount, indicator: Indicator, counting: str | None = None) -> Written:
    """The amount as offices write it, its parts apart."""
    unit = unit_of(indicator.unit)
    number = spelled(amount, unit, tongue())
    word = unit_word(
        unit.code, turns=counting == Entry.Counting.TURNS, one=amount.low == amount.high == 1
    )
    ends = dict.fromkeys((_bare(amount.low, unit.scale), _bare(amount.high, unit.scale)))
    return Written(qualifier(amount), joined(number, word), "–".join(ends))


def coverage(partial: Partial) -> str:
    """How many of those expected have reported."""
    many = gettext("mới có {reporting}/{expected} nơi")
    if partial.of == "organisations":
        many = gettext("mới có {reporting}/{expected} tổ chức khai")
    return many.format(reporting=partial.reporting, expected=partial.expected)


def _bare(value: int, scale: int) -> str:
    whole, rest = divmod(value, DECIMAL_BASE**scale)
    return f"{whole},{rest:0{scale}}" if rest else str(whole)


def tongue() -> Tongue:
    """The words around numbers."""
    return VIETNAMESE if is_vietnamese() else ENGLISH


def qualifier(amount: Amount) -> str:
    """gần, trên, khoảng …; empty for an exact number."""
    return qualifier_word(phrase(amount))


def qualifier_word(word: str) -> str:
    """A word that is printed beside a number, in the page's language."""
    return word if is_vietnamese() else QUALIFIERS_IN_ENGLISH[word]


def unit_word(code: str, *, turns: bool = False, one: bool = False) -> str:
    """The unit's word: "hợp tác xã"; "lượt hợp tác xã" where turns are counted."""
    unit = unit_of(code)
    acts = turns and unit.turns
    if is_vietnamese():
        return acts or unit.word
    single, several, turn, many_turns = unit.in_english()
    if acts:
        return turn if one else many_turns
    return single if one else several


def period_words(period: Period) -> str:
    """The period in words, without a capital."""
    return period.in_words() if is_vietnamese() else period.in_english()


def label_of(thing: Indicator | CellValue) -> str:
    """The label of an indicator or of a value of a breakdown."""
    return thing.label_vi if is_vietnamese() else thing.label_en


def cell_labels() -> Labels:
    """The label of every value of every key; one query."""
    return {(word.key, word.value): label_of(word) for word in CellValue.objects.all()}


def cell_in_words(text: str, labels: Labels) -> str:
    """A breakdown: "nguồn vốn: vốn ủy thác …; đề án: …"; empty for the whole."""
    joint = gettext(" và ")
    return "; ".join(
        f"{key_word(key)}: {joint.join(labels.get((key, one), one) for one in sorted(values))}"
        for key, values in cells.parse(text).items()
    )


def key_word(key: str) -> str:
    """The word of a key: "nguồn vốn"."""
    vietnamese, english = _keys().get(key, (key, key))
    return vietnamese if is_vietnamese() else english


@cache
def _keys() -> dict[str, tuple[str, str]]:
    """Labels in both languages, from the packaged catalogue."""
    catalogue = yaml_of(files("lienminh.figures").joinpath("catalogue", "keys.yaml"))
    return {key: (row["label"][0], row["label"][1]) for key, row in catalogue.items()}


def why_words(why: Why | None) -> str:
    """The reason, with a capital and a full stop; empty for none."""
    if why is None:
        return ""
    said = (why.vietnamese if is_vietnamese() else why.english).rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."
