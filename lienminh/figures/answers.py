"""Answering: the one door to every figure, for one question or for a table of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser

from lienminh.figures import lineage, reasons
from lienminh.figures.drafting import Dictionary
from lienminh.figures.engine import copy, marks
from lienminh.figures.engine.balances import ROW, SUM, balances
from lienminh.figures.engine.session import ask
from lienminh.figures.models import Indicator
from lienminh.figures.preparing import Preparation, Prepared, ask_of
from lienminh.figures.questions import Answer, Given, Partial, Question, Why
from lienminh.people.models import User
from lienminh.places.models import Level, Place
from lienminh.places.queries import holder, members_on, successors
from lienminh.rules.data_year import last_day_told
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

KINDS = ("counted", "reported", "read", "sum")
COLUMNS = [*ROW.replace(" ", "").split(","), "part_low", "part_high", "reporting", "expected"]
WHOLE_PERCENT = 10_000  # hundredths of a percent in one

Row = dict[str, Any]
Reader = User | AnonymousUser | None


def answer(question: Question, *, user: Reader = None) -> Answer:
    """Answer one question in full, with its entries, conflicts and parts.

    Refused for an unknown indicator, key or value. A well-formed question that nothing answers has
    no amount, and says why. `user` None is the office's own machine, which may read everything.
    """
    return answers([question], user=user, detail=True)[0]


def answers(
    questions: Sequence[Question], *, user: Reader = None, detail: bool = False
) -> list[Answer]:
    """Answer questions in their order, in as few passes over the ledger as they allow."""
    if not questions:
        return []
    words = Dictionary()
    preparation = Preparation(words, newest=copy.newest().number)
    prepared = [preparation.prepare(question) for question in questions]
    batches: dict[tuple[object, ...], list[Prepared]] = {}
    for item in prepared:
        batches.setdefault(item.batch, []).append(item)
    found: dict[int, Answer] = {}
    for batch in batches.values():
        given = _answer_batch(batch, words, user=user, detail=detail)
        for item, one in zip(batch, given, strict=True):
            found[id(item)] = _whole_or_refused(one, user)
    return [found[id(item)] for item in prepared]


def _answer_batch(
    batch: Sequence[Prepared], words: Dictionary, *, user: Reader, detail: bool
) -> list[Answer]:
    asked = ask_of(batch, words, detail=detail)
    position = {span: index for index, span in enumerate(asked.spans)}

    rows: dict[tuple[int, int, int], list[Row]] = {}
    for values in ask(partial(balances, asked)):
        row = dict(zip(COLUMNS, values, strict=True))
        rows.setdefault((row["i"], row["place"], row["s"]), []).append(row)
    given = [
        _word(item, rows.get((item.indicator.pk, item.question.place.pk, position[item.span]), []))
        for item in batch
    ]
    given = _with_quotients(given, user, detail=detail)
    return (
        [lineage.explain(one, item) for one, item in zip(given, batch, strict=True)]
        if detail
        else given
    )


def _word(item: Prepared, rows: Sequence[Row]) -> Answer:
    """The answer that the engine's rows for one question give: one per kind, or one sum."""
    given: dict[str, Any] = {
        "question": item.question,
        "indicator": item.indicator,
        "geography": item.span.geography,
        "known_at": item.known_at,
        "part_of": _became(item.question.place, item.span.geography),
    }
    if not rows:
        return Answer(**given, why=_why_nothing(item))
    chosen = min(rows, key=itemgetter("kind")) if len(rows) > 1 else rows[0]
    if chosen["low"] is None:
        return Answer(**given, partial=_partial(chosen), why=_why_no_sum(chosen))
    return Answer(
        **given,
        amount=_amount(chosen),
        counting=marks.counting(chosen["marks"]) or None,
        as_of=chosen["as_of"],
        as_of_basis=marks.basis(chosen["marks"]) or None,
        status=_status(chosen),
        derived=bool(chosen["marks"] & marks.DERIVED),
        source=KINDS[chosen["kind"]],
        sources={
            KINDS[row["kind"]]: Given(_amount(row), _status(row))
            for row in rows
            if row["kind"] != SUM
        },
        entries=tuple(chosen["refs"] or ()),
    )


def _amount(row: Row, low: str = "low", high: str = "high") -> Amount:
    said = row["marks"]
    return Amount(row[low], row[high], marks.bound(said), marks.approx(said))


def _status(row: Row) -> str:
    return "preliminary" if row["marks"] & marks.PRELIMINARY else "official"


def _partial(row: Row) -> Partial | None:
    if row["part_low"] is None:
        return None
    of: Literal["places", "organisations"] = "places" if row["kind"] == SUM else "organisations"
    part = _amount(row, "part_low", "part_high")
    return Partial(part, row["reporting"], row["expected"], of)


