"""Tables are read as tables, whatever file they come in."""

from io import BytesIO

import pytest
import xlsxwriter
from docx import Document

from lienminh.intake import texts
from lienminh.intake.reading import propose
from tests.intake import papers

TITLE, UNIT = "Hoạt động của Quỹ năm 2023", "Đơn vị tính: triệu đồng"
HEADS = ["STT", "Nội dung", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"]
ROWS = [["1", "Doanh số cho vay", "30.000", "31.820", "106,1"], ["2", "Dư nợ", "", "46.350", ""]]
MONEY = [
    (30_000_000_000, "VND", "target"),
    (31_820_000_000, "VND", "flow"),
    (106.1, "percent", "rate"),
    (46_350_000_000, "VND", "stock"),
]


def told(text: str) -> list[tuple[object, object, object]]:
    shown = [one.as_json("") for one in propose(text) if one.shown]
    return [(one["value"], one["unit"], one["measure"]) for one in shown]


def word() -> bytes:
    document = Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(UNIT)
    table = document.add_table(3, len(HEADS))
    for row, cells in zip(table.rows, (HEADS, *ROWS), strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said
    return papers.saved(document)


def workbook() -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Quỹ")
    for row, cells in enumerate(([TITLE], [UNIT], HEADS, *ROWS)):
        sheet.write_row(row, 0, cells)
    book.close()
    return buffer.getvalue()


def page() -> bytes:
    cells = "".join(f"[{said}]," for row in (HEADS, *ROWS) for said in row)
    return papers.pdf(f"{TITLE}\n\n{UNIT}\n#table(columns: {len(HEADS)}, {cells})")


@pytest.mark.parametrize("make", [word, workbook, page])
def test_a_table_says_of_each_number_what_it_is(make: object) -> None:
    text = texts.text_in(make())  # type: ignore[operator]
    assert told(text) == MONEY
    shown = [one.as_json("") for one in propose(text) if one.shown]
    assert {tuple(one["period"]) for one in shown[:3]} == {("2023-01-01", "2023-12-31")}


def test_a_merged_head_goes_on_over_its_columns() -> None:
    document = Document()
    table = document.add_table(4, 4)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Số HTX"
    table.cell(0, 0).text, table.cell(0, 3).text = "Huyện", "Diện tích (ha)"
    heads, rows = ["", "2022", "2023", "2023"], [["Bắc Sơn", "25", "31", "1.250,5"]]
    for row, cells in zip(table.rows[1:], (heads, *rows, ["", "", "", ""]), strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said
    read = propose(texts.text_in(papers.saved(document)))
    shown = [one.as_json("") for one in read if one.shown]
    assert [(one["value"], one["unit"], one["period"][1]) for one in shown] == [
        (25, "cooperative", "2022-12-31"),
        (31, "cooperative", "2023-12-31"),
        (1250.5, "hectare", "2023-12-31"),
    ]


def test_the_numbers_of_columns_and_of_rows_are_no_figures() -> None:
    text = "STT\tChỉ tiêu\tĐVT\tƯớc TH 2024\n1\t2\t3\t4\n1\tTổng số HTX\tHTX\t812\n"
    shown = [one.as_json("") for one in propose(text) if one.shown]
    assert [(one["value"], one["approx"]) for one in shown] == [(812, True)]


def test_prose_of_a_page_is_not_cut_into_cells() -> None:
    text = texts.text_in(papers.pdf("#set par(justify: true)\n" + "Ha *Noi* co 12 HTX. " * 40))
    assert "\t" not in text


def test_rows_of_districts_are_read_with_their_places() -> None:
    text = """Kết quả năm 2023 của tỉnh Lạng Sơn
TT\tHuyện\tSố HTX\tSố thành viên
1\tBắc Sơn\t25\t310
2\tBình Gia\t14\t205
3\tTổng số\t39\t515
"""
    shown = [one.as_json("") for one in propose(text) if one.shown]
    assert [(one["place"], one["value"], one["unit"]) for one in shown] == [
        ("huyện Bắc Sơn", 25, "cooperative"),
        ("huyện Bắc Sơn", 310, "member"),
        ("huyện Bình Gia", 14, "cooperative"),
        ("huyện Bình Gia", 205, "member"),
        ("Lạng Sơn", 39, "cooperative"),
        ("Lạng Sơn", 515, "member"),
    ]
