"""What people type is read back to the last đồng, or refused in a sentence."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount
from lienminh.rules.typed import Sentence
from lienminh.rules.wording import UNITS, quantity

SUMS = st.builds(
    lambda digits, zeros: digits * 10**zeros, st.integers(0, 10**6), st.integers(0, 12)
)
# "hơn" is printed for what lies roughly above, but as written it says no more than "trên".
LEANINGS = st.sampled_from(
    [(bound, approx) for bound in (None, "<", "<=", ">", ">=") for approx in (False, True)]
).filter(lambda leaning: leaning != (">", True))
AMOUNTS = st.builds(
    lambda low, width, leaning: Amount(low, low + width, *leaning),
    SUMS,
    st.just(0) | SUMS,
    LEANINGS,
)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_an_amount_as_written_reads_back(amount: Amount, unit: str) -> None:
    assert typed.amount(quantity(amount, unit), unit).amount == amount


@given(AMOUNTS)
def test_turns_as_written_read_back(amount: Amount) -> None:
    assert typed.amount(quantity(amount, "project", turns=True), "project").amount == amount


def refusal_of(read: Callable[[], object]) -> str | None:
    try:
        read()
    except Refused as refusal:
        return str(refusal)
    return None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    money = refusal_of(lambda: typed.amount(text, "VND", size=10**6))
    period = refusal_of(lambda: typed.period(text))
    assert {money, period} <= {None, *Sentence}


@given(DAYS, DAYS)
def test_a_period_in_words_reads_back(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    for words in (period.in_words(), period.in_english(), str(period)):
        assert typed.period(words) == period


@given(st.integers(1900, 2999), st.integers(1, 12), st.integers(1, 12))
def test_months_in_words_read_back(year: int, one: int, other: int) -> None:
    first, last = sorted((one, other))
    for words in (f"{year}-{first:02}..{year}-{last:02}", f"{year - 1 or 1900}..{year}"):
        if year > 1900:
            period = Period.parse(words)
            assert typed.period(period.in_words()) == period
            assert typed.period(period.in_english()) == period


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("2.177", "cooperative", 2177, 2177),
        (" 2177 hợp tác xã ", "cooperative", 2177, 2177),
        ("3 - 5 lớp", "class", 3, 5),
        ("từ 3 đến 5", "class", 3, 5),
        ("29 tỷ", "VND", 29 * 10**9, 29 * 10**9),
        ("29tỉ đồng", "VND", 29 * 10**9, 29 * 10**9),
        ("1 TỶ 456 TRIỆU", "VND", 1_456_000_000, 1_456_000_000),
        ("1 ty 456 trieu 20 nghin", "VND", 1_456_020_000, 1_456_020_000),
        ("3,8–5,5 triệu", "VND_per_person_month", 3_800_000, 5_500_000),
        ("500 triệu - 1,2 tỷ", "VND", 500_000_000, 1_200_000_000),
        ("7,25%", "percent", 725, 725),
        ("7", "percent", 700, 700),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, unit: str, low: int, high: int) -> None:
    assert typed.amount(text, unit).amount == Amount(low, high)


@pytest.mark.parametrize(
    ("text", "size", "dong"),
    [("1.234,5", 10**6, 1_234_500_000), ("29", 10**9, 29 * 10**9), ("29 triệu", 10**9, 29 * 10**6)],
)
def test_the_size_chosen_counts_only_numbers_without_a_word(
    text: str, size: int, dong: int
) -> None:
    assert typed.amount(text, "VND", size=size).amount == Amount(dong, dong)


@pytest.mark.parametrize(
    ("text", "word", "bound", "approx"),
    [
        ("gần 29", "gần", "<", True),
        ("tren 226", "trên", ">", False),
        ("hơn 226", "hơn", ">", False),
        ("ít nhất khoảng 5", "ít nhất khoảng", ">=", True),
        ("5 trở lên", "trở lên", ">=", False),
        ("không quá 5", "không quá", "<=", False),
    ],
)
def test_a_qualifier_is_read_with_its_number(
    text: str, word: str, bound: str, approx: bool
) -> None:
    read = typed.amount(text, "cooperative")
    assert (read.qualifier, read.amount.bound, read.amount.approx) == (word, bound, approx)


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("", "VND", Sentence.EMPTY),
        ("\u202e\u200b", "VND", Sentence.EMPTY),
        ("1" * 10_000, "VND", Sentence.LONG),
        ("٣", "class", Sentence.DIGITS),
        ("１２", "class", Sentence.DIGITS),
        ("½", "class", Sentence.DIGITS),
        ("1e9", "VND", Sentence.EXPONENT),
        ("-5", "class", Sentence.NEGATIVE),
        ("−5", "class", Sentence.NEGATIVE),
        ("hai nghìn", "class", Sentence.IN_WORDS),
        ("1.2.3", "class", Sentence.DOTS),
        ("0.123", "class", Sentence.DOTS),
        ("1.5", "VND", Sentence.DOTS),
        ("1,500", "class", Sentence.WHOLE),
        ("1,5", "VND", Sentence.WHOLE),
        ("7,125", "percent", Sentence.TOO_FINE),
        ("1,2345678 triệu", "VND", Sentence.TOO_FINE),
        ("99.999.999.999 tỷ", "VND", Sentence.TOO_LARGE),
        ("5–3", "class", Sentence.BACKWARDS),
        ("1–1 tỷ 456 triệu", "VND", Sentence.SIDES),
        ("456 triệu 1 tỷ", "VND", Sentence.UNREAD),
        ("1 tỷ 456", "VND", Sentence.UNREAD),
        ("3–4–5", "class", Sentence.UNREAD),
        ("5 lớp", "VND", Sentence.UNREAD),
        ("<b>5</b>", "class", Sentence.UNREAD),
        ("gần khoảng 5", "class", Sentence.UNREAD),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    text: str, unit: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        typed.amount(text, unit)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023", "2023"),
        ("năm 2023", "2023"),
        ("2023-9m", "2023-9M"),
        ("9 tháng 2023", "2023-9M"),
        ("6 thang dau nam 2023", "2023-H1"),
        ("6 tháng cuối năm 2023", "2023-H2"),
        ("Quý III/2023", "2023-Q3"),
        ("quý 3 2023", "2023-Q3"),
        ("10/2023", "2023-10"),
        ("05/03/2024", "2024-03-05"),
        ("5-3-2024", "2024-03-05"),
        ("2022-2023", "2022..2023"),
        ("giai đoạn 2021 – 2025", "2021..2025"),
        ("15/9/2023 – 14/10/2023", "2023-09-15..2023-10-14"),
    ],
)
def test_periods_are_read_as_people_type_them(text: str, meant: str) -> None:
    assert str(typed.period(text)) == meant


@pytest.mark.parametrize(
    "text", ["", "13/2023", "31/02/2023", "năm ngoái", "2023–2022", "2021–2022–2023", "٢٠٢٣"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        typed.period(text)
    assert str(refused.value) == Sentence.PERIOD
