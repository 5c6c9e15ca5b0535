"""Written numbers never lose a đồng and never mislead."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.rules.errors import Refused
from lienminh.rules.precision import Amount
from lienminh.rules.wording import (
    UNITS,
    decimal,
    money,
    number,
    official_date,
    percent,
    quantity,
    unit_of,
)

ZEROS = {"tỷ": 9, "triệu": 6, "": 0}
# Round sums are the ones whose short forms could go wrong.
SUMS = st.builds(
    lambda digits, zeros: digits * 10**zeros, st.integers(-(10**7), 10**7), st.integers(0, 12)
)


def read_part(digits: str, zeros: int) -> int:
    whole, _, rest = digits.replace(".", "").partition(",")
    return int(whole + rest.ljust(zeros, "0"))


def read_money(written: str) -> int:
    """đồng written by money(), read without the code under test."""
    sign = -1 if written.startswith("-") else 1
    parts = re.findall(r"([\d.,]+)\s*(tỷ|triệu|)", written.removesuffix("đồng"))
    return sign * sum(read_part(digits, ZEROS[word]) for digits, word in parts)


@given(st.one_of(SUMS, st.integers()))
def test_money_reads_back_to_the_last_dong(dong: int) -> None:
    assert read_money(money(dong)) == dong


@given(st.one_of(SUMS, st.integers()), SUMS.map(abs))
def test_a_range_of_money_reads_back_at_both_ends(low: int, width: int) -> None:
    written = quantity(Amount(abs(low), abs(low) + width + 1), "VND")
    first, last = written.removesuffix(" đồng").split("–")
    word = last.partition(" ")[2]
    assert read_money(f"{first} {word}đồng") == abs(low)
    assert read_money(f"{last}đồng") == abs(low) + width + 1


@given(st.integers())
def test_a_number_has_dots_between_thousands_only(value: int) -> None:
    written = number(value)
    assert re.fullmatch(r"-?\d{1,3}(\.\d{3})*", written)
    assert int(written.replace(".", "")) == value


@given(st.integers(), st.integers(0, 6))
def test_a_decimal_reads_back_and_has_no_idle_zeros(value: int, scale: int) -> None:
    written = decimal(value, scale)
    sign = -1 if written.startswith("-") else 1
    assert sign * read_part(written.removeprefix("-"), scale) == value
    assert "," not in written or not written.endswith("0")


def test_percent_is_written_from_hundredths() -> None:
    assert [percent(v) for v in (700, 725, 730, 5, 0, -350)] == [
        "7%",
        "7,25%",
        "7,3%",
        "0,05%",
        "0%",
        "-3,5%",
    ]


@given(st.integers(0, 10**15), st.sampled_from(sorted(UNITS)))
def test_every_unit_is_written_with_its_word(value: int, code: str) -> None:
    assert quantity(Amount(value, value), code).endswith(UNITS[code].word)


def test_turns_are_written_where_acts_can_be_counted() -> None:
    assert quantity(Amount(40, 40), "household", turns=True) == "40 lượt hộ"
    with pytest.raises(Refused, match="Unit VND has no turns"):
        quantity(Amount(40, 40), "VND", turns=True)


def test_an_unknown_unit_is_refused_with_the_list() -> None:
    with pytest.raises(Refused, match="'dollar' is not a unit: use one of cooperative, "):
        unit_of("dollar")


def test_an_official_date_before_the_first_rule_is_refused() -> None:
    with pytest.raises(Refused, match="document_date has no value on 2001-01-01"):
        official_date(date(2001, 1, 1))
