"""Whatever is sent is read or refused in a sentence beside its name; the other files are taken."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lienminh.intake import receiving
from lienminh.intake.models import Text
from tests.intake import papers
from tests.intake.giving import REPORT, send
from tests.people.acting import department

pytestmark = pytest.mark.django_db
TCVN3 = "Liªn minh hîp t¸c x· tØnh vµ c¸c ®¬n vÞ cña huyÖn, tæng sè vèn " * 3
UNICODE = "Liên minh hợp tác xã tỉnh và các đơn vị của huyện " * 2


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("quet.pdf", papers.scan, "không có chữ (bản quét)"),
        ("cat.pdf", lambda: papers.pdf()[:700], "Tệp hỏng hoặc quá nặng"),
        ("cuoi.docx", papers.laughing, "tự khai báo thực thể"),
        ("bom.docx", papers.bomb, "bung ra quá lớn"),
        ("hong.docx", lambda: papers.word()[:900], "Tệp hỏng"),
        ("la.zip", lambda: papers.archive(a=b"x"), "không phải .docx hay .xlsx"),
        ("cu.doc", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "kiểu cũ hoặc có mật khẩu"),
        ("lan.txt", f"{TCVN3} {UNICODE}".encode, "bảng mã cũ"),
        ("la.txt", lambda: bytes(range(128, 256)) * 20, "không phải UTF-8"),
        ("anh.png", lambda: b"\x89PNG" + b"\0" * 99, "một tấm ảnh"),
        ("trong.txt", lambda: b" \n ", "không có chữ nào"),
    ],
)
def test_a_bad_file_is_told_apart_and_the_good_one_beside_it_is_taken(
    at_work: Client, name: str, make: Callable[[], bytes], sentence: str
) -> None:
    answered = send(at_work, (name, make()), ("tot.txt", REPORT))
    told = answered.content.decode()
    assert answered.status_code == 422
    assert name in told
    assert sentence in told
    assert Text.objects.get().file_name == "tot.txt"


def test_a_text_in_an_old_encoding_is_read_in_unicode(at_work: Client) -> None:
    assert send(at_work, ("cu.txt", TCVN3.encode("latin-1"))).status_code == 302
    assert "Liên minh hợp tác xã" in Text.objects.get().content


def test_a_file_that_is_too_large_is_refused_unopened(
    at_work: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LARGEST", 100)
    answered = send(at_work, ("lon.txt", REPORT))
    assert "quá lớn" in answered.content.decode()
    assert not Text.objects.exists()


def test_nothing_sent_is_said_and_so_are_too_many_files(at_work: Client) -> None:
    assert "Hãy chọn tệp" in send(at_work).content.decode()
    many = [(f"{n}.txt", "x") for n in range(21)]
    assert "nhiều nhất 20 tệp" in send(at_work, *many).content.decode()


def test_several_files_are_taken_and_listed(at_work: Client) -> None:
    page = f"<html><script>alert(5)</script><p>{REPORT}".encode()
    sent = (("a.docx", papers.word()), ("b.xlsx", papers.workbook()), ("c.html", page))
    answered = send(at_work, *sent)
    assert answered.status_code == 200
    assert {one.form for one in Text.objects.all()} == {"docx", "xlsx", "html"}
    assert not any("alert" in one.content for one in Text.objects.all())


def test_what_a_text_holds_is_shown_as_words_and_never_as_markup(at_work: Client) -> None:
    hostile = '<script>alert(1)</script>"><img src=x> Năm 2023, tỉnh Bình Phước có 7 HTX.'
    answered = send(at_work, ("<b>.txt", hostile))
    told = at_work.get(answered.url).content.decode()
    assert "<script>alert(1)" not in told
    assert "<img src=x>" not in told
    assert "&lt;script&gt;alert(1)" in told


def test_who_keeps_several_offices_says_for_which(at_work: Client) -> None:
    client = Client()
    client.force_login(department())
    assert send(client, ("a.txt", REPORT)).status_code == 302
    assert Text.objects.get().place.ref == "vn"


def test_a_null_byte_is_no_character_of_a_text(at_work: Client) -> None:
    content = REPORT.encode() + b"\x00 12 HTX"
    file = SimpleUploadedFile("a.txt", content)
    assert at_work.post(reverse("text-add"), {"documents": [file]}).status_code == 302
    assert "\x00" not in Text.objects.get().content
