"""Closed word lists among the cues, in the spelling of a text."""

from functools import cache

from lienminh.rules.parameters import table
from lienminh.rules.reading.words import cut
from lienminh.rules.reading.writing import written


@cache
def listed(name: str, bare: bool) -> frozenset[str]:
    """The phrases of one cue, with or without marks."""
    return frozenset(even(word, bare) for word in table("reading_cues")[name])


@cache
def even(phrase: str, bare: bool) -> str:
    """A phrase as the words of a text written evenly would stand."""
    return " ".join(cut(written(phrase, bare=bare)))
