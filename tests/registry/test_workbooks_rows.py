"""What rows say, and every problem at its cell."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.registry.models import Act
from lienminh.registry.workbooks import cells
from lienminh.registry.workbooks.columns import guess
from lienminh.registry.workbooks.rows import Planned
from lienminh.rules.errors import Refused
from lienminh.rules.tax_code import check_digit
from tests.registry.registering import entered, the
from tests.registry.sheets import HEADS, planned, row, told, xlsx

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


def one(content: bytes, **defaults: str) -> Planned:
    found = planned(content, **defaults)
    assert [finding.sentence for finding in found.findings.listed] == []
    (record,) = found.records
    return record


def acts(record: Planned) -> list[tuple[str, str]]:
    return [(act.kind, str(act.day)) for act in record.acts]


def test_columns_are_guessed_from_their_heads() -> None:
    heads = [
        "STT",
        "Tên HTX, liên hiệp HTX",
        "MST",
        "Số GCN ĐKKD",
        "Ngày, tháng, năm thành lập",
        "Địa chỉ – Xã/phường",
        "Địa chỉ – Huyện, thị xã",
        "Ngành nghề kinh doanh chính",
        "Số thành viên (người)",
        "Vốn điều lệ (triệu đồng)",
        "Tình trạng hoạt động",
        "Người đại diện",
    ]
    assert guess(heads) == [
        "ordinal",
        "name",
        "tax_code",
        "certificate",
        "founded_on",
        "commune",
        "district",
        "products",
        "members",
        "capital",
        "reporting",
        "",
    ]


def test_merged_heads_titles_numbers_sections_and_totals_are_seen_for_what_they_are() -> None:
    content = xlsx(
        ["DANH SÁCH HỢP TÁC XÃ NĂM 2024"],
        ["(Kèm theo Báo cáo số 12)"],
        [],
        ["STT", "Tên HTX", "Giấy chứng nhận", "", "Địa chỉ", "", "Số thành viên"],
        ["", "", "Số", "Ngày cấp", "Xã", "Huyện", ""],
        [1, 2, 3, 4, 5, 6, "7=8+9"],
        ["I", "Nông nghiệp", "", "", "", "", 120],
        ["", "Huyện Đồng Phú (2)"],
        [1, "HTX Một", "01", "05/03/2015", "Đồng Tâm"],
        [2, "HTX Hai", "02", "06/03/2015", "Tân Lập", "Đồng Phú", 20],
        ["II", "Tiểu thủ công nghiệp"],
        [1, "HTX Ba", "03", "", "Tân Lập", "", 12],
        ["", "Tổng cộng", "", "", "", "", 152],
    )
    found = planned(content, province="Bình Phước")
    assert [record.acts[0].name for record in found.records] == ["HTX Một", "HTX Hai", "HTX Ba"]
    assert [record.acts[0].sector for record in found.records] == ["agriculture"] * 2 + ["industry"]
    assert found.records[0].acts[0].place_id == the("c25369-2008").pk
    assert found.findings.counts["wrong"] == 0


def test_dates_are_read_as_offices_write_them() -> None:
    day = date(2015, 3, 5)
    for written in ("05/03/2015", "5/3/15", "5-3-2015", "5.3.2015", "ngày 5 tháng 3 năm 2015"):
        assert cells.days(written, TODAY) == (day, day)
    assert cells.days("42068", TODAY) == (day, day)
    assert cells.days("2015-03-05", TODAY) == (day, day)
    assert cells.days("03/2015", TODAY) == (date(2015, 3, 1), date(2015, 3, 31))
    assert cells.days("năm 2015", TODAY) == (date(2015, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    "written", ["31/02/2015", "32/1/2015", "hôm qua", "1/1/2090", "1/1/1015", "0,5"]
)
def test_a_day_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        cells.days(written, TODAY)


@given(st.text(max_size=30))
def test_any_text_is_a_day_a_word_or_refused(text: str) -> None:
    for parser in (lambda: cells.days(text, TODAY), lambda: cells.status(text)):
        with suppress(Refused):
            parser()


@given(st.dates(date(1930, 1, 1), TODAY))
def test_a_day_is_read_back_as_it_was_written(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    for written in (f"{day:%d/%m/%Y}", day.isoformat(), str(serial)):
        assert cells.days(written, TODAY) == (day, day)


def test_a_founding_is_an_act_on_its_day_at_its_seat() -> None:
    record = one(xlsx(HEADS, row(1)))
    assert acts(record) == [("founding", "2015-03-05")]
    assert record.acts[0].place_id == the("c25369-2008").pk


def test_a_year_alone_is_no_day_and_is_not_filled_in() -> None:
    record = one(xlsx(HEADS, row(1, founded="2015")))
    assert acts(record) == [("known", "2015-12-31")]
    assert record.acts[0].reason == "Chỉ biết thành lập: 2015"


def test_without_a_founding_day_it_is_known_from_the_day_of_the_list() -> None:
    assert acts(one(xlsx(HEADS, row(1, founded="")))) == [("known", "2025-03-31")]


def test_a_seat_named_in_newer_borders_lay_in_what_became_of_them() -> None:
    new = row(1, commune="xã Đồng Tâm", district="", province="Đồng Nai")
    record = one(xlsx(HEADS, new), day="2026-01-01")
    assert acts(record) == [("founding", "2015-03-05"), ("change", "2025-07-01")]
    before, after = (act.place_id for act in record.acts)
    assert (before, after) == (the("d695-2008").pk, the("c25390-2025").pk)


def test_one_founded_before_the_first_borders_known_lies_in_them() -> None:
    record = one(xlsx(HEADS, row(1, founded="12/05/1998")))
    assert acts(record) == [("founding", "1998-05-12")]


def test_an_address_alone_names_the_seat() -> None:
    heads = ("Tên HTX", "Ngày thành lập", "Địa chỉ")
    where = "Ấp 3, xã Đồng Tâm, huyện Đồng Phú, tỉnh Bình Phước"
    record = one(xlsx(heads, ["HTX Một", "05/03/2015", where]))
    assert (record.acts[0].place_id, record.acts[0].address) == (the("c25369-2008").pk, where)


def test_a_status_is_an_act_on_its_day_or_noted_on_the_day_of_the_list() -> None:
    heads = (*HEADS, "Ngày giải thể")
    ended = one(xlsx(heads, [*row(1, status="Đã giải thể"), "01/02/2020"]))
    assert acts(ended)[1:] == [("dissolution", "2020-02-01")]
    stopped = one(xlsx(HEADS, row(1, status="ngừng hoạt động")))
    assert acts(stopped)[1:] == [("status", "2025-03-31")]
    assert (stopped.acts[1].legal, stopped.acts[1].reporting) == ("", "stopped")


def test_the_kind_is_told_by_the_row_or_its_name() -> None:
    content = xlsx(
        HEADS, row(1, "Liên hiệp HTX Bình Phước"), row(2, "Tổ hợp tác số 2"), row(3, "ABC")
    )
    assert [one.kind for one in planned(content).records] == ["union", "group", "cooperative"]


def test_a_tax_code_that_lost_its_nought_gets_it_back() -> None:
    heads = ("Tên HTX", "MST", "Xã", "Huyện", "Tỉnh")
    code = f"038001002{check_digit('038001002')}"
    record = one(xlsx(heads, ["HTX Một", int(code), "Đồng Tâm", "Đồng Phú", "Bình Phước"]))
    assert record.described == {"tax_code": code}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"commune": "xã Không Có"}, "E2", "Không có đơn vị nào"),
    ({"commune": "xã Đồng Tâm", "district": "huyện Hớn Quản"}, "E2", "không có đơn vị nào tên là"),
    ({"district": "", "province": ""}, "E2", "là tên của"),
    ({"commune": "", "district": "", "province": ""}, "E2", "Thiếu nơi đặt trụ sở"),
    ({"founded": "31/02/2015"}, "D2", "Không có ngày"),
    ({"founded": date(2099, 1, 1)}, "D2", "còn chưa đến"),
    ({"status": "tốt"}, "H2", "Không biết tình trạng"),
    ({"code": "1" * 30}, "C2", "Dài quá"),
]


@pytest.mark.parametrize(("fields", "cell", "sentence"), WRONG)
def test_each_problem_is_said_at_its_cell(fields: dict[str, Any], cell: str, sentence: str) -> None:
    found = told(xlsx(HEADS, row(1, **fields)))
    assert sentence in found[cell]


def test_a_wrong_tax_code_is_said() -> None:
    heads = ("Tên HTX", "MST", "Xã", "Huyện", "Tỉnh")
    found = told(xlsx(heads, ["HTX Một", "3800100201", "Đồng Tâm", "Đồng Phú", "Bình Phước"]))
    assert "không đúng" in found["B2"]


def test_a_seat_that_was_not_there_yet_is_said() -> None:
    new = row(1, commune="xã Bù Đăng", district="")
    found = told(xlsx(HEADS, new), day="2020-01-01")
    assert "chỉ có từ 01/07/2025, chưa có vào ngày 01/01/2020" in found["E2"]


def test_what_happens_after_the_end_is_said() -> None:
    heads = (*HEADS, "Ngày giải thể", "Ngày kết nạp")
    found = told(xlsx(heads, [*row(1, status="Đã giải thể"), "01/02/2020", "01/02/2021"]))
    assert "đã chấm dứt" in found["I2"]


def test_two_rows_with_one_number_and_two_rows_alike_are_said() -> None:
    found = told(
        xlsx(HEADS, row(1, code="A1"), row(2, code="A1"), row(3, "HTX Ba"), row(4, "Htx  ba"))
    )
    assert found["C3"] == "Trùng với dòng 2; hãy bỏ một dòng."
    assert found["B5"] == "Trùng với dòng 4; hãy bỏ một dòng."


def test_what_the_registry_has_already_is_skipped_and_said() -> None:
    entered("2015-03-05", name="HTX Một", place="c25369-2008", identity={"number": "A1"})
    found = told(
        xlsx(
            HEADS,
            row(1, "HTX Một", code="A1"),
            row(2, "htx một"),
            row(3, "HTX Khác", code="A1"),
        )
    )
    assert found["C2"] == found["B3"].replace("htx một", "HTX Một") == "Đã có trong sổ: HTX Một."
    assert "“HTX Một”" in found["C4"]


def test_a_formula_is_a_text_like_any_other() -> None:
    record = one(xlsx(HEADS, row(1, "=HYPERLINK(1)")))
    assert record.acts[0].name == "=HYPERLINK(1)"
    assert record.acts[0].kind == Act.Kind.FOUNDING


def test_figures_of_a_year_are_seen_and_left_for_the_yearly_data() -> None:
    content = xlsx((*HEADS, "Số thành viên"), [*row(1), 12])
    assert one(content).described == {}
