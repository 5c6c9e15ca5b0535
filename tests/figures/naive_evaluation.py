"""One question to the naive oracle (see `naive`): a place's own values, then its children's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from lienminh.figures.models import Indicator
from lienminh.figures.questions import Question
from lienminh.rules.precision import Amount, difference
from tests.figures.naive_lines import (
    Line,
    alive,
    amount_of,
    chain_of,
    clearly_stated,
    days,
    finer_by,
    grouped,
    is_declared,
    lies_in,
    lies_inside,
    only_keys,
    pairs_of,
    shares_nothing,
    standing,
)
from tests.figures.naive_values import (
    DIFFERENCE,
    OF_THEMSELVES,
    PARTS,
    TILED,
    Told,
    Value,
    first_of_kinds,
    preference,
    status,
    sum_of,
    told_of,
)

if TYPE_CHECKING:
    from tests.figures.naive import Oracle

DAY = timedelta(days=1)


class Evaluation:
    """One question over the lines that are alive for it."""

    def __init__(self, oracle: "Oracle", question: Question) -> None:
        self.oracle, self.world, self.question = oracle, oracle.world, question
        self.indicator = oracle.indicators[question.indicator]
        self.period = question.period
        self.epoch = self.world.epoch_of(self.period.last)
        asked = question.geography
        self.geography = self.world.epoch_of(asked) if asked else self.epoch
        self.stock = self.indicator.measure == Indicator.Measure.STOCK
        self.flow = self.indicator.measure == Indicator.Measure.FLOW
        self.units = self.indicator.counts == Indicator.Counts.UNITS
        self.ever = [
            line
            for line in oracle.lines
            if line.draft.indicator == question.indicator and line.draft.series == question.series
        ]
        self.alive = list(alive(self.ever, question))
        self.stated: dict[int, list[Line]] = {}
        for line in self.alive:
            if line.draft.kind == "statement" and not line.draft.subject:
                self.stated.setdefault(line.draft.place.pk, []).append(line)

    def told(self) -> Told:
        pk = self.question.place.pk
        own = self.own_values(pk)
        value = first_of_kinds(own) or self.sum_of_children(pk)
        themselves = None
        if value is None or not (own or value.complete):
            themselves = self.stated_of_themselves(pk)
            value = themselves or value
        if value is None:
            return Told()
        if not own and not value.complete:
            partial = (value.amount, value.reporting, value.expected) if value.adds else None
            return Told(partial=partial, of_organisations=themselves is not None)
        return Told(
            amount=value.amount,
            source=value.kind,
            counting=value.counting or None,
            as_of=value.as_of,
            as_of_basis=value.basis or None,
            status=status(value),
            derived=value.derived,
            entries=tuple(line.code for line in value.lines),
            sources={kind: (one.amount, status(one)) for kind, one in own.items()},
        )

    # A place's own values: one for each kind of source.

    def own_values(self, pk: int) -> dict[str, Value]:
        """The best value of each kind."""
        best: dict[str, Value] = {}
        for value in self.candidates(pk):
            there = best.get(value.kind)
            if there is None or preference(value) < preference(there):
                best[value.kind] = value
        return best

    def candidates(self, pk: int) -> Iterator[Value]:
        lines = self.stated.get(pk, [])
        same = [line for line in lines if line.draft.cell == self.cell]
        fitting = [line for line in lines if self.fits(line)]
        yield from (self.single(line) for line in same if self.fits(line))
        if self.flow:
            yield from self.tiled(same)
            yield from self.differences(same)
        yield from self.declared_parts(fitting)
        yield from self.parts_of_the_source(fitting)
        if counted := self.counted(pk):
            yield counted
        stated = self.stated_of_themselves(pk)
        if stated and stated.complete:
            yield stated

    @cached_property
    def cell(self) -> str:
        """The asked cell as the ledger writes it."""
        pairs = sorted(pairs_of(self.question.cell).items())
        return ";".join(f"{key}={'+'.join(sorted(values))}" for key, values in pairs)

    def fits(self, line: Line) -> bool:
        """A statement answers the period it is for; of a stock, one with its as-of day inside."""
        if self.stock:
            return self.period.covers(line.draft.last)
        return (line.draft.first, line.draft.last) == (self.period.first, self.period.last)

    def adds(self, line: Line) -> bool:
        """Things with one place add; takers of part only as turns."""
        return self.units or line.draft.counting == "turns"

    def single(self, line: Line) -> Value:
        it = line.draft
        return Value(
            kind=it.source.kind,
            amount=amount_of(line),
            lines=(line,),
            counting=it.counting or "",
            official=it.status == "official",
            as_of=it.last if self.stock else None,
            basis=it.as_of_basis or "",
            adds=self.adds(line),
        )

    def added(self, lines: Sequence[Line], how: int) -> Value:
        """Statements of one source added, at least as uncertain as the weakest."""
        singles = [self.single(line) for line in lines]
        return replace(
            sum_of(singles, kind=singles[0].kind),
            how=how,
            adds=all(one.adds for one in singles),
            reporting=1,
            expected=1,
        )

    def tiled(self, same: Iterable[Line]) -> Iterator[Value]:
        """Shorter statements of one chain that cover the period without gap or overlap."""
        shorter = [
            line
            for line in same
            if self.period.covers(days(line))
            and days(line) != self.period
            and not line.draft.cumulative
            and self.adds(line)
        ]
        for chain in grouped(shorter, chain_of):
            longest = [
                line
                for line in chain
                if not any(other != line and lies_inside(line, other) for other in chain)
            ]
            longest.sort(key=lambda line: line.draft.first)
            reached = self.period.first
            for line in longest:
                if line.draft.first != reached:
                    break
                reached = line.draft.last + DAY
            else:
                if reached == self.period.last + DAY:
                    yield self.added(longest, TILED)

    def differences(self, same: Iterable[Line]) -> Iterator[Value]:
        """What a cumulative statement grew by since an earlier one of the same chain and origin."""
        rising = [line for line in same if line.draft.cumulative and self.adds(line)]
        for chain in grouped(rising, lambda line: (*chain_of(line), line.draft.first)):
            for later in chain:
                for earlier in chain:
                    ends = (earlier.draft.last + DAY, later.draft.last)
                    if ends != (self.period.first, self.period.last):
                        continue
                    grown = difference(amount_of(later), amount_of(earlier))
                    if grown.low >= 0:
                        both = self.added([later, earlier], DIFFERENCE)
                        yield replace(both, amount=grown)

    def declared_parts(self, fitting: Iterable[Line]) -> Iterator[Value]:
        """All values of a key that the indicator declares a partition."""
        for key in self.indicator.partitions:
            parts = [line for line in fitting if finer_by(line.draft.cell, self.cell) == key]
            for together in grouped(parts, lambda line: (*chain_of(line), days(line))):
                if len({line.draft.cell for line in together}) == len(self.oracle.words[key]):
                    yield self.added(together, PARTS)

    def parts_of_the_source(self, fitting: Iterable[Line]) -> Iterator[Value]:
        """All statements that their source made together and declared a partition."""

        def group_of(line: Line) -> tuple[object, ...]:
            return (
                line.posting,
                line.draft.group,
                line.draft.place.pk,
                *chain_of(line),
                days(line),
            )

        declared = [line for line in fitting if is_declared(line)]
        for first, *_ in grouped(declared, group_of):
            whole = [
                line
                for line in self.ever
                if is_declared(line) and group_of(line) == group_of(first)
            ]
            keys = {finer_by(line.draft.cell, self.cell) for line in whole}
            if all(line in fitting for line in whole) and len(keys) == 1 and None not in keys:
                yield self.added(whole, PARTS)

    def counted(self, pk: int) -> Value | None:
        """Movements inside the place, where the books of a place around it are open."""
        if (found := self.book_of(pk)) is None:
            return None
        book, opened = found
        since = opened if self.stock else self.period.first
        moved = [
            line
            for line in self.alive
            if line.draft.kind == "movement" and since <= line.draft.last <= self.period.last
        ]
        if any(self.may_lie_inside(line, pk) for line in standing(moved)):
            return None
        lines = [line for line in moved if self.is_inside(line.draft.place.pk, pk)]
        if self.stock:
            lines += self.openings_of(book, opened)
        lines = [line for line in lines if lies_in(line.draft.cell, self.cell)]
        distinctly = not self.units and bool(lines) and all(line.draft.subject for line in lines)
        net: dict[str, int] = {}
        for line in lines:
            net[line.draft.subject] = net.get(line.draft.subject, 0) + amount_of(line).low
        count = sum(n > 0 for n in net.values()) if distinctly else sum(net.values())
        turns = "" if self.units else "turns"
        return Value(
            kind="counted",
            amount=Amount(count, count),
            lines=tuple(lines),
            counting="distinct" if distinctly else turns,
            official=all(line.draft.status == "official" for line in lines),
            as_of=self.period.last if self.stock else None,
            adds=not distinctly,
        )

    def stated_of_themselves(self, pk: int) -> Value | None:
        """What organisations in the place stated of themselves, and how many were due to."""
        counting = self.indicator.reporters
        fitting = [line for line in self.alive if line.draft.subject and self.fits(line)]
        lines = [
            line
            for line in clearly_stated(fitting, self.cell)
            if self.is_inside(line.draft.place.pk, pk)
        ]
        if counting is None or not lines:
            return None
        cell = only_keys(self.cell, counting.keys)
        about = replace(self.question, indicator=counting.code, cell=cell, series="actual")
        due = Evaluation(self.oracle, replace(about, period=told_of(self.period))).counted(pk)
        if due is None:
            return None
        summed = sum_of([self.single(line) for line in lines], kind="counted")
        if self.indicator.measure == Indicator.Measure.AVERAGE:
            low = min(amount_of(line).low for line in lines)
            high = max(amount_of(line).high for line in lines)
            summed = replace(summed, amount=replace(summed.amount, low=low, high=high))
        return replace(
            summed,
            how=OF_THEMSELVES,
            reporting=len({line.draft.subject for line in lines}),
            expected=due.amount.low,
        )

    def book_of(self, pk: int) -> tuple[int, date] | None:
        """The place whose open books cover this one, and the day they were opened."""
        limit = self.period.last if self.stock else self.period.first
        opened: dict[int, date] = {}
        for line in self.alive:
            book = line.draft.place
            lives = book.last_day is None or book.last_day >= self.period.last
            if line.draft.kind == "opening" and line.draft.first <= limit and lives:
                opened[book.pk] = max(line.draft.first, opened.get(book.pk, line.draft.first))
        covering = [
            (opened[book], book)
            for book in opened
            if self.is_inside(pk, book) and not (self.stock and self.hides(book, opened[book], pk))
        ]
        if not covering:
            return None
        latest = max(day for day, _ in covering)
        nearest_first = [book for day, book in covering if day == latest]
        nearest_first.sort(key=lambda book: (-self.world.depth(book), book))
        return nearest_first[0], latest

    def may_lie_inside(self, line: Line, pk: int) -> bool:
        """Whether a movement may or may not lie in what is asked, so that nothing is counted.

        It lacks the breakdown; or it happened somewhere in a larger place, or in one that shares
        only a part with this one.
        """
        place, cell = line.draft.place.pk, line.draft.cell
        if shares_nothing(cell, self.cell):
            return False
        if self.is_inside(place, pk):
            asked = set(pairs_of(self.cell)) & set(self.indicator.partitions)
            return bool(asked - set(pairs_of(cell)))
        inside = self.world.inside[self.geography, pk]
        return self.is_inside(pk, place) or bool(inside & self.world.linked(place))

    def is_inside(self, pk: int, ancestor: int) -> bool:
        return self.world.lies_within(pk, ancestor, self.geography)

    def openings_of(self, book: int, opened: date) -> list[Line]:
        return [
            line
            for line in self.alive
            if line.draft.kind == "opening"
            and line.draft.place.pk == book
            and line.draft.first == opened
        ]

    def hides(self, book: int, opened: date, pk: int) -> bool:
        """Whether an opening balance cannot be divided: over smaller places, or into the cell."""
        for line in self.openings_of(book, opened):
            inside = lies_in(line.draft.cell, self.cell)
            apart = shares_nothing(line.draft.cell, self.cell)
            if amount_of(line).low and (pk != book or not (inside or apart)):
                return True
        return False

    # The sum of the children.

    def value(self, pk: int) -> Value | None:
        """A place's own value, or the complete sum of its children."""
        own = first_of_kinds(self.own_values(pk))
        if own is not None:
            return own
        found = self.sum_of_children(pk)
        return found if found and found.complete else None

    def sum_of_children(self, pk: int) -> Value | None:
        """The sum of those that have a value, with how many they are of those expected."""
        if self.world.places[pk].level == "grouping":
            children = self.world.members(pk, self.period.last)
        else:
            children = [
                child
                for child in self.world.children(pk, self.geography, self.epoch)
                if self.world.depth(pk if child is None else child) <= self.lowest
            ]
        due = [child for child in children if child is None or self.is_expected(child)]
        values = [value for child in due if child is not None and (value := self.value(child))]
        if not values:
            return None
        summed = sum_of(values, kind="sum")
        never = self.indicator.measure in (Indicator.Measure.AVERAGE, Indicator.Measure.RATIO)
        adds = not never and all(value.adds for value in values)
        return replace(summed, adds=adds, reporting=len(values), expected=len(due))

    @cached_property
    def lowest(self) -> int:
        """Alliances are provincial: what is about them goes no lower."""
        return 1 if self.indicator.about == Indicator.About.ALLIANCE else 3

    @cached_property
    def named(self) -> dict[str, set[int]]:
        """Who is expected to report on the period's last day, by level, where somebody is named."""
        due: dict[str, set[int]] = {}
        for row in self.oracle.expectations:
            stands = row.first_day <= self.period.last <= (row.last_day or date.max)
            if row.indicator == self.indicator and stands:
                due.setdefault(row.place.level, set()).add(row.place.pk)
        return due

    def is_expected(self, pk: int) -> bool:
        named = self.named.get(self.world.places[pk].level)
        return named is None or pk in named
