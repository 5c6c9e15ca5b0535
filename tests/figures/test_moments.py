"""As known at a moment, and as stated by a day."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest

from lienminh.figures.models import Posting
from lienminh.figures.moments import day_of, posting_at
from lienminh.rules.errors import Refused
from tests.figures.telling import ask, say

pytestmark = pytest.mark.django_db
QUANG_NINH = "p22-2008"
NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)


def post_at(instant: datetime, number: int) -> Posting:
    with patch("django.utils.timezone.now", return_value=instant):
        return say(QUANG_NINH, "2023", number)


def test_a_moment_is_a_posting_an_instant_or_the_end_of_a_day_in_vietnam() -> None:
    post_at(NOON, 5)
    post_at(NOON + timedelta(hours=5, minutes=30), 6)  # 00:30 on 21 March in Hà Nội
    expected = {
        "#0": 0,
        "#1": 1,
        "2024-03-19": 0,
        "2024-03-20": 1,
        "2024-03-21": 2,
        "2024-03-20T18:59:59+07:00": 0,
        "2024-03-20T19:00:00+07:00": 1,
        "2024-03-20T17:29:59Z": 1,
        "2024-03-20T17:30:00Z": 2,
    }
    assert {when: posting_at(when) for when in expected} == expected


@pytest.mark.parametrize(
    "when", ["", "yesterday", "#", "#one", "2024-02-30", "2024-13-01", "2024-03-20T17:00", "12"]
)
def test_what_is_not_a_moment_is_refused_with_the_forms(when: str) -> None:
    with pytest.raises(Refused, match="is not a moment; write a day"):
        posting_at(when)


@pytest.mark.parametrize("text", ["", "2024-02-30", "2024", "20/3/2024"])
def test_what_is_not_a_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a day"):
        day_of(text)


def test_a_clock_set_back_does_not_reorder_what_was_known() -> None:
    post_at(NOON, 5)
    later = post_at(NOON - timedelta(days=1), 6)
    assert later.instant == NOON
    assert posting_at("2024-03-19") == 0
    assert posting_at("2024-03-20") == 2


def test_known_at_answers_as_the_ledger_stood_then() -> None:
    for number in (5, 6, 7):
        say(QUANG_NINH, "2023", number)
    say(QUANG_NINH, "2023", None)
    values = [ask(QUANG_NINH, "2023", known_at=known).value for known in range(5)]
    assert values == [None, 5, 6, 7, None]
    assert ask(QUANG_NINH, "2023", known_at=99).value is None


def test_stated_by_leaves_out_what_was_stated_later_and_what_it_ended() -> None:
    say(QUANG_NINH, "2023", 5, stated_on=date(2024, 1, 10))
    say(QUANG_NINH, "2023", 6, stated_on=date(2024, 1, 20))
    stated_by = {day: ask(QUANG_NINH, "2023", stated_by=date(2024, 1, day)) for day in (9, 10, 20)}
    assert {day: found.value for day, found in stated_by.items()} == {9: None, 10: 5, 20: 6}


def test_of_what_was_stated_by_a_day_the_later_posting_stands() -> None:
    say(QUANG_NINH, "2023", 5, stated_on=date(2024, 1, 20))
    say(QUANG_NINH, "2023", 6, stated_on=date(2024, 1, 10))
    assert ask(QUANG_NINH, "2023", stated_by=date(2024, 1, 20)).value == 6
    assert ask(QUANG_NINH, "2023", stated_by=date(2024, 1, 20), known_at=1).value == 5


def test_a_withdrawal_counts_from_the_day_it_was_stated() -> None:
    say(QUANG_NINH, "2023", 5, stated_on=date(2024, 1, 10))
    say(QUANG_NINH, "2023", None, stated_on=date(2024, 1, 20))
    assert ask(QUANG_NINH, "2023").value is None
    assert ask(QUANG_NINH, "2023", stated_by=date(2024, 1, 19)).value == 5


def test_a_moment_that_has_not_come_yet_is_now_each_time_it_is_asked() -> None:
    say(QUANG_NINH, "2023", 5)
    assert ask(QUANG_NINH, "2023", known_at=99).value == 5
    say(QUANG_NINH, "2023", 6)
    assert ask(QUANG_NINH, "2023", known_at=99).value == 6
