"""Files from everywhere: what is read of them, and the one sentence when nothing is."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from lienminh.registry.workbooks.reading import LARGEST, opened, recognised
from lienminh.rules.errors import Refused
from tests.registry.sheets import saved, xlsx

LINES = ["Tên HTX;Năm", "HTX Đồng Tâm;2015"]


def rows(path: Path, sheet: str = "") -> list[tuple[int, list[str]]]:
    with opened(path, sheet=sheet) as book:
        return [row for _name, lines in book.sheets for row in lines]


def refused(content: bytes, folder: Path) -> str:
    with pytest.raises(Refused) as refusal:
        rows(saved(content, folder))
    return str(refusal.value)


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def test_whole_numbers_stay_whole_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    content = xlsx([], ["a", 2177, 0.1], [], ["b", "  x \n y ", True])
    assert rows(saved(content, tmp_path)) == [(2, ["a", "2177", "0,1"]), (4, ["b", "x y", "x"])]


def test_an_old_workbook_is_read_as_a_new_one(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Cũ")
    page.write(0, 0, "Tên HTX")
    page.write(1, 0, "HTX Đồng Tâm")
    page.write(1, 1, 38_001)
    book.save(str(tmp_path / "a.xls"))
    assert rows(tmp_path / "a.xls") == [(1, ["Tên HTX"]), (2, ["HTX Đồng Tâm", "38001"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_unicode_whichever(encoding: str, tmp_path: Path) -> None:
    path = saved("\r\n".join(LINES).encode(encoding), tmp_path, "a.csv")
    assert rows(path) == [(1, ["Tên HTX", "Năm"]), (2, ["HTX Đồng Tâm", "2015"])]


def test_csv_in_an_older_encoding_is_refused_and_how_to_mend_it_said(tmp_path: Path) -> None:
    assert "CSV UTF-8" in refused("Tªn HTX;N¨m\n".encode("latin-1"), tmp_path)


def test_only_the_sheet_that_was_named_is_read(tmp_path: Path) -> None:
    path = saved(xlsx(["a"], sheet="HTX"), tmp_path)
    assert rows(path, "HTX") == [(1, ["a"])]
    with pytest.raises(Refused, match="không có trang tính"):
        rows(path, "khác")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "không có dòng nào"),
        (b"%PDF-1.7 ...", "không phải sổ tính"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "trang web"),
        (zipped(word__document_xml=b"<x/>"), "không phải sổ tính"),
        (b"PK\x03\x04 not a zip at all", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "không phải sổ tính"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "mật khẩu",
        ),
        (zipped(xl__workbook_xml=b"<workbook/>"), "hỏng"),
        (b"\x00\x01\x02\x03\x04" * 200, "không phải sổ tính"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    assert sentence in refused(content, tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = zipped(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=b"0" * (513 * 2**20))
    assert len(bomb) < 2**20
    assert "quá lớn khi mở ra" in refused(bomb, tmp_path)


def test_a_sheet_as_wide_and_long_as_excel_allows_takes_no_memory_here(tmp_path: Path) -> None:
    content = io.BytesIO(xlsx(["a"]))
    with zipfile.ZipFile(content) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", far)
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as book:
        for part, written in parts.items():
            book.writestr(part, written)
    assert "quá lớn" in refused(spoilt.getvalue(), tmp_path)


def test_too_many_rows_columns_or_bytes_are_refused(tmp_path: Path) -> None:
    assert "100 cột" in refused(xlsx(range(1, 201)), tmp_path)
    assert "200.000 dòng" in refused(b"x\n" * 200_001, tmp_path)
    assert "32 MB" in refused(b"x" * (LARGEST + 1), tmp_path)


def test_a_million_empty_rows_are_passed_by(tmp_path: Path) -> None:
    assert rows(saved(b"a,b\n" + b",\n" * 1_000_000 + b"c,d\n", tmp_path)) == [
        (1, ["a", "b"]),
        (1_000_002, ["c", "d"]),
    ]


def test_macros_are_not_run_and_that_is_said(tmp_path: Path) -> None:
    content = io.BytesIO(xlsx(["a"]))
    with zipfile.ZipFile(content, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macro")
    _form, notes = recognised(saved(content.getvalue(), tmp_path))
    assert "macro" in str(notes[0])


@settings(max_examples=25, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    with suppress(Refused):
        rows(saved(start + content, tmp_path_factory.mktemp("any")))
