"""What stands behind an answer: the words as written, what disagrees with it, and its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from django.db.models import Q, QuerySet

from lienminh.figures import cells, reasons
from lienminh.figures.drafting import key_of
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.preparing import Prepared
from lienminh.figures.questions import Answer, Parts
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount


def entries_by_code(codes: Iterable[str]) -> QuerySet[Entry]:
    """The entries of these codes (`posting.line`), in the ledger's order."""
    wanted = Q(pk__in=[])
    for code in codes:
        posting, _, line = code.partition(".")
        wanted |= Q(posting_id=int(posting), line=int(line))
    return Entry.objects.filter(wanted).order_by("posting_id", "line")


def amount_of(entry: Entry) -> Amount:
    """The amount a statement gives; ValueError for one that withdraws."""
    if entry.low is None or entry.high is None:
        raise ValueError(f"entry {entry.code} withdraws a statement and has no amount")
    return Amount(entry.low, entry.high, entry.bound or None, entry.approx)


def explain(answer: Answer, item: Prepared) -> Answer:
    """Add the words as written, the conflicts and, where there is no whole, the parts."""
    stated = living_statements(item)
    same = [entry for entry in stated if entry.cell.text == item.cell]
    if answer.amount is None:
        return _explain_nothing(answer, item, stated, same)
    fitting = [entry for entry in same if _fits(entry, item)]
    quoted = {
        kind: replace(given, as_written=_as_written(kind, given.amount, fitting))
        for kind, given in answer.sources.items()
    }
    return replace(answer, sources=quoted, conflicts=_disagreeing(answer, fitting))


def living_statements(item: Prepared) -> list[Entry]:
    """The statements of the asked indicator at the asked place itself, as known when asked."""
    question = item.question
    known = Entry.objects.filter(
        kind=Entry.Kind.STATEMENT,
        indicator=item.indicator,
        place=question.place,
        series=question.series,
        posting__lte=item.known_at,
    )
    if question.stated_by:
        known = known.filter(stated_on__lte=question.stated_by)
    ordered = known.select_related("cell", "source").order_by("posting_id", "line")
    newest = {key_of(entry): entry for entry in ordered}
    return [entry for entry in newest.values() if entry.low is not None]


def _fits(entry: Entry, item: Prepared) -> bool:
    period = item.question.period
    if item.indicator.measure == Indicator.Measure.STOCK:
        return period.covers(entry.last)
    return (entry.first, entry.last) == (period.first, period.last)


def _as_written(kind: str, amount: Amount, fitting: Sequence[Entry]) -> str:
    """The words behind one kind's value; none where it was put together from several."""
    newest_first = reversed(fitting)
    return next(
        (
            entry.as_written
            for entry in newest_first
            if entry.source.kind == kind and amount_of(entry) == amount
        ),
        "",
    )


def _disagreeing(answer: Answer, fitting: Sequence[Entry]) -> tuple[str, ...]:
    """Other statements of the chosen kind, for the same days, with another number."""
    return tuple(
        entry.code
        for entry in fitting
        if entry.source.kind == answer.source
        and entry.code not in answer.entries
        and answer.as_of in (None, entry.last)
        and amount_of(entry) != answer.amount
    )


def _explain_nothing(
    answer: Answer, item: Prepared, stated: Sequence[Entry], same: Sequence[Entry]
) -> Answer:
    inside = [entry for entry in same if item.question.period.covers(_days(entry))]
    if inside and item.indicator.measure == Indicator.Measure.FLOW:
        answer = replace(
            answer, why=reasons.DO_NOT_TILE, conflicts=tuple(entry.code for entry in inside)
        )
    asked = cells.parse(item.cell)
    finer = [
        entry
        for entry in stated
        if entry.cell.text != item.cell
        and _fits(entry, item)
        and cells.refines(cells.parse(entry.cell.text), asked)
    ]
    if not finer:
        return answer
    parts = Parts(tuple(_part(answer, entry) for entry in finer), _overlap(item, finer))
    return replace(
        answer, parts=parts, why=reasons.PARTS_ONLY if answer.partial is None else answer.why
    )


def _days(entry: Entry) -> Period:
    return Period(entry.first, entry.last)


def _part(whole: Answer, entry: Entry) -> Answer:
    return Answer(
        question=replace(whole.question, cell=entry.cell.text),
        indicator=whole.indicator,
        geography=whole.geography,
        known_at=whole.known_at,
        amount=amount_of(entry),
        counting=entry.counting or None,
        as_of=entry.last if whole.indicator.measure == Indicator.Measure.STOCK else None,
        as_of_basis=entry.as_of_basis or None,
        status=entry.status,
        source=entry.source.kind,
        entries=(entry.code,),
    )


def _overlap(item: Prepared, entries: Sequence[Entry]) -> bool:
    """Whether some two parts may share something: no declared partition keeps them apart."""
    partitions = item.indicator.partitions
    held_apart = [
        {key: words for key, words in cells.parse(entry.cell.text).items() if key in partitions}
        for entry in entries
    ]
    return any(not cells.apart(one, other) for one, other in combinations(held_apart, 2))
