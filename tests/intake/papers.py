"""Files as they may come in, good and hostile, made for the tests."""

import zipfile
from io import BytesIO

import typst
import xlsxwriter
from docx import Document

SENTENCE = "Năm 2023, toàn tỉnh có 12 hợp tác xã."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word() -> bytes:
    document = Document()
    document.add_paragraph(SENTENCE)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Số tổ hợp tác", "45"
    return saved(document)


def saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Biểu 1")
    sheet.write_row(0, 0, ["Chỉ tiêu", "ĐVT", 2023])
    sheet.write_row(1, 0, ["Tỷ lệ khá, tốt", "%", 45.5])
    book.close()
    return buffer.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip whose parts are named with __ for the slash."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def laughing() -> bytes:
    """A Word document that declares entities within entities."""
    part = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
    <w:document xmlns:w="{_W}"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>"""
    return archive(word__document_xml=part.encode())


def linked() -> bytes:
    """A Word document that asks for a picture of another host."""
    part = f"""<w:document xmlns:w="{_W}" xmlns:r="urn:r"><w:p><w:r><w:t>{SENTENCE}</w:t>
    <w:drawing r:link="http://example.invalid/a.png"/></w:r></w:p></w:document>"""
    return archive(word__document_xml=part.encode())


def bomb() -> bytes:
    return archive(word__document_xml=b"0" * 2**27)


def pdf(source: str = "Toan tinh co 12 HTX.") -> bytes:
    return bytes(typst.compile(source.encode()))


def scan() -> bytes:
    """A PDF with a shape on its page and no text."""
    return pdf("#rect(width: 3cm, fill: red)")
