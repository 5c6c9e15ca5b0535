"""Figures of a text: every quantity with what its sentence says about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from lienminh.rules.parameters import table
from lienminh.rules.reading import cells, measures, spans, units
from lienminh.rules.reading.carrying import Carried
from lienminh.rules.reading.dates import Point, points
from lienminh.rules.reading.dating import day_of
from lienminh.rules.reading.lexicon import Entry, Lexicon, build, usages
from lienminh.rules.reading.masks import Stretches, furniture, masks
from lienminh.rules.reading.qualifiers import EXACT, Qualified, qualified
from lienminh.rules.reading.quantities import Quantities, Quantity
from lienminh.rules.reading.sentences import Around, Passage
from lienminh.rules.reading.words import Sentence, words
from lienminh.rules.reading.writing import Writing, write

LONGEST_SUBJECT = 14  # words
EARLIER = 8  # quantities of the sentence remembered
_CONFIDENCE = table("reading_confidence")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as stated. `start` and `end` index the text as stored, end exclusive.

    `low` and `high` are equal but for a range, in units (persons, đồng, hectares, percent).
    `confidence` is 0 to 100: about how many of such proposals are figures, by the evidence for the
    noun (see reading_confidence.yaml); below SHOWN it is proposed only when asked for. `why` gives,
    for each field, the words that decided it.
    """

    start: int
    end: int
    span: str
    low: Decimal
    high: Decimal
    unit: str
    subject: str
    measure: str
    first_day: date | None
    last_day: date | None
    period_basis: str | None
    bound: str | None
    approx: bool
    qualifier: str | None
    of: Decimal | None
    direction: str | None
    turns: bool
    breakdown: Mapping[str, str]
    relation: str | None
    attributed_to: str | None
    series: str
    confidence: int
    around: Around
    why: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A text that was read: its day, the passage with its words, the figures in order."""

    day: date | None
    passage: Passage
    figures: Sequence[Figure]


SHOWN: int = _CONFIDENCE["shown"]


def read(text: str, lexicons: Mapping[bool, Lexicon] | None = None) -> Reading:
    """Read the figures of a text; `lexicons`, by whether it has no marks, may know more words."""
    writing = write(text)
    day = day_of(writing)
    lexicon = (lexicons or standard())[writing.bare]
    cut = words(writing, lexicon.syllables)
    hits = lexicon.find(cut)
    told = points(writing, day)
    masked = masks(writing, [(point.start, point.end) for point in told])
    quantities = Quantities(cut, hits, masked).read()
    passage = Passage(cut, hits, told, quantities)
    return Reading(day, passage, list(_figures(passage, day, furniture(writing))))


@cache
def standard() -> Mapping[bool, Lexicon]:
    """The lexicon of the parameters, for texts with and without marks."""
    return lexicons(())


def lexicons(more: Sequence[tuple[str, Entry]]) -> Mapping[bool, Lexicon]:
    """The lexicon of the parameters and more phrases, for texts with and without marks."""
    return {bare: build((*usages(), *more), bare=bare) for bare in (False, True)}


def _figures(passage: Passage, day: date | None, pages: Stretches) -> Iterator[Figure]:
    carried = Carried(passage, day)
    earlier: list[Quantity] = []
    now: Sentence | None = None
    for quantity in passage.quantities:
        sentence = passage.words.sentence_of(quantity.first)
        if now is None or sentence.first != now.first:
            carried.up_to(sentence)
            earlier, now = (earlier if _goes_on(passage, sentence) else []), sentence
        around = Around(passage, quantity, tuple(earlier[-EARLIER:]), sentence)
        settled = units.settled(around)
        around.quantity = settled  # of the same words, so that its stretches hold
        on_page = pages.cover(passage.words.starts[quantity.first])
        if on_page and settled.kind in ("bare", "time"):
            continue
        figure = _figure(around, carried, day, on_page=on_page)
        earlier.append(settled._replace(measure=figure.measure))
        yield figure


def _chosen(around: Around, carried: Carried, day: date | None) -> spans.Choice:
    """The point of time of a quantity; in a table, the one its heads or title tell."""
    told, in_head = cells.point(around)
    if told:
        return spans.Choice(told, spans.STATED if in_head else spans.CONTEXT)
    return spans.choose(around, carried.point, carried.whole, day)


def _goes_on(passage: Passage, sentence: Sentence) -> bool:
    """Trong đó, …: a sentence that tells parts of what the one before counted."""
    hits = passage.hits_in(sentence.first, sentence.first + 1)
    return bool(hits) and "of_which" in hits[0].entry.cues and not sentence.opens


def _figure(around: Around, carried: Carried, day: date | None, *, on_page: bool) -> Figure:
    quantity, cut = around.quantity, around.passage.words
    writing = cut.writing
    choice = _chosen(around, carried, day)
    future = choice.basis == spans.STATED and _is_future(choice.point, day)
    heads = cells.mood(around)
    mood = carried.mood if not heads.mood else heads.why if heads.mood == cells.TARGET else ""
    judged = measures.measure_of(around, carried=mood, future=future and not heads.mood)
    point = _as_told(choice, judged.answer, carried, day)
    span = spans.span_of(point, around, judged.answer, day)
    sure = qualified(around)
    if sure is EXACT and heads.mood == cells.ESTIMATE:
        sure = Qualified(heads.why, None, approx=True)
    start, end = writing.original(cut.starts[quantity.first], cut.ends[quantity.last - 1])
    relation, said = _relation(around)
    return Figure(
        start=start,
        end=end,
        span=writing.text[start:end],
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        subject=_subject(around),
        measure=judged.answer,
        first_day=span.first,
        last_day=span.last,
        period_basis=span.basis,
        bound=sure.bound,
        approx=sure.approx,
        qualifier=sure.word,
        of=quantity.of,
        direction=measures.direction_of(around),
        turns=quantity.turns,
        breakdown=_breakdown(around),
        relation=relation,
        attributed_to=_attributed(around),
        series=_series(judged.answer, sure.word),
        confidence=_confidence(quantity, writing, on_page=on_page),
        around=around,
        why={"measure": judged.why, "period": span.why, "unit": quantity.phrase or said},
    )


def _as_told(
    choice: spans.Choice, measure: str, carried: Carried, day: date | None
) -> spans.Choice:
    """A state without a day of its own is as of the text's day, unless the paragraph gave one."""
    if choice.basis == spans.CONTEXT and measure == "stock" and day:
        point = carried.point
        if point is None or not (point.as_of or point.last == point.first):
            return spans.Choice(None, spans.ARTICLE_DATE)
    return choice


