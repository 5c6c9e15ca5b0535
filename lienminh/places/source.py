"""The packaged facts about places, read and checked row by row; nothing is written here."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from lienminh.places import naming
from lienminh.rules.errors import Refused
from lienminh.rules.files import require, yaml_of
from lienminh.rules.text import normalise

DATA = Path(__file__).parent / "data"
FILE = "places.yaml"
GROUPINGS = "groupings.yaml"
UNIT_LEVELS = ("province", "district", "commune")
Key = tuple[str, str]
"""Level and code: unique among the units of one list, and only there."""


@dataclass(frozen=True)
class UnitRow:
    """One unit of one list; `where` names the file and line."""

    level: str
    code: str
    parent: Key | None
    name: str
    kind: str
    where: str


@dataclass(frozen=True)
class LinkRow:
    """The old unit went into the new one: the whole of it, a part, or it is unstated."""

    old: Key
    new: Key
    extent: str


@dataclass(frozen=True)
class Epoch:
    """A time of unchanged borders: its units, and how those before it went into them."""

    first_day: date
    last_day: date | None
    units: Mapping[Key, UnitRow]
    links: Sequence[LinkRow]
    counts: Mapping[str, int]


@cache
def read_facts(folder: Path = DATA) -> dict[str, Any]:
    """Give places.yaml: nation, epochs, earlier states, aliases, what has no successor."""
    facts: dict[str, Any] = yaml_of(folder / FILE)
    require(FILE, facts, "nation", "epochs", "earlier", "aliases", "without_successor")
    require(f"{FILE}, nation,", facts["nation"], "code", "name", "aliases")
    for position, epoch in enumerate(facts["epochs"], start=1):
        links = ("province_successions", "commune_successions") if position > 1 else ()
        require(f"{FILE}, epoch {position},", epoch, "first_day", "units", "counts", *links)
    for change in facts["earlier"]:
        require(f"{FILE}, earlier,", change, "ref", "until")
    for entry in facts["aliases"]:
        require(f"{FILE}, aliases,", entry, "refs", "names")
    return facts


def first_days(folder: Path = DATA) -> list[date]:
    """Give the first day of each epoch of borders, the oldest first."""
    return [epoch["first_day"] for epoch in read_facts(folder)["epochs"]]


def read_epochs(folder: Path = DATA) -> list[Epoch]:
    """Read every list of units with its successions; Refused names the file and line at fault."""
    epochs: list[Epoch] = []
    days = first_days(folder)
    for facts, next_day in zip(read_facts(folder)["epochs"], [*days[1:], None], strict=True):
        units = _read_units(folder / facts["units"])
        links: list[LinkRow] = []
        if epochs:
            before = epochs[-1].units
            links += _read_provinces(folder / facts["province_successions"], before, units)
            links += _read_communes(folder / facts["commune_successions"], before, units)
        last_day = next_day - timedelta(days=1) if next_day else None
        epochs.append(Epoch(facts["first_day"], last_day, units, links, facts["counts"]))
    return epochs


def _read_units(path: Path) -> dict[Key, UnitRow]:
    rows = list(_rows(path, ["level", "code", "parent_code", "name", "type"]))
    has_districts = any(row["level"] == "district" for _, row in rows)
    parent_levels = {"district": "province", "commune": "district" if has_districts else "province"}
    units: dict[Key, UnitRow] = {}
    for where, row in rows:
        unit = _read_unit(where, row)
        parent = _parent(unit, parent_levels, row["parent_code"])
        if parent and parent not in units:
            raise Refused(
                f"{where}: its parent, {parent[0]} '{parent[1]}', is not listed above it."
            )
        if (unit.level, unit.code) in units:
            other = units[unit.level, unit.code].where
            raise Refused(f"{where}: {unit.level} {unit.code} is already listed in {other}.")
        units[unit.level, unit.code] = replace(unit, parent=parent)
    return units


def _read_unit(where: str, row: dict[str, str]) -> UnitRow:
    level, code, name, kind = row["level"], row["code"], normalise(row["name"]), row["type"]
    if level not in UNIT_LEVELS:
        raise Refused(f"{where}: level '{level}' is none of {', '.join(UNIT_LEVELS)}.")
    if not (code.isascii() and code.isdigit()):
        raise Refused(f"{where}: code '{code}' is not a row of digits.")
    if not kind and (titled := naming.split_title(name)):
        kind, name = titled
    if kind not in naming.KINDS[level] or not name:
        raise Refused(f"{where}: '{name}' with type '{kind}' is not a unit of level {level}.")
    return UnitRow(level, code, None, name, kind, where)


def _parent(unit: UnitRow, parent_levels: Mapping[str, str], code: str) -> Key | None:
    if unit.level != "province":
        return parent_levels[unit.level], code
    if code:
        raise Refused(f"{unit.where}: a province belongs to the nation, not to '{code}'.")
    return None


def _read_provinces(
    path: Path, old: Mapping[Key, UnitRow], new: Mapping[Key, UnitRow]
) -> Iterator[LinkRow]:
    for where, row in _rows(path, ["old_code", "old_name", "new_code", "new_name"]):
        link = LinkRow(("province", row["old_code"]), ("province", row["new_code"]), "whole")
        _check_link(where, link, old, new)
        for unit, name in ((old[link.old], row["old_name"]), (new[link.new], row["new_name"])):
            if naming.key(unit.name) != naming.key(name):
                raise Refused(f"{where}: province {unit.code} is '{unit.name}', not '{name}'.")
        yield link


def _read_communes(
    path: Path, old: Mapping[Key, UnitRow], new: Mapping[Key, UnitRow]
) -> Iterator[LinkRow]:
    seen: set[LinkRow] = set()
    for where, row in _rows(path, ["old_code", "new_code", "extent"]):
        link = LinkRow(("commune", row["old_code"]), ("commune", row["new_code"]), row["extent"])
        _check_link(where, link, old, new)
        if link.extent not in ("whole", "part", "unstated"):
            raise Refused(f"{where}: extent '{link.extent}' is none of whole, part, unstated.")
        if link in seen:
            raise Refused(f"{where}: this succession is already listed above.")
        seen.add(link)
        yield link


def _check_link(
    where: str, link: LinkRow, old: Mapping[Key, UnitRow], new: Mapping[Key, UnitRow]
) -> None:
    for unit, units in ((link.old, old), (link.new, new)):
        if unit not in units:
            raise Refused(f"{where}: {unit[0]} '{unit[1]}' is in no list of units of its time.")


def _rows(path: Path, columns: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refused(f"{path.name} cannot be read as a CSV file in UTF-8 ({fault}).") from fault
    if not lines or lines[0] != columns:
        raise Refused(f"{path.name} line 1: the columns must be {','.join(columns)}.")
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            raise Refused(f"{path.name} line {number}: {len(columns)} columns are needed.")
        yield f"{path.name} line {number}", dict(zip(columns, line, strict=True))
