from datetime import date

import pytest

from lienminh.conferences.models import Agreement, Conference, Participation
from lienminh.demo.actions import load_cast
from lienminh.demo.tables import figures_table
from lienminh.documents.models import Document, Reference
from lienminh.figures.models import Entry, Posting
from lienminh.places.queries import name_of
from lienminh.reviews.models import Actor, Number, Point, Review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_reviews")]


def counts() -> list[int]:
    rows = (Review, Conference, Document, Reference, Point, Number, Posting, Entry)
    return [row.objects.count() for row in rows]


def test_the_five_reviews_load_once_and_only_once() -> None:
    first = load_cast()
    loaded = counts()
    assert load_cast() == first
    assert counts() == loaded
    assert [review.slug[:3] for review in first] == ["000", "001", "002", "003", "004"]
    assert [review.conference.kind for review in first] == [
        "interim_review",
        "cluster_review",
        "monthly_meeting",
        "dialogue",
        "interim_review",
    ]


def test_statements_keep_what_was_said() -> None:
    lent = Entry.objects.get(as_written="gần 29 tỷ đồng")
    assert (lent.low, lent.high, lent.bound, lent.approx) == (29 * 10**9, 29 * 10**9, "<", True)
    assert (lent.qualifier, lent.kind, lent.status) == ("gần", "statement", "preliminary")
    assert (lent.start, lent.end) == (1752, 1762)
    assert lent.stated_on == date(2024, 3, 20)
    assert lent.attribution == ["Kết quả nêu tại hội nghị sơ kết", "BPO"]
    assert lent.document == Review.objects.get(slug__startswith="004").document
    income = Entry.objects.get(indicator__code="workers.income_per_month")
    assert (income.low, income.high) == (3_800_000, 5_500_000)
    attending = Entry.objects.get(indicator__code="conferences.cooperatives")
    assert attending.covers_first == attending.covers_last == date(2023, 10, 23)


def test_parts_are_said_to_be_parts_only_where_the_source_says_so() -> None:
    relations = dict(Entry.objects.exclude(group="").values_list("as_written", "relation"))
    assert relations.pop("248 HTX") == "of_which"
    assert relations.pop("5 lớp tập huấn") == "besides"
    assert set(relations.values()) == {"unknown"}


def test_a_plan_cited_under_two_dates_keeps_both() -> None:
    plan = Document.objects.get(number="70/KH-BTVLMHTXVN")
    dates = [reference.date_as_cited for reference in plan.cited_at.order_by("start")]
    assert dates == [date(2024, 2, 7), date(2024, 2, 7), date(2024, 2, 6)]
    assert plan.issued_on is None


def test_what_the_articles_leave_out_stays_empty() -> None:
    reviews = {review.slug[:3]: review for review in Review.objects.all()}
    for slug in ("000", "003", "004"):
        held = reviews[slug].conference
        assert (held.place, held.venue, held.mode) == (None, "", "")
    assert not reviews["000"].numbers.exists()
    document = reviews["000"].document
    assert document is not None
    assert document.issued_on is None
    place = reviews["001"].conference.place
    assert place is not None
    assert (place.level, name_of(place)) == ("district", "Hải Dương")


def test_roles_of_those_who_met_and_of_those_who_are_to_act_are_kept() -> None:
    chairs = Participation.objects.filter(role="co_chair").order_by("order")
    assert [office.organisation and office.organisation.ref for office in chairs] == [
        "committee-p70-2008",
        "alliance-p70-2008",
    ]
    leading = Actor.objects.filter(role="lead")
    assert {actor.name for actor in leading} == {"Liên minh HTX tỉnh Bình Phước"}
    assert Actor.objects.get(role="cooperate").name == "Các đơn vị liên quan"


def test_agreements_have_every_side_that_signed() -> None:
    pact = Agreement.objects.get(kind="emulation_pact")
    assert (pact.first, pact.parties.count()) == (date(2024, 1, 1), 6)
    plan = Agreement.objects.get(kind="coordination_plan")
    assert plan.about is not None
    assert [party.organisation and party.organisation.ref for party in plan.parties.all()] == [
        "alliance-p20-2008",
        "women-p20-2008",
    ]


def test_the_table_of_figures_is_aligned_and_says_when_there_are_none() -> None:
    reviews = {review.slug[:3]: review for review in Review.objects.all()}
    assert "Nguồn không nêu số liệu." in figures_table(reviews["000"])
    _, head, *rows = figures_table(reviews["003"]).splitlines()
    assert len(rows) == 6
    column = head.index("Chỉ tiêu")
    assert {row[column - 2 : column] for row in rows} == {"  "}
    assert any("3,8–5,5 triệu đồng/người/tháng" in row for row in rows)
