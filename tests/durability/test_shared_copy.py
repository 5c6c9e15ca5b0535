"""Several processes share one copy for analysis; each finds it whole or makes it whole."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.homes import POSTINGS, Home

RIGHT = [POSTINGS, POSTINGS]
SECONDS = 2


def test_one_process_compacts_while_another_asks(home: Home) -> None:
    reader, writer = home.start("watch", SECONDS), home.start("churn", SECONDS)
    reader.expect("begin")
    writer.expect("begin")
    reader.end()
    writer.end()
    assert home.answers() == home.recount()
    assert home.lienminh("check").stdout == ""


def test_the_file_a_process_reads_stays_until_it_has_another(home: Home) -> None:
    reader = home.start("ask")
    reader.expect("answers")
    read = _file(home.copy)
    _carry_forward_twice(home)
    assert read.exists()
    reader.go_on()
    assert json.loads(reader.expect("answers")) == [POSTINGS + 2, POSTINGS + 2]
    reader.kill()
    _carry_forward_twice(home)
    assert not read.exists()


def _carry_forward_twice(home: Home) -> None:
    for _ in range(2):
        home.run("post")
        home.run("compact")


def _file(folder: Path) -> Path:
    return next(folder.glob("entries-*.parquet"))


def _spoil_the_places(folder: Path) -> None:
    for file in folder.glob("places-*"):
        file.write_bytes(b"\x00garbage" * 1000)


def _overwrite_with_garbage(folder: Path) -> None:
    _file(folder).write_bytes(b"\x00garbage" * 1000)


def _truncate(folder: Path) -> None:
    _file(folder).write_bytes(_file(folder).read_bytes()[:-200])


def _empty(folder: Path) -> None:
    _file(folder).write_bytes(b"")


def _lose_the_file(folder: Path) -> None:
    _file(folder).unlink()


def _tell(**changes: object) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        manifest = folder / "manifest.json"
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | changes))

    return write


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
    "places overwritten": _spoil_the_places,
    "manifest of another ledger": _tell(digest="0" * 64),
    "manifest ahead of the ledger": _tell(watermark=99, digest=""),
    "manifest of another format": _tell(format=0),
    "manifest with words for numbers": _tell(watermark="x"),
    "manifest cut short": _say('{"format": 1, "waterm'),
    "manifest not an object": _say("[]"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_copy_is_made_anew_by_the_next_question(
    home: Home, damage: Callable[[Path], None]
) -> None:
    damage(home.copy)
    assert home.answers() == RIGHT


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


@pytest.mark.parametrize("every", [1, 7, 1009])
def test_bytes_changed_inside_the_file_give_no_wrong_answer(home: Home, every: int) -> None:
    content = bytearray(_file(home.copy).read_bytes())
    for position in range(4, len(content) // 2, every):
        content[position] ^= 0x55
    _file(home.copy).write_bytes(content)
    assert home.answers() == RIGHT
