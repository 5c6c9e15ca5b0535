"""The five articles are read as the five reviews state them, but for what only people know."""

from pathlib import Path

import pytest
from django.test import Client

from lienminh.demo.actions import load_cast
from lienminh.demo.cast_files import ReviewIn
from lienminh.figures.models import Entry
from lienminh.intake.desk import Desk
from lienminh.intake.models import Finding, Text
from lienminh.rules.precision import Amount
from tests.intake.giving import name_scheme, send
from tests.intake.sources import CORRECTED, PATHS, PLACES, cast, days_of, figures_of
from tests.people.acting import department

pytestmark = pytest.mark.django_db

if PATHS:

    @pytest.fixture
    def nation() -> Client:
        client = Client()
        client.force_login(department())
        return client

    def given(client: Client, path: Path) -> Text:
        answered = send(client, (path.name, path.read_bytes()))
        return Text.objects.get(ref=answered.url.strip("/").split("/")[-1])

    @pytest.mark.parametrize(("path", "review"), cast().items(), ids=lambda one: str(one)[-24:-20])
    def test_a_text_is_read_as_its_review_states_it(
        nation: Client, path: Path, review: ReviewIn
    ) -> None:
        for subject in review.subjects:
            if subject.value:
                name_scheme(subject.value, subject.label_vi)
        items = {one.said.start: one for one in Desk(given(nation, path)).items}
        otherwise = set()
        for figure in figures_of(review):
            one = items[figure.at[0]]
            low = figure.value if figure.low is None else figure.low
            high = figure.value if figure.high is None else figure.high
            assert low is not None
            assert high is not None
            assert one.meaning.indicator == figure.indicator
            assert one.meaning.place == PLACES[review.slug[:3]]
            assert one.meaning.cell == figure.cell
            assert one.meaning.series == figure.series
            assert one.meaning.amount == Amount(low, high, figure.bound, figure.approx)
            if str(one.meaning.days) != days_of(figure):
                otherwise.add(figure.key)
        assert otherwise == CORRECTED & {figure.key for figure in figures_of(review)}

    def test_the_figures_of_the_demo_are_matched_and_never_posted_again(nation: Client) -> None:
        load_cast()
        before = Entry.objects.count()
        for path, review in cast().items():
            text = given(nation, path)
            matched = text.readings.filter(state=Finding.State.MATCHED)
            assert {one.start for one in matched} == {one.at[0] for one in figures_of(review)}
        assert Entry.objects.count() == before


def test_a_text_that_is_no_source_matches_nothing() -> None:
    client = Client()
    client.force_login(department())
    load_cast()
    send(client, ("a.txt", "Năm 2023, tỉnh Bình Phước có 323 HTX."))
    assert not Finding.objects.filter(state=Finding.State.MATCHED).exists()
