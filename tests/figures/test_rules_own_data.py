"""What organisations state of themselves: added over them, and whole only when all have stated."""

from dataclasses import replace

import pytest

from lienminh.figures.drafts import Draft
from lienminh.figures.questions import Partial
from lienminh.rules.errors import Refused
from lienminh.rules.precision import Amount
from tests.figures.telling import a_source, ask, draft, movement, opening, posted

pytestmark = pytest.mark.django_db
QUANG_NINH, CO_TO, COMMUNE, OTHER = "p22-2008", "d207-2008", "c07192-2008", "c07195-2008"
REVENUE, MEMBERS, ACTIVE = "cooperatives.revenue", "cooperatives.members", "cooperatives.active"
INCOME = "workers.income_per_month"


def own(ref: str, when: str, number: int | None, subject: str, **more: object) -> Draft:
    fields = {"indicator": REVENUE, "subject": subject, **more}
    return draft(ref, when, number, by="counted", code="registry", **fields)  # type: ignore[arg-type]


def two_active() -> None:
    posted(
        opening(QUANG_NINH, "2023-01-01", indicator=ACTIVE),
        movement(COMMUNE, "2023-01-01", 1, indicator=ACTIVE),
        movement(OTHER, "2023-01-01", 1, indicator=ACTIVE),
    )


def test_all_have_stated_so_the_sum_is_counted() -> None:
    two_active()
    posted(own(COMMUNE, "2023", 5, "a"), own(OTHER, "2023", 7, "b"))
    found = ask(QUANG_NINH, "2023", indicator=REVENUE)
    assert (found.value, found.source, found.derived) == (12, "counted", True)
    assert ask(COMMUNE, "2023", indicator=REVENUE).value == 5


def test_as_long_as_one_has_not_stated_there_is_only_a_part_with_its_coverage() -> None:
    two_active()
    posted(own(COMMUNE, "2023", 5, "a"))
    found = ask(QUANG_NINH, "2023", indicator=REVENUE)
    assert found.value is None
    assert found.partial is not None
    assert (found.partial.amount.low, found.partial.reporting, found.partial.expected) == (5, 1, 2)


def test_without_open_books_nobody_knows_who_is_due_so_nothing_is_said() -> None:
    posted(own(COMMUNE, "2023", 5, "a"))
    found = ask(QUANG_NINH, "2023", indicator=REVENUE)
    assert (found.value, found.partial) == (None, None)


def test_what_was_reported_answers_while_not_all_have_stated() -> None:
    two_active()
    posted(own(COMMUNE, "2023", 5, "a"), draft(QUANG_NINH, "2023", 40, indicator=REVENUE))
    assert ask(QUANG_NINH, "2023", indicator=REVENUE).source == "reported"
    posted(own(OTHER, "2023", 7, "b"))
    found = ask(QUANG_NINH, "2023", indicator=REVENUE)
    assert (found.value, found.source) == (12, "counted")
    assert found.sources["reported"].amount == Amount(40, 40)


def test_of_a_stock_the_latest_of_each_organisation_counts() -> None:
    two_active()
    posted(
        own(COMMUNE, "2023-06-30", 10, "a", indicator=MEMBERS),
        own(COMMUNE, "2023-12-14", 11, "a", indicator=MEMBERS),
        own(OTHER, "2023-12-01", 20, "b", indicator=MEMBERS),
    )
    assert ask(QUANG_NINH, "2023", indicator=MEMBERS).value == 31


def test_parts_are_counted_by_what_was_stated_in_parts() -> None:
    two_active()
    for subject, ref, women, men in (("a", COMMUNE, 3, 4), ("b", OTHER, 5, 6)):
        posted(
            own(ref, "2023", women, subject, indicator=MEMBERS, cell="sex=female"),
            own(ref, "2023", men, subject, indicator=MEMBERS, cell="sex=male"),
        )
    assert ask(QUANG_NINH, "2023", indicator=MEMBERS).value == 18
    assert ask(QUANG_NINH, "2023", indicator=MEMBERS, cell="sex=female").value == 8


def test_an_average_of_several_is_the_range_they_stated() -> None:
    two_active()
    posted(
        own(COMMUNE, "2023", 3_800_000, "a", indicator=INCOME),
        own(OTHER, "2023", 5_500_000, "b", indicator=INCOME),
    )
    assert ask(QUANG_NINH, "2023", indicator=INCOME).value == (3_800_000, 5_500_000)


def test_a_loss_is_a_negative_profit_and_nothing_else_may_be_negative() -> None:
    two_active()
    posted(
        own(COMMUNE, "2023", -5, "a", indicator="cooperatives.profit"),
        own(OTHER, "2023", 3, "b", indicator="cooperatives.profit"),
    )
    assert ask(QUANG_NINH, "2023", indicator="cooperatives.profit").value == -2
    with pytest.raises(Refused, match="negative"):
        posted(own(COMMUNE, "2024", -5, "a"))


