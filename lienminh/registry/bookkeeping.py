"""Bringing the ledger in line with the records: what they amount to, less what stands of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import override

from lienminh.figures.actions import name_source, post
from lienminh.figures.drafts import Draft, Moved
from lienminh.figures.models import Posting, Source
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.registry.counting import (
    FAMILY_OF,
    Amounts,
    Record,
    difference,
    entries_of,
    indicators_of,
)
from lienminh.registry.models import Books, Collective
from lienminh.registry.queries import RECORD, books_at, standing_of, statements_standing
from lienminh.registry.stating import STOCKS, Statement, statements_of
from lienminh.rules.precision import Amount

AT_ONCE: Final = 2_000  # records compared at a time, for SQLite takes only so many variables


def open_ledger(
    family: str, place: Place, first_day: date, *, key: str, reason: str, by: User | None
) -> Posting:
    """Post the opening of each indicator of a family; its records are then brought up to it."""
    source = _register(family, by=by)
    opening = [
        Draft(
            indicator=code,
            place=place,
            kind="opening",
            first=first_day,
            last=first_day,
            amount=Amount(0, 0),
            source=source,
        )
        for code in indicators_of(family)
    ]
    return post(entries=opening, key=key, reason=reason, by=by)


def bring_up(
    records: Iterable[Collective], *, key: str, reason: str, by: User | None
) -> Posting | None:
    """Post the difference between what the records amount to and what stands of them, if any.

    Call it last in the transaction that changed them, with the records locked.
    """
    by_family = sorted(
        (record for record in records if record.kind in FAMILY_OF),
        key=lambda record: FAMILY_OF[record.kind],
    )
    drafts: list[Draft | Moved] = []
    for family, own in groupby(by_family, key=lambda record: FAMILY_OF[record.kind]):
        whole = list(own)
        for start in range(0, len(whole), AT_ONCE):
            drafts += _gaps(family, whole[start : start + AT_ONCE], by=by)
    return post(entries=drafts, key=key, reason=reason, by=by) if drafts else None


def bring_up_new(
    told: Mapping[str, Record], *, key: str, reason: str, by: User | None
) -> Posting | None:
    """Post what records amount to that were entered just now, by their refs; nothing stands yet."""
    drafts: list[Moved] = []
    for family in Books.Family.values:
        own = {ref: one for ref, one in told.items() if FAMILY_OF.get(one.kind) == family}
        opened = books_at(family, _seats(own.values()))
        amounts = {ref: difference(entries_of(one, opened), {}) for ref, one in own.items()}
        drafts += _drafts_of(family, amounts, by=by)
    return post(entries=drafts, key=key, reason=reason, by=by) if drafts else None


def record_of(record: Collective) -> Record:
    """What is counted of a record."""
    return Record(
        kind=record.kind,
        acts=list(record.acts.all()),
        certificates=list(record.certificates.all()),
        chain_links=list(record.chain_links.all()),
        merged=record.merged_into_id is not None,
    )


def in_vietnamese(words: str | Promise) -> str:
    """Words as the journal keeps them, whatever the language of the page."""
    with override("vi"):
        return str(words)


def _gaps(family: str, records: Sequence[Collective], *, by: User | None) -> list[Draft | Moved]:
    told = {record.ref: record_of(record) for record in records}
    opened = books_at(family, _seats(told.values()))
    standing = standing_of(told)
    amounts = {
        ref: difference(entries_of(one, opened), standing.get(ref, {})) for ref, one in told.items()
    }
    stated_before = statements_standing(told)
    stated = {
        record.ref: changed(
            statements_of(told[record.ref], list(record.returns.all()), opened),
            stated_before.get(record.ref, {}),
        )
        for record in records
    }
    drafts: list[Draft | Moved] = [*_drafts_of(family, amounts, by=by)]
    if any(stated.values()):
        places = Place.objects.in_bulk({line.place for said in stated.values() for line in said})
        source = _returns(family, by=by)
        for ref, said in stated.items():
            drafts += _statements(said, ref, source, places)
    return drafts


def changed(
    wanted: Mapping[Statement, int], standing: Mapping[Statement, int]
) -> dict[Statement, int | None]:
    """What to state anew, and as None what to withdraw."""
    new: dict[Statement, int | None] = {
        line: amount for line, amount in wanted.items() if standing.get(line) != amount
    }
    return new | {line: None for line in standing if line not in wanted}


def _seats(told: Iterable[Record]) -> set[int]:
    return {act.place_id for one in told for act in one.acts if act.place_id is not None}


def _drafts_of(family: str, amounts: Mapping[str, Amounts], *, by: User | None) -> list[Moved]:
    lines = [line for gaps in amounts.values() for line in gaps]
    if not lines:
        return []
    source, place = _register(family, by=by), Place.objects.get(pk=lines[0].place)
    kinds = {(line.indicator, line.cell) for line in lines}
    like = {kind: _movement(*kind, source=source, place=place) for kind in kinds}
    return [
        Moved(like[line.indicator, line.cell], line.place, line.day, amount, RECORD + ref)
        for ref, gaps in amounts.items()
        for line, amount in gaps.items()
    ]


def _movement(indicator: str, cell: str, *, source: Source, place: Place) -> Draft:
    """What all movements of an indicator and a cell have in common."""
    return Draft(
        indicator=indicator,
        cell=cell,
        place=place,
        kind="movement",
        first=place.first_day,
        last=place.first_day,
        amount=Amount(1, 1),
        source=source,
    )


def _statements(
    said: Mapping[Statement, int | None], ref: str, source: Source, places: Mapping[int, Place]
) -> Iterator[Draft]:
    for line, amount in sorted(said.items()):
        stock = line.indicator.partition(".")[2] in STOCKS
        yield Draft(
            indicator=line.indicator,
            place=places[line.place],
            kind="statement",
            cell=line.cell,
            series=line.series,
            first=line.first,
            last=line.last,
            amount=None if amount is None else Amount(amount, amount),
            as_of_basis="stated" if stock else None,
            source=source,
            subject=ref,
            record=RECORD + ref,
        )


def _register(family: str, *, by: User | None) -> Source:
    title = f"Sổ đăng ký: {in_vietnamese(Books.Family(family).label)}"
    return name_source(code=f"registry:{family}", kind="counted", title=title, by=by)


def _returns(family: str, *, by: User | None) -> Source:
    title = f"Số liệu tự khai: {in_vietnamese(Books.Family(family).label)}"
    return name_source(code=f"returns:{family}", kind="counted", title=title, by=by)
