import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lienminh.paper.document import (
    Anchor,
    Annex,
    Cell,
    Column,
    Document,
    Head,
    Number,
    Table,
    Value,
)
from lienminh.paper.excel import ROUNDING_NOTE, write_xlsx
from lienminh.paper.excel_columns import fits, grouped

HEAD = Head("", "LIÊN MINH HTX TỈNH", "BÁO CÁO", "Sơ kết", draft_mark="DỰ THẢO")
DAY = date(2023, 7, 5)


@pytest.fixture(scope="module")
def path(report: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("excel") / "report.xlsx"
    write_xlsx(report, made)
    return made


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    found = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    return [list(row) for row in found.to_python()]


def one_column(tmp_path: Path, *cells: Cell) -> list[list[object]]:
    table = Table((Column("Số"),), tuple((cell,) for cell in cells), "Thử")
    write_xlsx(Document(HEAD, (table,), DAY), tmp_path / "one.xlsx")
    return rows_of(tmp_path / "one.xlsx", "Bảng 1")[2:]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def test_each_table_and_chart_has_a_sheet_after_the_contents(path: Path) -> None:
    names = CalamineWorkbook.from_path(path).sheet_names
    assert names == ["Mục lục", "Biểu đồ 1", "Bảng 1", "Phụ lục I", "Phụ lục II"]
    contents = [cell for row in rows_of(path, "Mục lục") for cell in row]
    assert "DỰ THẢO – dựng lại từ nguồn báo chí" in contents
    assert "Bảng 1. Kết quả so với kế hoạch" in contents


def test_figures_are_numbers_with_qualifier_unit_and_code_in_columns_of_their_own(
    path: Path,
) -> None:
    head, first, second = rows_of(path, "Bảng 1")[2:]
    assert head == [
        "Chỉ tiêu",
        "Thực hiện",
        "Thực hiện – đến",
        "Thực hiện – từ kèm theo",
        "Thực hiện – đơn vị",
        "Thực hiện – như đã viết",
        "Thực hiện – mã nguồn",
        "Kế hoạch",
    ]
    assert first == ["Thành lập mới", 212, "", "", "", "", "", 272]
    assert second[1:] == [
        3_800_000,
        5_500_000,
        "khoảng",
        "đồng/người/tháng",
        "3,8–5,5 triệu đồng",
        "S4",
        "Nguồn không nêu.",
    ]


def test_codes_lead_to_their_rows(path: Path) -> None:
    assert "location=\"'Phụ lục II'!A7\"" in part(path, "xl/worksheets/sheet3.xml")
    assert rows_of(path, "Phụ lục II")[6][0] == "S4"


def test_sheets_freeze_and_repeat_their_heads_and_print_on_a4(path: Path) -> None:
    sheet = part(path, "xl/worksheets/sheet4.xml")
    assert 'state="frozen"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToPage="1"' in sheet
    assert "'Phụ lục I'!$3:$3" in part(path, "xl/workbook.xml")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc", "_x0041_", "1"])
def test_text_is_never_a_formula_or_a_number(text: str, tmp_path: Path) -> None:
    assert one_column(tmp_path, text)[1] == [text]
    assert "<f>" not in part(tmp_path / "one.xlsx", "xl/worksheets/sheet2.xml")


def test_whole_and_broken_numbers_stay_what_they_are(tmp_path: Path) -> None:
    rows = one_column(tmp_path, Value("33,9%", Decimal("33.9"), unit="%"), Value("0", 0))
    assert [row[0] for row in rows[1:]] == [33.9, 0]


def test_a_number_too_long_for_excel_is_text_with_a_note(tmp_path: Path) -> None:
    rows = one_column(tmp_path, Value("lớn", 2**53 + 1), Value("2", 2))
    assert rows[1][0] == "9.007.199.254.740.993"
    assert rows[2][0] == 2
    assert rows[-1][0] == ROUNDING_NOTE


@given(st.integers(-(2**63), 2**63) | st.decimals(allow_nan=False, allow_infinity=False))
def test_only_numbers_that_excel_shows_in_full_are_written_as_numbers(
    number: int | Decimal,
) -> None:
    if fits(number):
        stored = float(f"{float(number):.16G}")  # as the file holds it
        assert Decimal(f"{stored:.15G}") == number


def test_numbers_are_grouped_as_offices_write_them() -> None:
    assert grouped(2177) == "2.177"
    assert grouped(Decimal("1234.5")) == "1.234,5"


def test_words_that_say_more_than_number_and_unit_stay_beside_them(tmp_path: Path) -> None:
    rows = one_column(tmp_path, Value("gần 29 tỷ đồng", 29_000_000_000, "gần", "đồng"))
    assert rows[1] == [29_000_000_000, "gần", "đồng", "gần 29 tỷ đồng"]
    rows = one_column(tmp_path, Value("trên 212 hợp tác xã", 212, "trên", "hợp tác xã"))
    assert rows[1] == [212, "trên", "hợp tác xã"]


def test_a_figure_inside_words_keeps_its_code_in_brackets(tmp_path: Path) -> None:
    cells: tuple[Cell, ...] = (("có ", Number("7%", "S1")),)
    table = Table((Column("Nội dung"),), (cells, ((Anchor("S1"),),)))
    write_xlsx(Document(HEAD, (Annex("Nguồn"), table, table_of("x")), DAY), tmp_path / "c.xlsx")
    assert rows_of(tmp_path / "c.xlsx", "Phụ lục")[3] == ["có 7% [S1]"]
    assert rows_of(tmp_path / "c.xlsx", "Phụ lục (2)")[3] == ["x"]


def table_of(text: str) -> Table:
    return Table((Column("Nội dung"),), ((text,),))


def test_equal_documents_give_equal_bytes(report: Document, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_xlsx(report, first)
    write_xlsx(replace(report), second)
    assert first.read_bytes() == second.read_bytes()
