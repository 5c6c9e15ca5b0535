"""Reading reviews: the list, a dossier on the screen, its files."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lienminh.figures.addresses import moment_typed
from lienminh.figures.words import period_words
from lienminh.people.rights import mandates_of, may
from lienminh.people.roles import ISSUE, REVIEW, ROLES
from lienminh.places.words import place_title
from lienminh.reviews import changes
from lienminh.reviews.dossier import ABANDONED_MARK, DRAFT_MARK, OWN_DRAFT_MARK, WRITERS
from lienminh.reviews.drawing import drawn, on_screen, shown
from lienminh.reviews.models import Review, State
from lienminh.reviews.queries import listed, review_for
from lienminh.reviews.scope import Scope, scope_of
from lienminh.reviews.starting import unanswered
from lienminh.rules.periods import Period
from lienminh.web.shell import bar_of, shareable
from lienminh.web.words import capital

TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KINDS: Final[dict[str, Promise]] = {
    "interim_review": _("Sơ kết"),
    "cluster_review": _("Tổng kết cụm thi đua"),
    "monthly_meeting": _("Đánh giá công tác tháng"),
    "dialogue": _("Gặp mặt, đối thoại"),
}

DRAFT_MARKS: Final = {
    State.RETOLD: DRAFT_MARK,
    State.DRAFT: OWN_DRAFT_MARK,
    State.ABANDONED: ABANDONED_MARK,
}


@require_safe
@shareable
def index(request: HttpRequest) -> HttpResponse:
    """Every dossier this visitor may read, of the place and period chosen."""
    scope = scope_of(request)
    rows = rows_for(request, scope)
    context = {"rows": rows, "scope": scope, "may_start": starts(request)}
    return render(request, "reviews/index.html", context)


def rows_for(request: HttpRequest, scope: Scope | None = None) -> list[dict[str, Any]]:
    """The visitor's dossiers as rows of a table, the issued ones with what changed since; of a
    scope, those of what lies in its place that tell of some of its days."""
    chosen = (scope or Scope()).of(listed(request.user), "scope")
    reviews = list(chosen.annotate(figures=Count("numbers")))
    issued = [review.issue for review in reviews if review.state == State.ISSUED]
    changed = changes.since_issue(issued) if issued else {}
    return [
        {
            "review": review,
            "figures": review.figures,
            "changed": len(changed.get(review.pk, ())),
            **facts_of(review),
        }
        for review in reviews
    ]


def facts_of(review: Review) -> dict[str, Any]:
    """What is said of a dossier wherever it is listed."""
    conference = review.conference
    return {
        "kind": KINDS[conference.kind],
        "days": period_words(Period(conference.first_day, conference.last_day)),
        "scope": capital(place_title(review.scope, review.last)),
        "period": period_words(Period(review.first, review.last)),
        "state": review.state,
        "address": reverse("review", args=[review.slug]),
    }


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A dossier on the screen, its numbers open to their figures."""
    review = review_for(request.user, slug)
    bar = bar_of(request)
    known_at = moment_typed(bar.known_at) if bar.known_at and review.state != State.ISSUED else None
    context: dict[str, Any] = {
        "review": review,
        "paper": on_screen(review, user=request.user, known_at=known_at),
        "draft_mark": DRAFT_MARKS.get(review.state, ""),
        "known_at": None if known_at is None else str(known_at),
        "forms": list(WRITERS),
        "may_start": starts(request),
        "reviews_address": reverse("reviews"),
        **facts_of(review),
    }
    if review.state == State.DRAFT:
        context |= _draft_context(request, review)
    if review.state in (State.DRAFT, State.ABANDONED):
        context["steps"] = list(review.steps.select_related("by"))
        context["may_edit"] = may(request.user, REVIEW, review.scope)
    if review.state == State.ISSUED:
        context["changes"] = changes.since_issue([review.issue]).get(review.pk, [])
        context["closed_at"] = str(review.issue.known_at)
    return render(request, "reviews/show.html", context)


def starts(request: HttpRequest) -> bool:
    """Whether the visitor may start dossiers somewhere."""
    return any(REVIEW in ROLES[mandate.role] for mandate in mandates_of(request.user))


def _draft_context(request: HttpRequest, review: Review) -> dict[str, Any]:
    numbers = drawn(review, user=request.user).printed
    return {
        "may_issue": may(request.user, ISSUE, review.scope),
        "changes": changes.since(review, review.seen),
        "newest": str(max((one.answer.known_at for one in numbers), default=review.seen)),
        "seen_at": str(review.seen),
        "unanswered": unanswered(numbers, user=request.user),
    }


@require_safe
def download(request: HttpRequest, slug: str, name: str, form: str) -> HttpResponse:
    """The dossier as a file, written now from the ledger, or as it was issued."""
    review = review_for(request.user, slug)
    if name != review.slug or form not in WRITERS:
        raise Http404
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{form}"
        WRITERS[form](shown(review, user=request.user), path)
        content = path.read_bytes()
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response
