"""How an answer stands in a table: its words, its marks, and what Excel is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from lienminh.figures import reasons, words
from lienminh.figures.addresses import figure_url
from lienminh.figures.questions import Answer
from lienminh.rules.precision import Amount
from lienminh.rules.wording import PERCENT_DECIMALS, decimal, joined, number, unit_of

ONE_PERCENT = 100  # hundredths


class Scale(NamedTuple):
    """The unit that a table's money is written in: its words, and how many đồng one is."""

    words: str
    size: int = 1
    turns: bool = False


class Mark(NamedTuple):
    """A word beside a figure, and the class it is drawn with."""

    text: str
    kind: str = ""


def scale_of(unit: str, amounts: Iterable[Amount], *, turns: bool = False) -> Scale:
    """The largest of tỷ, triệu and đồng in which every amount is a whole number; else the unit.

    `turns`: all of them count turns, so the unit's word for acts is written where it has one.
    """
    word = words.unit_word(unit, turns=turns)
    ends = [end for amount in amounts for end in (amount.low, amount.high) if end]
    if unit_of(unit).kind == "money":
        for name, dong in words.tongue().money:
            if ends and all(end % dong == 0 for end in ends):
                return Scale(f"{name} {word}", dong)
    return Scale(word, turns=turns and bool(unit_of(unit).turns))


@dataclass(frozen=True)
class Shown:
    """One answer in a table whose money is written in `scale`; `excused`: it need not report."""

    answer: Answer
    scale: Scale
    excused: bool = False
    in_parts: bool = False

    @cached_property
    def state(self) -> str:
        """value · zero · partial · parts · closed · excused · missing."""
        amount, partial = self.answer.amount, self.answer.partial
        if amount is not None:
            return "zero" if amount == Amount(0, 0) else "value"
        if self.answer.why == reasons.NOT_FOR_YOU:
            return "closed"
        if self.excused:
            return "excused"
        if partial is not None:
            return "partial"
        return "parts" if self.in_parts else "missing"

    @property
    def series(self) -> str:
        """actual, estimate or plan."""
        return self.answer.question.series

    @property
    def series_word(self) -> str:
        """thực hiện, ước or kế hoạch."""
        return str(words.SERIES[self.series])

    @property
    def is_whole(self) -> bool:
        """Whether there is a figure that may be compared, ranked and drawn."""
        return self.answer.amount is not None

    @property
    def amount(self) -> Amount | None:
        """The figure, or the sum of those parts that have one."""
        partial = self.answer.partial
        return self.answer.amount or (partial.amount if partial else None)

    @property
    def text(self) -> str:
        """The number in the table's unit, without its qualifier."""
        amount = self.amount
        if amount is None:
            return ""
        low, high = self.written(amount.low), self.written(amount.high)
        if amount.low == amount.high:
            return low
        # A dash before a minus sign cannot be read.
        between = _("từ {low} đến {high}") if amount.low < 0 else "{low}–{high}"
        return between.format(low=low, high=high)

    @property
    def qualifier(self) -> str:
        """gần, trên, khoảng …"""
        return words.qualifier(self.amount) if self.amount else ""

    @property
    def qualified(self) -> str:
        """The number with its qualifier, without its unit."""
        return f"{self.qualifier} {self.text}".strip()

    @property
    def said(self) -> str:
        """The whole figure in a line: "gần 29 tỷ đồng"; or why there is none."""
        return joined(self.qualified, self._unit) if self.is_whole else self.why

    @property
    def _unit(self) -> str:
        """The scale's words; for one of the unit itself, its word for one."""
        if self.scale.size == 1 and self.amount == Amount(1, 1):
            code = self.answer.indicator.unit
            return words.unit_word(code, turns=self.scale.turns, one=True)
        return self.scale.words

    @property
    def why(self) -> str:
        """What is said where there is no figure."""
        partial = self.answer.partial
        if self.state == "partial" and partial:
            return self.coverage
        return {
            "closed": _("dành cho cán bộ"),
            "excused": _("không thuộc đối tượng"),
            "parts": _("chỉ có từng phần"),
        }.get(self.state, _("chưa báo cáo"))

    @property
    def coverage(self) -> str:
        """How many of those expected have reported, of an unfinished sum."""
        partial = self.answer.partial
        return words.coverage(partial) if partial else ""

    @property
    def value(self) -> str:
        """What Excel is given: plain digits; a formula for a percentage, safe in any locale."""
        amount = self.answer.amount
        if amount is None:
            return ""
        if unit_of(self.answer.indicator.unit).kind == "percent":
            return f"={amount.low}/{ONE_PERCENT}"
        return str(amount.low // self.scale.size)

    @property
    def beside(self) -> str:
        """What Excel is given in the column of qualifiers."""
        amount = self.answer.amount
        if amount is None:
            return f"{self.qualified} ({self.coverage})" if self.text else self.why
        beside = [mark.text for mark in self.marks if mark.kind != "official"]
        if amount.low != amount.high:
            beside.insert(0, _("đến {high}").format(high=self.written(amount.high)))
        return "; ".join(filter(None, [self.qualifier, *beside]))

    @property
    def marks(self) -> list[Mark]:
        """Estimate or plan, turns, nothing happened, preliminary: what must stand beside it."""
        answer = self.answer
        if answer.amount is None:
            return []
        marks = []
        if answer.question.series != "actual":
            marks.append(Mark(str(words.SERIES[answer.question.series])))
        if answer.counting == "turns" and not self.scale.turns:
            marks.append(Mark(_("lượt")))
        if self.state == "zero":
            marks.append(Mark(_("không phát sinh")))
        if answer.status:
            marks.append(Mark(str(words.STATUSES[answer.status]), answer.status))
        return marks

    @property
    def short_marks(self) -> str:
        """What must stand beside the number in a dense table."""
        return ", ".join(mark.text for mark in self.marks if not mark.kind)

    @property
    def source(self) -> str:
        """Where the number comes from."""
        kind = self.answer.source or ("sum" if self.answer.partial else "")
        return str(words.SOURCES.get(kind, ""))

    @property
    def url(self) -> str:
        """The figure's page, as it was known when asked."""
        return figure_url(self.answer.question)

    def written(self, value: int) -> str:
        """A number of the smallest unit as the table writes it."""
        unit = unit_of(self.answer.indicator.unit)
        if unit.kind == "percent":
            return decimal(value, PERCENT_DECIMALS)
        return decimal(value, unit.scale) if unit.scale else number(value // self.scale.size)


def column(answers: Iterable[Answer], *, excused: Iterable[bool] = ()) -> list[Shown]:
    """Answers of one indicator as a column, its money in one unit."""
    given = list(answers)
    spared = list(excused) or [False] * len(given)
    amounts = [one.amount for one in given if one.amount]
    amounts += [one.partial.amount for one in given if one.partial]
    counted = [one.counting for one in given if one.amount]
    turns = bool(counted) and set(counted) == {"turns"}
    scale = scale_of(given[0].indicator.unit, amounts, turns=turns) if given else Scale("")
    return [Shown(one, scale, excused=spare) for one, spare in zip(given, spared, strict=True)]
