"""One small report that has everything a paper can hold."""

from datetime import date

import pytest

from lienminh.paper.document import (
    Anchor,
    Annex,
    Bar,
    Bullets,
    Chart,
    Column,
    Document,
    Head,
    Heading,
    Italic,
    Missing,
    Number,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Value,
)

DRAFT = "DỰ THẢO – dựng lại từ nguồn báo chí"
CODES = ("S1", "S2", "S3", "S4")


@pytest.fixture(scope="session")
def report() -> Document:
    """An interim report with four coded figures, a chart, two tables and two annexes."""
    head = Head(
        superior="LIÊN MINH HỢP TÁC XÃ VIỆT NAM",
        issuer="LIÊN MINH HỢP TÁC XÃ TỈNH ĐẮK LẮK",
        type_name="BÁO CÁO",
        abstract="Sơ kết hoạt động 6 tháng đầu năm 2023",
        draft_mark=DRAFT,
    )
    body = (
        Heading(0, "Phần thứ nhất", "ĐÁNH GIÁ KẾT QUẢ"),
        Heading(1, "I. ĐẶC ĐIỂM TÌNH HÌNH"),
        Heading(3, "a) Thuận lợi"),
        Paragraph(
            (
                "Toàn tỉnh có ",
                Number("2.177 hợp tác xã", "S1"),
                ", giải ngân ",
                Number("gần 29 tỷ đồng", "S2"),
                "; ",
                Strong("ưu điểm"),
                Italic(" nhiều."),
            )
        ),
        Bullets(("Một ý ngắn.", ("Số đã giải thể: ", Missing()))),
        Missing(),
        Chart(
            "Đắk Lắk nhiều nhất",
            (
                Bar("Đắk Lắk", Value("41", 41, code="S3")),
                Bar("Gia Lai", Value("37", 37)),
                Bar("Kon Tum", Value("12", 12)),
            ),
            "hợp tác xã",
            "Nguồn: báo chí.",
        ),
        _targets(),
        PageBreak(),
        Paragraph("Hết./."),
    )
    annexes = (
        Annex("DANH SÁCH HỢP TÁC XÃ", "I", "(Kèm theo Báo cáo)"),
        _long_list(),
        Annex("NGUỒN SỐ LIỆU", "II", wide=True),
        Table(
            (Column("Mã"), Column("Nguyên văn", 5)),
            tuple(((Anchor(code),), f"Nguyên văn của {code}") for code in CODES),
        ),
    )
    return Document(head, body + annexes, date(2023, 7, 5))


def _targets() -> Table:
    income = Value(
        "3,8–5,5 triệu đồng", 3_800_000, "khoảng", "đồng/người/tháng", 5_500_000, code="S4"
    )
    return Table(
        (Column("Chỉ tiêu", 3), Column("Thực hiện", 2, "right"), Column("Kế hoạch", 2, "right")),
        (
            ("Thành lập mới", Value("212", 212), Value("272", 272)),
            ("Thu nhập bình quân", income, (Missing(),)),
        ),
        "Kết quả so với kế hoạch",
    )


def _long_list() -> Table:
    rows = tuple((f"Hợp tác xã nông nghiệp số {n}", Value("1.234", 1234)) for n in range(1, 61))
    return Table((Column("Tên", 3), Column("Thành viên", 1, "right")), rows)
