"""Every example of lienminh/rules/cases holds; a specialist adds one by adding a line there."""

from datetime import date
from importlib import resources
from typing import Any

import pytest
import yaml

from lienminh.rules.periods import Period
from lienminh.rules.precision import QUALIFIERS, Amount, difference, total
from lienminh.rules.wording import date_in_words, official_date, quantity


def cases(name: str) -> list[dict[str, Any]]:
    file = resources.files("lienminh.rules") / "cases" / f"{name}.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def stated(said: Any, word: str | None = None) -> Amount:
    """An amount as a case writes it: 5, [3, 5], {gần: 29} or (29, "gần")."""
    if isinstance(said, dict):
        ((word, said),) = said.items()
    low, high = said if isinstance(said, list) else (said, said)
    return Amount(low, high, *QUALIFIERS[word]) if word else Amount(low, high)


@pytest.mark.parametrize("case", cases("amounts"), ids=lambda case: case["viết"])
def test_an_amount_is_written_as_offices_write_it(case: dict[str, Any]) -> None:
    amount = stated(case["số"], case.get("từ"))
    assert quantity(amount, case["đơn vị"], turns=case.get("lượt", False)) == case["viết"]


@pytest.mark.parametrize("case", cases("sums"), ids=str)
def test_a_sum_is_as_exact_as_its_parts(case: dict[str, Any]) -> None:
    if "cộng" in case:
        found = total(stated(part) for part in case["cộng"])
    else:
        found = difference(stated(case["lấy"]), stated(case["trừ"]))
    assert found == stated(case["được"])


@pytest.mark.parametrize("case", cases("periods"), ids=lambda case: str(case["viết"]))
def test_a_period_is_read_and_named(case: dict[str, Any]) -> None:
    period = Period.parse(case["viết"])
    assert (period.first, period.last) == (case["từ"], case["đến"])
    assert str(period) == case["chuẩn"]
    assert period.in_words() == case["lời"]
    assert period.in_english() == case["tiếng Anh"]


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: str(case["ngày"]))
def test_a_day_is_written_in_both_manners(case: dict[str, Any]) -> None:
    day: date = case["ngày"]
    assert date_in_words(day) == case["lời văn"]
    assert official_date(day) == case["đầu văn bản"]
