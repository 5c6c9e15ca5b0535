"""What the law asks of cooperatives: members, size, the tax code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.rules.collectives import least_members, size_class
from lienminh.rules.errors import Refused
from lienminh.rules.tax_code import check_digit, tax_code

BILLION = 1_000_000_000
DAY = date(2025, 12, 31)


def test_the_least_number_of_members_follows_the_law_of_the_day() -> None:
    assert least_members("cooperative", date(2024, 6, 30)) == (7, "Luật Hợp tác xã 23/2012/QH13")
    assert least_members("cooperative", date(2024, 7, 1)) == (5, "Luật Hợp tác xã 17/2023/QH15")
    assert least_members("group", date(2024, 6, 30)) is None
    assert least_members("cooperative", date(1999, 1, 1)) is None


@pytest.mark.parametrize(
    ("members", "revenue", "capital", "size"),
    [
        (300, 50 * BILLION, 0, "large"),
        (300, 0, 10 * BILLION, "large"),
        (299, 50 * BILLION, 10 * BILLION, "medium"),
        (60, 2 * BILLION, 0, "small"),
        (49, 90 * BILLION, 0, "micro"),
        (500, 0, 0, "micro"),
        (300, None, 10 * BILLION, "large"),
        (300, None, 0, None),
        (None, 0, 0, "micro"),
        (None, 50 * BILLION, None, None),
        (10, None, None, "micro"),
    ],
)
def test_the_size_is_given_only_where_nothing_unknown_could_change_it(
    members: int | None, revenue: int | None, capital: int | None, size: str | None
) -> None:
    found = size_class("agriculture", DAY, members=members, revenue=revenue, capital=capital)
    assert found.name == size
    assert found.law


def test_where_thresholds_are_not_known_no_class_is_guessed() -> None:
    assert size_class("finance", DAY, members=900, revenue=0, capital=0).name is None
    small = size_class("industry", DAY, members=5, revenue=0, capital=0)
    assert small.name is None
    assert small.why
    large = size_class("industry", DAY, members=100, revenue=80 * BILLION, capital=0)
    assert large.name == "large"


def test_before_the_decree_there_was_no_such_class() -> None:
    assert size_class("agriculture", date(2023, 12, 31), members=9, revenue=0, capital=0).why


nine = st.text(alphabet="0123456789", min_size=9, max_size=9).filter(lambda d: check_digit(d) < 10)


@given(nine)
def test_the_tenth_digit_checks_the_nine_before(digits: str) -> None:
    right = f"{digits}{check_digit(digits)}"
    assert tax_code(f" {right[:4]} {right[4:]}") == right
    assert tax_code(f"{right}-001") == tax_code(f"{right}001") == f"{right}-001"
    wrong = f"{digits}{(check_digit(digits) + 1) % 10}"
    with pytest.raises(Refused, match="tenth digit"):
        tax_code(wrong)


@given(nine, st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_seen(digits: str, place: int, more: int) -> None:
    typed = list(f"{digits}{check_digit(digits)}")
    typed[place] = str((int(typed[place]) + more) % 10)
    with pytest.raises(Refused):
        tax_code("".join(typed))


@pytest.mark.parametrize("text", ["", "123", "12345678901", "mã số", "٣٣٣٣٣٣٣٣٣٣"])
def test_what_is_no_tax_code_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="not a tax code"):
        tax_code(text)
