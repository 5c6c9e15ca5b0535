"""How figures go up and down through places: sums of children, two borders, groupings, holders."""

from datetime import date
from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser

from lienminh.figures.answers import answer, answers
from lienminh.figures.models import Expectation, Indicator
from lienminh.figures.questions import Question
from lienminh.people.models import Organisation, User
from lienminh.rules.periods import Period
from tests.figures.telling import (
    FOUNDED,
    TOTAL,
    TRAINEES,
    ask,
    below,
    draft,
    named,
    posted,
    say,
    the,
)

pytestmark = pytest.mark.django_db
CO_TO = "d207-2008"
COMMUNES = ["c07192-2008", "c07195-2008", "c07198-2008"]  # all there are in Cô Tô
BINH_PHUOC, OLD_DONG_NAI, DONG_NAI = "p70-2008", "p75-2008", "p75-2025"
CLUSTER = "g-trung-du-bac-bo"
ADMITTED = "cooperatives.admitted"
IN_2023, IN_2026 = date(2023, 12, 31), date(2026, 12, 31)


# The sum of the children.


def test_the_children_are_added_only_when_every_one_expected_reported() -> None:
    posted(*(draft(ref, "2023", 2) for ref in COMMUNES[:2]))
    found = ask(CO_TO, "2023")
    assert found.value is None
    assert found.partial is not None
    assert (found.partial.amount.low, found.partial.reporting, found.partial.expected) == (4, 2, 3)
    say(COMMUNES[2], "2023", 3)
    found = ask(CO_TO, "2023")
    assert (found.value, found.partial, found.source, found.derived) == (7, None, "sum", True)
    assert len(found.entries) == 3


def test_a_child_stated_by_two_sources_is_added_once_though_one_says_cumulative() -> None:
    posted(*(draft(ref, "2023", 2, code="letter", cumulative=True) for ref in COMMUNES[:2]))
    say(COMMUNES[0], "2023", 5, code="form")
    partial = ask(CO_TO, "2023").partial
    assert partial is not None
    assert (partial.amount.low, partial.reporting, partial.expected) == (7, 2, 3)


def test_an_incomplete_sum_is_no_value_further_up() -> None:
    posted(*(draft(ref, "2023", 2) for ref in COMMUNES[:2]))
    found = ask("p22-2008", "2023")
    assert (found.value, found.partial) == (None, None)


def test_no_ratio_is_computed_from_an_incomplete_sum() -> None:
    posted(*(draft(ref, "2023-12-31", 2, indicator=TOTAL) for ref in COMMUNES[:2]))
    say(CO_TO, "2023-12-31", 2, indicator="cooperatives.active")
    assert ask(CO_TO, "2023", indicator="cooperatives.active_share").value is None


def test_a_sum_has_an_as_of_day_only_when_its_parts_share_it() -> None:
    posted(*(draft(ref, "2023-12-31", 2, indicator=TOTAL) for ref in COMMUNES))
    assert ask(CO_TO, "2023", indicator=TOTAL).as_of == IN_2023
    say(COMMUNES[0], "2023-06-30", None, indicator=TOTAL)
    say(COMMUNES[0], "2023-12-31", None, indicator=TOTAL)
    say(COMMUNES[0], "2023-06-30", 2, indicator=TOTAL)
    assert ask(CO_TO, "2023", indicator=TOTAL).as_of is None


def test_the_as_of_day_lost_in_a_sum_stays_lost_in_the_sum_above() -> None:
    towns = [place.ref for place in below(BINH_PHUOC)]
    days = ["2023-06-30", *["2023-12-31"] * (len(towns) - 1)]
    posted(*(draft(t, day, 1, indicator=TOTAL) for t, day in zip(towns, days, strict=True)))
    say(OLD_DONG_NAI, "2023-12-31", 1, indicator=TOTAL)
    found = ask(DONG_NAI, "2023", indicator=TOTAL)
    assert (found.value, found.as_of) == (len(towns) + 1, None)


