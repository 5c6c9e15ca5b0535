"""A workbook taken in: all or the good rows, once, and counted as if entered one by one."""

import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lienminh.figures import inserting
from lienminh.figures.models import Entry, Posting
from lienminh.registry import actions as one_by_one
from lienminh.registry.checks import recount
from lienminh.registry.models import Act, Collective, Import, Return
from lienminh.registry.queries import matching, standing_of
from lienminh.registry.returns.checks import recount_returns
from lienminh.registry.workbooks import actions, taking_in
from lienminh.registry.workbooks.columns import guess
from lienminh.registry.workbooks.known import Known
from lienminh.registry.workbooks.rows import Defaults, Planned, Reader
from lienminh.registry.workbooks.seats import Seats
from lienminh.registry.workbooks.yearly import size_of
from lienminh.rules.errors import Refused
from tests.figures.telling import ask
from tests.registry.registering import BINH_PHUOC, books, key
from tests.registry.sheets import DAY, HEADS, begun, planned, row, taken, xlsx

pytestmark = pytest.mark.django_db


def test_what_is_taken_in_is_found_counted_and_checked() -> None:
    books(day="2015-01-01")
    imported = taken(xlsx(HEADS, row(1, "HTX Một"), row(2, status="Ngừng hoạt động")))
    assert (imported.state, imported.taken) == ("done", 2)
    assert matching(Collective.objects.all(), "htx mot").count() == 1
    assert ask(BINH_PHUOC, "2024", indicator="cooperatives.total").value == 2
    assert ask(BINH_PHUOC, "2015", indicator="cooperatives.founded").value == 2
    assert ask(BINH_PHUOC, "2025-03-31", indicator="cooperatives.active").value == 1
    assert recount() == []
    (posting,) = Posting.objects.filter(key__startswith="import:")
    assert posting.key == f"import:{imported.ref}:0"


def test_nothing_is_taken_in_when_a_row_is_wrong_unless_the_good_rows_are_asked_for() -> None:
    content = xlsx(HEADS, row(1), row(2, founded="31/02/2015"))
    imported = begun(content)
    with pytest.raises(Refused, match="1 chỗ sai, chưa nhập dòng nào"):
        taking_in.take_in(imported, good_only=False, by=None)
    assert Collective.objects.count() == 0
    imported.refresh_from_db()
    assert [problem["column"] for problem in imported.problems] == ["D"]
    assert taking_in.take_in(imported, good_only=True, by=None).taken == 1


def test_the_same_file_again_adds_nothing() -> None:
    content = xlsx(HEADS, row(1), row(2))
    first = taken(content)
    again = actions.begin(sha256=first.sha256, name="tên khác.xlsx", sheet="HTX", by=None)
    assert taking_in.take_in(again, good_only=True, by=None).pk == first.pk
    assert Collective.objects.count() == 2


def test_the_same_rows_in_another_file_are_skipped() -> None:
    taken(xlsx(HEADS, row(1), row(2)))
    assert taken(xlsx(HEADS, row(1), row(2), row(3))).taken == 1
    assert Collective.objects.count() == 3


def test_an_interrupted_import_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    books(day="2015-01-01")
    monkeypatch.setattr(taking_in, "CHUNK", 2)
    imported = begun(xlsx(HEADS, *(row(number) for number in range(1, 8))))
    whole, chunks = actions.take_chunk, iter(range(2))

    def stop(*args: Any, **fields: Any) -> Import:
        next(chunks)
        return whole(*args, **fields)

    monkeypatch.setattr(actions, "take_chunk", stop)
    with pytest.raises(StopIteration):
        taking_in.take_in(imported, good_only=False, by=None)
    imported.refresh_from_db()
    assert (imported.state, imported.taken) == ("running", Collective.objects.count())
    assert 0 < imported.taken < 7
    monkeypatch.setattr(actions, "take_chunk", whole)
    assert taking_in.take_in(imported, good_only=False, by=None).taken == 7
    assert Collective.objects.count() == 7
    assert ask(BINH_PHUOC, "2024", indicator="cooperatives.total").value == 7
    assert recount() == []


def test_a_chunk_taken_in_twice_is_there_once() -> None:
    content = xlsx(HEADS, row(1))
    imported, records = begun(content), planned(content).records
    for _ in range(2):
        actions.take_chunk(imported, after=0, records=records, by=None)
    assert Collective.objects.count() == 1


