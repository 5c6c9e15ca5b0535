"""How a place's own figures answer: which source comes first, how periods and cells fit."""

from datetime import date
from typing import Any

import pytest

from lienminh.figures.actions import name_cell_value
from lienminh.rules.precision import Amount
from tests.figures.telling import TOTAL, TRAINEES, ask, draft, movement, opening, posted, say

pytestmark = pytest.mark.django_db
QUANG_NINH, CO_TO = "p22-2008", "d207-2008"
INCOME = "workers.income_per_month"
MEMBERS = "cooperatives.members"
SHARE = "cooperatives.active_share"


# Which source answers, and what stands beside it.


def test_what_is_read_comes_before_the_sum_of_the_children() -> None:
    posted(*(draft(ref, "2023", 1) for ref in ("c07192-2008", "c07195-2008", "c07198-2008")))
    assert (ask(CO_TO, "2023").value, ask(CO_TO, "2023").source) == (3, "sum")
    say(CO_TO, "2023", 5, by="read")
    assert (ask(CO_TO, "2023").value, ask(CO_TO, "2023").source) == (5, "read")


def test_what_is_reported_comes_before_what_is_read() -> None:
    say(QUANG_NINH, "2023", 5, by="reported")
    say(QUANG_NINH, "2023", 9, by="read")
    assert ask(QUANG_NINH, "2023").value == 5


def test_what_is_counted_comes_before_what_is_reported() -> None:
    say(QUANG_NINH, "2023", 5, by="reported")
    posted(opening(QUANG_NINH, "2023-01-01"), movement(CO_TO, "2023-05-01", 2))
    assert (ask(QUANG_NINH, "2023").value, ask(QUANG_NINH, "2023").source) == (2, "counted")


def test_the_sources_not_chosen_are_given_beside_the_one_that_is() -> None:
    say(QUANG_NINH, "2023", 5, by="reported", as_written="5 HTX")
    say(QUANG_NINH, "2023", 9, by="read")
    posted(opening(QUANG_NINH, "2023-01-01"))
    sources = ask(QUANG_NINH, "2023").sources
    assert {kind: one.amount.low for kind, one in sources.items()} == {
        "counted": 0,
        "reported": 5,
        "read": 9,
    }
    assert sources["reported"].as_written == "5 HTX"


def test_of_two_sources_of_one_kind_the_official_one_answers() -> None:
    say(QUANG_NINH, "2023", 5, code="form", status="official")
    say(QUANG_NINH, "2023", 9, code="letter", status="preliminary")
    found = ask(QUANG_NINH, "2023")
    assert (found.value, found.conflicts) == (5, ("2.1",))


def test_of_two_official_sources_the_one_stated_later_answers() -> None:
    say(QUANG_NINH, "2023", 9, code="letter", stated_on=date(2024, 2, 1))
    say(QUANG_NINH, "2023", 5, code="form", stated_on=date(2024, 1, 1))
    assert ask(QUANG_NINH, "2023").value == 9


def test_series_never_mix() -> None:
    say(QUANG_NINH, "2023", 5, series="plan")
    assert ask(QUANG_NINH, "2023").value is None
    assert ask(QUANG_NINH, "2023", series="plan").value == 5


# Periods.


def test_shorter_statements_of_one_source_that_tile_the_period_are_added() -> None:
    posted(draft(QUANG_NINH, "2023-H1", 3), draft(QUANG_NINH, "2023-Q3", 4))
    assert ask(QUANG_NINH, "2023").value is None
    say(QUANG_NINH, "2023-Q4", 5)
    found = ask(QUANG_NINH, "2023")
    assert (found.value, found.derived) == (12, True)


def test_statements_of_two_sources_do_not_tile() -> None:
    say(QUANG_NINH, "2023-H1", 3, code="form")
    say(QUANG_NINH, "2023-H2", 4, code="letter")
    assert ask(QUANG_NINH, "2023").value is None