@pytest.mark.parametrize(("counting", "value"), [("turns", 6), ("distinct", None), (None, None)])
def test_only_turns_are_added_over_places(counting: str | None, value: int | None) -> None:
    posted(
        *(draft(ref, "2023", 2, indicator=TRAINEES, counting=counting) for ref in COMMUNES),
    )
    found = ask(CO_TO, "2023", indicator=TRAINEES)
    assert (found.value, found.partial) == (value, None)
    assert (found.why is None) == (value is not None)


def test_averages_are_never_added() -> None:
    posted(*(draft(ref, "2023", 2, indicator="workers.income_per_month") for ref in COMMUNES))
    found = ask(CO_TO, "2023", indicator="workers.income_per_month")
    assert (found.value, found.partial) == (None, None)


def test_only_those_named_are_expected_while_the_expectation_stands() -> None:
    expectation = {"indicator": Indicator.objects.get(code=FOUNDED), "first_day": "2023-01-01"}
    for ref in COMMUNES[:2]:
        Expectation.objects.create(place=the(ref), last_day="2023-12-31", **expectation)
    posted(*(draft(ref, year, 2) for ref in COMMUNES[:2] for year in ("2023", "2024")))
    assert ask(CO_TO, "2023").value == 4
    later = ask(CO_TO, "2024")
    assert later.partial is not None
    assert (later.value, later.partial.expected) == (None, 3)


# Nothing goes down.


def test_a_province_is_not_spread_over_its_communes() -> None:
    say("p22-2008", "2023", 30)
    assert ask(CO_TO, "2023").value is None


def test_a_cluster_is_not_spread_over_its_provinces() -> None:
    say(CLUSTER, "2023", 30)
    assert ask(CLUSTER, "2023").value == 30
    assert ask("p22-2008", "2023").value is None


# Groupings.


def test_a_grouping_is_the_sum_of_its_members_on_the_last_day() -> None:
    members = below(CLUSTER)
    posted(*(draft(place.ref, "2023", 2) for place in members))
    assert ask(CLUSTER, "2023").value == 2 * len(members) == 12


def test_a_grouping_without_stated_members_has_no_sum_and_says_so() -> None:
    say(BINH_PHUOC, "2023", 3)
    found = ask("g-phia-nam", "2023")
    assert (found.value, found.partial) == (None, None)
    assert found.why is not None
    assert "members" in found.why.english


# Two borders.


def test_the_borders_are_those_of_the_last_day_of_the_period() -> None:
    assert ask(DONG_NAI, "2025").geography == date(2025, 7, 1)
    assert ask(DONG_NAI, "2025-H1").geography == date(2008, 8, 1)


def test_a_merged_province_is_the_sum_of_those_it_came_from() -> None:
    say(BINH_PHUOC, "2023", 3)
    partial = ask(DONG_NAI, "2023").partial
    assert partial is not None
    assert (partial.reporting, partial.expected) == (1, 2)
    say(OLD_DONG_NAI, "2023", 4)
    assert ask(DONG_NAI, "2023").value == 7
    assert ask(DONG_NAI, "2023", geography=IN_2026).value == 7


def test_what_an_ended_place_said_is_not_what_its_namesake_says() -> None:
    say(OLD_DONG_NAI, "2023", 4)
    assert ask(DONG_NAI, "2023").value is None
    assert named("Đồng Nai", day=IN_2023) == the(OLD_DONG_NAI)


def test_an_ended_place_is_answered_as_itself_and_says_what_it_became() -> None:
    say(BINH_PHUOC, "2023", 3)
    found = ask(BINH_PHUOC, "2023", geography=IN_2026)
    assert found.value == 3
    assert found.part_of == (the(DONG_NAI),)
    assert ask(BINH_PHUOC, "2023").part_of == ()


def test_an_ended_place_has_no_figure_after_its_end() -> None:
    found = ask(BINH_PHUOC, "2026")
    assert found.value is None
    assert found.why is not None
    assert "2025-06-30" in found.why.english


def test_a_new_commune_of_whole_old_ones_is_their_sum() -> None:
    posted(draft("c25207-2008", "2023", 3), draft("c25210-2008", "2023", 4))
    assert ask("c25210-2025", "2023").value == 7


