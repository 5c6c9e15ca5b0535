"""What is counted from records: open books, movements, opening balances, subjects."""

from datetime import date

import pytest

from tests.figures.telling import TOTAL, TRAINEES, ask, movement, opening, posted, say

pytestmark = pytest.mark.django_db
QUANG_NINH, CO_TO, COMMUNE = "p22-2008", "d207-2008", "c07192-2008"
MEMBERS = "cooperatives.members"


def books(ref: str = QUANG_NINH, day: str = "2023-01-01", number: int = 0, **more: str) -> None:
    posted(opening(ref, day, number, **more))


def test_without_open_books_nothing_is_counted() -> None:
    posted(movement(COMMUNE, "2023-05-01", 1))
    assert ask(COMMUNE, "2023").value is None


def test_a_flow_is_the_movements_inside_the_place_and_period() -> None:
    books()
    posted(
        movement(COMMUNE, "2023-01-01", 1),
        movement(CO_TO, "2023-12-31", 2),
        movement(CO_TO, "2024-01-01", 4),
        movement("p70-2008", "2023-05-01", 8),
    )
    assert ask(QUANG_NINH, "2023").value == 3
    assert ask(QUANG_NINH, "2023-Q1").value == 1


def test_open_books_count_nothing_happened_as_zero_wherever_they_reach() -> None:
    books()
    found = ask(COMMUNE, "2023")
    assert (found.value, found.source, found.entries) == (0, "counted", ())
    assert ask("p70-2008", "2023").value is None


def test_books_opened_after_the_period_began_do_not_count_it() -> None:
    books(day="2023-02-01")
    posted(movement(COMMUNE, "2023-05-01", 1))
    assert ask(QUANG_NINH, "2023").value is None
    assert ask(QUANG_NINH, "2023-Q2").value == 1


def test_books_of_an_ended_place_do_not_count_after_its_end() -> None:
    books("p70-2008")
    assert ask("p70-2008", "2023").value == 0
    assert ask("p70-2008", "2025").value is None


def test_a_movement_is_undone_by_its_negation() -> None:
    books()
    founded = movement(COMMUNE, "2023-05-01", 1)
    posted(founded)
    posted(founded.negated())
    assert ask(QUANG_NINH, "2023").value == 0
    assert ask(QUANG_NINH, "2023", known_at=2).value == 1


def test_a_seat_moved_by_negation_leaves_every_place_countable() -> None:
    books()
    founded = movement(QUANG_NINH, "2023-05-01", 1)
    posted(founded)
    assert ask(COMMUNE, "2023").value is None
    posted(founded.negated(), movement(COMMUNE, "2023-05-01", 1))
    assert ask(COMMUNE, "2023").value == 1
    assert ask(QUANG_NINH, "2023").value == 1


def test_a_stock_is_the_opening_balance_and_all_movements_since() -> None:
    books(number=40, indicator=TOTAL)
    posted(
        movement(COMMUNE, "2022-12-31", 100, indicator=TOTAL),
        movement(COMMUNE, "2023-01-01", 2, indicator=TOTAL),
        movement(CO_TO, "2024-03-01", -1, indicator=TOTAL),
    )
    found = ask(QUANG_NINH, "2023", indicator=TOTAL)
    assert (found.value, found.as_of, found.source) == (42, date(2023, 12, 31), "counted")
    assert ask(QUANG_NINH, "2024", indicator=TOTAL).value == 41
    assert ask(QUANG_NINH, "2022", indicator=TOTAL).value is None


def test_an_opening_balance_is_not_divided_among_smaller_places() -> None:
    books(number=40, indicator=TOTAL)
    assert ask(CO_TO, "2023", indicator=TOTAL).value is None


def test_books_opened_with_nothing_count_every_smaller_place() -> None:
    books(number=0, indicator=TOTAL)
    posted(movement(COMMUNE, "2023-05-01", 2, indicator=TOTAL))
    assert ask(CO_TO, "2023", indicator=TOTAL).value == 2


def test_an_opening_balance_without_a_breakdown_is_not_divided_by_it() -> None:
    books(number=40, indicator=MEMBERS)
    found = ask(QUANG_NINH, "2023", indicator=MEMBERS, cell="sex=female")
    assert found.value is None
    assert ask(QUANG_NINH, "2023", indicator=MEMBERS).value == 40


def test_of_two_books_over_a_place_the_nearer_one_counts() -> None:
    books("vn", number=0, indicator=TOTAL)
    books(QUANG_NINH, number=5, indicator=TOTAL)
    assert ask(QUANG_NINH, "2023", indicator=TOTAL).value == 5


