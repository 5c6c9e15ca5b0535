"""What is said of an entry on a screen, and its amount in words."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lienminh.figures import explained
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.questions import Why
from lienminh.rules.precision import Amount, phrase
from lienminh.rules.wording import DECIMAL_BASE, quantity, unit_of

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


@dataclass(frozen=True)
class Written:
    """An amount on a screen: its qualifier, the rest, and the bare number for a spreadsheet."""

    qualifier: str
    words: str
    number: str

    def __str__(self) -> str:
        return f"{self.qualifier} {self.words}".lstrip()


def written(amount: Amount, indicator: Indicator, counting: str | None = None) -> Written:
    """The amount as Vietnamese offices write it, its parts apart."""
    unit = unit_of(indicator.unit)
    turns = counting == Entry.Counting.TURNS and unit.turns is not None
    said, qualifier = quantity(amount, unit.code, turns=turns), phrase(amount)
    words = said.removeprefix(qualifier).lstrip()
    own = (turns and unit.turns) or unit.word
    words = words.removesuffix(own) + (own if turns else explained.unit_word(unit.code))
    ends = dict.fromkeys((_bare(amount.low, unit.scale), _bare(amount.high, unit.scale)))
    return Written(gettext(qualifier) if qualifier else "", words, "–".join(ends))


def _bare(value: int, scale: int) -> str:
    whole, rest = divmod(value, DECIMAL_BASE**scale)
    return f"{whole},{rest:0{scale}}" if rest else str(whole)


def why_words(why: Why | None) -> str:
    """The reason in the page's language, with a capital and a full stop."""
    if why is None:
        return ""
    said = (why.english if get_language() == "en" else why.vietnamese).rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."
