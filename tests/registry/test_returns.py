"""Yearly data: what organisations state of themselves, accepted, counted with its coverage."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lienminh.people.models import User
from lienminh.registry.actions import merge
from lienminh.registry.models import Collective, Return
from lienminh.registry.own_people.actions import appoint
from lienminh.registry.returns import actions
from lienminh.registry.returns.checks import recount_returns
from lienminh.registry.stating import items_of
from lienminh.rules.data_year import year_of_data
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from tests.figures.telling import ask
from tests.people.acting import account, officer
from tests.registry.registering import BINH_PHUOC, books, entered, happened, key

pytestmark = pytest.mark.django_db
VALUES = {"official_female": 10, "official_male": 22, "revenue": 2_500_000_000, "income": 3_800_000}


def signed_in(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def filled(record: Collective, *, year: int = 2023, **values: Any) -> Return:
    period, covers = year_of_data(year)
    return actions.fill_in(
        record,
        period=period,
        covers=covers,
        series="actual",
        values=values or VALUES,
        version=None,
        by=None,
    )


def accepted(record: Collective, **values: Any) -> Return:
    told = filled(record, **values)
    told = actions.hand_in(told, version=told.version, by=None)
    return actions.accept(told, version=told.version, key=key(), by=None)


def test_the_year_of_data_runs_from_15_december_to_14_december() -> None:
    period, covers = year_of_data(2025)
    assert (period.first, period.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (covers.first, covers.last) == (date(2024, 12, 15), date(2025, 12, 14))


def test_only_what_is_accepted_is_counted_and_whole_only_when_all_are() -> None:
    books()
    one, other = entered("2023-02-01"), entered("2023-02-01", name="HTX Bình Minh")
    told = filled(one)
    assert ask(BINH_PHUOC, "2023", indicator="cooperatives.revenue").partial is None
    told = actions.hand_in(told, version=told.version, by=None)
    actions.accept(told, version=told.version, key=key(), by=None)
    part = ask(BINH_PHUOC, "2023", indicator="cooperatives.revenue").partial
    assert part is not None
    assert (part.amount.low, part.reporting, part.expected) == (2_500_000_000, 1, 2)
    accepted(other, revenue=1_500_000_000, income=5_500_000)
    whole = ask(BINH_PHUOC, "2023", indicator="cooperatives.revenue")
    assert (whole.value, whole.source) == (4_000_000_000, "counted")
    income = ask(BINH_PHUOC, "2023", indicator="workers.income_per_month")
    assert income.value == (3_800_000, 5_500_000)


def test_members_are_counted_by_sex_and_kind() -> None:
    books()
    accepted(entered("2023-02-01"))
    members = "cooperatives.members"
    assert ask(BINH_PHUOC, "2023", indicator=members).value == 32
    assert ask(BINH_PHUOC, "2023", indicator=members, cell="sex=female").value == 10
    assert ask(BINH_PHUOC, "2023", indicator=members, cell="member_kind=contributing").value is None


def test_sent_back_it_is_counted_no_more() -> None:
    books()
    told = accepted(entered("2023-02-01"))
    actions.send_back(told, reason="Thiếu số nữ", version=told.version, key=key(), by=None)
    assert ask(BINH_PHUOC, "2023", indicator="cooperatives.revenue").value is None


def test_a_late_suspension_takes_its_data_out_of_those_of_the_active() -> None:
    books()
    one, other = entered("2023-02-01"), entered("2023-02-01", name="HTX Bình Minh")
    accepted(one)
    accepted(other)
    happened(other, "suspension", "2023-06-01")
    found = ask(BINH_PHUOC, "2023", indicator="cooperatives.revenue")
    assert (found.value, found.source) == (2_500_000_000, "counted")


def test_one_that_ended_has_no_data() -> None:
    record = entered()
    happened(record, "dissolution", "2022-01-01")
    with pytest.raises(Refused, match="đã chấm dứt"):
        filled(record)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"official_female": -1}, "không thể âm"),
        ({"heads": 1}, "không có mục"),
        ({"revenue": 5, "revenue_with_members": 6}, "lớn hơn tổng"),
        ({"official_male": 2.5}, "số nguyên"),
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        filled(entered(), **values)


def test_the_second_who_saves_sees_what_the_first_saved() -> None:
    record = entered()
    filled(record)
    with pytest.raises(actions.Overtaken) as told:
        filled(record, official_male=5)
    assert told.value.now.values == VALUES


def test_an_organisation_s_own_people_fill_in_and_the_alliance_accepts() -> None:
    books()
    record = entered("2023-02-01")
    speaker, keeper, stranger = account("speaker"), officer(), officer("p20-2008")
    appoint(record=record, account=speaker, first_day=date(2024, 1, 1), by=None)
    address = f"/registry/{record.ref}/data/"
    typed = {
        "period": "2023",
        "series": "actual",
        "official_female": "10",
        "revenue": "2 tỷ 500 triệu",
        "profit": "-30 triệu",
        "step": "hand_in",
    }
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(speaker).post(address, typed).status_code == 302
    told = Return.objects.get()
    assert told.values == {
        "official_female": 10,
        "revenue": 2_500_000_000,
        "profit": -30_000_000,
    }
    own = f"{address}{told.ref}/"
    assert signed_in(speaker).post(own, {"step": "accept"}).status_code == 403
    assert "HTX Nông nghiệp Đồng Tâm" in signed_in(keeper).get("/registry/data/").content.decode()
    assert signed_in(keeper).post(own, {"step": "accept"}).status_code == 302
    assert ask(BINH_PHUOC, "2023", indicator="cooperatives.profit").value == -30_000_000
    page = signed_in(keeper).get(f"/registry/{record.ref}/").content.decode()
    assert "2 tỷ 500 triệu" in page


def test_what_was_typed_wrong_stays_and_is_told_at_its_field() -> None:
    record = entered()
    page = signed_in(officer()).post(
        f"/registry/{record.ref}/data/",
        {"period": "2023", "series": "actual", "revenue": "gần 3 tỷ", "workers_male": "hai mươi"},
    )
    told = page.content.decode()
    assert page.status_code == 422
    assert "gần 3 tỷ" in told
    assert "không ghi khoảng" in told
    assert "Hãy viết bằng chữ số" in told


def test_the_second_who_hands_in_sees_both_versions() -> None:
    record, keeper = entered(), signed_in(officer())
    filled(record)
    page = keeper.post(
        f"/registry/{record.ref}/data/",
        {"period": "2023", "series": "actual", "official_male": "777", "step": "save"},
    )
    told = page.content.decode()
    assert page.status_code == 409
    assert "777" in told
    assert "22" in told


@pytest.mark.parametrize("kind", ["cooperative", "credit_fund", "union", "group"])
def test_every_item_of_the_form_has_its_words_in_both_languages(kind: str) -> None:
    labels = [label for item in items_of(kind) for label in item.label]
    assert len(labels) == 2 * len(items_of(kind))
    assert all(type(label) is str and label for label in labels)


def test_income_is_told_as_a_range_and_as_a_mean_by_the_number_of_workers() -> None:
    books()
    one, other = entered("2023-02-01"), entered("2023-02-01", name="HTX Bình Minh")
    accepted(one, workers_female=4, workers_male=5, income=4_000_000)
    accepted(other, workers_female=1, income=9_000_000)
    incomes = ask(BINH_PHUOC, "2023", indicator="workers.income_per_month")
    assert incomes.value == (4_000_000, 9_000_000)
    assert ask(BINH_PHUOC, "2023", indicator="workers.income_mean").value == 4_500_000
    assert recount_returns() == []


def test_who_was_not_graded_counts_among_those_who_said_so() -> None:
    books()
    one, other = entered("2023-02-01"), entered("2023-02-01", name="HTX Bình Minh")
    told = filled(one)
    told = actions.fill_in(
        one,
        period=Period(told.first, told.last),
        covers=Period(told.covers_first, told.covers_last),
        series="actual",
        values=VALUES,
        grade="good",
        version=told.version,
        by=None,
    )
    told = actions.hand_in(told, version=told.version, by=None)
    actions.accept(told, version=told.version, key=key(), by=None)
    accepted(other)
    assert ask(BINH_PHUOC, "2023", indicator="cooperatives.graded").value == 1
    assert ask(BINH_PHUOC, "2023", indicator="cooperatives.graded", cell="grade=weak").value == 0
    assert ask(BINH_PHUOC, "2023", indicator="cooperatives.graded_share").value == 50_00
    assert recount_returns() == []


def test_the_check_finds_a_return_changed_past_the_ledger() -> None:
    books()
    told = accepted(entered("2023-02-01"))
    assert recount_returns() == []
    Return.objects.filter(pk=told.pk).update(values={**VALUES, "revenue": 1})
    (found,) = recount_returns()
    assert (found.id, "'revenue'" in found.msg) == ("registry.E002", True)


def test_what_workers_earn_together_must_fit_the_ledger() -> None:
    record = entered("2023-02-01")
    with pytest.raises(Refused, match="lớn quá mức"):
        filled(record, workers_male=2**40, income=2**40)


def test_merging_takes_over_the_data_and_the_people_that_only_the_other_record_had() -> None:
    books()
    kept, gone = entered("2023-02-01"), entered("2023-02-03", name="HTX NN Đồng Tâm")
    accepted(kept, revenue=5)
    accepted(gone, revenue=7)
    accepted(gone, year=2024, revenue=7)
    appoint(record=gone, account=account("nguoi-htx"), first_day=date(2023, 3, 1), by=None)
    gone.refresh_from_db()
    merge(gone, into=kept, reason="Một hợp tác xã", version=gone.version, key=key(), by=None)
    told = [ask(BINH_PHUOC, year, indicator="cooperatives.revenue") for year in ("2023", "2024")]
    assert [one.value for one in told] == [5, 7]
    assert (kept.delegates.count(), kept.returns.count(), gone.returns.count()) == (1, 2, 1)
    assert recount_returns() == []
