"""Breakdowns: sets of key=value pairs in one canonical text, `channel=a+b;scheme=c`."""

from collections.abc import Iterable, Mapping

from lienminh.rules.errors import Refused

Pairs = Mapping[str, frozenset[str]]


def parse(text: str) -> Pairs:
    """The pairs of a cell's text, in any order; '' is the whole. Refused when malformed."""
    pairs: dict[str, frozenset[str]] = {}
    for part in filter(None, text.split(";")):
        key, equals, values = part.partition("=")
        if not (equals and key and all(values.split("+"))):
            raise Refused(
                f"'{part}' is not a breakdown; write key=value, several values as key=a+b."
            )
        if key in pairs:
            raise Refused(f"The key '{key}' stands twice; write several values as {key}=a+b.")
        pairs[key] = frozenset(values.split("+"))
    return pairs


def canonical(pairs: Pairs) -> str:
    """The one text of these pairs: keys sorted, values sorted."""
    return ";".join(f"{key}={'+'.join(sorted(values))}" for key, values in sorted(pairs.items()))


def refines(cell: Pairs, asked: Pairs) -> bool:
    """Whether what lies in `cell` lies in `asked`: every asked key is there and shares a value."""
    return all(key in cell and bool(cell[key] & values) for key, values in asked.items())


def apart(cell: Pairs, asked: Pairs) -> bool:
    """Whether the two can share nothing: some key of both has no value in common."""
    return any(key in cell and not cell[key] & values for key, values in asked.items())


def partition_of(cell: Pairs, asked: Pairs) -> tuple[str, str] | None:
    """The (key, value) by which `cell` is one part of `asked`, or None if it is more than that."""
    extra = set(cell) - set(asked)
    if len(extra) != 1 or any(cell.get(key) != values for key, values in asked.items()):
        return None
    key = extra.pop()
    return (key, next(iter(cell[key]))) if len(cell[key]) == 1 else None


def check_words(pairs: Pairs, *, keys: Iterable[str], words: Mapping[str, set[str]]) -> None:
    """Refuse a key the indicator does not have, or a value the dictionary does not know."""
    allowed = list(keys)
    for key, values in pairs.items():
        if key not in allowed:
            known = ", ".join(allowed) or "none"
            raise Refused(f"This indicator has no key '{key}'; its keys are: {known}.")
        for value in sorted(values - words.get(key, set())):
            known = ", ".join(sorted(words.get(key, set()))) or "none yet"
            raise Refused(f"The key '{key}' has no value '{value}'; its values are: {known}.")