def test_a_partial_succession_is_never_silently_summed() -> None:
    posted(draft("c26356-2008", "2023", 3), draft("c26359-2008", "2023", 4))
    say("c26449-2008", "2023", 5)  # a part of it went into the new commune
    found = ask("c26359-2025", "2023")
    assert found.value is None
    assert found.partial is not None
    assert (found.partial.amount.low, found.partial.reporting, found.partial.expected) == (7, 2, 3)


def test_the_nation_of_2023_is_the_sum_of_63_provinces_in_either_borders() -> None:
    provinces = below("vn")
    posted(*(draft(place.ref, "2023", 1) for place in provinces))
    for geography in (None, IN_2026):
        assert ask("vn", "2023", geography=geography).value == 63


# Alliances and their holders.


def test_an_alliance_reports_for_its_province_and_nobody_below_does() -> None:
    posted(*(draft(ref, "2023", 2, indicator=ADMITTED) for ref in COMMUNES))
    assert ask(CO_TO, "2023", indicator=ADMITTED).partial is None
    assert ask(CO_TO, "2023", indicator=ADMITTED).value is None


def test_statements_of_two_holders_do_not_tile() -> None:
    one, other = Organisation.objects.filter(kind="alliance").order_by("ref")[:2]
    half = {"indicator": ADMITTED}
    say("p22-2008", "2023-H1", 2, holder=one, **half)
    say("p22-2008", "2023-H2", 3, holder=other, **half)
    assert ask("p22-2008", "2023", indicator=ADMITTED).value is None
    say("p22-2008", "2023-H2", 4, holder=one, **half)
    assert ask("p22-2008", "2023", indicator=ADMITTED).value == 6


# Whole or refused.


def question() -> Question:
    return Question(indicator=FOUNDED, place=the(CO_TO), period=Period.parse("2023"))


def test_a_figure_of_the_office_is_whole_for_staff_and_refused_to_others() -> None:
    Indicator.objects.filter(code=FOUNDED).update(audience="office")
    say(CO_TO, "2023", 5)
    staff = User.objects.create_user("staff")
    stranger = cast(User, AnonymousUser())
    assert answer(question(), user=staff).value == 5
    assert answer(question()).value == 5
    refused = answer(question(), user=stranger)
    assert (refused.value, refused.partial, refused.sources, refused.entries) == (
        None,
        None,
        {},
        (),
    )
    assert refused.why is not None


def test_a_user_who_was_switched_off_is_a_stranger() -> None:
    Indicator.objects.filter(code=FOUNDED).update(audience="office")
    say(CO_TO, "2023", 5)
    gone = User.objects.create_user("gone", is_active=False)
    assert answer(question(), user=gone).value is None


def test_a_table_of_questions_is_answered_in_its_order() -> None:
    posted(*(draft(ref, "2023", number) for number, ref in enumerate(COMMUNES)))
    say(CO_TO, "2023-12-31", 9, indicator=TOTAL)
    asked = [(TOTAL, CO_TO), (FOUNDED, COMMUNES[2]), (FOUNDED, CO_TO), (FOUNDED, COMMUNES[1])]
    period = Period.parse("2023")
    table = [Question(indicator=code, place=the(ref), period=period) for code, ref in asked]
    assert [one.value for one in answers(table)] == [9, 2, 3, 1]


def test_tables_of_the_same_borders_in_another_order_are_answered_alike() -> None:
    members = [place.ref for place in below(CLUSTER)]
    districts = [place.ref for place in below("p22-2008")]
    posted(
        *(draft(ref, "2023", 1) for ref in members if ref != "p22-2008"),
        *(draft(ref, "2023", 1) for ref in districts),
    )
    total = len(members) - 1 + len(districts)
    for borders in ((None, IN_2026), (IN_2026, None)):
        table = [
            Question(indicator=FOUNDED, place=the(CLUSTER), period=Period.parse(year), geography=g)
            for year, g in zip(("2023", "2024"), borders, strict=True)
        ]
        assert [one.value for one in answers(table)] == [total, None]