def test_of_statements_one_inside_the_other_the_longest_counts() -> None:
    posted(draft(QUANG_NINH, "2023-Q1", 3), draft(QUANG_NINH, "2023-H1", 7))
    posted(draft(QUANG_NINH, "2023-Q2", 5), draft(QUANG_NINH, "2023-H2", 1))
    assert ask(QUANG_NINH, "2023").value == 8


def test_overlapping_statements_are_a_conflict_and_never_a_sum() -> None:
    posted(draft(QUANG_NINH, "2023-9M", 3), draft(QUANG_NINH, "2023-H2", 7))
    found = ask(QUANG_NINH, "2023")
    assert (found.value, set(found.conflicts)) == (None, {"1.1", "1.2"})
    assert found.why is not None


def test_cumulative_statements_are_never_added() -> None:
    posted(
        draft(QUANG_NINH, "2023-H1", 3, cumulative=True),
        draft(QUANG_NINH, "2023-H2", 4, cumulative=True),
    )
    assert ask(QUANG_NINH, "2023").value is None


def test_the_difference_of_cumulative_statements_is_answered_as_derived() -> None:
    posted(
        draft(QUANG_NINH, "2023-H1", Amount(3, 3, ">"), cumulative=True),
        draft(QUANG_NINH, "2023-9M", 10, cumulative=True),
    )
    found = ask(QUANG_NINH, "2023-Q3")
    assert (found.amount, found.derived) == (Amount(7, 7, "<"), True)
    assert set(found.entries) == {"1.1", "1.2"}


def test_a_difference_below_zero_is_no_answer() -> None:
    posted(
        draft(QUANG_NINH, "2023-H1", 9, cumulative=True),
        draft(QUANG_NINH, "2023-9M", 8, cumulative=True),
    )
    assert ask(QUANG_NINH, "2023-Q3").value is None


def test_cumulative_statements_of_two_sources_have_no_difference() -> None:
    say(QUANG_NINH, "2023-H1", 3, cumulative=True, code="form")
    say(QUANG_NINH, "2023-9M", 10, cumulative=True, code="letter")
    assert ask(QUANG_NINH, "2023-Q3").value is None


def test_a_cumulative_statement_answers_its_own_period() -> None:
    say(QUANG_NINH, "2023-9M", 10, cumulative=True)
    found = ask(QUANG_NINH, "2023-9M")
    assert (found.value, found.derived) == (10, False)


def test_a_stock_is_the_latest_as_of_day_inside_the_period() -> None:
    posted(
        draft(QUANG_NINH, "2022-12-31", 40, indicator=TOTAL),
        draft(QUANG_NINH, "2023-06-30", 45, indicator=TOTAL),
        draft(QUANG_NINH, "2023-11-30", 50, indicator=TOTAL),
        draft(QUANG_NINH, "2024-01-01", 60, indicator=TOTAL),
    )
    found = ask(QUANG_NINH, "2023", indicator=TOTAL)
    assert (found.value, found.as_of, found.as_of_basis) == (50, date(2023, 11, 30), "stated")


def test_a_stock_stated_outside_the_period_does_not_answer_it() -> None:
    say(QUANG_NINH, "2022-12-31", 40, indicator=TOTAL)
    assert ask(QUANG_NINH, "2023", indicator=TOTAL).value is None


def test_a_stated_average_stands_for_its_own_question_only() -> None:
    posted(*(draft(QUANG_NINH, quarter, 4, indicator=INCOME) for quarter in ("2023-H1", "2023-H2")))
    assert ask(QUANG_NINH, "2023-H1", indicator=INCOME).value == 4
    assert ask(QUANG_NINH, "2023", indicator=INCOME).value is None


# Takers of part.


def test_turns_are_added_over_periods() -> None:
    turns = {"indicator": TRAINEES, "counting": "turns"}
    posted(draft(QUANG_NINH, "2023-H1", 3, **turns), draft(QUANG_NINH, "2023-H2", 4, **turns))
    found = ask(QUANG_NINH, "2023", indicator=TRAINEES)
    assert (found.value, found.counting) == (7, "turns")


