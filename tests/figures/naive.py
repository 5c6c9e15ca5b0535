"""The rules of answering, in plain Python over a list of lines: what the engine must agree with.

No SQL, no copy, no `until`: everything is computed anew for each question, from the rules of the
ledger alone. Read it as their specification; it is written to be followed, not to be quick.

A *line* is an entry as it was drafted, with its place on the ledger. A *value* is what one kind of
source gives for one place. The best own value of the first of the kinds counted, reported, read
answers; without any, the sum of the children does, if it is complete.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lienminh.figures.models import Expectation, Indicator
from lienminh.figures.questions import Question
from lienminh.rules.precision import Amount
from tests.figures.naive_evaluation import Evaluation
from tests.figures.naive_lines import Line
from tests.figures.naive_values import Told, quotient, told_of
from tests.figures.naive_world import World


class Oracle:
    """The whole ledger, to be asked one question at a time."""

    def __init__(
        self, world: World, lines: Sequence[Line], words: Mapping[str, Sequence[str]]
    ) -> None:
        """`words`: the values of each key of the dictionary of breakdowns."""
        self.world, self.lines, self.words = world, lines, words
        self.indicators = {one.code: one for one in Indicator.objects.all()}
        self.expectations = list(Expectation.objects.select_related("place", "indicator"))

    def tell(self, question: Question) -> Told:
        """The answer; a ratio or mean that nobody states is computed from its terms."""
        told = Evaluation(self, question).told()
        indicator = self.indicators[question.indicator]
        if told.amount is not None or indicator.numerator is None or indicator.denominator is None:
            return told
        part, whole = (
            self.tell(replace(question, indicator=term.code))
            for term in (indicator.numerator, indicator.denominator)
        )
        if part.source == "counted" and indicator.denominator == indicator.numerator.reporters:
            then = replace(question, period=told_of(question.period))
            whole = self.tell(replace(then, indicator=indicator.denominator.code))
        ones = 10_000 if indicator.unit == "percent" else 1
        if part.amount is None or whole.amount is None or whole.amount.low == 0:
            some = self._of_some(indicator, part, whole)
            if some is None:
                return told
            known, shared, reporting, expected = some
            partial = (quotient(known, shared, ones), reporting, expected)
            return replace(told, partial=partial, of_organisations=True)
        return Told(
            amount=quotient(part.amount, whole.amount, ones),
            source="ratio",
            as_of=part.as_of if part.as_of == whole.as_of else None,
            status="official" if part.status == whole.status == "official" else "preliminary",
            derived=True,
            entries=part.entries + whole.entries,
        )

    def _of_some(
        self, indicator: Indicator, part: Told, whole: Told
    ) -> tuple[Amount, Amount, int, int] | None:
        """The terms over the organisations that stated them, and how many of how many these are."""
        if part.partial is None or not part.of_organisations or indicator.numerator is None:
            return None
        known, reporting, expected = part.partial
        if indicator.denominator == indicator.numerator.reporters:
            return known, Amount(reporting, reporting), reporting, expected
        if whole.partial is None or whole.partial[1] != reporting or whole.partial[0].low <= 0:
            return None
        return known, whole.partial[0], reporting, expected
