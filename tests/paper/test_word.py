import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from lienminh.paper.document import Column, Document, Head, Paragraph, Table
from lienminh.paper.word import write_docx

HOSTILE = "<b>&\"{}#[]$=cmd|' /C calc \u202eabc\u202c _x0041_"


@pytest.fixture(scope="module")
def word(report: Document, tmp_path_factory: pytest.TempPathFactory) -> WordFile:
    path = tmp_path_factory.mktemp("word") / "report.docx"
    write_docx(report, path)
    return docx.Document(str(path))


def words(word: WordFile) -> str:
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in word.element.body.iter(qn("w:p"))
    )


def all_of(word: WordFile, tag: str) -> list[Any]:
    return list(word.element.body.iter(qn(tag)))


def test_every_word_of_the_report_is_in_the_file(word: WordFile) -> None:
    text = words(word)
    for sentence in (
        "DỰ THẢO – dựng lại từ nguồn báo chí",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "LIÊN MINH HỢP TÁC XÃ TỈNH ĐẮK LẮK",
        "…, ngày … tháng … năm …",
        "Toàn tỉnh có 2.177 hợp tác xã[S1], giải ngân gần 29 tỷ đồng[S2]; ưu điểm nhiều.",
        "Nguồn không nêu.",
        "Biểu đồ 1. Đắk Lắk nhiều nhất",
        "Bảng 1. Kết quả so với kế hoạch",
        "3,8–5,5 triệu đồng\u00a0[S4]",
        "Phụ lục II",
    ):
        assert sentence in text


def test_every_code_links_to_its_row_in_the_annex(word: WordFile) -> None:
    marks = {
        mark.get(qn("w:name")): mark.getnext().xpath("string(.)")
        for mark in all_of(word, "w:bookmarkStart")
    }
    links = [
        (link.xpath("string(.)"), marks[link.get(qn("w:anchor"))])
        for link in all_of(word, "w:hyperlink")
    ]
    assert {code for _, code in links} == {"S1", "S2", "S3", "S4"}
    assert all(text == f"[{code}]" for text, code in links)


def test_heads_of_tables_repeat_and_rows_stay_whole(word: WordFile) -> None:
    for table in word.tables[1:]:
        rows = table._tbl.tr_lst
        assert rows[0].find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_headings_stay_with_what_they_head(word: WordFile) -> None:
    for name in ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"):
        style: Any = word.styles[name]
        assert style.paragraph_format.keep_with_next


def test_the_page_is_the_decrees_and_the_wide_annex_lies_across(word: WordFile) -> None:
    sides = [
        (round(section.page_width.mm), round(section.left_margin.mm))
        for section in word.sections
        if section.page_width and section.left_margin
    ]
    assert sides == [(210, 30), (210, 30), (297, 20)]


def test_each_annex_counts_its_pages_from_one(word: WordFile) -> None:
    starts = [section._sectPr.xpath("w:pgNumType/@w:start") for section in word.sections]
    assert starts == [[], ["1"], ["1"]]


def test_pages_are_numbered_at_the_top_except_the_first(word: WordFile) -> None:
    first = word.sections[0]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xpath("string(.)")
    assert first.first_page_header._element.xpath("string(.)").strip() == ""


def test_the_draft_mark_stands_on_every_page(word: WordFile) -> None:
    first = word.sections[0]
    for footer in (first.footer, first.first_page_footer):
        assert footer.paragraphs[0].text == "DỰ THẢO – dựng lại từ nguồn báo chí"
    assert all(section.footer.is_linked_to_previous for section in word.sections[1:])


def test_word_takes_the_text_for_vietnamese_and_names_the_font(word: WordFile) -> None:
    assert word.core_properties.language == "vi-VN"
    defaults: Any = word.styles.element
    languages = defaults.xpath("w:docDefaults//w:lang/@w:val")
    assert languages == ["vi-VN"]
    normal: Any = word.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)


def test_the_chart_has_words_for_those_who_do_not_see_it(word: WordFile) -> None:
    picture = word.inline_shapes[0]._inline.docPr.get("descr")
    assert picture is not None
    assert "Đắk Lắk: 41; Gia Lai: 37; Kon Tum: 12" in picture


def test_equal_documents_give_equal_bytes(report: Document, tmp_path: Path) -> None:
    first, second = tmp_path / "1.docx", tmp_path / "2.docx"
    write_docx(report, first)
    write_docx(replace(report), second)
    assert first.read_bytes() == second.read_bytes()


def test_hostile_and_decomposed_text_survives_as_text(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Hợp tác xã ở Đắk Lắk")
    long = "Nguyễn" * 40
    table = Table((Column(HOSTILE),), ((HOSTILE + "\x00\x0b",), (long,)), HOSTILE)
    blocks = (Paragraph(HOSTILE), Paragraph(decomposed), Paragraph(""), Paragraph(()), table)
    head = Head(HOSTILE, long, HOSTILE, HOSTILE, HOSTILE, None, HOSTILE)
    write_docx(Document(head, blocks, date(1970, 1, 1)), tmp_path / "h.docx")
    text = words(docx.Document(str(tmp_path / "h.docx")))
    assert text.count(HOSTILE) >= 8
    assert "Hợp tác xã ở Đắk Lắk" in text
    assert long in text