def _is_future(point: Point | None, day: date | None) -> bool:
    if point is None or point.first is None or point.last is None or day is None:
        return False
    return point.first > day or (point.as_of and point.last.year > day.year)


def _series(measure: str, qualifier: str | None) -> str:
    if measure == "target":
        return "plan"
    return "estimate" if qualifier and qualifier.startswith("ước") else "actual"


def _relation(around: Around) -> tuple[str | None, str]:
    if not around.earlier:
        return None, ""
    hit = around.before("of_which", "besides", since=around.earlier[0].last)
    if hit is None:
        return None, ""
    return ("of_which" if "of_which" in hit.entry.cues else "besides"), hit.phrase


def _breakdown(around: Around) -> dict[str, str]:
    found: dict[str, str] = {}
    if around.quantity.kind not in ("counted", "left_out", "part"):
        return found
    if around.quantity.unit == "member" and (org := units.owner(around)):
        found["org"] = org
    first, last = around.phrase
    own = around.quantity.first, around.quantity.last
    for hit in around.passage.hits_in(first, last):
        if not hit.entry.noun or own[0] <= hit.first < own[1]:
            found.update(dict(hit.entry.breakdown))
    return found


def _attributed(around: Around) -> str | None:
    """Theo báo cáo của …, up to the comma, where the sentence begins with it."""
    first = around.sentence.first
    hits = around.passage.hits_in(first, first + 1)
    if not hits or "according" not in hits[0].entry.cues:
        return None
    said, last = around.passage.words.said, hits[0].last
    while last < around.quantity.first and said[last] not in ",;:":
        last += 1
    return around.passage.words.plain(hits[0].first, last) if last < around.quantity.first else None


def _subject(around: Around) -> str:
    """The noun with the words that go on from it; for money and percent the words before."""
    first, last = around.phrase
    quantity, cut = around.quantity, around.passage.words
    if quantity.kind in ("money", "percent", "left_out", "bare"):
        start = max(first, quantity.first - LONGEST_SUBJECT)
        return " ".join(cut.plain(start, quantity.first).split())
    start = next(
        (hit.first for hit in around.passage.hits_in(quantity.first, quantity.last)),
        quantity.first + 1,
    )
    return " ".join(cut.plain(start, min(last, start + LONGEST_SUBJECT)).split())


def _confidence(quantity: Quantity, writing: Writing, *, on_page: bool) -> int:
    kind = "item" if quantity.unit == "other:item" else quantity.kind
    sure: Any = _CONFIDENCE["evidence"][kind]
    times = _CONFIDENCE["times"]
    for name, holds in (
        ("furniture", on_page),
        ("in_words", quantity.in_words),
        ("without_marks", writing.bare),
    ):
        if holds:
            sure = sure * times[name] // 100
    return int(sure)
