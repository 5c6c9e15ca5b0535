"""Score `lienminh read` against figures annotated by hand: python tools/reading.py TEXTS [GOLD].

TEXTS is a folder of .txt files; GOLD, one JSON object a line (file, start, end, value, unit,
measure, place, period, period_basis, bound, approx; `optional` rows count neither way), is looked
for in the folder or beside it. Neither is part of the project.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lienminh.intake.reading import propose
from lienminh.places.naming import key, split_title

Row = dict[str, Any]


def main(arguments: Sequence[str]) -> str:
    """The scores as a table, or a sentence that says what is missing."""
    folder = Path(arguments[0]) if arguments and arguments[0] else None
    if folder is None or not folder.is_dir():
        return "There are no texts here to score the reader on: make reading TEXTS=FOLDER"
    gold = Path(arguments[1]) if arguments[1:] else _gold_of(folder)
    if gold is None or not gold.is_file():
        return f"{folder} has no annotated figures (*gold*.jsonl) in it or beside it."
    right, asked = Counter[str](), Counter[str]()
    wanted: dict[str, list[Row]] = defaultdict(list)
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted[row["file"]].append(row)
    for name, rows in sorted(wanted.items()):
        _score(rows, _read(folder / name), right, asked)
    return "\n".join(_table(right, asked))


def _gold_of(folder: Path) -> Path | None:
    near = [*folder.glob("*gold*.jsonl"), *folder.parent.glob("*gold*.jsonl")]
    return near[0] if near else None


def _read(path: Path) -> list[Row]:
    return [one.as_json(path.name) for one in propose(path.read_text("utf-8")) if one.shown]


def _score(rows: list[Row], read: list[Row], right: Counter[str], asked: Counter[str]) -> None:
    left = list(read)
    for gold in sorted(rows, key=lambda row: row["start"]):
        found = max(left, key=lambda row: _overlap(row, gold), default=None)
        if found is not None and _overlap(found, gold) > 0:
            left.remove(found)
        else:
            found = None
        if gold.get("optional"):
            continue
        asked["found"] += 1
        asked["whole"] += 1
        right["found"] += found is not None
        if found is not None:
            held = dict(_tests(gold, found))
            asked.update(held.keys())
            right.update(name for name, holds in held.items() if holds)
            right["whole"] += held["value"] and held["unit"] and held["qualifier"]
    asked["spurious"] += len(left)


def _overlap(row: Row, gold: Row) -> int:
    return int(min(row["end"], gold["end"]) - max(row["start"], gold["start"]))


def _tests(gold: Row, found: Row) -> Iterator[tuple[str, bool]]:
    yield "value", found["value"] == gold["value"]
    yield "unit", found["unit"] == gold["unit"] or (_other(found) and _other(gold))
    yield "qualifier", all((found[k] or None) == (gold.get(k) or None) for k in ("bound", "approx"))
    yield "measure", found["measure"] == gold["measure"]
    if gold.get("place"):
        yield "place", _place(found["place"]) == _place(gold["place"])
    if gold.get("period") and gold.get("period_basis") == "stated":
        yield "period", found["period"] == gold["period"]


def _other(row: Row) -> bool:
    return str(row["unit"]).startswith("other")


def _place(name: str | None) -> str:
    titled = split_title(name or "")
    return key(titled.name if titled else name or "")


def _table(right: Counter[str], asked: Counter[str]) -> Iterator[str]:
    found, spurious = right["found"], asked["spurious"]
    precision, recall = found / max(found + spurious, 1), found / max(asked["found"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    yield f"figures {asked['found']}  found {found}  spurious {spurious}  F1 {f1:.3f}"
    for name in ("value", "unit", "qualifier", "measure", "place", "period", "whole"):
        yield f"{name:10} {right[name]}/{asked[name]} = {right[name] / max(asked[name], 1):.3f}"


if __name__ == "__main__":
    print(main(sys.argv[1:]))
