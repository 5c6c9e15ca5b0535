"""What is said of a value beside its size, as the bits of one number.

A sum carries the marks of all its parts, so that one `bit_or` tells how uncertain it is, how it was
counted and whether its parts agree. Of the ways of counting and the bases of the as-of day each has
its own bit, "none" too: two bits of a group mean that the parts differ.
"""

from collections.abc import Mapping
from functools import cache

ABOVE, BELOW, STRICT, APPROX, PRELIMINARY, DERIVED = (1 << bit for bit in range(6))
COUNTINGS = {"": 1 << 6, "turns": 1 << 7, "distinct": 1 << 8, "unstated": 1 << 9}
BASES = {"": 1 << 10, "stated": 1 << 11, "context": 1 << 12, "article_date": 1 << 13}
ANY_COUNTING = sum(COUNTINGS.values())
EXACT = 0
_BOUNDS = {
    "": EXACT,
    ">": ABOVE | STRICT,
    ">=": ABOVE,
    "<": BELOW | STRICT,
    "<=": BELOW,
}


@cache
def of_entry(bound: str, approx: int, counting: str, status: str, basis: str) -> int:
    """The marks of one entry; "khoảng", rough without a bound, may err to either side."""
    rough = APPROX if approx else EXACT
    either = ABOVE | BELOW if approx and not bound else EXACT
    preliminary = EXACT if status == "official" else PRELIMINARY
    return _BOUNDS[bound] | rough | either | preliminary | COUNTINGS[counting] | BASES[basis]


@cache
def bound(marks: int) -> str | None:
    """On which side of the number the truth lies; None for exact, and for both sides."""
    match bool(marks & ABOVE), bool(marks & BELOW):
        case True, False:
            return ">" if marks & STRICT else ">="
        case False, True:
            return "<" if marks & STRICT else "<="
    return None


@cache
def approx(marks: int) -> bool:
    """Whether the number is rough: said so, or summed of parts that lean to both sides."""
    return bool(marks & APPROX) or (bool(marks & ABOVE) and bool(marks & BELOW))


@cache
def counting(marks: int) -> str:
    """How all parts were counted; "unstated" when they differ."""
    return _shared(marks, COUNTINGS, "unstated")


@cache
def basis(marks: int) -> str:
    """The basis that all parts share for their as-of day; "" when they differ."""
    return _shared(marks, BASES, "")


def _shared(marks: int, group: Mapping[str, int], otherwise: str) -> str:
    found = [name for name, bit in group.items() if marks & bit]
    return found[0] if len(found) == 1 else otherwise


def turned(marks: str) -> str:
    """SQL: the marks of a number taken away, which leans the other way."""
    leaning = ABOVE | BELOW
    return f"""(
        ({marks} & {~leaning}) | CASE WHEN {marks} & {ABOVE} <> 0 THEN {BELOW} ELSE 0 END
        | CASE WHEN {marks} & {BELOW} <> 0 THEN {ABOVE} ELSE 0 END
    )"""
