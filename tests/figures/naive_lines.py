"""Lines of the ledger and cells of breakdowns, for the naive oracle (see `naive`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lienminh.figures.drafts import Draft
from lienminh.figures.questions import Question
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

Pairs = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Line:
    """An entry: the posting it stands on, its line there, and what was drafted."""

    posting: int
    number: int
    draft: Draft
    stated_on: date

    @property
    def code(self) -> str:
        return f"{self.posting}.{self.number}"

    @property
    def key(self) -> tuple[object, ...]:
        """What a later statement must share with this one to end it."""
        it = self.draft
        about = (it.indicator, it.place.pk, it.holder and it.holder.pk)
        said = (it.series, it.first, it.last, it.cell, it.subject, it.source.pk)
        return about + said


def amount_of(line: Line) -> Amount:
    if line.draft.amount is None:
        raise ValueError(f"line {line.code} withdraws")
    return line.draft.amount


def days(line: Line) -> Period:
    return Period(line.draft.first, line.draft.last)


def lies_inside(line: Line, other: Line) -> bool:
    return days(other).covers(days(line)) and days(other) != days(line)


def chain_of(line: Line) -> tuple[object, ...]:
    """The source, speaking for one holder."""
    return line.draft.source.pk, line.draft.holder.pk if line.draft.holder else 0


def is_declared(line: Line) -> bool:
    return bool(line.draft.group) and line.draft.relation == "partition"


def grouped(lines: Iterable[Line], key: Callable[[Line], object]) -> list[list[Line]]:
    """The lines that share a key, together."""
    found: dict[object, list[Line]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return list(found.values())


def standing(moved: Iterable[Line]) -> Iterator[Line]:
    """The movements that nothing has undone."""

    def what(line: Line) -> tuple[object, ...]:
        it = line.draft
        return it.place.pk, it.cell, it.subject, it.last

    for lines in grouped(moved, what):
        if sum(amount_of(line).low for line in lines):
            yield from lines


def alive(lines: Iterable[Line], question: Question) -> Iterator[Line]:
    """What was known when asked, less the statements that a later one ended or withdrew."""
    newest: dict[tuple[object, ...], Line] = {}
    for line in lines:
        known = question.known_at is None or line.posting <= question.known_at
        said = question.stated_by is None or line.stated_on <= question.stated_by
        if not (known and said):
            continue
        if line.draft.kind == "statement":
            newest[line.key] = line
        else:
            yield line
    yield from (line for line in newest.values() if line.draft.amount is not None)


def pairs_of(cell: str) -> Pairs:
    """`scheme=a+b;sex=female` as a mapping."""
    parts = (part.split("=") for part in cell.split(";") if part)
    return {key: frozenset(values.split("+")) for key, values in parts}


def only_keys(cell: str, keys: Iterable[str]) -> str:
    """As much of a cell as is said with these keys."""
    known = set(keys)
    return ";".join(pair for pair in cell.split(";") if pair.split("=")[0] in known)


def lies_in(cell: str, asked: str) -> bool:
    """A class that serves the schemes a and b is a class of a."""
    there = pairs_of(cell)
    return all(there.get(key, frozenset()) & values for key, values in pairs_of(asked).items())


def shares_nothing(cell: str, asked: str) -> bool:
    """Some key of both has no value in common."""
    one, other = pairs_of(cell), pairs_of(asked)
    return any(not one[key] & other[key] for key in set(one) & set(other))


def finer_by(cell: str, asked: str) -> str | None:
    """The key by which `cell` is one part of `asked`: the asked pairs, and one value more."""
    one, other = pairs_of(cell), pairs_of(asked)
    extra = set(one) - set(other)
    same = all(one.get(key) == values for key, values in other.items())
    if not same or len(extra) != 1:
        return None
    key = extra.pop()
    return key if len(one[key]) == 1 else None


def clearly_stated(fitting: Iterable[Line], asked: str) -> Iterator[Line]:
    """Of each who stated something of itself, the latest in the cell.

    Nothing of one who also stated, for the same day, what may or may not lie in the cell.
    """
    said = [
        line
        for line in fitting
        if line.draft.kind == "statement" and not shares_nothing(line.draft.cell, asked)
    ]
    for lines in grouped(said, lambda line: line.draft.subject):
        last = max(line.draft.last for line in lines)
        newest = [line for line in lines if line.draft.last == last]
        vague = [line for line in newest if not lies_in(line.draft.cell, asked)]
        if not any(amount_of(line).high for line in vague):
            yield from (line for line in newest if line not in vague)
