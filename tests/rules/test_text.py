"""Text is composed, cleaned and folded without surprises."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.rules.text import clean, fold, normalise

VIETNAMESE = st.text(alphabet="aăâbcdđeêioôơuưyÁẮẤĐỄỘỢỮỸ -–'’\u00a0\u0301\u0323\u202e0123")
ANY_TEXT = st.one_of(VIETNAMESE, st.text())


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Bà Rịa – Vũng Tàu", "ba ria vung tau"),
        ("Bà Rịa-Vũng  Tàu ", "ba ria vung tau"),
        ("ĐẮK LẮK", "dak lak"),
        ("Ðồng Nai", "dong nai"),  # with the Icelandic letter of old encodings
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("Ea H’leo", "ea hleo"),
        ("Ea H'Leo", "ea hleo"),
        ("Thừa\u00a0Thiên\u2011Huế", "thua thien hue"),
        ("Lạng\u200b Sơn\u202c", "lang son"),
    ],
)
def test_names_fold_to_the_key_people_mean(typed: str, key: str) -> None:
    assert fold(typed) == key


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed) == fold(text)


@given(ANY_TEXT)
def test_a_key_is_lower_ascii_with_single_spaces(text: str) -> None:
    key = fold(text)
    assert key.isascii()
    assert key == key.lower() == " ".join(key.split())
    assert "-" not in key


@given(ANY_TEXT)
def test_normalised_text_is_composed_with_single_spaces(text: str) -> None:
    tidy = normalise(text)
    assert tidy == normalise(tidy) == unicodedata.normalize("NFC", tidy)
    assert tidy.split() == [word for word in tidy.split(" ") if word]


@given(ANY_TEXT)
def test_clean_text_holds_nothing_unprintable_and_stays_clean(text: str) -> None:
    tidy = clean(text)
    assert clean(tidy) == tidy == unicodedata.normalize("NFC", tidy)
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(c) for c in tidy if c not in "\n\t"}


def test_cleaning_keeps_lines_and_drops_marks_that_reorder_text() -> None:
    assert clean("a\r\nb\rc\td\x00\x0b\u202ee\u2066\ud800\uffff") == "a\nb\nc\tde"
    assert clean("Liên minh".encode().decode()) == "Liên minh"
    assert clean(unicodedata.normalize("NFD", "Tổ hợp tác")) == "Tổ hợp tác"
