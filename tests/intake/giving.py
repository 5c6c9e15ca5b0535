"""A report in our own words, given to be read, and what people do with what is found in it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lienminh.figures.models import CellValue, Indicator
from lienminh.intake import actions
from lienminh.intake.actions import take_text
from lienminh.intake.desk import Desk, Item
from lienminh.intake.models import Text
from lienminh.people.models import User
from lienminh.places.models import Place
from tests.people.acting import BINH_PHUOC

REPORT = """LIÊN MINH HTX TỈNH BÌNH PHƯỚC
Số: 12/BC-LMHTX
Bình Phước, ngày 5 tháng 3 năm 2024

BÁO CÁO
Kết quả hoạt động năm 2023

Tính đến 31/12/2023, tỉnh Bình Phước có 323 HTX, trong đó có 248 HTX đang hoạt động.
Trong năm 2023, tỉnh Bình Phước thành lập mới 31 HTX. Hội viên nông dân góp 12.500 cây giống.

Năm 2023, tỉnh Bình Phước mở 14 lớp tập huấn về kinh tế tập thể cho 620 học viên.
Năm 2023, tỉnh Lạng Sơn thành lập mới 9 HTX.
Riêng quý IV, đơn vị mở thêm 3 lớp tập huấn.
"""
TOTAL, ACTIVE, FOUNDED, CLASSES, TRAINEES = "323 HTX", "248 HTX", "31 HTX", "14 lớp", "620 học viên"
NEIGHBOUR_S = "9 HTX"
TEXT = "text00000001"
HELD = """LIÊN MINH HTX TỈNH BÌNH PHƯỚC
Bình Phước, ngày 5 tháng 3 năm 2024

BÁO CÁO
Kết quả hoạt động năm 2023

Sáng 5/3/2024, Liên minh HTX tỉnh Bình Phước tổ chức hội nghị sơ kết công tác năm 2023.
Năm 2023, tỉnh Bình Phước thành lập mới 31 HTX theo Kế hoạch số 15/KH-UBND ngày 03/02/2023.

III. Khó khăn
- Vốn của các HTX {còn} ít.

IV. Nhiệm vụ thời gian tới
- Liên minh HTX tỉnh chủ trì, phối hợp với các sở mở lớp tập huấn cho HTX.

V. Kiến nghị
- Đề nghị Chính phủ ban hành chính sách đất đai cho HTX.
"""


def send(client: Client, *files: tuple[str, bytes | str], **typed: str) -> Any:
    """Send files and what is typed beside them."""
    sent = [
        SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
        for name, content in files
    ]
    return client.post(reverse("text-add"), {"documents": sent, **typed})


def give(client: Client, content: str = REPORT, name: str = "bao-cao.txt") -> Text:
    """Give one file that is read."""
    answered = send(client, (name, content))
    assert answered.status_code == 302, answered.content.decode()
    return Text.objects.get(ref=answered.url.strip("/").split("/")[-1])


def item(text: Text, span: str) -> Item:
    """The first figure that begins with these words."""
    return next(one for one in desk(text).items if one.said.span.startswith(span))


def desk(text: Text) -> Desk:
    return Desk(Text.objects.get(pk=text.pk))


def decide(client: Client, text: Text, span: str, act: str, **typed: str) -> Any:
    """Press a button beside a figure."""
    one = item(text, span)
    sent = {"act": act, "number": str(one.number), "mark": one.mark, **typed}
    return client.post(reverse("text-decide", args=[text.ref]), sent)


def page(client: Client, text: Text) -> str:
    """The page of a text, with single spaces."""
    answered = client.get(reverse("text", args=[text.ref]))
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def small_text(by: User, place: str = BINH_PHUOC) -> Text:
    """The report as a text with a known ref, for tables of addresses."""
    there = Place.objects.get(ref=place)
    text = take_text(content=REPORT, form="txt", file_name="bao-cao.txt", place=there, by=by)
    Text.objects.filter(pk=text.pk).update(ref=TEXT)
    return Text.objects.get(pk=text.pk)


def told_in_a_text(by: User) -> Text:
    """A text with figures in several states, a wording taught with it, and a text just given."""
    more = f"{REPORT}Thực hiện Đề án nâng cao năng lực quản trị HTX.\n"
    there = Place.objects.get(ref=BINH_PHUOC)
    take_text(content=more, form="pasted", file_name="", place=there, by=by)
    text = small_text(by=by)
    one, new = item(text, TOTAL), item(text, "12.500")
    assert one.draft
    actions.accept(text=text, drafts={one.number: one.draft}, by=by)
    actions.set_aside(text=text, number=item(text, ACTIVE).number, state="rejected", by=by)
    indicator = Indicator.objects.get(code="groups.total")
    actions.teach(phrase="cây giống", finding=new.finding, indicator=indicator, cell="", by=by)
    return text


def name_scheme(value: str, label: str) -> CellValue:
    """A scheme in the dictionary."""
    return CellValue.objects.create(key="scheme", value=value, label_vi=label, label_en=label)
