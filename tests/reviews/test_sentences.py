from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from lienminh.figures.models import Indicator
from lienminh.figures.questions import Answer
from lienminh.paper.document import Number as PrintedNumber
from lienminh.reviews.models import Number
from lienminh.reviews.printing import NO_ANSWER, Printed
from lienminh.reviews.sentences import NO_BREAK, keys_in, runs
from lienminh.rules.precision import Amount


def printed(
    amount: Amount | None, unit: str = "cooperative", counting: str | None = None, order: int = 1
) -> Printed:
    number = Number(order=order, key="founded", indicator=Indicator(unit=unit))
    answer = cast(Answer, SimpleNamespace(amount=amount, counting=counting))
    return Printed(number, answer, [])


def test_a_placeholder_prints_the_number_with_its_unit_and_code() -> None:
    made = runs("Có {founded} thành lập mới.", {"founded": printed(Amount(60, 60))})
    number = PrintedNumber(f"60{NO_BREAK}hợp tác xã", "S01")
    assert made == ("Có ", number, " thành lập mới.")


def test_a_noun_stands_in_the_place_of_the_unit() -> None:
    assert printed(Amount(3, 3), "document").words("đề án") == "3 đề án"


def test_qualifiers_ranges_and_turns_are_printed_as_said() -> None:
    lent = Amount(29_000_000_000, 29_000_000_000, "<", approx=True)
    assert printed(lent, "VND").words() == "gần 29 tỷ đồng"
    assert printed(Amount(7, 7), counting="turns").words() == "7 lượt hợp tác xã"
    income = Amount(3_800_000, 5_500_000)
    assert printed(income, "VND_per_person_month").words() == "3,8–5,5 triệu đồng/người/tháng"


def test_a_table_value_keeps_number_and_qualifier_apart() -> None:
    value = printed(Amount(500, 500, "<", approx=True), "trainee", "turns", order=7).value
    assert (value.text, value.number, value.qualifier, value.unit, value.code) == (
        "gần 500 lượt người",
        500,
        "gần",
        "lượt người",
        "S07",
    )


def test_a_number_without_an_answer_says_so() -> None:
    assert printed(None).words() == NO_ANSWER
    assert printed(None).value.number is None


@given(st.lists(st.sampled_from(["chữ ", "{a}", "{b_2}", "1.000 ", "… "])))
def test_words_and_numbers_come_out_in_their_order(pieces: list[str]) -> None:
    numbers = {"a": printed(Amount(1, 1)), "b_2": printed(Amount(2, 2), order=2)}
    text = "".join(pieces)
    made = runs(text, numbers)
    codes = [run.code for run in made if isinstance(run, PrintedNumber)]
    assert codes == [numbers[key].code for key in keys_in(text)]
    words = "".join(run for run in made if isinstance(run, str))
    assert words == text.replace("{a}", "").replace("{b_2}", "")
