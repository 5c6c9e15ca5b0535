"""Sums of amounts claim no more than their parts do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.rules.errors import Refused
from lienminh.rules.precision import QUALIFIERS, Amount, difference, phrase, total

WHOLE = st.integers(-(2**63), 2**63)
STATES = st.tuples(st.sampled_from((None, "<", "<=", ">", ">=")), st.booleans())


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    low, high = sorted((draw(WHOLE), draw(WHOLE)))
    return Amount(low, draw(st.sampled_from((low, high))), *draw(STATES))


@st.composite
def known(draw: st.DrawFn) -> tuple[Amount, int]:
    """An amount as stated and a true value that makes the statement true."""
    amount, away = draw(amounts()), draw(st.integers(0, 10**6))
    above = {">": amount.low + 1 + away, ">=": amount.low + away}
    below = {"<": amount.high - 1 - away, "<=": amount.high - away}
    if amount.bound is None:
        slack = away if amount.approx else 0
        return amount, draw(st.integers(amount.low - slack, amount.high + slack))
    return amount, (above | below)[amount.bound]


def holds(amount: Amount, true: int) -> bool:
    """Whether the true value agrees with what the amount says for certain."""
    if amount.bound is None:
        return amount.approx or amount.low <= true <= amount.high
    return {
        ">": true > amount.low,
        ">=": true >= amount.low,
        "<": true < amount.high,
        "<=": true <= amount.high,
    }[amount.bound]


@given(st.lists(known()))
def test_a_total_is_true_whenever_its_parts_are(parts: list[tuple[Amount, int]]) -> None:
    assert holds(total(amount for amount, _ in parts), sum(true for _, true in parts))


@given(known(), known())
def test_a_difference_is_true_whenever_its_terms_are(
    a: tuple[Amount, int], b: tuple[Amount, int]
) -> None:
    assert holds(difference(a[0], b[0]), a[1] - b[1])


@given(amounts(), amounts())
def test_the_order_of_parts_does_not_matter(a: Amount, b: Amount) -> None:
    assert total([a, b]) == total([b, a])


@given(amounts(), amounts(), amounts())
def test_subtotals_do_not_matter(a: Amount, b: Amount, c: Amount) -> None:
    assert total([total([a, b]), c]) == total([a, total([b, c])]) == total([a, b, c])


@given(amounts())
def test_an_amount_alone_is_its_own_total(amount: Amount) -> None:
    assert total([amount]) == amount == difference(amount, Amount(0, 0))


@given(st.lists(amounts(), min_size=1))
def test_one_rough_part_makes_the_total_rough(parts: list[Amount]) -> None:
    assert total(parts).approx >= any(part.approx for part in parts)


@given(amounts())
def test_every_amount_has_a_word_and_only_exact_ones_go_without(amount: Amount) -> None:
    assert (phrase(amount) == "") == (amount.bound is None and not amount.approx)


@pytest.mark.parametrize("word", ["gần", "trên", "hơn", "ít nhất", "dưới", "không quá", "khoảng"])
def test_a_printed_word_means_what_the_amount_says(word: str) -> None:
    amount = Amount(5, 5, *QUALIFIERS[word])
    assert QUALIFIERS[phrase(amount)] == (amount.bound, amount.approx)


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(Refused, match="from 5 to 3 runs backwards"):
        Amount(5, 3)


def test_an_unknown_bound_is_refused() -> None:
    with pytest.raises(Refused, match="is not a bound"):
        Amount(1, 1, "≥")