def _why_no_sum(row: Row) -> Why:
    if row["part_low"] is None:
        return reasons.NOT_ADDED
    return reasons.INCOMPLETE.about(reporting=row["reporting"], expected=row["expected"])


def _why_nothing(item: Prepared) -> Why:
    place = item.question.place
    if place.last_day and item.question.period.last > place.last_day:
        return reasons.ENDED.about(day=place.last_day)
    if place.level == Level.GROUPING and not members_on(place, item.question.period.last):
        return reasons.NO_MEMBERS
    return reasons.NOTHING


def _became(place: Place, geography: date) -> tuple[Place, ...]:
    """What an ended place became in borders drawn after its end, or what holds it there."""
    if place.last_day is None or place.last_day >= geography or place.level == Level.GROUPING:
        return ()
    return tuple(successors(place)) or (holder(place, geography),)


def _whole_or_refused(given: Answer, user: Reader) -> Answer:
    """A figure is read whole or not at all, so that two readers never quote two numbers."""
    public = given.indicator.audience == Indicator.Audience.PUBLIC
    if public or user is None or (user.is_authenticated and user.is_active):
        return given
    return Answer(
        question=given.question,
        indicator=given.indicator,
        geography=given.geography,
        known_at=given.known_at,
        why=reasons.NOT_FOR_YOU,
    )


def _with_quotients(given: Sequence[Answer], user: Reader, *, detail: bool) -> list[Answer]:
    """Compute each ratio and mean that nobody states, its terms at the grain asked for."""
    sought = [at for at, one in enumerate(given) if one.amount is None and one.indicator.numerator]
    pairs = terms_of([given[at] for at in sought], user=user, detail=detail)
    found = list(given)
    for at, (part, whole) in zip(sought, pairs, strict=True):
        found[at] = _quotient(given[at], part, whole)
    return found


def terms_of(
    quotients: Sequence[Answer], *, user: Reader = None, detail: bool = False
) -> list[tuple[Answer, Answer]]:
    """The two answers that each ratio or mean is divided from."""
    asked = [
        replace(one.question, indicator=term.code)
        for one in quotients
        for term in (one.indicator.numerator, one.indicator.denominator)
        if term is not None
    ]
    given = answers(asked, user=user, detail=detail)
    parts, wholes = given[::2], given[1::2]
    then = {
        at: question
        for at, pair in enumerate(zip(parts, wholes, strict=True))
        if (question := _when_told(*pair)) is not None
    }
    for at, one in zip(then, answers(list(then.values()), user=user, detail=detail), strict=True):
        wholes[at] = one
    return list(zip(parts, wholes, strict=True))


def _when_told(part: Answer, whole: Answer) -> Question | None:
    """Who was due to state a counted term, where these are not those of the period's end."""
    period = whole.question.period
    last = max(period.first, last_day_told(period.last))
    of_reporters = part.indicator.reporters_id == whole.indicator.pk
    if part.source != "counted" or not of_reporters or last == period.last:
        return None
    return replace(whole.question, period=Period(period.first, last))


def _quotient(one: Answer, part: Answer, whole: Answer) -> Answer:
    if part.amount is None or whole.amount is None or whole.amount.low == 0:
        return _quotient_of_some(one, part, whole)
    return replace(
        one,
        amount=_divided(one.indicator, part.amount, whole.amount),
        why=None,
        as_of=part.as_of if part.as_of == whole.as_of else None,
        status=min(part.status, whole.status, key=("preliminary", "official").index),
        derived=True,
        source="ratio",
        entries=part.entries + whole.entries,
    )


def _quotient_of_some(one: Answer, part: Answer, whole: Answer) -> Answer:
    """A quotient over the organisations that stated its terms, while not all have."""
    some = part.partial
    if some is not None and some.of == "organisations":
        shared = None
        if one.indicator.denominator_id == part.indicator.reporters_id:
            shared = Amount(some.reporting, some.reporting)
        elif whole.partial and whole.partial.reporting == some.reporting:
            shared = whole.partial.amount
        if shared is not None and shared.low > 0:
            why = reasons.INCOMPLETE.about(reporting=some.reporting, expected=some.expected)
            known = _divided(one.indicator, some.amount, shared)
            return replace(one, partial=replace(some, amount=known), why=why)
    missing = part if part.amount is None else whole
    term = missing.indicator
    return replace(one, why=reasons.NO_TERMS.about(term=term.code, term_vi=term.label_vi))


def _divided(indicator: Indicator, part: Amount, whole: Amount) -> Amount:
    """The quotient in the indicator's smallest unit, half rounded up.

    It is rough as soon as one of the terms is.
    """
    ones = WHOLE_PERCENT if indicator.unit == "percent" else 1
    found = [
        (2 * above * ones + below) // (2 * below)
        for above in (part.low, part.high)
        for below in (whole.low, whole.high)
    ]
    rough = any(term.bound or term.approx for term in (part, whole))
    return Amount(min(found), max(found), None, rough)
