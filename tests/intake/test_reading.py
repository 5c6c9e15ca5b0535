"""The reader is never lost: offsets, damaged and hostile texts, what a text says as a whole."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienminh.intake.reading import Proposal, propose

TEXT = """Tổng kết công tác năm 2023 của tỉnh Hòa Bình

Thứ Ba, 16/01/2024 09:30

Trong năm 2023, toàn tỉnh thành lập mới 14 hợp tác xã, nâng tổng số lên 520 HTX
với hơn 15.800 thành viên.
Quỹ cho 31 lượt HTX vay 18 tỷ 500 triệu đồng; thu nhập bình quân đạt 5,2-6 triệu đồng/người/tháng.
"""
WORDS = (
    "hợp tác xã tổ thành viên triệu tỷ đồng năm tháng ngày quý từ đến trên gần % / - . , ; : ( )"
)
PIECES = [
    *WORDS.split(),
    "\n",
    "5",
    "2023",
    "1.915",
    "3,8",
    "30/4",
    "Hà Nội",
    "huyện",
    "số",
    "\u0301",
    "²",
]


def shown(text: str) -> list[Proposal]:
    return [one for one in propose(text) if one.shown]


def gist(proposals: list[Proposal]) -> list[tuple[object, ...]]:
    return [
        (one.figure.low, one.figure.high, one.figure.unit, one.figure.measure, one.figure.bound)
        for one in proposals
    ]


def test_everything_a_figure_says_is_told_with_its_words() -> None:
    first, *_ = shown(TEXT)
    told = first.as_json("a.txt")
    assert told["span"] == "14 hợp tác xã"
    assert told["value"] == 14
    assert told["indicator"] == "cooperatives.founded"
    assert (told["place"], told["place_ref"]) == ("Hòa Bình", "p17-2008")
    assert (told["period"], told["period_basis"]) == (["2023-01-01", "2023-12-31"], "stated")
    assert told["why"]["measure"] == "thành lập mới"
    assert told["why"]["period"].lower() == "năm 2023"
    assert 0.9 <= told["confidence"] <= 1


def test_a_text_is_read_the_same_however_it_is_stored() -> None:
    whole = gist(shown(TEXT))
    assert len(whole) == 6
    swapped = unicodedata.normalize("NFD", TEXT).replace("\u0302\u0309", "\u0309\u0302")
    for stored in (
        unicodedata.normalize("NFD", TEXT),
        swapped,
        TEXT.replace("hợp tác xã", "hợp_tác_xã").replace(", ", " , "),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace("tỷ ", "tỷ\u200b "),
        TEXT.replace("Quỹ cho 31", "Quỹ cho\n31"),
        TEXT.replace("hòa", "hoà").replace("Hòa", "Hoà"),
    ):
        assert gist(shown(stored)) == whole


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_offsets_index_the_text_as_stored(form: str) -> None:
    stored = unicodedata.normalize(form, TEXT)  # type: ignore[arg-type]
    for one in propose(stored):
        assert stored[one.figure.start : one.figure.end] == one.figure.span


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " "]))
@settings(max_examples=300, deadline=None)
def test_no_mixture_of_its_own_words_crashes_the_reader(pieces: list[str], between: str) -> None:
    stored = between.join(pieces)
    for one in propose(stored):
        assert stored[one.figure.start : one.figure.end] == one.figure.span
        assert one.figure.low <= one.figure.high


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_crashes_the_reader(stored: str) -> None:
    for one in propose(stored):
        assert stored[one.figure.start : one.figure.end] == one.figure.span
        assert 0 <= one.figure.confidence <= 100


HOSTILE = {
    "digits": "1",
    "dots": ".",
    "numbers with dots": "1.",
    "brackets": "(",
    "sizes": "1 tỷ ",
    "years": "2021 - ",
    "fractions": "1/",
    "letters": "a",
    "hyphens": "a-",
    "names of laws": "luật số ",
    "schemes": "đề án năm 2023 ",
    "marks": "a\u0301\u0302",
    "lines": "5 HTX\n",
    "places": "huyện A ",
    "letters and digits": "a1",
    "cells": "5\t",
    "rows": "a\t5\n",
    "rows of words": "a\tb\n",
    "characters of pages": "&nbsp;",
    "broken numbers": "5 5 ",
    "quotations": "“5 a” ",
    "fractions of": "1/3 số ",
    "wholes": "5 trong số 6 HTX ",
    "districts": "Mộc Châu (Sơn La) ",
    "names told behind": "A là xã ",
    "names told again": "huyện Bắc Sơn, Bắc Sơn ",
    "letters for digits": "5O",
    "parts": "Trong đó 5 HTX. ",
    "lists": "5 HTX, ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_slower_than_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        stored = piece * (length // len(piece))
        started = time.process_time()
        propose(stored)
        return time.process_time() - started

    propose("1 HTX")
    short = min(seconds(2_000) for _ in range(3))
    assert seconds(16_000) < 8 * 4 * max(short, 0.01)


def test_the_place_of_the_text_holds_where_a_sentence_names_none() -> None:
    assert {one.place.name for one in shown(TEXT)} == {"Hòa Bình"}


def test_a_place_is_the_one_of_the_day() -> None:
    before = propose("Thứ Hai, 03/06/2024 08:00\n\nTỉnh Bình Phước có 300 HTX.")
    after = propose("Thứ Hai, 01/06/2026 08:00\n\nTỉnh Đồng Nai có 700 HTX.")
    assert [one.place.ref for one in before if one.shown] == ["p70-2008"]
    assert [one.place.ref for one in after if one.shown] == ["p75-2025"]


def test_the_paper_s_address_names_the_province() -> None:
    text = "Toàn tỉnh có 120 hợp tác xã.\n\nTheo baohagiang.vn"
    assert [one.place.name for one in shown(text)] == ["Hà Giang"]


def test_a_numbered_heading_makes_targets_of_its_section() -> None:
    text = """I. KẾT QUẢ NĂM 2022
