"""Dossiers ready to be shown: composed once for each state of the ledger and of their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.core.cache import cache
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lienminh.figures.addresses import figure_url
from lienminh.figures.models import Posting
from lienminh.paper.document import Document
from lienminh.paper.prepare import anchors
from lienminh.people.models import User
from lienminh.people.rights import Visitor
from lienminh.reviews.dossier import compose, paper_of
from lienminh.reviews.models import Review, State
from lienminh.reviews.printing import Printed, printed_numbers, question_of
from lienminh.reviews.screen import Screen

KEPT_FOR = 24 * 60 * 60


@dataclass(frozen=True)
class Drawn:
    """A composed dossier with the answers in it, by key."""

    paper: Document
    numbers: Mapping[str, Printed]

    @property
    def printed(self) -> list[Printed]:
        """The numbers that its words print, in reading order."""
        codes = set(anchors(self.paper))
        return [one for one in self.numbers.values() if one.code in codes]


def drawn(review: Review, *, user: Visitor, known_at: int | None = None) -> Drawn:
    """The dossier from the ledger as this visitor may read it.

    Kept as long as nothing is posted (the digest of the last posting vouches for all before it)
    and nothing in it is edited, so it is never out of date.
    """
    name = _name(review, user, known_at)
    kept: Drawn | None = cache.get(name)
    if kept is None:
        numbers = printed_numbers(review, user=cast(User, user), known_at=known_at)
        kept = Drawn(compose(review, numbers=numbers), numbers)
        cache.set(name, kept, KEPT_FOR)
    return kept


def shown(review: Review, *, user: Visitor, known_at: int | None = None) -> Document:
    """The paper a visitor sees: as it was issued, else from the ledger."""
    if review.state == State.ISSUED:
        return paper_of(review)
    return drawn(review, user=user, known_at=known_at).paper


def _name(review: Review, user: Visitor, known_at: int | None) -> str:
    """All that a drawn dossier depends on."""
    newest = Posting.objects.order_by("-number").values_list("digest", flat=True).first()
    staff = user.is_authenticated and user.is_active
    edited = review.edited_at.timestamp()
    parts = (review.pk, review.state, edited, newest, staff, known_at, timezone.localdate())
    return "dossier:" + ":".join(str(part) for part in parts)


def on_screen(review: Review, *, user: Visitor, known_at: int | None = None) -> SafeString:
    """The paper a visitor sees, as HTML with its numbers linked."""
    name = f"{_name(review, user, known_at)}:{get_language()}"
    kept: SafeString | None = cache.get(name)
    if kept is None:
        links = _links(review, user=user, known_at=known_at)
        kept = Screen(links).draw(shown(review, user=user, known_at=known_at))
        cache.set(name, kept, KEPT_FOR)
    return kept


def _links(review: Review, *, user: Visitor, known_at: int | None = None) -> dict[str, str]:
    """Where the figure behind each code is traced; for an issued dossier, as known then."""
    if review.state == State.ISSUED:
        issued = review.issue.answers.select_related("number")
        return {one.number.code: one.answer["lineage"] for one in issued}
    numbers = drawn(review, user=user, known_at=known_at).numbers.values()
    return {one.code: figure_url(question_of(one.number, known_at)) for one in numbers}
