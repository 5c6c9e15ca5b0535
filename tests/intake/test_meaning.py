"""What is read becomes a statement as the ledger keeps it, and what is doubtful is named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lienminh.intake import contradictions, schemes
from lienminh.intake.contradictions import Kind, two_dates
from lienminh.intake.heads import head_of
from lienminh.intake.meaning import Doubt, Known, Meaning, Rule, meaning
from lienminh.intake.reading import propose
from lienminh.intake.repeats import repeats
from lienminh.intake.saying import Said, spaced
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount
from tests.intake.catalogue import CATALOGUE, INDICATORS

SCHEMES = {"nang-luc": "Đề án nâng cao năng lực quản trị", "vung-cao": "Đề án HTX vùng cao"}
WORDS = {
    key: set(one["values"])
    for key, one in yaml.safe_load((CATALOGUE / "keys.yaml").read_text("utf-8")).items()
} | {"scheme": set(SCHEMES)}
KNOWN = Known(INDICATORS, WORDS, day=date(2024, 3, 5), place="p70-2008")


def read(sentence: str, known: Known = KNOWN) -> list[Meaning]:
    """The figures of a text that are shown."""
    return [meaning(one, known) for one in said(sentence)]


def said(text: str) -> list[Said]:
    return [Said.of(one) for one in propose(text) if one.shown]


def test_what_is_said_is_kept_and_read_back_alike() -> None:
    for one in propose("Năm 2023, tỉnh Bình Phước cho vay gần 29,5 tỷ đồng, đạt 7,25%."):
        told = Said.of(one)
        assert Said.kept({**told.json, "sentence": list(told.sentence)}) == told


def test_a_state_is_as_of_a_day_and_what_happened_fills_its_period() -> None:
    total, founded = read(
        "Tính đến 31/12/2023, tỉnh Bình Phước có 323 HTX; "
        "năm 2023, tỉnh Bình Phước thành lập mới 31 HTX."
    )
    assert (total.indicator, total.days, total.basis) == (
        "cooperatives.total",
        Period.parse("2023-12-31"),
        "stated",
    )
    assert (founded.indicator, founded.days, founded.basis) == (
        "cooperatives.founded",
        Period.parse("2023"),
        None,
    )


def test_money_and_percents_are_whole_numbers_of_the_smallest_unit() -> None:
    (lent,) = read("Năm 2023, tỉnh Bình Phước cho các HTX vay gần 29,5 tỷ đồng.")
    assert lent.amount == Amount(29_500_000_000, 29_500_000_000, "<", approx=True)
    share = replace(said("Năm 2023 đạt 7,25%.")[0], indicator="cooperatives.active_share")
    assert meaning(share, KNOWN).amount == Amount(725, 725)


def test_what_the_unit_cannot_hold_is_not_rounded() -> None:
    share = replace(said("Năm 2023 đạt 7,125%.")[0], indicator="cooperatives.active_share")
    assert meaning(share, KNOWN).doubts >= {Doubt.AMOUNT}


def test_parts_come_from_the_words_of_the_clause_that_the_indicator_has() -> None:
    classes, trainees, lent = read(
        "Năm 2023, tỉnh Bình Phước mở 14 lớp tập huấn về kinh tế tập thể cho 620 học viên; "
        "Quỹ Hỗ trợ phát triển HTX cho vay 5 tỷ đồng từ vốn ủy thác."
    )
    assert classes.cell == trainees.cell == "topic=collective-economy"
    assert lent.cell == "channel=entrusted+provincial-fund"


def test_an_event_the_text_tells_of_is_told_of_its_month() -> None:
    text = "Thứ Hai, 23/10/2023 08:00\n\nTỉnh Lạng Sơn: đại diện 40 HTX dự hội nghị."
    (present,) = [one for one in read(text, replace(KNOWN, day=None)) if one.indicator]
    assert (present.indicator, present.days, present.covers) == (
        "conferences.cooperatives",
        Period.parse("2023-10"),
        Period.parse("2023-10-23"),
    )


def test_what_takes_time_is_not_for_the_day_of_the_text() -> None:
    (opened,) = read("Tỉnh Bình Phước đã mở 35 lớp tập huấn.")
    assert Doubt.NO_DATE in opened.doubts
    assert not opened.is_whole


def test_what_is_inferred_is_a_doubt_and_what_is_stated_is_none() -> None:
    stated, afar = read(
        "Năm 2023, tỉnh Bình Phước thành lập mới 31 HTX.\nMở thêm 3 lớp tập huấn trong năm 2023."
    )
    assert not stated.doubts
    assert afar.doubts == {Doubt.PLACE}


def test_what_no_indicator_counts_is_new() -> None:
    (trees,) = read("Năm 2023, tỉnh Bình Phước trồng 12.500 cây giống.")
    assert Doubt.NEW in trees.doubts


def test_a_taught_wording_is_followed_and_the_longest_wins() -> None:
    short = Rule("cay giong", "other:item", "cooperatives.total", "")
    (trees,) = said("Năm 2023, tỉnh Bình Phước trồng 12.500 cây giống mới.")
    rules = [replace(short, unit=trees.unit)]
    taught = meaning(trees, replace(KNOWN, rules=rules))
    assert (taught.indicator, taught.rule) == ("cooperatives.total", rules[0])
    longer = replace(rules[0], folded="cay giong moi", indicator="groups.total")
    assert meaning(trees, replace(KNOWN, rules=[*rules, longer])).indicator == "groups.total"
    other_unit = replace(short, unit="member")
    assert meaning(trees, replace(KNOWN, rules=[other_unit])).indicator is None


def test_a_paragraph_tells_of_the_scheme_it_names() -> None:
    text = (
        "Thực hiện Đề án nâng cao năng lực quản trị HTX, mở 4 lớp tập huấn.\n"
        "Đối với Đề án phát triển HTX vùng cao, mở 6 lớp tập huấn.\nNgoài ra mở 2 lớp tập huấn.\n"
    )
    told = schemes.mentions(text, SCHEMES)
    assert [told.at(text.index(f"{n} lớp")) for n in (4, 6, 2)] == ["nang-luc", "vung-cao", ""]
    assert schemes.unknown(text, SCHEMES) == []
    assert schemes.unknown(text, {}) == [
        "Đề án nâng cao năng lực quản trị HTX, mở 4 lớp tập huấn",
        "Đề án phát triển HTX vùng cao, mở 6 lớp tập huấn",
    ]


def against(text: str) -> set[tuple[Kind, int, int]]:
    found = contradictions.contradictions(dict(enumerate(read(text))), INDICATORS)
    return {(one.kind, one.number, one.other) for one in found}


def test_two_numbers_for_one_question_are_shown_from_both() -> None:
    text = "Năm 2023, tỉnh Bình Phước thành lập mới 31 HTX. "
    text += text.replace("31", "32")
    assert against(text) == {(Kind.OTHER_NUMBER, 0, 1), (Kind.OTHER_NUMBER, 1, 0)}


def test_a_part_greater_than_its_whole_is_shown() -> None:
    text = "Tính đến 31/12/2023, tỉnh Bình Phước có 248 HTX, trong đó có 323 HTX đang hoạt động."
    assert against(text) == {(Kind.MORE_THAN_WHOLE, 1, 0), (Kind.LESS_THAN_PART, 0, 1)}
    assert not against(text.replace("323", "200"))
    assert not against(text.replace("248", "trên 248"))


def test_a_document_cited_with_two_days_is_shown() -> None:
    text = (
        "Theo Kế hoạch số 15/KH-UBND ngày 03/02/2024 và Kế hoạch số 15/KH-UBND, ngày 13/2/2024; "
        "Nghị quyết số 20-NQ/TW ngày 16/6/2022."
    )
    (one,) = two_dates(text)
    assert (one.number, one.days) == ("15/KH-UBND", (date(2024, 2, 3), date(2024, 2, 13)))


def test_what_headline_and_body_say_is_one_figure() -> None:
    text = "Bình Phước có 323 HTX\n\nTheo báo cáo, tỉnh Bình Phước có 323 HTX và 45 tổ hợp tác.\n"
    found = propose(text)
    assert repeats(found) == {1: 0}


@pytest.mark.parametrize(
    ("text", "kind", "title", "number"),
    [
        ("BÁO CÁO\nKết quả\nvà kế hoạch\n\nI.", "report", "Báo cáo kết quả và kế hoạch", ""),
        ("Số: 7 /KH-LM\nKẾ HOẠCH\nMở lớp\n", "plan", "Kế hoạch mở lớp", "7/KH-LM"),
        ("08:00\nMột tin về hợp tác xã\nHết.", "article", "Một tin về hợp tác xã", ""),
        ("", "article", "", ""),
    ],
)  # fmt: skip
def test_a_text_is_called_as_its_head_says(text: str, kind: str, title: str, number: str) -> None:
    assert head_of(text)[:3] == (kind, title, number)


PIECES: Any = st.sampled_from(
    (
        *("12 HTX", "1,5 tỷ đồng", "7%", "năm 2023", "tỉnh Bình Phước", "đề án", "lớp", "\n"),
        *("số 5/KH-UB ngày 1/1/2024", "31/02/2023", "…"),
    )
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join))
def test_any_text_is_read_into_meanings_without_a_fault(text: str) -> None:
    told = schemes.mentions(text, SCHEMES)
    for one in map(Said.of, propose(text)):
        first, last = one.sentence
        assert 0 <= first <= one.start < one.end <= last <= len(text)
        found = meaning(one, KNOWN, told.at(one.start))
        assert found.is_whole <= (found.amount is not None and found.days is not None)
    two_dates(text)
    head_of(text)
    assert spaced(text).startswith(" ")
