"""What else a text holds than figures is proposed with its span and what is stated of it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienminh.intake.other_facts import Fact, other_facts

DAY = "Thứ Sáu, 15/12/2023 08:00\n\n"
MEETING = (
    "Chiều 14/12, tại thành phố Vinh, Liên minh HTX tỉnh Nghệ An tổ chức Hội nghị tổng kết công "
    "tác năm 2023, theo hình thức trực tiếp và trực tuyến."
)


def read(text: str, kind: str) -> list[Fact]:
    return [fact for fact in other_facts(DAY + text) if fact.kind == kind]


def test_a_conference_is_told_with_its_day_place_host_and_level() -> None:
    (fact,) = read(MEETING, "conference")
    assert fact.details == {
        "kind": "final_review",
        "name": "Hội nghị tổng kết công tác năm 2023",
        "when": "Chiều 14/12",
        "date": "2023-12-14",
        "part_of_day": "afternoon",
        "mode": "hybrid",
        "place": "thành phố Vinh",
        "host": "Liên minh HTX tỉnh Nghệ An",
        "level": "province",
    }


def test_a_document_is_told_each_time_with_the_day_it_is_cited_with() -> None:
    text = (
        "Theo Kế hoạch số 12/KH-LM ngày 03/02/2023 và Luật Hợp tác xã năm 2023; sau đó Kế hoạch "
        "số 12/KH-LM ngày 4 tháng 2 năm 2023 được sửa."
    )
    told = [dict(fact.details) for fact in read(text, "document")]
    assert [(one["kind"], one.get("number"), one.get("date")) for one in told] == [
        ("plan", "12/KH-LM", "2023-02-03"),
        ("law", None, None),
        ("plan", "12/KH-LM", "2023-02-04"),
    ]


@pytest.mark.parametrize(
    "text", ["Có 12 kế hoạch và 3 báo cáo.", "Kế hoạch năm 2023 đề ra 15 lớp.", "Theo báo cáo 25%."]
)
def test_what_only_sounds_like_a_document_is_none(text: str) -> None:
    assert read(text, "document") == []


def test_a_programme_goes_to_the_end_of_its_name() -> None:
    text = (
        "Thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững và Đề án phát triển chè "
        "hữu cơ, cây dược liệu, giai đoạn 2022-2025, tỉnh đã giao vốn."
    )
    first, second = read(text, "programme")
    assert first.details["name"] == "Chương trình mục tiêu quốc gia giảm nghèo bền vững"
    assert second.span.endswith("dược liệu, giai đoạn 2022-2025")
    assert (second.details["kind"], second.details["period"]) == ("scheme", "2022..2025")


def test_an_office_is_named_and_the_person_who_speaks_for_it_is_not() -> None:
    text = (
        "Ông Nguyễn Văn A, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn; Chủ tịch Liên "
        "minh Hợp tác xã Việt Nam Trần Thị B; Ban Kế hoạch – Hỗ trợ; HTX Rau sạch Lê Hồng Phong."
    )
    assert [fact.details["name"] for fact in read(text, "organisation")] == [
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Liên minh Hợp tác xã Việt Nam",
        "Ban Kế hoạch - Hỗ trợ",
        "HTX Rau sạch Lê Hồng Phong",
    ]


def test_tasks_have_who_leads_and_with_whom() -> None:
    text = (
        "Về nhiệm vụ thời gian tới, Phó Chủ tịch UBND tỉnh yêu cầu: Liên minh HTX tỉnh chủ trì "
        "phối hợp với Sở Tài chính rà soát các quỹ; các huyện tiếp tục tuyên truyền Luật."
    )
    first, second = read(text, "task")
    assert first.details == {
        "actor": "Liên minh HTX tỉnh",
        "role": "lead",
        "with": "Sở Tài chính",
    }
    assert (second.details["actor"], second.details["role"]) == ("các huyện", "perform")


def test_what_was_done_is_no_task() -> None:
    assert read("Liên minh HTX tỉnh đã tổ chức 5 lớp tập huấn và hỗ trợ 3 HTX.", "task") == []


def test_each_difficulty_of_a_list_is_one() -> None:
    text = "HTX còn gặp khó khăn như: thiếu đất làm trụ sở; khó vay vốn ngân hàng; ít cán bộ trẻ."
    assert [fact.span for fact in read(text, "difficulty")] == [
        "thiếu đất làm trụ sở",
        "khó vay vốn ngân hàng",
        "ít cán bộ trẻ",
    ]


def test_a_recommendation_has_whom_it_is_for() -> None:
    text = "Liên minh đề nghị Ngân hàng Nhà nước nghiên cứu nâng mức vay tín chấp cho HTX."
    (fact,) = read(text, "recommendation")
    assert fact.details == {"addressee": "Ngân hàng Nhà nước"}
    assert read("Có 97 kiến nghị được trả lời.", "recommendation") == []


def test_a_numbered_heading_holds_for_its_section() -> None:
    text = """II. TỒN TẠI, HẠN CHẾ
- Vốn của các HTX còn ít, khó mở rộng.
III. NHIỆM VỤ NĂM 2024
- Tiếp tục vận động thành lập HTX mới.
"""
    kinds = [fact.kind for fact in other_facts(DAY + text)]
    assert kinds == ["difficulty", "task"]


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_text_crashes_it_and_spans_are_of_the_text(stored: str) -> None:
    for fact in other_facts(stored):
        assert stored[fact.start : fact.end] == fact.span


PIECES = [
    *MEETING.split(" "),
    "\n",
    ";",
    ":",
    "“",
    "đề nghị",
    "khó khăn",
    "như",
    "Đề án",
    "số",
    "12",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " "]))
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_its_own_words_crashes_it(pieces: list[str], between: str) -> None:
    stored = between.join(pieces)
    for fact in other_facts(stored):
        assert stored[fact.start : fact.end] == fact.span
        assert 0 <= fact.confidence <= 100


HOSTILE = [
    "Sở ",
    "Đề án a ",
    "đề nghị ",
    "; ",
    "kế hoạch số ",
    "luật a ",
    "Hội nghị 1/2 ",
    "“a ",
    "khó khăn như: a; ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_it_longer_than_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        stored = piece * (length // len(piece))
        started = time.process_time()
        other_facts(stored)
        return time.process_time() - started

    other_facts("Sở Tài chính")
    short = min(seconds(2_000) for _ in range(3))
    assert seconds(16_000) < 8 * 4 * max(short, 0.01)
