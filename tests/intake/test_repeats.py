"""A fact told in headline, caption and body is one fact."""

from lienminh.intake.reading import propose
from lienminh.intake.repeats import REMEMBERED, repeats

DAY = "Thứ Ba, 16/01/2024 09:30\n\n"


def told_again(text: str) -> list[tuple[str, str]]:
    """Pairs of what was said again and what said it first."""
    shown = [one for one in propose(text) if one.shown]
    return [
        (shown[again].figure.span, shown[first].figure.span)
        for again, first in repeats(shown).items()
    ]


def test_headline_caption_and_body_tell_one_fact_once() -> None:
    text = f"""Quỹ giải ngân 226 tỷ đồng cho hợp tác xã

{DAY}Năm 2023, Quỹ hỗ trợ phát triển hợp tác xã tỉnh Yên Bái giải ngân trên 226 tỷ đồng.

Ảnh: Quỹ đã giải ngân hơn 226 tỷ đồng cho các hợp tác xã
"""
    assert told_again(text) == [("226 tỷ đồng", "226 tỷ đồng")] * 2


def test_a_small_number_is_the_same_fact_only_where_its_words_are() -> None:
    text = (
        "Hỗ trợ 5 HTX tham gia hội chợ. Quỹ cho 5 HTX vay vốn mua máy. "
        "Đã hỗ trợ 5 HTX tham gia hội chợ nông sản."
    )
    shown = [one for one in propose(text) if one.shown]
    assert repeats(shown) == {2: 0}


def test_what_differs_in_a_stated_field_is_another_fact() -> None:
    for one, other in (
        ("Năm 2022, tỉnh có 1.240 hộ vay vốn.", "Năm 2023, tỉnh có 1.240 hộ vay vốn."),
        ("Huyện Bắc Sơn có 1.240 hộ vay.", "Huyện Bình Gia có 1.240 hộ vay."),
        ("Đã mở 45 lớp tập huấn.", "Phấn đấu mở 45 lớp tập huấn."),
        ("Số hợp tác xã tăng 15%.", "Số hợp tác xã giảm 15%."),
        ("Có 24 HTX đang hoạt động.", "Có 24 HTX ngừng hoạt động."),
        ("Có 320 hộ vay.", "Có 320 lượt hộ vay."),
        ("Có trên 320 hộ vay.", "Có dưới 320 hộ vay."),
    ):
        assert told_again(f"{one}\n\n{other}") == [], (one, other)


def test_every_telling_points_to_the_first() -> None:
    shown = [one for one in propose("Có 1.240 hộ vay vốn.\n\n" * 4) if one.shown]
    assert repeats(shown) == {1: 0, 2: 0, 3: 0}


def test_one_number_in_many_meanings_is_compared_a_limited_number_of_times() -> None:
    years = "\n\n".join(f"Năm {year}, có 1.240 hộ vay vốn." for year in range(1990, 2023))
    shown = [one for one in propose(f"{years}\n\nNăm 1990, có 1.240 hộ vay vốn.") if one.shown]
    assert len(shown) > REMEMBERED
    assert repeats(shown) == {len(shown) - 1: 0}
