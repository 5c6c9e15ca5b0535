"""A process killed at the worst moment leaves the ledger and its copy whole."""

import json

import pytest

from tests.durability.homes import POSTINGS, Home

RIGHT = [POSTINGS, POSTINGS]
MORE = [POSTINGS + 1, POSTINGS + 1]


@pytest.mark.parametrize("stage", ["inserting", "before-commit"])
def test_nothing_of_a_posting_killed_before_its_commit_is_there(home: Home, stage: str) -> None:
    writer = home.start("hold", stage)
    writer.expect("held")
    writer.kill()

    assert home.recount() == home.answers() == RIGHT
    assert home.run("post").popen.returncode == 0
    assert home.numbers() == list(range(1, POSTINGS + 2))
    assert home.answers() == MORE
    assert home.lienminh("check").stdout == ""


@pytest.mark.parametrize("step", [1, 2])
def test_a_killed_compaction_leaves_right_answers_and_the_next_one_sweeps(
    home: Home, step: int
) -> None:
    home.run("post")
    compactor = home.start("stop-compaction", step)
    compactor.expect("held")
    assert home.answers() == MORE  # while it stands still
    compactor.kill()

    assert home.answers() == MORE
    home.run("compact")
    named = json.loads((home.copy / "manifest.json").read_text())["file"]
    assert {path.name for path in home.copy.iterdir()} == {"manifest.json", "lock", named}
    assert home.answers() == MORE
    assert home.lienminh("check").stdout == ""
