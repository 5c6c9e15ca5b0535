"""A figure in English says what it says in Vietnamese, and can be typed as it is shown."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lienminh.figures import words
from lienminh.figures.models import Entry, Indicator
from lienminh.rules import typed
from lienminh.rules.precision import Amount
from lienminh.rules.wording import UNITS, quantity
from tests.rules.test_typed import AMOUNTS


def english(amount: Amount, unit: str, counting: str | None = None) -> str:
    with override("en"):
        return str(words.written(amount, Indicator(unit=unit), counting))


@given(AMOUNTS, st.sampled_from(sorted(UNITS)), st.booleans())
def test_a_figure_in_english_reads_back_as_the_same_amount(
    amount: Amount, unit: str, turns: bool
) -> None:
    counting = Entry.Counting.TURNS if turns else None
    assert typed.amount(english(amount, unit, counting), unit).amount == amount


@given(AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_a_figure_in_vietnamese_is_written_as_on_paper(amount: Amount, unit: str) -> None:
    assert str(words.written(amount, Indicator(unit=unit))) == quantity(amount, unit)


@pytest.mark.parametrize(
    ("amount", "unit", "counting", "said"),
    [
        (Amount(1, 1), "cooperative", None, "1 cooperative"),
        (Amount(2177, 2177), "cooperative", None, "2.177 cooperatives"),
        (Amount(1, 1), "project", "turns", "1 project (turn)"),
        (Amount(276, 276), "project", "turns", "276 projects (turns)"),
        (Amount(29 * 10**9, 29 * 10**9, "<", True), "VND", None, "nearly 29 billion VND"),
        (Amount(1456 * 10**6, 1456 * 10**6), "VND", None, "1 billion 456 million VND"),
        (Amount(3_800_000, 5_500_000), "VND", None, "3,8–5,5 million VND"),
        (Amount(-3, 5), "class", None, "from -3 to 5 classes"),
        (Amount(725, 725), "percent", None, "7,25%"),
    ],
)
def test_a_figure_in_english_has_its_words(
    amount: Amount, unit: str, counting: str | None, said: str
) -> None:
    assert english(amount, unit, counting) == said
