"""A process killed at the worst moment leaves the ledger and its copy whole."""

from pathlib import Path

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
    home.run("post")
    assert home.numbers() == list(range(1, POSTINGS + 2))
    assert home.answers() == MORE
    assert home.lienminh("check").stdout == ""


def test_killed_compactions_leave_right_answers_and_the_next_one_sweeps(home: Home) -> None:
    home.run("post")
    for step in (1, 2, 3):
        compactor = home.start("stop-compaction", step)
        compactor.expect("held")
        assert home.answers() == MORE  # while it stands still, and after the one before was killed
        compactor.kill()

    home.run("compact")
    assert not list(home.copy.glob("*.part"))
    the_one_before = 1  # left for readers who have just been sent to it
    assert len(list(home.copy.glob("entries-*"))) <= 1 + the_one_before
    assert home.answers() == MORE
    assert home.lienminh("check").stdout == ""


def test_an_import_killed_in_the_middle_goes_on_and_doubles_nothing(
    home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    seat = "xã Đồng Tâm,huyện Đồng Phú,Bình Phước"
    lines = [f"HTX số {number},{seat}" for number in range(1, 6)]
    file.write_text("\n".join(["Tên HTX,Xã,Huyện,Tỉnh", *lines]), "utf-8")
    entered = "SELECT count(*), count(DISTINCT name) FROM registry_collective"

    importer = home.start("take-in", file)
    importer.expect("held")
    importer.kill()
    assert [tuple(row) for row in home.sql(entered)] == [(2, 2)]
    for _ in range(2):
        assert "Đã nhập: 5 tổ chức." in home.lienminh("import", "registry", str(file)).stdout
    assert [tuple(row) for row in home.sql(entered)] == [(5, 5)]
    assert home.lienminh("check").stdout == ""
