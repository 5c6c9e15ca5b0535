"""What a text holds beside figures becomes, with its figures, the draft of a dossier."""

import pytest
from django.test import Client
from django.urls import reverse

from lienminh.conferences.models import Conference, Participation
from lienminh.documents.models import Document, Reference
from lienminh.intake.models import Text
from lienminh.intake.other_facts import other_facts
from lienminh.reviews.actions import abandon_review
from lienminh.reviews.models import Point, Review, State
from tests.intake.giving import FOUNDED, HELD, decide, give
from tests.people.acting import LANG_SON, leader, officer

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Sơ kết công tác năm 2023",
    "kind": "interim_review",
    "scope": "tỉnh Bình Phước",
    "span": "năm 2023",
    "day": "05/03/2024",
}


@pytest.fixture
def text(at_work: Client) -> Text:
    return give(at_work, HELD)


def address(text: Text) -> str:
    return reverse("text-facts", args=[text.ref])


def chosen(text: Text) -> list[str]:
    return [f"{one.kind}:{one.start}:{one.end}" for one in other_facts(text.content)]


def test_other_content_is_shown_by_kind_with_why(at_work: Client, text: Text) -> None:
    told = " ".join(at_work.get(address(text)).content.decode().split())
    for heading in ("Hội nghị", "Khó khăn, hạn chế", "Nhiệm vụ", "Kiến nghị, đề xuất"):
        assert f"<legend>{heading} " in told
    assert "vì có chữ" in told
    assert 'value="Sơ kết' in told or "sơ kết công tác năm 2023</textarea>" in told


def test_what_is_chosen_becomes_the_parts_of_a_draft(at_work: Client, text: Text) -> None:
    decide(at_work, text, FOUNDED, "accept")
    answered = at_work.post(address(text), {**TYPED, "fact": chosen(text)})
    review = Review.objects.get()
    assert answered["Location"] == reverse("review", args=[review.slug])
    assert review.state == State.DRAFT
    sections = set(review.points.values_list("section", flat=True))
    assert sections >= {
        Point.Section.RESULT,
        Point.Section.LIMIT,
        Point.Section.TASK,
        Point.Section.RECOMMENDATION,
    }
    assert review.conference.kind == Conference.Kind.INTERIM_REVIEW
    assert Participation.Role.HOST in review.conference.participations.values_list(
        "role", flat=True
    )
    cited = Reference.objects.get(cited__number="15/KH-UBND")
    assert str(cited.date_as_cited) == "2023-02-03"
    drawn = at_work.get(answered["Location"]).content.decode()
    assert "31 hợp tác xã" in drawn


def test_a_text_gives_one_dossier_until_it_is_given_up(at_work: Client, text: Text) -> None:
    for _ in range(2):
        assert at_work.post(address(text), {**TYPED, "fact": chosen(text)}).status_code == 302
    review = Review.objects.get()
    assert review.title in at_work.get(address(text)).content.decode()
    by = review.started_by
    assert by
    abandon_review(review, reason="nhầm", seen=review.edited_at, by=by)
    assert at_work.post(address(text), {**TYPED, "fact": chosen(text)}).status_code == 302
    assert Review.objects.count() == 2


def test_only_what_is_chosen_is_taken(at_work: Client, text: Text) -> None:
    tasks = [name for name in chosen(text) if name.startswith("task:")]
    at_work.post(address(text), {**TYPED, "fact": tasks})
    sections = set(Review.objects.get().points.values_list("section", flat=True))
    assert sections == {Point.Section.TASK}
    assert not Reference.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [{"scope": "zzz"}, {"kind": ""}, {"day": "hôm qua"}, {"scope": "tỉnh Lạng Sơn"}],
)
def test_what_is_typed_wrong_is_said_and_nothing_is_written(
    at_work: Client, text: Text, typed: dict[str, str]
) -> None:
    answered = at_work.post(address(text), {**TYPED, **typed, "fact": chosen(text)})
    assert answered.status_code == 422
    assert not Review.objects.exists()
    assert not Document.objects.exists()


def test_others_read_it_or_do_not_find_it(at_work: Client, text: Text) -> None:
    reader, neighbour = Client(), Client()
    reader.force_login(leader())
    neighbour.force_login(officer(LANG_SON))
    assert 'type="checkbox"' not in reader.get(address(text)).content.decode()
    assert reader.post(address(text), TYPED).status_code == 403
    assert neighbour.get(address(text)).status_code == 404
