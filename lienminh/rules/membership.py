"""How many members an organisation must have: the least number, by the law of the day."""

from datetime import date
from typing import NamedTuple

from lienminh.rules.errors import Refused
from lienminh.rules.parameters import value_on


class Least(NamedTuple):
    """The number, and the law that says so."""

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
