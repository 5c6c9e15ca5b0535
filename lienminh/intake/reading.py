"""Figures read out of a document's text, each with the place, the indicator and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from lienminh.intake.gazetteer import gazetteer
from lienminh.intake.mentions import mentions
from lienminh.intake.placing import Placed, Placing
from lienminh.rules.files import yaml_of
from lienminh.rules.reading.figures import SHOWN, Figure, lexicons, read
from lienminh.rules.reading.lexicon import Lexicon
from lienminh.rules.reading.sentences import Around
from lienminh.rules.reading.words import cut
from lienminh.rules.reading.writing import written


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure proposed to a person, who confirms or corrects it."""

    figure: Figure
    place: Placed
    indicator: str | None

    @property
    def shown(self) -> bool:
        """Whether it is sure enough to be shown without being asked for."""
        return self.figure.confidence >= SHOWN

    def as_json(self, file: str) -> dict[str, Any]:
        """The proposal as `lienminh read --jsonl` prints it."""
        one = self.figure
        period = [str(one.first_day), str(one.last_day)] if one.first_day else None
        return {
            "file": file,
            "start": one.start,
            "end": one.end,
            "span": one.span,
            "value": _value(one),
            "unit": one.unit or "other:unknown",
            "subject": one.subject,
            "indicator": self.indicator,
            "measure": one.measure,
            "series": one.series,
            "place": self.place.name,
            "place_ref": self.place.ref,
            "period": period,
            "period_basis": one.period_basis,
            "bound": one.bound,
            "approx": one.approx,
            "qualifier": one.qualifier,
            "of": None if one.of is None else _plain(one.of),
            "direction": one.direction,
            "turns": one.turns,
            "breakdown": dict(one.breakdown),
            "relation": one.relation,
            "attributed_to": one.attributed_to,
            "confidence": one.confidence / 100,
            "why": {**one.why, "place": self.place.why},
        }


def propose(text: str) -> list[Proposal]:
    """Every figure of a text in order, also those that are probably none."""
    reading = read(text, lexicons_of_places())
    names = gazetteer()
    found = mentions(reading.passage, names, reading.day)
    placing = Placing(reading.passage, found, names, reading.day)
    return [
        Proposal(figure, placing.of(figure.around), indicator_of(figure))
        for figure in reading.figures
    ]


def indicator_of(figure: Figure) -> str | None:
    """The code of the first indicator whose description fits; None when none does."""
    around = figure.around
    clause, phrase = _said(around, around.clause), _said(around, around.phrase)
    where = {"words": clause, "also": clause, "near": phrase}
    return next((one["code"] for one in _rules(figure.unit) if _fits(figure, one, where)), None)


def _fits(figure: Figure, rule: Mapping[str, Any], where: Mapping[str, str]) -> bool:
    if rule.get("measure", figure.measure) != figure.measure and figure.measure != "target":
        return False
    if any(figure.breakdown.get(key) != value for key, value in rule.get("breakdown", {}).items()):
        return False
    bare = figure.around.passage.words.writing.bare
    return all(
        any(f" {_even(word, bare)} " in said for word in rule[name])
        for name, said in where.items()
        if name in rule
    )


def _said(around: Around, stretch: tuple[int, int]) -> str:
    first, last = stretch
    return f" {' '.join(around.passage.words.said[first:last])} "


@cache
def _even(word: str, bare: bool) -> str:
    return " ".join(cut(written(word, bare=bare)))


@cache
def _rules(unit: str) -> tuple[Mapping[str, Any], ...]:
    told = yaml_of(resources.files("lienminh.intake") / "data" / "indicators.yaml")
    return tuple(rule for rule in told if rule["unit"] == unit)


@cache
def lexicons_of_places() -> Mapping[bool, Lexicon]:
    """The words of the parameters and the names of places, for texts with and without marks."""
    return lexicons(gazetteer().phrases)


def _value(figure: Figure) -> Any:
    low, high = _plain(figure.low), _plain(figure.high)
    return low if figure.low == figure.high else [low, high]


def _plain(value: Decimal) -> int | float:
    """A whole number, or the decimals as they were stated: JSON knows no other."""
    return int(value) if value == value.to_integral_value() else float(value)


def shown(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Those sure enough to be shown without being asked for."""
    return (one for one in proposals if one.shown)