def test_a_number_entered_meanwhile_stops_the_chunk() -> None:
    content = xlsx(HEADS, row(1, code="A1"))
    imported, records = begun(content), planned(content).records
    taken(xlsx(HEADS, row(2, code="A1")))
    with pytest.raises(Refused, match="vừa ghi thêm"):
        actions.take_chunk(imported, after=0, records=records, by=None)


def test_chosen_columns_are_remembered_for_the_same_heads() -> None:
    content = xlsx(("Tên HTX", "Cột lạ", "Xã", "Huyện", "Tỉnh"), ["HTX Một", "A1", *row(1)[4:7]])
    imported = begun(content)
    assert imported.mapping["columns"][1] == ""
    heads = ("Tên HTX", "Cột lạ", "Xã", "Huyện", "Tỉnh")
    chosen = ["name", "number", "commune", "district", "province"]
    actions.settle(imported, heads=heads, columns=chosen, defaults={"kind": "cooperative"}, by=None)
    assert begun(xlsx(heads, ["HTX Hai", "A2", *row(1)[4:7]])).mapping["columns"] == chosen


def lives() -> st.SearchStrategy[list[Any]]:
    """A row that is right: founded, perhaps admitted, perhaps stopped or ended, in some order."""
    day = st.dates(date(2014, 6, 1), date(2016, 6, 1))
    later = st.integers(1, 400)
    statuses = ("Đang hoạt động", "Tạm ngừng", "Đã giải thể", "Chờ giải thể", "Đã phá sản")
    communes = ("xã Đồng Tâm", "xã Tân Lập", "xã Tân Tiến")
    sectors = ("Nông nghiệp", "Vận tải", "")
    return st.tuples(
        day, st.sampled_from(communes), st.sampled_from(statuses), later, st.sampled_from(sectors)
    ).map(list)


HEADS_OF_LIVES = (*HEADS[:6], "Tỉnh", "Tình trạng", "Ngày giải thể", "Lĩnh vực", "Ngày kết nạp")
EXAMPLES = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 10


class TakenInAsOneByOne(TestCase):
    """Taking in gives the ledger that entering each record, and each of its acts, would give."""

    @classmethod
    def setUpTestData(cls) -> None:
        books(day="2015-01-01")

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.lists(lives(), min_size=1, max_size=6), st.sampled_from([0, inserting.FEW]))
    def test_net_amounts_are_the_same(self, rows: list[list[Any]], few: int) -> None:
        lines = [
            [
                *row(number, founded=f"{day:%d/%m/%Y}", commune=commune, status=status)[:6],
                "Bình Phước",
                status,
                f"{day + timedelta(days=2 * after):%d/%m/%Y}",
                sector,
                f"{day + timedelta(days=after):%d/%m/%Y}",
            ]
            for number, (day, commune, status, after, sector) in enumerate(rows, start=1)
        ]
        records = list(_reader().records((number, line) for number, line in enumerate(lines)))
        assert len(records) == len(rows)
        with patch.object(inserting, "FEW", few):
            together = _nets(lambda: _taken_together(records))
        assert together == _nets(lambda: _entered(records))


@cache
def _seats() -> Seats:
    """Read once for all examples: places do not change."""
    return Seats(date.fromisoformat(DAY))


def _reader() -> Reader:
    """As a workbook with these heads is read, without the workbook."""
    defaults = Defaults(day=_seats().day, kind="cooperative")
    return Reader(guess(HEADS_OF_LIVES), defaults, _seats(), Known(), timezone.localdate())


def _taken_together(records: Sequence[Planned]) -> None:
    imported = actions.begin(sha256="0" * 64, name="danh sách.xlsx", sheet="HTX", by=None)
    actions.take_chunk(imported, after=0, records=records, by=None)


def _nets(fill: Any) -> list[Any]:
    """What stands of each record after filling the registry, which is then emptied again."""
    with transaction.atomic():
        fill()
        refs = dict(Collective.objects.values_list("ref", "name"))
        found = [(refs[ref], sorted(net.items())) for ref, net in standing_of(refs).items()]
        assert recount() == []
        states = list(Collective.objects.values_list("name", "legal", "reporting", "place_id"))
        transaction.set_rollback(True)
    return [sorted(found), sorted(states)]