1. Tổ chức 20 lớp tập huấn.
II. KẾ HOẠCH NĂM 2023
1. Mục tiêu
- Tổ chức 24 lớp tập huấn.
"""
    read = shown(text)
    assert [one.figure.measure for one in read] == ["flow", "target"]
    assert [str(one.figure.first_day) for one in read] == ["2022-01-01", "2023-01-01"]


def test_a_cell_of_a_table_is_read_with_its_row() -> None:
    text = """Biểu tổng hợp năm 2023
STT\tChỉ tiêu\tĐVT\tThực hiện
1\tTổng số hợp tác xã\tHTX\t812
2\tDoanh thu bình quân\tTriệu đồng\t1.620,5
"""
    told = [one.as_json("") for one in propose(text) if one.shown]
    assert [(one["value"], one["unit"], one["measure"]) for one in told] == [
        (812, "cooperative", "stock"),
        (1_620_500_000, "VND", "average"),
    ]


def test_what_is_divided_by_counts_nothing() -> None:
    read = shown("Lợi nhuận bình quân 1 HTX là 250 triệu đồng.")
    assert [one.figure.span for one in read] == ["250 triệu đồng"]


def test_who_said_it_is_kept() -> None:
    read = shown("Theo báo cáo của Sở Tài chính, tỉnh có 45 hợp tác xã.")
    assert read[0].figure.attributed_to == "Theo báo cáo của Sở Tài chính"


def test_what_is_doubtful_is_proposed_and_not_shown() -> None:
    read = propose("Lớp học kéo dài 5 ngày với 30 học viên.")
    assert [(one.figure.span, one.shown) for one in read] == [
        ("5 ngày", False),
        ("30 học viên", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Năm 2023, tỉnh Bình Phước giải thể 5 HTX.", "cooperatives.dissolved"),
        ("Hiện có 12 HTX ngừng hoạt động.", "cooperatives.stopped"),
        ("Toàn tỉnh có 3 liên hiệp HTX đang hoạt động.", "unions.active"),
        ("Năm 2023 thành lập mới 20 tổ hợp tác.", "groups.founded"),
        ("Có 45 HTX đạt chứng nhận VietGAP.", "cooperatives.certified"),
        ("Có 30 HTX tham gia chuỗi giá trị.", "cooperatives.in_chains"),
        ("Các HTX có 2.300 lao động thường xuyên.", "cooperatives.workers"),
        ("Tổng vốn điều lệ của các HTX là 120 tỷ đồng.", "cooperatives.capital"),
        ("Năm 2023, các HTX có doanh thu 300 tỷ đồng.", "cooperatives.revenue"),
        ("Doanh thu bình quân một HTX 2,1 tỷ đồng/năm.", None),
    ],
)
def test_the_indicators_of_the_catalogue_are_known_by_their_words(
    sentence: str, code: str | None
) -> None:
    (one,) = [one for one in propose(sentence) if one.shown]
    assert one.indicator == code


def test_two_amounts_of_a_clause_are_told_apart_by_the_nearest_words() -> None:
    text = "Năm 2023, doanh thu của các HTX đạt 300 tỷ đồng, lợi nhuận của các HTX 20 tỷ đồng."
    assert [one.indicator for one in propose(text) if one.shown] == [
        "cooperatives.revenue",
        "cooperatives.profit",
    ]
