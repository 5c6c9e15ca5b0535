"""Figures that a text states more than once: in headline, caption and body."""

from collections.abc import Mapping, Sequence

from lienminh.intake.reading import Proposal


def repeats(proposals: Sequence[Proposal]) -> Mapping[int, int]:
    """The index of each figure that says what an earlier one said, and of the first that did."""
    firsts: dict[tuple[object, ...], int] = {}
    found: dict[int, int] = {}
    for index, one in enumerate(proposals):
        if not one.shown:
            continue
        figure = one.figure
        key = (
            *(figure.low, figure.high, figure.unit, figure.bound, figure.series, figure.turns),
            *(one.indicator, one.place.ref or one.place.name, figure.first_day, figure.last_day),
            *sorted(figure.breakdown.items()),
            figure.subject if one.indicator is None else "",
        )
        first = firsts.setdefault(key, index)
        if first != index and _is_same(proposals[first], one):
            found[index] = first
    return found


def _is_same(first: Proposal, again: Proposal) -> bool:
    """Equal numbers of one paragraph count two things, unless what they count is called alike."""
    text = first.figure.around.passage.words.writing.text
    apart = "\n" in text[first.figure.end : again.figure.start]
    return apart or first.figure.subject == again.figure.subject
