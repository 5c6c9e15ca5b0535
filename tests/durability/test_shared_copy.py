"""Several processes share one copy for analysis; each finds it whole or makes it whole."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.homes import POSTINGS, Home

RIGHT = [POSTINGS, POSTINGS]
SECONDS = 5


def test_one_process_compacts_while_another_asks(home: Home) -> None:
    reader, writer = home.start("watch", SECONDS), home.start("churn", SECONDS)
    reader.expect("begin")
    writer.expect("begin")
    reader.end()
    writer.end()
    assert home.answers() == home.recount()
    assert home.lienminh("check").stdout == ""


def _file(folder: Path) -> Path:
    return next(folder.glob("*.parquet"))


def _overwrite_with_garbage(folder: Path) -> None:
    _file(folder).write_bytes(b"\x00garbage" * 1000)


def _truncate(folder: Path) -> None:
    _file(folder).write_bytes(_file(folder).read_bytes()[:-200])


def _empty(folder: Path) -> None:
    _file(folder).write_bytes(b"")


def _lose_the_file(folder: Path) -> None:
    _file(folder).unlink()


def _name_another_ledger(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(told | {"digest": "0" * 64}))


def _be_ahead_of_the_ledger(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(told | {"watermark": 99, "digest": ""}))


def _be_of_another_format(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(told | {"format": 0}))


def _say(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "manifest.json").write_text(text)

    return write


DAMAGES: dict[str, Callable[[Path], None]] = {
    "folder gone": shutil.rmtree,
    "file gone": _lose_the_file,
    "file cut short": _truncate,
    "file empty": _empty,
    "file overwritten": _overwrite_with_garbage,
    "manifest of another ledger": _name_another_ledger,
    "manifest ahead of the ledger": _be_ahead_of_the_ledger,
    "manifest of another format": _be_of_another_format,
    "manifest cut short": _say('{"format": 1, "waterm'),
    "manifest not an object": _say("[]"),
    "manifest with words for numbers": _say(
        '{"format": 1, "watermark": "x", "digest": "", "file": "x", "sha256": ""}'
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_copy_is_made_anew_by_the_next_question(
    home: Home, damage: Callable[[Path], None]
) -> None:
    open_already = home.start("ask")
    open_already.expect("answers")
    damage(home.copy)
    assert home.answers() == RIGHT
    open_already.go_on()
    assert json.loads(open_already.expect("answers")) == RIGHT
    open_already.end()
    assert home.lienminh("check").stdout == ""


@pytest.mark.parametrize("damage", [_truncate, _overwrite_with_garbage, shutil.rmtree])
def test_an_open_process_survives_damage_under_its_hands(
    home: Home, damage: Callable[[Path], None]
) -> None:
    process = home.start("ask")
    process.expect("answers")
    damage(home.copy)
    home.run("post")
    process.go_on()
    assert json.loads(process.expect("answers")) == [POSTINGS + 1, POSTINGS + 1]
    process.end()


def test_a_page_overwritten_inside_the_file_gives_no_wrong_answer(home: Home) -> None:
    file = _file(home.copy)
    content = bytearray(file.read_bytes())
    for position in range(4, len(content) // 3, 7):
        content[position] ^= 0x55
    file.write_bytes(content)
    assert home.answers() == RIGHT
