import unicodedata
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.paper import charts
from lienminh.paper.document import (
    Anchor,
    Bar,
    Chart,
    Column,
    Document,
    Head,
    Number,
    Paragraph,
    Table,
    Value,
)
from lienminh.paper.prepare import captioned, clean_text, column_widths, parts, prepared

HEAD = Head("", "LIÊN MINH HTX TỈNH", "BÁO CÁO", "Sơ kết")
DAY = date(2023, 7, 5)


def bars(count: int) -> tuple[Bar, ...]:
    return tuple(Bar(f"Tỉnh {n}", Value(str(n), n)) for n in range(count))


def test_a_chart_of_two_values_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 3"):
        Chart("Hai tỉnh", bars(2), "hợp tác xã", "")


def test_a_chart_never_draws_a_range_or_a_value_without_a_number() -> None:
    for value in (Value("3–5", 3, high=5), Value("nhiều")):
        with pytest.raises(ValueError, match="no single number"):
            Chart("Ba tỉnh", (*bars(2), Bar("Huế", value)), "hợp tác xã", "")


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="Row 2"):
        Table((Column("A"), Column("B")), (("1", "2"), ("3",)))


def test_a_figure_whose_code_has_no_row_in_the_annex_is_refused() -> None:
    lost = Document(HEAD, (Paragraph((Number("7%", "S9"),)),), DAY)
    with pytest.raises(ValueError, match="'S9' without a row"):
        prepared(lost)


def test_a_code_with_two_rows_is_refused() -> None:
    twice = Document(HEAD, (Paragraph((Anchor("S1"), Anchor("S1"))),), DAY)
    with pytest.raises(ValueError, match="2 rows"):
        prepared(twice)


@pytest.mark.parametrize(
    ("place", "day", "line"),
    [
        ("", None, "…, ngày … tháng … năm …"),
        ("Huế", date(2023, 2, 5), "Huế, ngày 05 tháng 02 năm 2023"),
        ("Huế", date(2023, 3, 15), "Huế, ngày 15 tháng 3 năm 2023"),
    ],
)
def test_the_place_and_date_line_follows_the_decree(
    place: str, day: date | None, line: str
) -> None:
    assert replace(HEAD, place=place, day=day).place_and_date == line


@given(st.text())
def test_clean_text_fits_into_xml_stays_clean_and_is_composed(text: str) -> None:
    clean = clean_text(text)
    element = ElementTree.Element("a")
    element.text = clean
    assert (ElementTree.fromstring(ElementTree.tostring(element)).text or "") == clean
    assert clean_text(clean) == clean == unicodedata.normalize("NFC", clean)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in clean)


def test_line_breaks_become_spaces_and_marks_of_direction_stay() -> None:
    assert clean_text("dòng một\r\ndòng\u2028hai\x00\u202b!") == "dòng một dòng hai\u202b!"


def test_tables_and_charts_are_numbered_apart_and_only_where_captioned(report: Document) -> None:
    titles = [
        captioned(block) for block in prepared(report).blocks if isinstance(block, Table | Chart)
    ]
    assert titles == ["Biểu đồ 1. Đắk Lắk nhiều nhất", "Bảng 1. Kết quả so với kế hoạch", "", ""]


def test_the_body_and_each_annex_are_parts(report: Document) -> None:
    names = [part.annex and part.annex.name for part in parts(report)]
    assert names == [None, "Phụ lục I", "Phụ lục II"]


@given(
    st.lists(
        st.tuples(st.text(alphabet="ab ", max_size=60), st.integers(1, 50)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([160, 257]),
)
def test_columns_fill_the_page_exactly_and_none_vanishes(
    heads: list[tuple[str, int]], across: int
) -> None:
    table = Table(tuple(Column(title, width) for title, width in heads), ())
    widths = column_widths(table, across)
    assert sum(widths) == pytest.approx(across)
    assert min(widths) > 3


def test_a_narrow_column_still_holds_its_head() -> None:
    table = Table((Column("STT", 1), Column("Chỉ tiêu", 100)), ())
    assert column_widths(table, 160)[0] > 10


def printed(drawn: str) -> list[str]:
    texts = ElementTree.fromstring(drawn).findall(".//{*}text")
    return ["".join(text.itertext()) for text in texts]


def test_a_chart_prints_each_value_and_escapes_what_it_prints() -> None:
    named = Bar("<b> \"&' \\n", Value("gần 29 tỷ đồng", 29, code="S1"))
    drawn = charts.svg(Chart("Tên", (*bars(2), named), "đồng", ""))
    texts = printed(drawn)
    assert "gần 29 tỷ đồng [S1]" in texts
    assert "<b> \"&' \\n" in texts


def test_bars_of_one_name_stay_apart() -> None:
    same = tuple(Bar("Huế", Value(str(n), n)) for n in (5, 6, 7))
    drawn = charts.svg(Chart("Tên", same, "đồng", ""))
    texts = printed(drawn)
    assert texts.count("Huế") == 3
    assert {"5", "6", "7"} <= set(texts)
