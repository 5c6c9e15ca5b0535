"""Facts that a text tells more than once: in its headline, beneath a picture, in its body.

Two proposals say the same when number and unit agree, nothing that both state differs, and their
words are about the same thing. A headline leaves much out, so what only one of them states (a
qualifier, a period, a place) parts nothing. Numbers of three digits and more hardly meet by chance;
"5 HTX" does, so that rounder numbers must share most of the words around them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lienminh.intake.placing import OF_TEXT
from lienminh.intake.reading import Proposal
from lienminh.rules.reading.masks import known
from lienminh.rules.reading.spans import STATED

TELLING_DIGITS = 3  # significant ones
AROUND = 14  # words looked at before and after a figure
ALIKE = 0.5  # of the words around the shorter telling
REMEMBERED = 16  # tellings of one number that another is compared with


def repeats(proposals: Sequence[Proposal]) -> Mapping[int, int]:
    """Which proposals say again what an earlier one said: index to index of the first saying.

    `proposals` are those of one text, in its order, as `propose` gives them. Linear in their
    number.
    """
    told: dict[tuple[object, ...], list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for index, one in enumerate(proposals):
        before = told[_number(one)]
        first = next((i for i in before if _same(proposals[i], one)), None)
        if first is not None:
            found[index] = first
        elif len(before) < REMEMBERED:
            before.append(index)
    return found


def _number(one: Proposal) -> tuple[object, ...]:
    figure = one.figure
    return figure.low, figure.high, figure.of, figure.unit, figure.turns, figure.series


def _same(first: Proposal, again: Proposal) -> bool:
    if any(_contradictions(first, again)):
        return False
    return _digits(again) >= TELLING_DIGITS or _about(first, again)


def _contradictions(first: Proposal, again: Proposal) -> Iterator[bool]:
    """What both state and state otherwise."""
    one, other = first.figure, again.figure
    yield _differ(first.indicator, again.indicator)
    yield one.direction != other.direction
    yield _differ(one.qualifier, other.qualifier) and one.bound != other.bound
    shared = one.breakdown.keys() & other.breakdown.keys()
    yield any(one.breakdown[key] != other.breakdown[key] for key in shared)
    yield one.period_basis == other.period_basis == STATED and (
        (one.first_day, one.last_day) != (other.first_day, other.last_day)
    )
    named = OF_TEXT not in (first.place.why, again.place.why)
    yield named and _differ(first.place.name, again.place.name)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _digits(one: Proposal) -> int:
    """Significant digits of the figure: 1.915 has four, 226 tỷ three, 500 one."""
    return max(
        len(f"{value.normalize():E}".split("E")[0].replace(".", "").lstrip("-"))
        for value in (one.figure.low, one.figure.high)
    )


def _about(first: Proposal, again: Proposal) -> bool:
    mine, yours = _words(first), _words(again)
    fewest = min(len(mine), len(yours))
    return fewest == 0 or len(mine & yours) >= ALIKE * fewest


def _words(one: Proposal) -> set[str]:
    """What the clause says besides the figure: its words but for numbers and small words."""
    around = one.figure.around
    words, quantity, (first, last) = around.passage.words, around.quantity, around.clause
    first, last = max(first, quantity.first - AROUND), min(last, quantity.last + AROUND)
    near = (*words.said[first : quantity.first], *words.said[quantity.last : last])
    return {word for word in near if word.isalpha()} - known("function_words", words.writing.bare)
