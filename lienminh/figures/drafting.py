"""From drafts to entries: every rule a line must meet before it may stand on the ledger."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date

from django.db.models import Model

from lienminh.figures import cells
from lienminh.figures.digest import FIELDS, Line, line_of
from lienminh.figures.drafts import Draft, Moved
from lienminh.figures.models import Cell, CellValue, Entry, Indicator, Source
from lienminh.rules.errors import Refused
from lienminh.rules.precision import Amount

LIMIT = 2**63 - 1
LINE, PLACE, RECORD, FIRST, LAST, LOW, HIGH = map(
    FIELDS.index, ("line", "place_id", "record", "first", "last", "low", "high")
)
LONGEST_RECORD: int = Entry._meta.get_field("record").max_length or 0
Kind, Measure, Counts = Entry.Kind, Indicator.Measure, Indicator.Counts


class Dictionary:
    """The indicators, words and cells of the database, read once for one posting."""

    def __init__(self) -> None:
        self.indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
        self.cells = dict(Cell.objects.values_list("text", "id"))
        self.words: dict[str, set[str]] = {}
        for key, value in CellValue.objects.values_list("key", "value"):
            self.words.setdefault(key, set()).add(value)

    def indicator(self, code: str) -> Indicator:
        """The indicator of this code; Refused when there is none."""
        if code not in self.indicators:
            raise Refused(
                f"There is no indicator '{code}'; the indicators are: "
                f"{', '.join(sorted(self.indicators))}."
            )
        return self.indicators[code]

    def cell_text(self, indicator: Indicator, text: str) -> str:
        """The canonical text of a breakdown of this indicator; Refused when a word is unknown."""
        pairs = cells.parse(text)
        cells.check_words(pairs, keys=indicator.keys, words=self.words)
        return cells.canonical(pairs)

    def cell_id(self, text: str) -> int:
        """The row of a canonical text, made when it is new."""
        if text not in self.cells:
            self.cells[text] = Cell.objects.get_or_create(text=text)[0].pk
        return self.cells[text]


def lines_of(drafts: Sequence[Draft | Moved], *, today: date) -> list[Line]:
    """The lines of a posting; Refused with the one that is wrong."""
    drafting = _Drafting(today)
    lines = []
    for number, draft in enumerate(drafts, start=1):
        try:
            line = drafting.moved(draft) if isinstance(draft, Moved) else drafting.line(draft)
        except Refused as refusal:
            code = draft.like.indicator if isinstance(draft, Moved) else draft.indicator
            raise Refused(f"Entry {number} ({code}): {refusal}") from None
        line[LINE] = number
        lines.append(line)
    return lines


class _Drafting:
    """The drafting of one posting: what it looks up, and what it must not say twice."""

    def __init__(self, today: date) -> None:
        self.dictionary, self.today = Dictionary(), today
        self.seen: set[tuple[object, ...]] = set()
        self.examined: dict[int, Line] = {}

    def line(self, draft: Draft) -> Line:
        entry = _entry(draft, self.dictionary)
        refuse_long(entry)
        _refuse_twice(entry, self.seen)
        entry.stated_on = draft.stated_on or self.today
        return line_of(entry)

    def moved(self, draft: Moved) -> Line:
        """What many have in common is examined once, then what each has of its own."""
        like, place, day, amount, record = draft
        if id(like) not in self.examined:
            self.examined[id(like)] = self.line(like)
        if abs(amount) > LIMIT:
            raise Refused(f"The amount {amount} is beyond 64 bits; check its unit.")
        if len(record) > LONGEST_RECORD:
            refuse_long(Entry(record=record))
        line = self.examined[id(like)].copy()
        line[PLACE], line[RECORD] = place, record
        line[FIRST] = line[LAST] = day.isoformat()
        line[LOW] = line[HIGH] = amount
        return line


def _entry(draft: Draft, dictionary: Dictionary) -> Entry:
    indicator = dictionary.indicator(draft.indicator)
    for check in (_check_words, _check_kind, _check_days, _check_amount):
        check(draft, indicator)
    low, high, bound, approx = astuple(draft.amount) if draft.amount else (None, None, None, False)
    return Entry(
        kind=draft.kind,
        indicator=indicator,
        place=draft.place,
        holder=draft.holder,
        cell_id=dictionary.cell_id(dictionary.cell_text(indicator, draft.cell)),
        series=draft.series,
        source=draft.source,
        first=draft.first,
        last=draft.last,
        covers_first=draft.covers.first if draft.covers else None,
        covers_last=draft.covers.last if draft.covers else None,
        cumulative=draft.cumulative,
        as_of_basis=draft.as_of_basis or "",
        low=low,
        high=high,
        bound=bound or "",
        approx=approx,
        counting=draft.counting or "",
        status=draft.status,
        subject=draft.subject,
        record=draft.record,
        group=draft.group,
        relation=draft.relation,
        document=draft.document,
        start=draft.start,
        end=draft.end,
        as_written=draft.as_written,
        qualifier=draft.qualifier,
        attribution=list(draft.attribution),
    )


def _check_kind(draft: Draft, indicator: Indicator) -> None:
    of_itself = draft.kind == Kind.STATEMENT and bool(draft.subject)
    if draft.subject and draft.kind == Kind.OPENING:
        raise Refused("An opening balance has no subject.")
    if of_itself and indicator.reporters is None:
        raise Refused("Nobody states this of itself; say whom a statement counts by its cell.")
    counted = draft.source.kind == Source.Kind.COUNTED
    if (draft.kind == Kind.STATEMENT and not of_itself) == counted:
        raise Refused("Movements and openings are counted from records; statements are not.")
    if indicator.measure == Measure.RATIO and draft.kind != Kind.STATEMENT:
        raise Refused("A ratio is computed or stated, never moved.")
    if indicator.measure == Measure.AVERAGE and draft.kind != Kind.STATEMENT:
        raise Refused("An average is stated, never moved.")
    if indicator.about == Indicator.About.PLACE and draft.holder is not None:
        raise Refused("This indicator is about a place, not about an organisation.")


def _check_days(draft: Draft, indicator: Indicator) -> None:
    if draft.last < draft.first:
        raise Refused(f"The period ends on {draft.last} before it starts on {draft.first}.")
    one_day = draft.kind != Kind.STATEMENT or indicator.measure == Measure.STOCK
    if one_day and draft.first != draft.last:
        raise Refused("A movement, and a statement of a stock, has one day: first and last agree.")
    if (draft.kind == Kind.STATEMENT and indicator.measure == Measure.STOCK) != bool(
        draft.as_of_basis
    ):
        raise Refused("A stated stock needs the basis of its as-of day, and nothing else has one.")
    if draft.cumulative and indicator.measure != Measure.FLOW:
        raise Refused("Only what happened in a period can be cumulative (lũy kế).")
    # A record may still sit in a unit that ended, until its seat in the new borders is known.
    ended = draft.place.last_day
    if ended and draft.last > ended and draft.kind != Kind.MOVEMENT and not draft.subject:
        raise Refused(
            f"The place ended on {draft.place.last_day}, before {draft.last}; "
            "enter the figure for the place that it became."
        )


def _check_amount(draft: Draft, indicator: Indicator) -> None:
    if draft.unit is not None and draft.unit != indicator.unit:
        raise Refused(f"The unit '{draft.unit}' does not fit; it is counted in {indicator.unit}.")
    amount = draft.amount
    if amount is None:
        if draft.kind != Kind.STATEMENT:
            raise Refused("Only a statement can be withdrawn; undo a movement by its negation.")
        return
    if max(abs(amount.low), abs(amount.high)) > LIMIT:
        raise Refused(f"The amount {amount.high} is beyond 64 bits; check its unit.")
    if draft.kind != Kind.MOVEMENT and amount.low < 0 and not indicator.signed:
        raise Refused(f"The amount {amount.low} is negative; a count or a sum of money is not.")
    if draft.kind == Kind.MOVEMENT and amount != Amount(amount.low, amount.low):
        raise Refused("A movement is exact: one number without a qualifier.")


def _check_words(draft: Draft, indicator: Indicator) -> None:
    participants = indicator.counts == Counts.PARTICIPANTS
    if draft.counting and not participants:
        raise Refused("Only takers of part are counted as turns or as distinct.")
    for name, choices in (
        ("kind", Entry.Kind),
        ("series", Entry.Series),
        ("counting", Entry.Counting),
        ("status", Entry.Status),
        ("relation", Entry.Relation),
        ("as_of_basis", Entry.Basis),
    ):
        word = getattr(draft, name)
        if word and word not in choices.values:
            raise Refused(f"'{word}' is not a {name}; use one of {', '.join(choices.values)}.")


def refuse_long(row: Model) -> None:
    """Refuse a text longer than its column, which SQLite would take and PostgreSQL would not."""
    for field in row._meta.concrete_fields:
        longest = field.max_length
        text = getattr(row, field.attname)
        if longest and isinstance(text, str) and len(text) > longest:
            raise Refused(f"The {field.name} has {len(text)} characters; shorten it to {longest}.")


def key_of(entry: Entry) -> tuple[object, ...]:
    """What a later statement must share with this one to supersede it."""
    return (
        entry.indicator_id,
        entry.place_id,
        entry.holder_id,
        entry.series,
        entry.first,
        entry.last,
        entry.cell_id,
        entry.subject,
        entry.source_id,
    )


def _refuse_twice(entry: Entry, seen: set[tuple[object, ...]]) -> None:
    if entry.kind != Kind.STATEMENT:
        return
    if key_of(entry) in seen:
        raise Refused("The same source states the same figure twice in one posting; keep one.")
    seen.add(key_of(entry))