def test_of_two_books_over_a_place_the_one_opened_last_counts() -> None:
    books(QUANG_NINH, "2023-01-01", number=5, indicator=TOTAL)
    books("vn", "2023-06-01", number=0, indicator=TOTAL)
    assert ask(QUANG_NINH, "2023", indicator=TOTAL).value == 0


def test_a_movement_without_the_breakdown_asked_for_leaves_it_unknown() -> None:
    books(indicator=TRAINEES)
    posted(movement(COMMUNE, "2023-05-01", 40, indicator=TRAINEES))
    assert ask(COMMUNE, "2023", indicator=TRAINEES).value == 40
    assert ask(COMMUNE, "2023", indicator=TRAINEES, cell="sex=female").value is None


def test_a_movement_that_names_no_topic_has_none() -> None:
    books(indicator=TRAINEES)
    posted(movement(COMMUNE, "2023-05-01", 40, indicator=TRAINEES))
    assert ask(COMMUNE, "2023", indicator=TRAINEES, cell="topic=ecommerce").value == 0


def test_a_movement_somewhere_in_a_province_leaves_its_communes_unknown() -> None:
    books()
    posted(movement(QUANG_NINH, "2023-05-01", 1))
    assert ask(COMMUNE, "2023").value is None
    assert ask(COMMUNE, "2023-Q1").value == 0
    assert ask(QUANG_NINH, "2023").value == 1


def test_a_movement_in_a_commune_that_went_in_partly_leaves_the_new_one_unknown() -> None:
    books("vn")
    posted(movement("c26449-2008", "2023-05-01", 1))
    assert ask("c26359-2025", "2023").value is None
    assert ask("c26359-2025", "2023-Q1").value == 0


def test_a_movement_across_an_old_border_leaves_the_old_district_unknown() -> None:
    books("vn")
    posted(movement("c26359-2025", "2025-08-01", 1))  # of communes of Xuân Lộc and of Cẩm Mỹ
    assert ask("d741-2008", "2025").value is None
    assert ask("p75-2025", "2025").value == 1


def test_takers_of_part_with_subjects_are_counted_once_each() -> None:
    books(indicator=TRAINEES)
    posted(
        movement(COMMUNE, "2023-05-01", 1, indicator=TRAINEES, subject="a"),
        movement(COMMUNE, "2023-06-01", 1, indicator=TRAINEES, subject="a"),
        movement(COMMUNE, "2023-06-01", 1, indicator=TRAINEES, subject="b"),
        movement(COMMUNE, "2023-07-01", 1, indicator=TRAINEES, subject="c"),
        movement(COMMUNE, "2023-07-01", -1, indicator=TRAINEES, subject="c"),
    )
    found = ask(QUANG_NINH, "2023", indicator=TRAINEES)
    assert (found.value, found.counting) == (2, "distinct")


def test_takers_of_part_of_whom_one_has_no_subject_are_counted_in_turns() -> None:
    books(indicator=TRAINEES)
    posted(
        movement(COMMUNE, "2023-05-01", 1, indicator=TRAINEES, subject="a"),
        movement(COMMUNE, "2023-06-01", 1, indicator=TRAINEES, subject="a"),
        movement(COMMUNE, "2023-07-01", 30, indicator=TRAINEES),
    )
    found = ask(QUANG_NINH, "2023", indicator=TRAINEES)
    assert (found.value, found.counting) == (32, "turns")


def test_a_subject_seen_in_two_places_is_counted_once_above_them() -> None:
    books(indicator=TRAINEES)
    posted(
        movement(COMMUNE, "2023-05-01", 1, indicator=TRAINEES, subject="a"),
        movement("c07195-2008", "2023-06-01", 1, indicator=TRAINEES, subject="a"),
    )
    assert ask(CO_TO, "2023", indicator=TRAINEES).value == 1


def test_counts_of_books_opened_one_by_one_are_added_when_all_are_open() -> None:
    books("p70-2008")
    posted(movement("c25210-2008", "2023-05-01", 2))
    partial = ask("p75-2025", "2023").partial
    assert partial is not None
    assert (partial.amount.low, partial.reporting, partial.expected) == (2, 1, 2)
    say("p75-2008", "2023", 3)
    assert ask("p75-2025", "2023").value == 5


def test_one_movement_not_yet_approved_makes_the_count_preliminary() -> None:
    books()
    posted(movement(COMMUNE, "2023-05-01", 1))
    assert ask(QUANG_NINH, "2023").status == "official"
    posted(movement(COMMUNE, "2023-05-01", 1, status="preliminary"))
    assert ask(QUANG_NINH, "2023").status == "preliminary"
