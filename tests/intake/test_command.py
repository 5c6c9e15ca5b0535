"""`lienminh read` as a user meets it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from lienminh.rules.errors import Refused
from tests.intake import papers

FIELDS = {
    *("file", "start", "end", "span", "value", "unit", "subject", "indicator", "measure", "place"),
    *("period", "period_basis", "bound", "approx", "qualifier", "of", "direction", "turns"),
    *("breakdown", "relation", "attributed_to", "confidence"),
}


def printed(*words: object) -> str:
    out = StringIO()
    call_command("read", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bài.txt"
    path.write_text(f"{papers.SENTENCE}\nLớp học 5 ngày.", "utf-8")
    return path


def test_each_figure_is_a_line_of_json(article: Path) -> None:
    (line,) = printed(article, "--jsonl").splitlines()
    told = json.loads(line)
    assert told.keys() >= FIELDS
    assert (told["file"], told["value"], told["unit"]) == ("bài.txt", 12, "cooperative")


def test_the_offsets_index_the_text_that_is_printed(article: Path) -> None:
    text = printed("--text", article)
    told = json.loads(printed(article, "--jsonl").splitlines()[0])
    assert text == article.read_text("utf-8")
    assert text[told["start"] : told["end"]] == told["span"] == "12 hợp tác xã"


def test_doubtful_figures_come_only_when_asked_for(article: Path) -> None:
    assert len(printed(article).splitlines()) == 1
    assert "5 ngày" in printed(article, "--all")


def test_several_files_of_several_kinds(article: Path, tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(papers.word())
    lines = printed(article, tmp_path / "b.docx", "--jsonl").splitlines()
    assert {json.loads(line)["file"] for line in lines} == {"bài.txt", "b.docx"}


def test_a_refused_file_does_not_keep_the_others_from_being_read(
    article: Path, tmp_path: Path
) -> None:
    (tmp_path / "scan.pdf").write_bytes(papers.scan())
    out = StringIO()
    with pytest.raises(Refused, match=r"scan\.pdf: the PDF has no text"):
        call_command("read", str(tmp_path / "scan.pdf"), str(article), stdout=out)
    assert "12 hợp tác xã" in out.getvalue()
