"""Figures of a year in a workbook: which item of the yearly data a column fills in, and how much.

They are taken in only for a year that somebody chose: a list seldom says for which one it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from lienminh.registry import life
from lienminh.registry.counting import Record
from lienminh.registry.returns.actions import checked
from lienminh.registry.stating import items_of
from lienminh.registry.workbooks.findings import Weight
from lienminh.rules.data_year import year_of_data
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold
from lienminh.rules.typed import amount

ITEMS: Final[dict[str, str]] = {
    "members": "official_unsexed",
    "workers": "workers_unsexed",
    "income": "income",
    "capital": "capital",
    "assets": "assets",
    "revenue": "revenue",
    "profit": "profit",
}
"""The item of the yearly data that each column fills in."""

Say = Callable[[str, str, object], None]
MONEY: Final = frozenset({"income", "capital", "assets", "revenue", "profit"})
_SIZES: Final = (
    (re.compile(r"\bty\b(?! le)"), 10**9),
    (re.compile(r"\btrieu\b|\btr\.? ?d|\btrd\b"), 10**6),
    (re.compile(r"\b(?:nghin|ngan)\b|\b1[.,]?000 ?d"), 10**3),
    (re.compile(r"\b(?:dong|vnd)\b"), 1),
)
_LOSS: Final = re.compile(r"[-\N{MINUS SIGN}](.*)|\((.*)\)")


@dataclass(frozen=True)
class Yearly:
    """The year whose figures are taken in, and the đồng that a number of each money column counts.

    `sizes` has no column of which neither its head nor who takes the workbook in says it.
    """

    year: int
    sizes: Mapping[str, int]

    def values(
        self, told: Mapping[str, str], record: Record, *, is_new: bool, is_told: bool, say: Say
    ) -> dict[str, int]:
        """The items that a row fills in, by what its cells say; what is wrong is said at the cell.

        None of an organisation of which the registry is told of the year already, or that was not
        there at its end.
        """
        written = [field for field in ITEMS if told.get(field)]
        if not written:
            return {}
        if is_told:
            sentence = _("Sổ đã có số liệu năm %d của tổ chức này; giữ nguyên số đã có.")
            say(Weight.THERE, written[0], sentence % self.year)
            return {}
        _period, covers = year_of_data(self.year)
        state = life.on(record.states, covers.last)
        if is_new and (state is None or not state.exists):
            sentence = _("Cuối năm %d tổ chức không còn hoặc chưa có, nên bỏ số liệu năm.")
            say(Weight.NOTE, written[0], sentence % self.year)
            return {}
        try:
            return checked(record.kind, dict(self._items(record.kind, told, written, say)))
        except Refused as refusal:
            say(Weight.WRONG, written[0], refusal)
            return {}

    def _items(
        self, kind: str, told: Mapping[str, str], written: Sequence[str], say: Say
    ) -> Iterator[tuple[str, int]]:
        codes = {item.code for item in items_of(kind)}
        for field in written:
            if ITEMS[field] not in codes:
                say(Weight.NOTE, field, _("Loại hình này không khai mục ấy; bỏ qua."))
                continue
            try:
                yield ITEMS[field], self.value(field, told[field])
            except Refused as refusal:
                say(Weight.WRONG, field, refusal)

    def value(self, field: str, text: str) -> int:
        """The whole number a cell says, money in đồng; Refused with what is wrong."""
        loss = _LOSS.fullmatch(text.strip()) if field == "profit" else None
        if loss:
            return -self.value(field, loss[1] or loss[2])
        if field not in MONEY:
            return amount(text, "member").amount.low
        if field not in self.sizes:
            raise Refused(_("Không rõ đơn vị tiền của cột này; hãy chọn đơn vị tiền cho cả bảng."))
        return amount(text, "VND", size=self.sizes[field]).amount.low


def yearly(columns: Sequence[str], heads: Sequence[str], *, year: str, money: str) -> Yearly | None:
    """How the figures of a year are read; None where no year was chosen."""
    if not year:
        return None
    sizes = {
        field: size
        for field, head in zip(columns, heads, strict=True)
        if field in MONEY and (size := size_of(head) or int(money or 0))
    }
    return Yearly(int(year), sizes)


def size_of(head: str) -> int:
    """The đồng that a number under a head counts: 1,000,000 for “Vốn (triệu đồng)”; 0 unsaid."""
    folded = fold(head)
    return next((size for pattern, size in _SIZES if pattern.search(folded)), 0)
