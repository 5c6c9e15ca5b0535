import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

from lienminh.paper.document import Column, Document, Head, Heading, Paragraph, Table
from lienminh.paper.pdf import write_pdf

HOSTILE = '<b>&"{}#[]$=cmd|\' *_`@<label> \\n // -- #read("/etc/passwd")'


@pytest.fixture(scope="module")
def pdf(report: Document, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_pdf(report, path)
    return PdfReader(path)


def text_of(pdf: PdfReader) -> str:
    pages = " ".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", pages).replace("\u200b", ""))


def inside(thing: PdfObject | None, *names: str) -> Any:
    """What lies under the names, one in the other."""
    for name in names:
        assert isinstance(thing, IndirectObject | DictionaryObject)
        thing = cast("DictionaryObject", thing.get_object())[name]
    return thing and thing.get_object()


def links_of(pdf: PdfReader) -> list[DictionaryObject]:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    return [note for note in notes if note["/Subtype"] == "/Link"]


def test_every_diacritic_of_the_report_is_in_the_file(pdf: PdfReader) -> None:
    text = text_of(pdf)
    for sentence in (
        "DỰ THẢO – dựng lại từ nguồn báo chí",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Sơ kết hoạt động 6 tháng đầu năm 2023",
        "a) Thuận lợi",
        "Toàn tỉnh có 2.177 hợp tác xã[S1], giải ngân gần 29 tỷ đồng[S2]; ưu điểm nhiều.",
        "Số đã giải thể: Nguồn không nêu.",
        "41 [S3]",
        "Hợp tác xã nông nghiệp số 60",
        "Nguyên văn của S4",
    ):
        assert sentence in text


def test_every_code_links_to_the_page_of_its_row(pdf: PdfReader) -> None:
    links = links_of(pdf)
    assert len(links) == 4
    last = pdf.pages[-1].indirect_reference
    assert all(inside(link, "/Dest")[0] == last for link in links)


def test_the_file_is_tagged_vietnamese_and_meets_pdf_ua(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert inside(root, "/Lang") == "vi-VN"
    assert inside(root, "/MarkInfo", "/Marked")
    assert b"pdfuaid:part" in inside(root, "/Metadata").get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "BÁO CÁO – Sơ kết hoạt động 6 tháng đầu năm 2023"


def test_pages_count_from_one_in_each_part_and_the_first_shows_no_number(pdf: PdfReader) -> None:
    tops = [page.extract_text().split("\n")[0].strip() for page in pdf.pages]
    numbers = [top if top.isdigit() else "" for top in tops]
    annex = next(n for n, page in enumerate(pdf.pages) if "Phụ lục I" in page.extract_text())
    assert numbers[:annex] == ["", *(str(n) for n in range(2, annex + 1))]
    assert numbers[annex:] == ["", "2", ""]


def test_the_head_of_a_long_table_repeats(pdf: PdfReader) -> None:
    assert sum("Thành viên" in page.extract_text() for page in pdf.pages) == 2


def test_the_wide_annex_lies_across(pdf: PdfReader) -> None:
    box = pdf.pages[-1].mediabox
    assert box.width > box.height


def test_fonts_are_inside_and_the_broken_bold_italic_is_not_used(pdf: PdfReader) -> None:
    fonts = {
        font.get_object()["/BaseFont"]
        for page in pdf.pages
        for font in inside(page, "/Resources", "/Font").values()
    }
    assert any("BeVietnamPro" in font for font in fonts)
    assert not any("Times" in font or "BoldItalic-" in font.split("+")[1] for font in fonts)


def test_equal_documents_give_equal_bytes(report: Document, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    write_pdf(report, first)
    write_pdf(replace(report), second)
    assert first.read_bytes() == second.read_bytes()


def test_hostile_text_is_never_markup_and_a_missing_glyph_does_not_stop_the_file(
    tmp_path: Path,
) -> None:
    table = Table((Column(HOSTILE),), ((HOSTILE + "\x00",), ("Nguyễn" * 40,)))
    blocks = (Heading(3, HOSTILE), Paragraph(HOSTILE), Paragraph("日本 😀"), Paragraph(()), table)
    head = Head("", HOSTILE, HOSTILE, HOSTILE, draft_mark=HOSTILE)
    write_pdf(Document(head, blocks, date(2023, 7, 5)), tmp_path / "h.pdf")
    text = text_of(PdfReader(tmp_path / "h.pdf")).replace(" ", "")
    assert text.count(HOSTILE.replace(" ", "")) >= 7
    assert "Nguyễn" * 40 in text


def test_a_row_taller_than_a_page_is_not_cut(tmp_path: Path) -> None:
    words = " ".join(f"chữ{n}" for n in range(3000))
    table = Table((Column("A", 4), Column("B")), ((words, ""),))
    head = Head("", "LIÊN MINH", "BÁO CÁO", "Thử")
    write_pdf(Document(head, (table,), date(2023, 7, 5)), tmp_path / "t.pdf")
    assert "chữ2999" in text_of(PdfReader(tmp_path / "t.pdf"))
