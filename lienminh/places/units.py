"""Identity: which rows of the lists are one unit through time, and what it was called when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from lienminh.places.source import FILE, Epoch, Key
from lienminh.rules.errors import Refused

NATION = "vn"
_LETTERS = {"province": "p", "district": "d", "commune": "c"}


@dataclass(frozen=True)
class SpellFact:
    """Name, kind and parent (a ref) of a place from a day to a day."""

    first_day: date
    last_day: date | None
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True)
class PlaceFact:
    """One unit through time; its spells follow each other without a gap."""

    ref: str
    level: str
    code: str
    spells: tuple[SpellFact, ...]

    @property
    def first_day(self) -> date:
        """The first day of its first spell."""
        return self.spells[0].first_day

    @property
    def last_day(self) -> date | None:
        """The last day of its last spell; None while it goes on."""
        return self.spells[-1].last_day


@dataclass(frozen=True)
class SuccessionFact:
    """Refs of the old and the new unit, the first day of the new one, and the extent."""

    old: str
    new: str
    day: date
    extent: str


def build_units(
    epochs: Sequence[Epoch], facts: Mapping[str, Any]
) -> tuple[dict[str, PlaceFact], list[SuccessionFact]]:
    """Join the lists of units into places through time, with the successions between them."""
    nation = facts["nation"]
    spells: dict[str, list[SpellFact]] = {
        NATION: [SpellFact(epochs[0].first_day, None, nation["name"], "nation", None)]
    }
    keys: dict[str, Key] = {NATION: ("nation", nation["code"])}
    successions: list[SuccessionFact] = []
    before: dict[Key, str] = {}
    for position, epoch in enumerate(epochs):
        same = _unchanged(epochs[position - 1], epoch) if position else {}
        refs = {key: before[same[key]] if key in same else _ref(key, epoch) for key in epoch.units}
        keys |= {ref: key for key, ref in refs.items()}
        for key, unit in epoch.units.items():
            parent = refs[unit.parent] if unit.parent else NATION
            spell = SpellFact(epoch.first_day, epoch.last_day, unit.name, unit.kind, parent)
            _append(spells.setdefault(refs[key], []), spell)
        successions += [
            SuccessionFact(before[link.old], refs[link.new], epoch.first_day, link.extent)
            for link in epoch.links
            if link.new not in same
        ]
        before = refs
    for change in facts["earlier"]:
        spells[change["ref"]] = _split_off(spells.get(change["ref"], []), change)
    return {ref: PlaceFact(ref, *keys[ref], tuple(spells[ref])) for ref in spells}, successions


def _ref(key: Key, epoch: Epoch) -> str:
    return f"{_LETTERS[key[0]]}{key[1]}-{epoch.first_day.year}"


def _unchanged(old: Epoch, new: Epoch) -> dict[Key, Key]:
    """Units that went on alone: exactly one whole into exactly one, under the same code.

    Not beside a commune without successor: it may have gone, unrecorded, into the same new unit
    (Tân Lập alone is listed under Tân Yên, while its neighbour Tân Hợp is listed nowhere).
    """
    successors: dict[Key, list[Key]] = defaultdict(list)
    predecessors: dict[Key, list[Key]] = defaultdict(list)
    for link in new.links:
        successors[link.old].append(link.new)
        predecessors[link.new].append(link.old)
    uncertain = {
        unit.parent
        for key, unit in old.units.items()
        if key[0] == "commune" and key not in successors
    }
    return {
        link.new: link.old
        for link in new.links
        if link.extent == "whole"
        and link.old == link.new
        and len(successors[link.old]) == len(predecessors[link.new]) == 1
        and (link.old[0] == "province" or old.units[link.old].parent not in uncertain)
    }


def _append(spells: list[SpellFact], spell: SpellFact) -> None:
    """Add a spell, or lengthen the last one when nothing changed."""
    if spells and replace(spells[-1], first_day=spell.first_day, last_day=spell.last_day) == spell:
        spells[-1] = replace(spells[-1], last_day=spell.last_day)
    else:
        spells.append(spell)


def _split_off(spells: list[SpellFact], change: Mapping[str, Any]) -> list[SpellFact]:
    """Put the earlier state of a place, known until a day, before the state the list gives."""
    until: date = change["until"]
    if not spells or not spells[0].first_day <= until < (spells[0].last_day or date.max):
        raise Refused(f"{FILE}: {change['ref']} has no first spell that goes on after {until}.")
    first, *rest = spells
    earlier = {field: change[field] for field in ("name", "kind") if field in change}
    return [
        replace(first, last_day=until, **earlier),
        replace(first, first_day=until + timedelta(days=1)),
        *rest,
    ]