@pytest.mark.parametrize("counting", ["distinct", "unstated", None])
def test_takers_of_part_not_counted_in_turns_are_never_added(counting: str | None) -> None:
    takers: dict[str, Any] = {"indicator": TRAINEES, "counting": counting}
    posted(draft(QUANG_NINH, "2023-H1", 3, **takers), draft(QUANG_NINH, "2023-H2", 4, **takers))
    assert ask(QUANG_NINH, "2023", indicator=TRAINEES).value is None
    assert ask(QUANG_NINH, "2023-H1", indicator=TRAINEES).counting == counting


# Cells.


def test_a_statement_answers_its_own_cell_only() -> None:
    say(QUANG_NINH, "2023", 10, indicator=TRAINEES)
    assert ask(QUANG_NINH, "2023", indicator=TRAINEES, cell="sex=female").value is None
    say(QUANG_NINH, "2023", 4, indicator=TRAINEES, cell="sex=female")
    assert ask(QUANG_NINH, "2023", indicator=TRAINEES).value == 10
    assert ask(QUANG_NINH, "2023", indicator=TRAINEES, cell="sex=female").value == 4


def test_all_values_of_a_key_that_the_indicator_declares_a_partition_make_up_the_whole() -> None:
    say(QUANG_NINH, "2023-12-31", 4, indicator=MEMBERS, cell="sex=female")
    alone = ask(QUANG_NINH, "2023", indicator=MEMBERS)
    assert alone.value is None
    assert alone.parts is not None
    assert [part.value for part in alone.parts.items] == [4]
    say(QUANG_NINH, "2023-12-31", 6, indicator=MEMBERS, cell="sex=male")
    whole = ask(QUANG_NINH, "2023", indicator=MEMBERS)
    assert (whole.value, whole.derived, whole.as_of) == (10, True, date(2023, 12, 31))


def test_a_stated_whole_comes_before_the_sum_of_its_parts() -> None:
    posted(
        draft(QUANG_NINH, "2023-12-31", 4, indicator=MEMBERS, cell="sex=female"),
        draft(QUANG_NINH, "2023-12-31", 6, indicator=MEMBERS, cell="sex=male"),
        draft(QUANG_NINH, "2023-12-31", 11, indicator=MEMBERS),
    )
    assert ask(QUANG_NINH, "2023", indicator=MEMBERS).value == 11


def two_schemes() -> None:
    for value in ("one", "two"):
        name_cell_value(key="scheme", value=value, label_vi=value, label_en=value)


CLASSES = "training.classes"


def of_schemes(relation: str, *cells: str) -> None:
    together = {"indicator": CLASSES, "group": "table", "relation": relation}
    posted(*(draft(QUANG_NINH, "2023", 4, cell=cell, **together) for cell in cells))


def test_parts_that_their_source_declares_a_partition_make_up_the_whole() -> None:
    two_schemes()
    of_schemes("partition", "scheme=one", "scheme=two")
    found = ask(QUANG_NINH, "2023", indicator=CLASSES)
    assert (found.value, found.derived) == (8, True)


def test_a_partition_with_one_part_withdrawn_makes_up_nothing() -> None:
    two_schemes()
    of_schemes("partition", "scheme=one", "scheme=two")
    say(QUANG_NINH, "2023", None, indicator=CLASSES, cell="scheme=two")
    assert ask(QUANG_NINH, "2023", indicator=CLASSES).value is None


@pytest.mark.parametrize("relation", ["of_which", "besides", "overlapping", "unknown"])
def test_parts_under_any_other_relation_are_shown_and_never_added(relation: str) -> None:
    two_schemes()
    of_schemes(relation, "scheme=one", "scheme=two")
    found = ask(QUANG_NINH, "2023", indicator=CLASSES)
    assert found.value is None
    assert found.parts is not None
    assert [part.value for part in found.parts.items] == [4, 4]
    assert found.parts.overlaps