def test_stated_anew_it_ends_what_was_stated_before() -> None:
    two_active()
    posted(own(COMMUNE, "2023", 5, "a"), own(OTHER, "2023", 7, "b"))
    posted(own(OTHER, "2023", 9, "b"))
    assert ask(QUANG_NINH, "2023", indicator=REVENUE).value == 14
    posted(own(OTHER, "2023", None, "b"))
    assert ask(QUANG_NINH, "2023", indicator=REVENUE).value is None


def test_only_what_organisations_state_of_themselves_has_their_subject() -> None:
    wrong = draft(QUANG_NINH, "2023", 5, by="counted", code="registry", subject="a")
    with pytest.raises(Refused, match="Nobody states this of itself"):
        posted(wrong)
    reported = replace(own(COMMUNE, "2023", 5, "a"), source=a_source("reported"))
    with pytest.raises(Refused, match="counted from records"):
        posted(reported)


def test_more_than_are_due_are_no_whole() -> None:
    two_active()
    posted(
        own(COMMUNE, "2023", 5, "a"),
        own(COMMUNE, "2023", 6, "c"),
    )
    assert ask(COMMUNE, "2023", indicator=REVENUE).value is None


def test_of_one_who_did_not_state_the_parts_no_part_is_known() -> None:
    two_active()
    posted(
        own(COMMUNE, "2023", 3, "a", indicator=MEMBERS, cell="sex=female"),
        own(COMMUNE, "2023", 4, "a", indicator=MEMBERS),  # some of whom may be women
        own(OTHER, "2023", 5, "b", indicator=MEMBERS, cell="sex=female"),
    )
    found = ask(QUANG_NINH, "2023", indicator=MEMBERS, cell="sex=female")
    assert found.partial is not None
    assert (found.partial.amount.low, found.partial.reporting) == (5, 1)
    assert ask(QUANG_NINH, "2023", indicator=MEMBERS).value == 12


def test_a_mean_is_of_those_who_stated_and_says_how_many_they_are() -> None:
    two_active()
    posted(own(COMMUNE, "2023", 5, "a"))
    found = ask(QUANG_NINH, "2023", indicator="cooperatives.revenue_mean")
    assert (found.value, found.source) == (None, None)
    assert found.partial == Partial(Amount(5, 5), 1, 2, "organisations")
    posted(own(OTHER, "2023", 8, "b"))
    found = ask(QUANG_NINH, "2023", indicator="cooperatives.revenue_mean")
    assert (found.value, found.source, found.derived) == (7, "ratio", True)  # 6.5, rounded up


def test_a_mean_of_losses_is_a_loss() -> None:
    two_active()
    profit = "cooperatives.profit"
    posted(
        own(COMMUNE, "2023", -9, "a", indicator=profit),
        own(OTHER, "2023", 2, "b", indicator=profit),
    )
    assert ask(QUANG_NINH, "2023", indicator="cooperatives.profit_mean").value == -3


def test_a_mean_weighted_by_workers_is_what_they_earn_together_over_how_many_they_are() -> None:
    two_active()
    for subject, ref, workers, income in (("a", COMMUNE, 9, 4_000_000), ("b", OTHER, 1, 9_000_000)):
        posted(
            own(ref, "2023-12-14", workers, subject, indicator="workers.income_known"),
            own(ref, "2023-12-14", workers * income, subject, indicator="workers.pay_known"),
        )
        found = ask(QUANG_NINH, "2023", indicator="workers.income_mean")
        if subject == "a":
            assert found.partial == Partial(Amount(4_000_000, 4_000_000), 1, 2, "organisations")
    assert found.value == 4_500_000


def test_a_sum_over_some_places_is_no_mean_of_their_organisations() -> None:
    posted(draft(COMMUNE, "2023", 5, indicator=REVENUE))
    found = ask(CO_TO, "2023", indicator="cooperatives.revenue_mean")
    assert (found.value, found.partial) == (None, None)


def test_who_began_after_the_year_of_data_had_closed_is_not_due() -> None:
    two_active()
    posted(movement(OTHER, "2023-12-20", 1, indicator=ACTIVE))
    posted(own(COMMUNE, "2023", 5, "a"), own(OTHER, "2023", 7, "b"))
    assert ask(QUANG_NINH, "2023", indicator=REVENUE).value == 12
    assert ask(QUANG_NINH, "2023", indicator=ACTIVE).value == 3
    assert ask(QUANG_NINH, "2023", indicator="cooperatives.revenue_mean").value == 6
