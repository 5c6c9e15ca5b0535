"""Cells: one canonical text, and an order of finer and apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.figures import cells
from lienminh.figures.cells import Pairs
from lienminh.rules.errors import Refused

KEYS = ["channel", "scheme", "sex", "topic"]
VALUES = ["a", "b", "c"]


def any_cell(*, most: int) -> st.SearchStrategy[Pairs]:
    values = st.frozensets(st.sampled_from(VALUES), min_size=1, max_size=most)
    return st.dictionaries(st.sampled_from(KEYS), values)


single, several = any_cell(most=1), any_cell(most=3)
as_written = st.lists(
    st.tuples(st.sampled_from(KEYS), st.lists(st.sampled_from(VALUES), min_size=1)),
    unique_by=lambda pair: pair[0],
).map(lambda pairs: ";".join(f"{key}={'+'.join(values)}" for key, values in pairs))


@given(as_written)
def test_the_canonical_text_is_its_own_canonical_text(text: str) -> None:
    once = cells.canonical(cells.parse(text))
    assert cells.canonical(cells.parse(once)) == once


@given(several)
def test_pairs_survive_being_written_and_read(pairs: Pairs) -> None:
    assert cells.parse(cells.canonical(pairs)) == pairs


def test_order_and_repetition_do_not_matter() -> None:
    one, other = "sex=male;scheme=b+a", "scheme=a+b+a;sex=male"
    assert cells.canonical(cells.parse(one)) == cells.canonical(cells.parse(other))
    assert cells.canonical(cells.parse(one)) == "scheme=a+b;sex=male"
    assert cells.canonical(cells.parse("")) == ""


@pytest.mark.parametrize("text", ["sex", "=male", "sex=", "sex=a++b", "sex=+a", "sex=a;topic"])
def test_what_is_not_a_breakdown_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a breakdown; write key=value"):
        cells.parse(text)


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(Refused, match="The key 'sex' stands twice"):
        cells.parse("sex=male;sex=female")


@given(several)
def test_a_cell_lies_in_itself_and_everything_lies_in_the_whole(cell: Pairs) -> None:
    assert cells.refines(cell, cell)
    assert cells.refines(cell, {})


@given(single, single, single)
def test_lying_in_is_transitive_between_single_values(a: Pairs, b: Pairs, c: Pairs) -> None:
    if cells.refines(a, b) and cells.refines(b, c):
        assert cells.refines(a, c)


@given(several, several)
def test_apart_goes_both_ways_and_excludes_lying_in(one: Pairs, other: Pairs) -> None:
    assert cells.apart(one, other) == cells.apart(other, one)
    if cells.apart(one, other):
        assert not cells.refines(one, other)


@given(several, single)
def test_one_part_of_a_cell_lies_in_it_and_the_cell_is_no_part_of_itself(
    asked: Pairs, more: Pairs
) -> None:
    assert cells.partition_of(asked, asked) is None
    for key, values in more.items():
        if key not in asked:
            part = {**asked, key: values}
            assert cells.partition_of(part, asked) == (key, next(iter(values)))
            assert cells.refines(part, asked)


def test_a_part_of_two_values_or_two_keys_is_not_one_part() -> None:
    asked = cells.parse("scheme=a")
    for text in ("scheme=a;sex=a+b", "scheme=a;sex=a;topic=a", "scheme=b;sex=a", "sex=a"):
        assert cells.partition_of(cells.parse(text), asked) is None