def test_a_partition_by_two_keys_at_once_is_not_added() -> None:
    two_schemes()
    of_schemes("partition", "scheme=one", "scheme=two", "topic=ecommerce")
    assert ask(QUANG_NINH, "2023", indicator=CLASSES).value is None


def test_a_partition_with_a_part_of_two_values_is_not_added_without_it() -> None:
    two_schemes()
    of_schemes("partition", "scheme=one", "scheme=two", "scheme=one+two")
    assert ask(QUANG_NINH, "2023", indicator=CLASSES).value is None


def test_parts_held_apart_by_a_declared_partition_do_not_overlap() -> None:
    lent = {"indicator": "loans.lent"}
    posted(
        draft(QUANG_NINH, "2023", 4, cell="channel=entrusted", **lent),
        draft(QUANG_NINH, "2023", 6, cell="channel=employment", **lent),
    )
    found = ask(QUANG_NINH, "2023", indicator="loans.lent")
    assert found.value is None
    assert found.parts is not None
    assert not found.parts.overlaps


def test_a_class_of_two_schemes_counts_for_each_and_once_for_both() -> None:
    two_schemes()
    posted(
        opening(QUANG_NINH, "2023-01-01", indicator=CLASSES),
        movement(CO_TO, "2023-03-01", 1, indicator=CLASSES, cell="scheme=one+two"),
        movement(CO_TO, "2023-04-01", 1, indicator=CLASSES, cell="scheme=one"),
    )
    values = {
        cell: ask(QUANG_NINH, "2023", indicator=CLASSES, cell=cell).value
        for cell in ("scheme=one", "scheme=two", "scheme=one+two", "")
    }
    assert values == {"scheme=one": 2, "scheme=two": 1, "scheme=one+two": 2, "": 2}


# Ratios.


def test_a_ratio_is_computed_from_its_terms_at_the_grain_asked_for() -> None:
    say(QUANG_NINH, "2023-12-31", 248, indicator="cooperatives.active")
    say(QUANG_NINH, "2023-12-31", 323, indicator=TOTAL)
    found = ask(QUANG_NINH, "2023", indicator=SHARE)
    assert (found.value, found.source, found.derived) == (7678, "ratio", True)
    assert found.entries == ("1.1", "2.1")


def test_a_ratio_without_one_of_its_terms_says_which() -> None:
    say(QUANG_NINH, "2023-12-31", 248, indicator="cooperatives.active")
    found = ask(QUANG_NINH, "2023", indicator=SHARE)
    assert found.value is None
    assert found.why is not None
    assert TOTAL in found.why.english


def test_a_ratio_of_nothing_is_no_number() -> None:
    say(QUANG_NINH, "2023-12-31", 0, indicator="cooperatives.active")
    say(QUANG_NINH, "2023-12-31", 0, indicator=TOTAL)
    assert ask(QUANG_NINH, "2023", indicator=SHARE).value is None


def test_a_stated_ratio_stands_for_its_own_question_and_is_never_added() -> None:
    communes = ("c07192-2008", "c07195-2008", "c07198-2008")
    posted(*(draft(ref, "2023", 5000, indicator=SHARE) for ref in communes))
    assert ask("c07192-2008", "2023", indicator=SHARE).value == 5000
    found = ask(CO_TO, "2023", indicator=SHARE)
    assert (found.value, found.partial) == (None, None)


# What a sum does to certainty.


def test_over_and_nearly_give_about() -> None:
    posted(
        draft(QUANG_NINH, "2023-H1", Amount(226, 226, ">")),
        draft(QUANG_NINH, "2023-H2", Amount(29, 29, "<", approx=True)),
    )
    assert ask(QUANG_NINH, "2023").amount == Amount(255, 255, None, approx=True)


def test_the_status_of_a_sum_is_that_of_its_weakest_part() -> None:
    posted(
        draft(QUANG_NINH, "2023-H1", 1, status="official"),
        draft(QUANG_NINH, "2023-H2", 1, status="preliminary"),
    )
    assert ask(QUANG_NINH, "2023").status == "preliminary"
