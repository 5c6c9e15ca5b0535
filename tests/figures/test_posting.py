"""Postings: numbered, chained, idempotent, whole or not at all, and never changed afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lienminh.figures import checks, digest
from lienminh.figures.actions import load_catalogue, name_cell_value, name_source
from lienminh.figures.drafting import lines_of
from lienminh.figures.drafts import Draft, Moved
from lienminh.figures.engine import copy
from lienminh.figures.models import Cell, Entry, Indicator, Posting, Source
from lienminh.people.models import Organisation
from lienminh.rules.errors import Refused
from lienminh.rules.precision import Amount
from tests.figures.telling import (
    FOUNDED,
    TOTAL,
    TRAINEES,
    a_source,
    ask,
    draft,
    movement,
    opening,
    posted,
    say,
)

pytestmark = pytest.mark.django_db
QUANG_NINH, CO_TO = "p22-2008", "d207-2008"
DAY = date(2023, 5, 1)


# Numbers, keys, digests.


def test_postings_are_numbered_one_after_another_and_their_lines_too() -> None:
    first = posted(draft(QUANG_NINH, "2023", 5), draft(QUANG_NINH, "2022", 4))
    second = say(QUANG_NINH, "2021", 3)
    assert (first.number, second.number) == (1, 2)
    assert [str(entry) for entry in Entry.objects.order_by("posting", "line")] == [
        "1.1",
        "1.2",
        "2.1",
    ]


def test_a_refused_posting_leaves_no_gap() -> None:
    say(QUANG_NINH, "2023", 5)
    with pytest.raises(Refused):
        say(QUANG_NINH, "2023", -1)
    assert say(QUANG_NINH, "2022", 5).number == 2


def test_the_same_key_with_the_same_entries_gives_the_posting_already_there() -> None:
    first = posted(draft(QUANG_NINH, "2023", 5), key="once")
    again = posted(draft(QUANG_NINH, "2023", 5), key="once")
    assert (again, again.digest) == (first, first.digest)
    assert Entry.objects.count() == 1


def test_the_same_key_with_other_entries_is_refused() -> None:
    posted(draft(QUANG_NINH, "2023", 5), key="once")
    with pytest.raises(Refused, match="'once' was used by posting #1 for other entries"):
        posted(draft(QUANG_NINH, "2023", 6), key="once")
    assert Entry.objects.get().low == 5


def test_digests_chain_over_every_posting_before() -> None:
    postings = [say(QUANG_NINH, year, 5) for year in ("2021", "2022", "2023")]
    before = ""
    for posting in postings:
        before = digest.chain(before, posting, posting.entries.order_by("line"))
        assert posting.digest == before
    assert checks.chain() == []


def test_a_posting_needs_entries() -> None:
    with pytest.raises(Refused, match="has no entries"):
        posted()


def test_instants_never_fall_behind_those_of_earlier_postings() -> None:
    instants = [say(QUANG_NINH, year, 5).instant for year in ("2021", "2022", "2023")]
    assert instants == sorted(instants)
    assert checks.numbers() == []


def test_many_movements_that_are_alike_are_the_lines_that_each_alone_would_be() -> None:
    like, day = movement(QUANG_NINH, "2023-05-01", 1), date(2023, 6, 2)
    alone = replace(like, first=day, last=day, amount=Amount(-3, -3), record="register:1")
    alike = Moved(like, like.place.pk, day, -3, "register:1")
    today = date(2024, 1, 1)
    assert lines_of([alike, alike], today=today) == lines_of([alone, alone], today=today)
    for wrong, sentence in (
        (alike._replace(amount=2**63), r"Entry 1 .*beyond 64 bits"),
        (alike._replace(record="x" * 101), r"Entry 1 .*record has 101 characters"),
    ):
        with pytest.raises(Refused, match=sentence):
            posted(wrong)


# What a line must meet.


def stated(**changes: Any) -> Draft:
    return replace(draft(QUANG_NINH, "2023", 5), **changes)


def stock(**changes: Any) -> Draft:
    return replace(draft(QUANG_NINH, "2023", 5, indicator=TOTAL), **changes)


def moved(**changes: Any) -> Draft:
    return replace(movement(QUANG_NINH, "2023-05-01", 5), **changes)


def refusals() -> dict[str, Draft]:
    """A sentence that must be given, and a draft that calls for it."""
    income, share = "workers.income_per_month", "cooperatives.active_share"
    counted, an_alliance = a_source("counted"), Organisation.objects.filter(kind="alliance")[0]
    return {
        "no indicator 'cooperatives.lost'": stated(indicator="cooperatives.lost"),
        "has no key 'sex'; its keys are: kind, sector": stated(cell="sex=female"),
        "has no value 'blue'": stated(indicator=TRAINEES, cell="sex=blue"),
        "'sex' is not a breakdown": stated(indicator=TRAINEES, cell="sex"),
        "The key 'sex' stands twice": stated(indicator=TRAINEES, cell="sex=male;sex=female"),
        "counted from records; statements are not": stated(source=counted),
        "Movements and openings are counted": moved(source=a_source("reported")),
        "A ratio is computed or stated, never moved": moved(indicator=share),
        "An average is stated, never moved": moved(indicator=income),
        "about a place, not about an organisation": stated(holder=an_alliance),
        "ends on 2023-05-01 before it starts on 2023-05-02": stated(
            first=date(2023, 5, 2), last=DAY
        ),
        "has one day: first and last agree": stock(first=DAY),
        "needs the basis of its as-of day": stock(as_of_basis=None),
        "nothing else has one": stated(as_of_basis="stated"),
        "Only what happened in a period can be cumulative": stock(cumulative=True),
        "The place ended on 2025-06-30, before 2025-12-31": draft("p70-2008", "2025", 5),
        "The unit 'person' does not fit; it is counted in cooperative": stated(unit="person"),
        "Only a statement can be withdrawn": moved(amount=None),
        "is beyond 64 bits": stated(amount=Amount(2**63, 2**63)),
        "The amount -1 is negative": stated(amount=Amount(-1, -1)),
        "A movement is exact": moved(amount=Amount(5, 6)),
        "Only takers of part are counted as turns": stated(counting="turns"),
        "Nobody states this of itself": stated(subject="a"),
        "'guess' is not a series": stated(series="guess"),
        "'rumour' is not a kind": moved(kind="rumour"),
        "'sure' is not a status": stated(status="sure"),
        "'twins' is not a relation": stated(relation="twins"),
        "'heads' is not a counting": stated(indicator=TRAINEES, counting="heads"),
        "'felt' is not a as_of_basis": stock(as_of_basis="felt"),
    }


def test_each_wrong_line_is_refused_with_its_sentence_and_nothing_is_written() -> None:
    for sentence, wrong in refusals().items():
        right = stated(indicator=TRAINEES, cell="topic=ecommerce")
        with pytest.raises(Refused) as refused:
            posted(right, wrong)
        assert sentence in str(refused.value)
        assert str(refused.value).startswith(f"Entry 2 ({wrong.indicator})")
    assert not Posting.objects.exists()
    assert not Entry.objects.exists()
    assert not Cell.objects.filter(text="topic=ecommerce").exists()


def test_one_source_does_not_state_the_same_figure_twice_in_one_posting() -> None:
    with pytest.raises(Refused, match="twice in one posting"):
        posted(stated(), stated(amount=Amount(6, 6)))


def test_the_largest_amount_fits_and_sums_go_beyond_it() -> None:
    largest = 2**63 - 1
    posted(draft(QUANG_NINH, "2023-H1", largest), draft(QUANG_NINH, "2023-H2", largest))
    assert ask(QUANG_NINH, "2023").value == 2 * largest


# Supersession.


def test_a_statement_is_ended_by_the_next_one_under_its_key() -> None:
    say(QUANG_NINH, "2023", 5)
    say(QUANG_NINH, "2023", 7)
    assert (ask(QUANG_NINH, "2023").value, ask(QUANG_NINH, "2023").conflicts) == (7, ())
    assert ask(QUANG_NINH, "2023", known_at=1).value == 5


def test_a_withdrawn_statement_answers_no_more() -> None:
    say(QUANG_NINH, "2023", 5)
    say(QUANG_NINH, "2023", None)
    assert ask(QUANG_NINH, "2023").value is None
    say(QUANG_NINH, "2023", 6)
    assert ask(QUANG_NINH, "2023").value == 6


@pytest.mark.parametrize(
    "difference",
    [
        {"code": "another"},
        {"series": "plan"},
        {"cell": "sex=female"},
    ],
)
def test_a_statement_under_another_key_ends_nothing(difference: dict[str, str]) -> None:
    say(QUANG_NINH, "2023", 5, indicator=TRAINEES, status="official")
    say(QUANG_NINH, "2023", 7, indicator=TRAINEES, status="preliminary", **difference)
    assert ask(QUANG_NINH, "2023", indicator=TRAINEES).value == 5


# The copy that the questions read keeps up.


def test_a_correction_shows_in_the_next_answer_whether_copied_or_in_the_tail() -> None:
    values = []
    for number in (5, 6, 7):
        say(QUANG_NINH, "2023", number)
        values.append(ask(QUANG_NINH, "2023").value)
        copy.extend(copy.current())
        values.append(ask(QUANG_NINH, "2023").value)
    assert values == [5, 5, 6, 6, 7, 7]


def test_postings_rolled_back_leave_no_trace_in_the_answers() -> None:
    say(QUANG_NINH, "2022", 1)
    for number in (5, 6):
        with transaction.atomic():
            say(QUANG_NINH, "2023", number)
            assert ask(QUANG_NINH, "2023").value == number
            transaction.set_rollback(True)
        assert ask(QUANG_NINH, "2023").value is None


# Append-only.


def full_ledger() -> None:
    name_cell_value(key="scheme", value="one", label_vi="một", label_en="one")
    posted(
        opening(QUANG_NINH, "2023-01-01"),
        movement(CO_TO, "2023-05-01", 1),
        draft(QUANG_NINH, "2023", 5, indicator=TRAINEES, cell="scheme=one"),
    )


POSTING = "number, instant, by_id, reason, key, digest"
CHANGES = [
    "UPDATE figures_posting SET reason = 'another'",
    "UPDATE figures_entry SET low = 6, high = 6",
    "UPDATE figures_cell SET text = 'scheme=two'",
    "UPDATE figures_source SET kind = 'read'",
    "DELETE FROM figures_entry",
    "DELETE FROM figures_posting",
    "DELETE FROM figures_cell",
    "DELETE FROM figures_source",
    (
        f"INSERT INTO figures_posting ({POSTING}) SELECT 3, instant, by_id, reason, 'gap', digest"
        " FROM figures_posting"
    ),
]
SQLITE = [
    f"INSERT OR REPLACE INTO figures_posting ({POSTING}) SELECT {POSTING} FROM figures_posting",
    (
        f"REPLACE INTO figures_posting ({POSTING}) SELECT 2, instant, by_id, reason, key, digest"
        " FROM figures_posting"
    ),
    "INSERT OR REPLACE INTO figures_entry SELECT * FROM figures_entry",
    "INSERT OR REPLACE INTO figures_cell SELECT * FROM figures_cell",
    "INSERT OR REPLACE INTO figures_source SELECT * FROM figures_source",
    "UPDATE OR REPLACE figures_entry SET line = 1",
    (
        "INSERT INTO figures_cell SELECT * FROM figures_cell WHERE true"
        " ON CONFLICT (id) DO UPDATE SET text = 'scheme=two'"
    ),
]
POSTGRESQL = [
    "TRUNCATE figures_entry CASCADE",
    "TRUNCATE figures_posting CASCADE",
    "TRUNCATE figures_cell CASCADE",
    "TRUNCATE figures_source CASCADE",
    "INSERT INTO figures_entry SELECT * FROM figures_entry ON CONFLICT (id) DO UPDATE SET low = 6",
    (
        f"INSERT INTO figures_posting ({POSTING}) SELECT {POSTING} FROM figures_posting"
        " ON CONFLICT (number) DO UPDATE SET reason = 'another'"
    ),
    (
        "INSERT INTO figures_cell SELECT * FROM figures_cell"
        " ON CONFLICT (id) DO UPDATE SET text = 'scheme=two'"
    ),
    (
        "INSERT INTO figures_source SELECT * FROM figures_source"
        " ON CONFLICT (id) DO UPDATE SET kind = 'read'"
    ),
]


def changes() -> Sequence[str]:
    return [*CHANGES, *(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_itself_refuses_every_change_to_the_ledger() -> None:
    full_ledger()
    connection.check_constraints()  # PostgreSQL truncates nothing while some are to be checked
    for statement in changes():
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(statement)
    assert checks.chain() == []
    assert [entry.low for entry in Entry.objects.order_by("line")] == [0, 1, 5]


def test_no_line_is_added_to_an_earlier_posting() -> None:
    full_ledger()
    say(QUANG_NINH, "2023", 5)
    entry = Entry.objects.get(posting=1, line=1)
    entry.pk, entry.line = None, 9
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save(force_insert=True)


# The dictionaries.


def test_a_source_keeps_its_kind() -> None:
    assert a_source("read", "paper") == a_source("read", "paper")
    with pytest.raises(Refused, match="'paper' is 'read', not 'reported'"):
        name_source(code="paper", kind="reported", title="paper")
    assert Source.objects.get(code="paper").kind == "read"


def test_a_word_of_an_unknown_key_is_refused() -> None:
    with pytest.raises(Refused, match="no key 'colour'"):
        name_cell_value(key="colour", value="red", label_vi="đỏ", label_en="red")


def test_the_catalogue_may_be_loaded_again_but_not_change_what_a_number_means() -> None:
    say(QUANG_NINH, "2023", 5)
    load_catalogue()
    Indicator.objects.filter(code=FOUNDED).update(unit="person")
    with pytest.raises(Refused, match="another unit or measure"):
        load_catalogue()
