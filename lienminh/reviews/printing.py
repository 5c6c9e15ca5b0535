"""How a number of a review prints: its answer, its words, its entries in the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_noop

from lienminh.figures import cells, words
from lienminh.figures.answers import answers
from lienminh.figures.lineage import entries_by_code
from lienminh.figures.models import CellValue, Entry
from lienminh.figures.questions import Answer, Question
from lienminh.paper.document import Value
from lienminh.people.models import User
from lienminh.places.queries import title_of
from lienminh.places.words import place_title
from lienminh.reviews.models import Number, Review
from lienminh.rules.periods import Period
from lienminh.rules.precision import phrase
from lienminh.rules.wording import quantity, unit_of
from lienminh.web.words import Words, joined

NO_ANSWER = gettext_noop("chưa có số liệu")


@dataclass(frozen=True)
class Printed:
    """A number with the answer to its question and the entries that the answer rests on.

    `has_total`: whether its indicator has an answer over all its breakdowns together.
    """

    number: Number
    answer: Answer
    entries: Sequence[Entry]
    has_total: bool = True

    @property
    def code(self) -> str:
        """The code beside the number, as "S01"."""
        return self.number.code

    @property
    def period(self) -> Period:
        """The period asked for."""
        return Period(self.number.first, self.number.last)

    def words(self, noun: str | None = None) -> str:
        """As it prints on paper: "gần 29 tỷ đồng"; `noun` stands in the place of the unit."""
        amount = self.answer.amount
        if amount is None:
            return NO_ANSWER
        written = quantity(amount, self.number.indicator.unit, turns=self._in_turns)
        return written.removesuffix(self._unit) + noun if noun else written

    @property
    def said(self) -> str:
        """As a screen says it, in the page's language."""
        amount, indicator = self.answer.amount, self.number.indicator
        if amount is None:
            return gettext(NO_ANSWER)
        return str(words.written(amount, indicator, self.answer.counting))

    @property
    def value(self) -> Value:
        """For a table: the words, and the bare number with its qualifier and unit beside it."""
        amount = self.answer.amount
        if amount is None:
            return Value(text=NO_ANSWER, code=self.code)
        return Value(
            text=self.words(),
            number=amount.low,
            high=amount.high if amount.high != amount.low else None,
            qualifier=phrase(amount),
            unit=self._unit,
            code=self.code,
        )

    @property
    def _in_turns(self) -> bool:
        return self.answer.counting == Entry.Counting.TURNS

    @property
    def _unit(self) -> str:
        unit = unit_of(self.number.indicator.unit)
        return (self._in_turns and unit.turns) or unit.word

    @property
    def question_in_words(self) -> str:
        """Indicator, place, period and breakdown."""
        number = self.number
        parts = [number.indicator.label_vi, title_of(number.place, number.last)]
        parts += [self.period.in_words(), cell_in_words(number.cell)]
        if number.series != Entry.Series.ACTUAL:
            parts.append(Entry.Series(number.series).label)
        return "; ".join(part for part in parts if part)

    @property
    def asked(self) -> Words:
        """Indicator, place, period and breakdown as a screen says them."""
        number = self.number
        labels = words.cell_labels() if number.cell else {}
        parts = [words.label_of(number.indicator), place_title(number.place, number.last)]
        parts += [words.period_words(self.period), words.cell_in_words(number.cell, labels)]
        if number.series != Entry.Series.ACTUAL:
            parts.append(str(words.SERIES[number.series]))
        return joined("; ", parts)


def printed_numbers(
    review: Review, *, user: User | None = None, known_at: int | None = None
) -> dict[str, Printed]:
    """Every number of the review with its answer, by key, in reading order."""
    numbers = list(
        review.numbers.select_related("indicator", "place").prefetch_related("place__spells")
    )
    asked = [question_of(number, known_at) for number in numbers]
    apart = [question for question in asked if question.cell]
    wholes = [replace(question, cell="") for question in apart]
    given = answers([*asked, *wholes], user=user, detail=True)
    total = dict(zip(apart, given[len(asked) :], strict=True))
    entries = _entries(given[: len(asked)])
    return {
        number.key: Printed(
            number,
            one,
            [entries[code] for code in one.entries],
            question not in total or total[question].amount is not None,
        )
        for number, question, one in zip(numbers, asked, given, strict=False)
    }


def question_of(number: Number, known_at: int | None = None) -> Question:
    """What a number asks, of the ledger now or as known at a posting."""
    return Question(
        indicator=number.indicator.code,
        place=number.place,
        period=Period(number.first, number.last),
        cell=number.cell,
        series=number.series,
        known_at=known_at,
    )


def _entries(given: Iterable[Answer]) -> dict[str, Entry]:
    codes = {code for one in given for code in one.entries}
    found = entries_by_code(codes).select_related("document") if codes else ()
    return {entry.code: entry for entry in found}


def cell_in_words(cell: str, *, but: str = "") -> str:
    """The labels of a cell's values, keys in the cell's order, but for one key."""
    pairs = {key: values for key, values in cells.parse(cell).items() if key != but}
    named = CellValue.objects.filter(key__in=pairs).order_by("value") if pairs else ()
    return "; ".join(
        " và ".join(one.label_vi for one in named if one.key == key and one.value in values)
        for key, values in pairs.items()
    )