def _entered(records: Any) -> None:
    for planned_one in records:
        first, *later = _acts(planned_one.acts)
        made = one_by_one.enter(
            kind=planned_one.kind,
            beginning=first,
            identity=planned_one.described,
            key=key(),
            by=None,
        )
        for act in later:
            made.refresh_from_db()
            one_by_one.record_act(made, act, version=made.version, key=key(), by=None)


def _acts(told: Any) -> Iterator[Act]:
    for act in told:
        yield Act(**{name: getattr(act, name) for name in actions.TOLD})


def test_every_entry_of_an_import_says_which_record_it_is_of() -> None:
    books(day="2015-01-01")
    taken(xlsx(HEADS, row(1)))
    records = set(Entry.objects.filter(kind="movement").values_list("record", flat=True))
    assert records == {f"collective:{Collective.objects.get().ref}"}


YEAR_HEADS = (*HEADS, "Số thành viên", "Vốn điều lệ (triệu đồng)", "Lợi nhuận", "Số lao động")


def test_figures_of_a_chosen_year_are_taken_in_of_who_is_new_and_who_was_there() -> None:
    books(day="2015-01-01")
    taken(xlsx(HEADS, row(1)))
    told = [[*row(1), "1.012", "1.500,5", -20, 7], [*row(2), 8, 300, "(4)", ""]]
    content = xlsx(YEAR_HEADS, *told)
    plan_before = planned(content, year="2024", money="1000000")
    assert [one.known is None for one in plan_before.records] == [False, True]
    imported = taken(content, year="2024", money="1000000")
    assert (imported.taken, imported.mapping["told"]) == (1, 2)
    assert [one.values for one in Return.objects.order_by("collective")] == [
        {
            "official_unsexed": 1_012,
            "workers_unsexed": 7,
            "capital": 1_500_500_000,
            "profit": -20_000_000,
        },
        {"official_unsexed": 8, "capital": 300_000_000, "profit": -4_000_000},
    ]
    assert ask(BINH_PHUOC, "2024", indicator="cooperatives.members").value == 1_020
    assert ask(BINH_PHUOC, "2024", indicator="cooperatives.profit").value == -24_000_000
    assert recount() == recount_returns() == []


def test_figures_of_a_year_that_are_there_stay_as_they_are() -> None:
    taken(xlsx(YEAR_HEADS, [*row(1), 12, "", "", ""]), year="2024")
    again = planned(xlsx(YEAR_HEADS, [*row(1), 13, "", "", ""]), year="2024")
    assert again.records == []
    assert "giữ nguyên số đã có" in str([one.sentence for one in again.findings.listed])


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [("1,2,3", "Dấu chấm chia hàng nghìn"), ("mười", "chữ số"), ("-5", "âm"), ("5", "đơn vị tiền")],
)
def test_a_figure_that_cannot_be_is_said_at_its_cell(cell: str, sentence: str) -> None:
    heads = (*HEADS, "Doanh thu") if cell == "5" else (*HEADS, "Số thành viên")
    (found,) = planned(xlsx(heads, [*row(1), cell]), year="2024").findings.listed
    assert found.cell == "I2"
    assert sentence in found.sentence


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ("Vốn điều lệ (triệu đồng)", 10**6),
        ("Doanh thu – tr.đ", 10**6),
        ("Vốn (tỷ đồng)", 10**9),
        ("Doanh thu (1.000đ)", 10**3),
        ("Lợi nhuận (đồng)", 1),
        ("Tỷ lệ lợi nhuận", 0),
        ("Vốn", 0),
    ],
)
def test_the_head_of_a_column_says_its_unit_of_money(head: str, size: int) -> None:
    assert size_of(head) == size


def test_a_long_import_stops_after_a_while_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_in, "CHUNK", 1)
    imported = begun(xlsx(HEADS, *map(row, range(1, 4))))
    for done in (1, 2):
        imported = taking_in.take_in(imported, good_only=True, by=None, seconds=0)
        assert (imported.state, imported.taken) == ("running", done)
    imported = taking_in.take_in(imported, good_only=True, by=None, seconds=0)
    assert (imported.state, Collective.objects.count()) == ("done", 3)
