"""Loading the cast: each file into documents, a conference, the ledger and a review."""

from importlib.resources.abc import Traversable

from django.db import transaction

from lienminh.conferences.actions import record_agreement, record_conference
from lienminh.conferences.models import Conference
from lienminh.demo.cast_files import ReviewIn, packaged, read_cast
from lienminh.demo.casting import Casting
from lienminh.documents.actions import cite, keep_document
from lienminh.documents.models import Document
from lienminh.figures.actions import name_cell_value, name_source, post
from lienminh.figures.models import Source
from lienminh.people.models import User
from lienminh.reviews.actions import open_review
from lienminh.reviews.models import Review


@transaction.atomic
def load_cast(*, folder: Traversable | None = None, by: User | None = None) -> list[Review]:
    """Load every review of the folder (the packaged five) that is not there yet.

    All or nothing: a malformed file is Refused, naming it, and leaves nothing half-written.
    """
    return [
        Review.objects.filter(slug=told.slug).first() or _load(Casting(file, told), by=by)
        for file, told in read_cast(folder or packaged())
    ]


def _load(casting: Casting, *, by: User | None) -> Review:
    _keep_documents(casting, by=by)
    conference = _record_conference(casting, by=by)
    _name_words(casting.told, casting, by=by)
    review = _open_review(casting, conference, by=by)
    _post_figures(casting, by=by)
    return review


def _keep_documents(casting: Casting, *, by: User | None) -> None:
    with casting.naming("documents"):
        for told in casting.told.documents:
            casting.documents[told.ref] = keep_document(Document(**vars(told)), by=by)
    references = casting.references()
    with casting.naming("references"):
        cite(references, by=by)


def _record_conference(casting: Casting, *, by: User | None) -> Conference:
    conference, participations = casting.conference(), casting.participations()
    with casting.naming("conference"):
        record_conference(conference, participations=participations, by=by)
    for told in casting.told.conference.agreements:
        agreement, parties = casting.agreement(told, conference), casting.parties(told)
        with casting.naming("conference.agreements"):
            record_agreement(agreement, parties=parties, by=by)
    return conference


def _name_words(told: ReviewIn, casting: Casting, *, by: User | None) -> None:
    """Enter the schemes under review in the dictionary of breakdowns."""
    for subject in told.subjects:
        if subject.value:
            with casting.naming("subjects"):
                name_cell_value(
                    key="scheme",
                    value=subject.value,
                    label_vi=subject.label_vi,
                    label_en=subject.label_en,
                    by=by,
                )


def _open_review(casting: Casting, conference: Conference, *, by: User | None) -> Review:
    review, subjects, numbers = casting.review(conference), casting.subjects(), casting.numbers()
    points = [
        (casting.point(told, index, subjects), casting.actors(told, index))
        for index, told in enumerate(casting.told.points)
    ]
    with casting.naming("points"):
        return open_review(review, subjects=subjects, points=points, numbers=numbers, by=by)


def _post_figures(casting: Casting, *, by: User | None) -> None:
    """Post last: the number of a posting is drawn as the last step of its transaction."""
    if casting.told.figures is None:
        return
    source = name_source(
        code=f"read:{casting.article.ref}",
        kind=Source.Kind.READ,
        title=casting.article.title,
        document=casting.article,
        by=by,
    )
    with casting.naming("figures"):
        post(
            entries=casting.drafts(source),
            key=f"cast:{casting.told.slug[:3]}",
            reason=f"Đọc từ bài báo “{casting.article.title}”",
            by=by,
        )
