"""What the law asks of organisations of the collective economy: how many members, which size."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lienminh.rules.errors import Refused
from lienminh.rules.parameters import value_on


@dataclass(frozen=True)
class Size:
    """A size class (large, medium, small, micro) by a law; None: it is not determined, and why."""

    name: str | None
    law: str
    why: str = ""


class Least(NamedTuple):
    """The least number of members, and the law that says so."""

    members: int
    law: str


def least_members(kind: str, day: date) -> Least | None:
    """What the law in force on the day asks of a kind; None where it says nothing."""
    try:
        rule = value_on("minimum_members", day)
    except Refused:
        return None
    least = rule["least"].get(kind)
    return None if least is None else Least(least, rule["law"])


def size_class(
    sector: str, day: date, *, members: int | None, revenue: int | None, capital: int | None
) -> Size:
    """The size of a cooperative in a year that ends on `day`; amounts are whole đồng.

    Members are official ones. What is unknown is never guessed: a class is given only where no
    unknown number or threshold could make it another.
    """
    try:
        rule = value_on("size_classes", day)
    except Refused:
        return Size(None, "", "no rule was in force")
    told = rule["sectors"].get(sector)
    if told is None:
        return Size(None, rule["law"], "the sector is not known")
    for row in told["classes"]:
        reached = _reached(row, members=members, revenue=revenue, capital=capital)
        if reached is None:
            return Size(None, rule["law"], "members, revenue or capital are not known")
        if reached:
            return Size(row["class"], rule["law"])
    why = "" if told["otherwise"] else "the thresholds of the sector are not known"
    return Size(told["otherwise"], rule["law"], why)


def _reached(
    row: dict[str, int], *, members: int | None, revenue: int | None, capital: int | None
) -> bool | None:
    """Whether a class is reached: members and one of the two amounts; None if it may be."""
    enough = None if members is None else members >= row["members"]
    amounts = [
        None if has is None else has >= row[name]
        for name, has in (("revenue", revenue), ("capital", capital))
    ]
    rich = True if True in amounts else (None if None in amounts else False)
    if enough is False or rich is False:
        return False
    return True if enough and rich else None
