"""A statement in words: the rows of its page, and of the page shown before it is posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from lienminh.figures import addresses, words
from lienminh.figures.drafts import Draft
from lienminh.figures.entering import draft_of
from lienminh.figures.models import Entry, Indicator
from lienminh.places.queries import spell_of
from lienminh.places.words import place_title
from lienminh.rules.periods import Period
from lienminh.rules.wording import number, unit_of
from lienminh.web.words import Vietnamese, Words, filled, joined


@dataclass(frozen=True)
class Fact:
    """One row: what it is, and what it says."""

    label: str
    text: str


@dataclass(frozen=True)
class Told:
    """A draft, or an entry of the ledger, as a page tells it."""

    draft: Draft
    indicator: Indicator
    labels: words.Labels
    entry: Entry | None = None

    @cached_property
    def written(self) -> words.Written | None:
        """The amount; None where it is withdrawn."""
        amount = self.draft.amount
        return words.written(amount, self.indicator, self.draft.counting) if amount else None

    @property
    def place(self) -> Words:
        """The place's title on the day."""
        return place_title(self.draft.place, self.draft.last)

    @property
    def days(self) -> str:
        """The period, or the day that a stock is as of."""
        if self.indicator.measure == Indicator.Measure.STOCK:
            return _("tính đến %(day)s") % {"day": f"{self.draft.last:%d/%m/%Y}"}
        return words.period_words(Period(self.draft.first, self.draft.last))

    @property
    def cell(self) -> str:
        """The breakdown; empty for the whole."""
        return words.cell_in_words(self.draft.cell, self.labels)

    @property
    def status(self) -> str:
        """Preliminary or official."""
        return str(words.STATUSES[self.draft.status])

    @property
    def series(self) -> str:
        """Estimate or plan; empty for what was done."""
        series = self.draft.series
        return "" if series == Entry.Series.ACTUAL else str(words.SERIES[series])

    @property
    def url(self) -> str:
        """The page of the figure that an entry states."""
        return addresses.figure_url(addresses.entry_question(self.entry)) if self.entry else ""

    @property
    def facts(self) -> list[Fact]:
        """Everything it holds, in the order people ask; what is not stated is left out."""
        draft = self.draft
        rows = (
            (_("Nơi"), self._whole_place),
            (_("Kỳ"), self.days),
            (_("Căn cứ của ngày"), words.BASIS.get(draft.as_of_basis or "", "")),
            (_("Phần"), self.cell or _("toàn bộ, không chia nhỏ")),
            (_("Loại số"), words.SERIES[draft.series]),
            (_("Viết đủ số"), self._in_full),
            (_("Cách đếm"), words.COUNTING.get(draft.counting or "", "")),
            (_("Nguồn"), filled("%(title)s (%(kind)s)", title=self._source, kind=self._kind)),
            (_("Ai nêu"), Vietnamese(" → ".join(draft.attribution))),
            (_("Ngày nêu"), f"{draft.stated_on:%d/%m/%Y}" if draft.stated_on else _("hôm nay")),
            (_("Nguyên văn"), Vietnamese(f"“{draft.as_written}”" if draft.as_written else "")),
            (_("Vị trí trong văn bản"), self._offsets),
            (_("Ngày thực tế"), words.period_words(draft.covers) if draft.covers else ""),
            (_("Quan hệ với số nêu cùng"), words.RELATION.get(draft.relation, "")),
            (_("Lũy kế"), _("từ đầu kỳ") if draft.cumulative else ""),
        )
        return [
            Fact(label, text if isinstance(text, str) else str(text))
            for label, text in rows
            if text
        ]

    @property
    def _source(self) -> Vietnamese:
        return Vietnamese(self.draft.source.title)

    @property
    def _kind(self) -> str:
        return str(words.SOURCES[self.draft.source.kind])

    @property
    def _whole_place(self) -> Words:
        """With what it lies in, and its ref, which tells it from others of its name."""
        place, day = self.draft.place, self.draft.last
        parent = spell_of(place, day).parent
        above = place_title(parent, day) if parent and parent.level != "nation" else ""
        return Words([joined(", ", [self.place, above]), f" ({place.ref})"])

    @property
    def _in_full(self) -> str:
        """Money to the last đồng, where its short form hides it."""
        amount, unit = self.draft.amount, self.indicator.unit
        if amount is None or unit_of(unit).kind != "money":
            return ""
        ends = dict.fromkeys((amount.low, amount.high))
        return f"{' – '.join(number(end) for end in ends)} {words.unit_word(unit)}"

    @property
    def _offsets(self) -> str:
        if self.draft.start is None or self.draft.end is None:
            return ""
        span = {"start": self.draft.start, "end": self.draft.end}
        return _("ký tự %(start)d đến %(end)d") % span


def told(entries: Sequence[Entry]) -> list[Told]:
    """Entries of the ledger as pages tell them; the dictionary is read once."""
    labels = words.cell_labels() if entries else {}
    return [Told(draft_of(entry), entry.indicator, labels, entry) for entry in entries]
