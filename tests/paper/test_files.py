from pathlib import Path

import pytest

from lienminh.paper.files import put
from lienminh.rules.errors import Refused


def test_a_file_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.docx"
    path.write_bytes(b"old")
    put(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"Cannot write .*Choose a folder"):
        put(tmp_path / "none" / "a.docx", b"")


def test_a_place_taken_by_a_folder_is_refused_and_nothing_stays_behind(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(Refused):
        put(tmp_path / "a.docx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
