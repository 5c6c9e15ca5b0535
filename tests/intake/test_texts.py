"""Every file gives its text or one clear sentence: never a traceback, never mangled letters."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from lienminh.intake import pages, texts
from lienminh.rules.errors import Refused
from tests.intake import papers

TCVN3 = "Liªn minh hîp t¸c x· tØnh vµ c¸c ®¬n vÞ cña huyÖn, tæng sè vèn " * 3
OFFICE = (papers.word(), papers.workbook())
VNI = "Lieân minh hôïp taùc xaõ tænh vaø caùc ñôn vò cuûa huyeän, toång soá voán " * 3


def test_plain_text_comes_back_as_it_is_stored() -> None:
    stored = "Mộ̣t\r\n" + unicodedata.normalize("NFD", papers.SENTENCE)
    assert texts.text_in(stored.encode()) == stored


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(encoding: str) -> None:
    text = "Hop tac xa va to hop tac, " * 9
    assert texts.text_in(text.encode(encoding)) == text


def test_windows_1258_is_read_and_composed() -> None:
    stored = unicodedata.normalize("NFD", "và của các ").encode("cp1258") * 3
    assert texts.text_in(stored) == "và của các " * 3


MEANT = "Liên minh hợp tác xã tỉnh và các đơn vị của huyện, tổng số vốn " * 3
MODERN = "Hợp tác xã và các tổ hợp tác của tỉnh được hỗ trợ. "


@pytest.mark.parametrize("text", [TCVN3, VNI], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_old_encodings_are_converted(text: str, encoding: str) -> None:
    assert texts.text_in(text.encode(encoding)) == MEANT


@pytest.mark.parametrize(("text", "name"), [(TCVN3 * 4, "TCVN3"), (VNI * 4, "VNI")])
def test_old_and_new_in_one_text_are_refused(text: str, name: str) -> None:
    with pytest.raises(Refused, match=f"old encoding {name}"):
        texts.text_in((text + MODERN).encode())


def test_a_word_document_in_an_old_font_is_converted() -> None:
    document = Document()
    document.add_paragraph(TCVN3.strip())
    assert texts.text_in(papers.saved(document)) == f"{MEANT.strip()}\n"


def test_a_single_misprint_makes_no_old_encoding() -> None:
    assert texts.text_in("hàng bán treân mạng và của các HTX".encode())


def test_word_gives_paragraphs_and_rows_of_tables() -> None:
    assert texts.text_in(papers.word()) == f"{papers.SENTENCE}\nSố tổ hợp tác \t45 \t\n"


def test_a_workbook_gives_its_rows() -> None:
    text = texts.text_in(papers.workbook())
    assert text == "Biểu 1\nChỉ tiêu\tĐVT\t2023\nTỷ lệ khá, tốt\t%\t45,5\n"


def test_links_of_a_word_document_are_not_followed() -> None:
    assert papers.SENTENCE in texts.text_in(papers.linked())


def test_scripts_and_styles_of_a_page_are_not_read() -> None:
    page = f"<html><script>5 HTX</script><style>6 HTX</style><p>{papers.SENTENCE}<br>Hết"
    assert texts.text_in(page.encode(), ".html") == f"{papers.SENTENCE}\nHết\n"


def test_a_pdf_with_text_is_read() -> None:
    assert "Toan tinh co 12 HTX." in texts.text_in(papers.pdf())


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (papers.scan, "no text, only pictures"),
        (lambda: papers.pdf()[:700], "PDF is damaged"),
        (lambda: b"%PDF-1.7 nothing", "PDF is damaged"),
        (papers.laughing, "declares entities"),
        (papers.bomb, "unpacks to more"),
        (lambda: papers.word()[:900], "damaged"),
        (lambda: papers.archive(a=b"x"), "neither .docx nor .xlsx"),
        (lambda: papers.archive(word__document_xml=b"<a><b>"), "damaged"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password-protected"),
        (lambda: b"\x89PNG\r\n\x1a\n", "picture"),
        (lambda: b"", "no text"),
        (lambda: b" \n\t", "no text"),
        (lambda: b"\0\1\2\3" * 50, "no text and of no known kind"),
        (lambda: bytes(range(256)), "not text in UTF-8"),
        (lambda: b"\xff\xfeabc", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    make: Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        texts.text_in(make())


def test_a_locked_pdf_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Done:
        returncode = pages.LOCKED

    monkeypatch.setattr("lienminh.intake.apart.subprocess.run", lambda *_, **__: Done())
    with pytest.raises(Refused, match="locked with a password"):
        texts.text_in(papers.pdf())


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(texts.LARGEST_FILE + 1)
    with pytest.raises(Refused, match="the most is 50 MB"):
        texts.text_of(large)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be opened"):
        texts.text_of(tmp_path / "none.txt")


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_crash_the_reading(content: bytes, head: bytes) -> None:
    for suffix in (".txt", ".html"):
        assert _sentence_or_text(head + content, suffix).strip()


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_damage_to_an_office_file_crashes_the_reading(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(OFFICE)))
    for _ in range(5):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert _sentence_or_text(bytes(whole), "")


def _sentence_or_text(content: bytes, suffix: str) -> str:
    """What a user gets: the text, or the sentence of the refusal."""
    try:
        return texts.text_in(content, suffix)
    except Refused as refusal:
        return str(refusal)
