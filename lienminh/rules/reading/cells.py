"""What a table says of a number in one of its cells, beside the row it stands in.

The unit: a head that has one (Tỷ lệ %, Diện tích (ha)), the column of units, the label of the row,
the line above the table (Đơn vị tính: triệu đồng), in that order. Plan or done, and the period: the
heads first, then what stands above the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lienminh.rules.periods import Period
from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.dates import Point
from lienminh.rules.reading.lexicon import Hit, Noun
from lienminh.rules.reading.names import is_year
from lienminh.rules.reading.numbers import vocabulary
from lienminh.rules.reading.quantities import Quantity
from lienminh.rules.reading.sentences import Around
from lienminh.rules.reading.tables import Run
from lienminh.rules.reading.words import Sentence
from lienminh.rules.reading.writing import CELL

UNIT_LINE = 6  # words between "đơn vị tính" and the unit
_ENDS = (CELL, "\n")
_NO_UNITS = frozenset({"time", "none"})
TARGET, DONE, ESTIMATE = "target", "done", "estimate"


class Told(NamedTuple):
    """What the heads of a cell say: "target", "done", "estimate" or nothing, with their words."""

    mood: str
    why: str


def unit(around: Around) -> Quantity | None:
    """A number alone in its cell, with its unit; None when it is not alone or nothing tells."""
    quantity, said, first = around.quantity, around.passage.words.said, around.sentence.first
    alone = quantity.first > first and said[quantity.first - 1] == CELL
    if not alone or (said[quantity.last : quantity.last + 1] or ["\n"])[0] not in _ENDS:
        return None
    found = _unit(around)
    if found is None:
        return None
    hit, noun = found
    sizes = vocabulary(_bare(around)).sizes
    size = sizes.get(said[hit.first - 1], 1) if hit.first else 1
    return quantity._replace(
        low=quantity.low * size,
        high=quantity.high * size,
        unit=noun.unit,
        noun=noun,
        kind="left_out",
        phrase=hit.phrase,
    )


def mood(around: Around) -> Told:
    """Whether the heads of a cell tell of a plan (Kế hoạch), of what was done, or an estimate."""
    bare = _bare(around)
    for run in reversed(_heads(around)):
        words = f" {' '.join(around.passage.words.said[slice(*run)])} "
        for name in (ESTIMATE, DONE, TARGET):
            for phrase in listed(f"head_{name}", bare):
                if f" {phrase} " in words:
                    return Told(name, phrase)
    return Told("", "")


def point(around: Around) -> tuple[Point | None, bool]:
    """The period of a cell, and whether a head tells it, not only what is above the table."""
    if around.cell is None:
        return None, False
    for run in reversed(_heads(around)):
        if told := _point(around, run):
            return told, True
    row = [one for one in around.passage.points_in(around.sentence) if one.first]
    return (None, False) if row else (_point(around, around.cell.caption), False)


def _unit(around: Around) -> tuple[Hit, Noun] | None:
    said = around.passage.words.said
    sizes = vocabulary(_bare(around)).sizes
    row = list(_nouns(around, (around.sentence.first, around.quantity.first)))
    column = [one for one in row if _fills_cell(one[0], said, sizes)]
    heads = [one for run in _heads(around) for one in _nouns(around, run)]
    measured = [one for one in heads if one[1].measured or one[1].unit == "VND"]
    above = list(_nouns(around, around.cell.caption)) if around.cell else []
    above = [one for one in above if _is_unit_line(around, one[0])]
    counted = [one for one in row if _is_counted(around, one[0])]
    sources = (measured, column, heads, counted, above, row)
    return next((source[-1] for source in sources if source), None)


def _nouns(around: Around, run: Run) -> Iterator[tuple[Hit, Noun]]:
    """Counted nouns among some words, sure ones only."""
    for hit in around.passage.hits_in(*run):
        noun = hit.entry.noun
        if noun and noun.unit not in _NO_UNITS and not noun.doubt and hit.last <= run[1]:
            yield hit, noun


def _is_counted(around: Around, hit: Hit) -> bool:
    """Số hợp tác xã: the label says that these are counted."""
    words = around.passage.words
    before = words.said[hit.first - 1] if hit.first else ""
    return before in listed("count_of", words.writing.bare)


def _is_unit_line(around: Around, hit: Hit) -> bool:
    """Whether a noun above a table stands behind "đơn vị tính"."""
    words = around.passage.words
    before = " ".join(words.said[max(0, hit.first - UNIT_LINE) : hit.first])
    return any(phrase in before for phrase in listed("unit_line", words.writing.bare))


def _point(around: Around, run: Run) -> Point | None:
    """The last period that some words tell; a head may be a year alone."""
    sentence = Sentence(*run, opens=False, heading=False)
    told = [one for one in around.passage.points_in(sentence) if one.first and not one.against]
    return told[-1] if told else _year(around, run)


def _year(around: Around, run: Run) -> Point | None:
    """A year alone in its cell."""
    words, (first, last) = around.passage.words, run
    if last - first != 1 or not is_year(words.said[first]):
        return None
    year = Period.parse(words.said[first])
    return Point(words.starts[first], words.ends[first], year.first, year.last)


def _heads(around: Around) -> Sequence[Run]:
    return around.cell.heads if around.cell else ()


def _fills_cell(hit: Hit, said: Sequence[str], sizes: Mapping[str, int]) -> bool:
    """Whether a noun stands alone in its cell, but for a size: triệu đồng."""
    first = hit.first
    while first and said[first - 1] in sizes:
        first -= 1
    return said[first - 1 : first] == [CELL] and said[hit.last : hit.last + 1] == [CELL]


def _bare(around: Around) -> bool:
    return around.passage.words.writing.bare
