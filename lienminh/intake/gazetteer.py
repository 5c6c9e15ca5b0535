"""The names of places a reader knows, from the packaged facts: no database is asked.

Provinces, groupings and the nation are names of their own; districts and communes are only named
behind a level word ("huyện Bắc Sơn"), for thousands of their names are common words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from lienminh.places import naming
from lienminh.places.groupings import build_groupings
from lienminh.places.source import DATA, GROUPINGS, first_days, read_epochs, read_facts
from lienminh.places.units import PlaceFact, build_units
from lienminh.rules.files import yaml_of
from lienminh.rules.reading.lexicon import Entry
from lienminh.rules.text import fold

LEVEL_WORD = "place_level"
_LEVELS_BY_NAME = ("province", "grouping")
_ABBREVIATIONS = {"tp": "city", "tx": "town", "tt": "township"}


@dataclass(frozen=True)
class Gazetteer:
    """Places by ref, districts and communes by kind and folded name, districts by name alone."""

    places: Mapping[str, PlaceFact]
    lower: Mapping[tuple[str, str], tuple[str, ...]]
    districts: Mapping[str, tuple[str, ...]]
    phrases: tuple[tuple[str, Entry], ...]
    domains: Mapping[str, tuple[str, ...]]

    def lives(self, ref: str, day: date | None) -> bool:
        """Whether a place exists on a day; any day when none is known."""
        fact = self.places[ref]
        if day is None:
            return fact.last_day is None
        return fact.first_day <= day and (fact.last_day is None or day <= fact.last_day)

    def living(self, refs: Sequence[str], day: date | None) -> tuple[str, ...]:
        """Those that exist on a day; all of them when none does."""
        return tuple(ref for ref in refs if self.lives(ref, day)) or tuple(refs)

    def name(self, ref: str, day: date | None) -> str:
        """The name of a place on a day."""
        spells = self.places[ref].spells
        begun = [one for one in spells if day is not None and one.first_day <= day]
        return (begun or list(spells))[-1].name

    def province_of(self, ref: str) -> str | None:
        """The province a district or commune lies in."""
        line = self.line_of(ref)
        return next((one for one in line if self.places[one].level == "province"), None)

    def line_of(self, ref: str) -> Iterator[str]:
        """A place and what it lay in, up to the nation."""
        at: str | None = ref
        while at is not None and at in self.places:
            yield at
            at = self.places[at].spells[-1].parent


@cache
def gazetteer() -> Gazetteer:
    """The places of the package, built once."""
    units, _ = build_units(read_epochs(), read_facts())
    groupings, _ = build_groupings(units, first_days()[0])
    places = units | groupings
    lower: dict[tuple[str, str], list[str]] = defaultdict(list)
    districts: dict[str, list[str]] = defaultdict(list)
    for ref, fact in units.items():
        if fact.level in ("district", "commune"):
            for spell in fact.spells:
                lower[spell.kind, fold(spell.name)].append(ref)
                if fact.level == "district":
                    districts[fold(spell.name)].append(ref)
    by_name = {key: tuple(dict.fromkeys(refs)) for key, refs in lower.items()}
    alone = {name: tuple(dict.fromkeys(refs)) for name, refs in districts.items()}
    return Gazetteer(places, by_name, alone, tuple(_phrases(places)), _domains(places))


def _domains(places: Mapping[str, PlaceFact]) -> dict[str, tuple[str, ...]]:
    """Provinces by their name as the address of a newspaper or office has it."""
    found: dict[str, list[str]] = defaultdict(list)
    for ref, fact in places.items():
        if fact.level == "province":
            for spell in fact.spells:
                found[fold(spell.name).replace(" ", "")].append(ref)
    return {name: tuple(refs) for name, refs in found.items()}


def _phrases(places: Mapping[str, PlaceFact]) -> Iterator[tuple[str, Entry]]:
    """Names that stand alone, with the refs of what they name, and level words."""
    for ref, fact in places.items():
        if fact.level in _LEVELS_BY_NAME:
            yield from ((spell.name, Entry(names=(ref,))) for spell in fact.spells)
    yield from _aliases()
    words = (*filter(None, naming.KIND_WORDS.values()), *_ABBREVIATIONS)
    yield from ((word, Entry(cues=frozenset({LEVEL_WORD}))) for word in words)


def _aliases() -> Iterator[tuple[str, Entry]]:
    for told in read_facts()["aliases"]:
        refs = Entry(names=tuple(told["refs"]))
        yield from ((name, refs) for name in told["names"])
    for told in yaml_of(DATA / GROUPINGS):
        refs = Entry(names=(f"g-{told['code']}",))
        yield from ((name, refs) for name in told.get("aliases", ()))


KIND_OF_WORD: Mapping[str, str] = {
    fold(word): kind for kind, word in naming.KIND_WORDS.items() if word
} | _ABBREVIATIONS
