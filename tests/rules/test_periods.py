"""Periods: what is read, what is refused, and that names round-trip."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
YEARS = st.integers(1900, 2999)
SIMPLE = st.one_of(
    YEARS.map(str),
    DAYS.map(date.isoformat),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{}-{}M".format, YEARS, st.integers(1, 12)),
)
TEXTS = st.one_of(SIMPLE, st.tuples(SIMPLE, SIMPLE).map(sorted).map("..".join))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    near = min(first + timedelta(draw(st.integers(0, 800))), date(2999, 12, 31))
    return Period(first, draw(st.sampled_from((last, near))))


@given(st.one_of(periods(), SIMPLE.map(Period.parse)))
def test_the_name_of_a_period_reads_back_as_the_same_period(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(TEXTS)
def test_a_canonical_name_says_the_same_period_as_what_was_typed(text: str) -> None:
    try:
        period = Period.parse(text)
    except Refused:
        return
    assert Period.parse(str(period)) == period


@given(st.one_of(periods(), SIMPLE.map(Period.parse)))
def test_every_period_has_words_that_name_its_year(period: Period) -> None:
    words = period.in_words()
    assert str(period.last.year) in words
    assert words == words.strip()
    assert "{" not in words
    assert "None" not in words


@given(periods(), periods())
def test_one_period_covers_another_exactly_when_it_covers_both_ends(a: Period, b: Period) -> None:
    assert a.covers(b) == (a.covers(b.first) and a.covers(b.last))
    assert a.covers(a)


def test_a_leap_year_has_366_days_and_a_day_has_one() -> None:
    assert Period.parse("2024").days == 366
    assert Period.parse("2023-10-23").days == 1


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "23", "20233", "2023-13", "2023-00", "2023-1", "2023-Q5", "2023-Q0", "2023-q3",
        "2023-H3", "2023-0M", "2023-13M", "2023-09M", "2023-02-30", "2023-2-3", "2023-Q3-01",
        "2023..", "..2023", "2022..2023..2024", "2022...2023", "2022-2023", "23/10/2023",
        "1899", "3000", "0000", "1899-12-31", "２０２３", "٢٠٢٣", "2023-1٠", "2023\x00",
        "+2023", "-2023",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_a_sentence_that_shows_the_forms(text: str) -> None:
    with pytest.raises(Refused, match=r"is not a period: write 2023, 2023-10, .*2022\.\.2023\.$"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2023..2022", "2023-10..2023-09", "2023-10-02..2023-10-01"])
def test_an_end_before_its_start_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"ends on .* before it starts on"):
        Period.parse(text)


def test_years_out_of_range_are_refused_however_made() -> None:
    with pytest.raises(Refused, match="1900 to 2999"):
        Period(date(1899, 12, 31), date(1900, 1, 1))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert Period.parse(text).days > 0


def test_periods_sort_by_their_first_day_then_their_last() -> None:
    names = ["2023-Q1", "2022", "2023-01", "2022..2023"]
    assert [str(p) for p in sorted(map(Period.parse, names))] == [
        "2022",
        "2022..2023",
        "2023-01",
        "2023-Q1",
    ]
