"""The annotated texts of tests/intake/corpus, all invented, and how much of them is read.

A text begins with `== day @place` (either may be missing). In it a figure is marked as
`{its words|value unit measure more}`: the value in the unit itself (k, M and G are thousands,
millions and milliards; 3..5 is a range), the unit (o:… is other:…), the measure; more is a bound
(> >= < <=), ~ (approx), <~ , P… (the period, where its clause states it), @place (where it is
another than the text's), of=…, up, down, turns. What two specialists might name differently has
both names: person|member. Every third text is held out: the reader's rules were not made on it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from lienminh.intake.reading import Proposal, propose
from lienminh.places.naming import key, split_title
from lienminh.rules.periods import Period
from lienminh.rules.text import fold

FOLDER = Path(__file__).parent / "corpus"
_MARKED = re.compile(r"\{([^{}|]*)\|([^{}]*)\}")
_SIZES = {"k": 10**3, "M": 10**6, "G": 10**9}
_BOUNDS: dict[str, tuple[str | None, bool]]
_BOUNDS = {">": (">", False), ">=": (">=", False), "<": ("<", False), "<=": ("<=", False)}
_BOUNDS |= {"~": (None, True), "<~": ("<", True), ">~": (">", True)}
FIELDS = ("value", "unit", "qualifier", "measure", "place", "period", "of", "direction", "turns")


@dataclass
class Wanted:
    """One annotated figure."""

    start: int
    end: int
    span: str
    value: tuple[Decimal, ...]
    units: Sequence[str]
    measures: Sequence[str]
    place: str | None
    bound: str | None = None
    approx: bool = False
    period: Period | None = None
    of: Decimal | None = None
    direction: str | None = None
    turns: bool = False


@dataclass
class Text:
    """One annotated text; `held_out` ones are not looked at when rules are made."""

    name: str
    text: str
    wanted: list[Wanted]
    held_out: bool


@dataclass
class Score:
    """What was right of what was asked, by field; what was missed, spurious or wrong, in words."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    spurious: int = 0
    faults: list[str] = field(default_factory=list)

    def f1(self) -> float:
        """F1 of the figures found."""
        found = self.right["found"]
        return 2 * found / max(found + self.spurious + self.asked["found"], 1)

    def share(self, name: str) -> float:
        """How much of a field is right."""
        return self.right[name] / max(self.asked[name], 1)


@cache
def texts() -> tuple[Text, ...]:
    """Every annotated text, in the order of the files."""
    return tuple(one for path in sorted(FOLDER.glob("*.txt")) for one in _texts(path))


def score(chosen: Sequence[Text]) -> Score:
    """Read the texts and compare."""
    found = Score()
    for one in chosen:
        _score(one, [p for p in propose(one.text) if p.shown], found)
    return found


def _texts(path: Path) -> Iterator[Text]:
    for number, block in enumerate(path.read_text("utf-8").split("\n== ")):
        head, _, body = block.removeprefix("== ").partition("\n")
        day, _, place = head.partition("@")
        text, wanted = "", []
        if day.strip() and not body.startswith("ỦY BAN"):
            year, month, date = day.strip().split("-")
            text = f"Thứ Hai, {date}/{month}/{year} 08:00\n\n"
        last = 0
        named = place.strip().replace("_", " ")
        told = _place(named) in fold(body)  # a place is asked for where the text names it
        for mark in _MARKED.finditer(body):
            text += body[last : mark.start()]
            wanted.append(_wanted(mark, len(text), named if told else None))
            text, last = text + mark[1], mark.end()
        yield Text(f"{path.stem} {number}", text + body[last:], wanted, number % 3 == 2)


def _wanted(mark: re.Match[str], start: int, place: str | None) -> Wanted:
    value, units, measures, *more = mark[2].split()
    one = Wanted(
        start,
        start + len(mark[1]),
        mark[1],
        tuple(_number(end) for end in value.split("..")),
        [re.sub("^o:", "other:", unit) for unit in units.split("|")],
        measures.split("|"),
        place,
    )
    for said in more:
        if said in _BOUNDS:
            one.bound, one.approx = _BOUNDS[said]
        elif said.startswith("P"):
            one.period = Period.parse(said[1:])
        elif said.startswith("@"):
            one.place = said[1:].replace("_", " ")
        elif said.startswith("of="):
            one.of = _number(said[3:])
        elif said == "turns":
            one.turns = True
        else:
            assert said in ("up", "down"), said
            one.direction = said
    return one


def _number(said: str) -> Decimal:
    size = _SIZES.get(said[-1], 1)
    return Decimal(said.rstrip("kMG")) * size


def _score(one: Text, read: list[Proposal], found: Score) -> None:
    left = list(read)
    for wanted in one.wanted:
        best = max(left, key=lambda p: _overlap(p, wanted), default=None)
        found.asked.update(("found", "whole"))
        if best is None or _overlap(best, wanted) <= 0:
            found.faults.append(f"missed   {one.name}: {wanted.span!r}")
            continue
        left.remove(best)
        found.right["found"] += 1
        held = dict(_tests(wanted, best))
        for name, (holds, want, got) in held.items():
            found.asked[name] += 1
            found.right[name] += holds
            if not holds:
                found.faults.append(f"{name:9} {one.name}: {wanted.span!r} {want} not {got}")
        found.right["whole"] += all(held[name][0] for name in ("value", "unit", "qualifier"))
    found.spurious += len(left)
    found.faults += [f"spurious {one.name}: {p.figure.span!r} {p.figure.unit}" for p in left]


def _overlap(one: Proposal, wanted: Wanted) -> int:
    return min(one.figure.end, wanted.end) - max(one.figure.start, wanted.start)


def _tests(want: Wanted, got: Proposal) -> Iterator[tuple[str, tuple[bool, object, object]]]:
    one = got.figure
    value = (one.low,) if one.low == one.high else (one.low, one.high)
    yield "value", (value == want.value, want.value, value)
    yield "unit", (any(_same_unit(unit, one.unit) for unit in want.units), want.units, one.unit)
    sure, read = (want.bound, want.approx), (one.bound, one.approx)
    yield "qualifier", (sure == read, sure, read)
    yield "measure", (one.measure in want.measures, want.measures, one.measure)
    if want.place:
        yield "place", (_place(got.place.name) == _place(want.place), want.place, got.place.name)
    if want.period:
        asked = (want.period.first, want.period.last)
        yield (
            "period",
            (asked == (one.first_day, one.last_day), asked, (one.first_day, one.last_day)),
        )
    yield "of", (one.of == want.of, want.of, one.of)
    yield "direction", (one.direction == want.direction, want.direction, one.direction)
    yield "turns", (one.turns == want.turns, want.turns, one.turns)


def _same_unit(want: str, got: str) -> bool:
    return (
        want == got
        or (want.startswith("other:") and not got)
        or (want.startswith("other:") and got.startswith("other"))
    )


def _place(name: str | None) -> str:
    titled = split_title(name or "")
    return key(titled.name if titled else name or "")
