"""Writing reviews: starting a draft from another, editing its words, issuing it."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lienminh.figures.addresses import figure_url
from lienminh.figures.words import cell_in_words, cell_labels, period_words
from lienminh.people.models import User
from lienminh.people.rights import in_branch, mandates_of, require
from lienminh.people.roles import ISSUE, REVIEW
from lienminh.places.queries import title_of
from lienminh.places.words import place_title
from lienminh.reviews.actions import Edited, issue_review, look_again, start_review
from lienminh.reviews.changes import since
from lienminh.reviews.drawing import drawn, on_screen
from lienminh.reviews.forms import Start
from lienminh.reviews.models import Review, State
from lienminh.reviews.printing import Printed
from lienminh.reviews.queries import review_for
from lienminh.reviews.starting import asked, numbers_for, unanswered
from lienminh.reviews.views import facts_of, starts
from lienminh.rules.errors import Refused
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import bar_of
from lienminh.web.words import capital

LONGEST_KEY = 64


def signed_in(request: HttpRequest) -> User:
    """The account; whoever has none has no such page."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask where and when, show the figures found there, then start the draft."""
    origin = review_for(request.user, slug)
    if origin.state in (State.DRAFT, State.ABANDONED):
        raise Http404
    if not starts(request):
        raise Forbidden
    if request.method == "POST":
        return _start(request, origin)
    form = Start(request.GET) if "scope" in request.GET else _empty_start(request, origin)
    return _start_page(request, origin, form)


def _start(request: HttpRequest, origin: Review) -> HttpResponse:
    form, key = Start(request.POST), request.POST.get("key", "")[:LONGEST_KEY]
    if not form.is_valid() or not key:
        return _start_page(request, origin, form)
    given = form.cleaned_data
    require(request.user, REVIEW, given["scope"])
    review = start_review(
        origin,
        title=given["title"],
        scope=given["scope"],
        period=given["span"],
        day=given["day"],
        key=key,
        by=signed_in(request),
    )
    messages.success(request, _("Đã lập dự thảo. Hãy sửa lời văn cho đúng nơi và kỳ mới."))
    return redirect("review", slug=review.slug)


def _empty_start(request: HttpRequest, origin: Review) -> Start:
    bar = bar_of(request)
    own = origin.scope
    if not in_branch(request.user, own):
        own = mandates_of(request.user)[0].place
    scope = bar.place or title_of(own, origin.last)
    return Start(initial={"scope": scope, "span": bar.period, "title": origin.title})


def _start_page(request: HttpRequest, origin: Review, form: Start) -> HttpResponse:
    context: dict[str, Any] = {"origin": origin, "form": form, **facts_of(origin)}
    if form.is_bound and form.is_valid():
        context |= _preview(request, origin, form)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "reviews/start.html", context, status=status)


def _preview(request: HttpRequest, origin: Review, form: Start) -> dict[str, Any]:
    """The same questions at the new place and in the new period, beside the old figures."""
    scope, period = form.cleaned_data["scope"], form.cleaned_data["span"]
    if not in_branch(request.user, scope):
        form.add_error("scope", _("Nơi này ngoài phạm vi được phân công của bạn."))
        return {}
    try:
        numbers = asked(numbers_for(origin, scope, period), user=request.user)
    except Refused:
        form.add_error("span", _("Kỳ này nằm ngoài khoảng hệ thống biết; hãy chọn kỳ khác."))
        return {}
    before = drawn(origin, user=request.user).numbers
    open_ones = unanswered(numbers, user=request.user)
    by_code = {one.printed.code: one for one in open_ones}
    labels = cell_labels()
    return {
        "found": [
            _found(before[one.number.key], one)
            | {"cell": cell_in_words(one.number.cell, labels), "open": by_code.get(one.code)}
            for one in numbers
        ],
        "unanswered": open_ones,
        "answered": sum(one.answer.amount is not None for one in numbers),
        "new_scope": capital(place_title(scope, period.last)),
        "new_period": period_words(period),
        "key": secrets.token_urlsafe(24),
        "previewed": True,
    }


def _found(old: Printed, new: Printed) -> dict[str, Any]:
    """A number of the old dossier beside the same question of the new one."""
    return {
        "old": old,
        "old_url": figure_url(old.answer.question),
        "new": new,
        "url": figure_url(new.answer.question),
        "period": period_words(new.period),
    }


def draft_for(request: HttpRequest, slug: str, right: str) -> Review:
    """A draft the visitor has the right on; what is retold has no such page."""
    review = review_for(request.user, slug)
    if review.state == State.RETOLD:
        raise Http404
    require(request.user, right, review.scope)
    return review


def moment_in(text: str) -> datetime | None:
    """The moment a form was shown with; None for anything else."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


@login_required
@require_POST
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """The changed figures of a draft have been looked at."""
    review = draft_for(request, slug, REVIEW)
    look_again(review, posting=_posting(request), by=signed_in(request))
    return redirect("review", slug=review.slug)


def _posting(request: HttpRequest) -> int:
    text = request.POST.get("posting", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what will be frozen, then freeze it."""
    review = draft_for(request, slug, ISSUE)
    if review.state != State.DRAFT:
        return redirect("review", slug=review.slug)
    clash = ""
    if request.method == "POST":
        try:
            seen_at = moment_in(request.POST.get("seen", "")) or review.edited_at
            issue_review(review, posting=_posting(request), seen=seen_at, by=signed_in(request))
        except Edited as fault:
            clash = str(fault)
        else:
            messages.success(request, _("Đã ban hành. Hồ sơ và số liệu trong đó không đổi nữa."))
            return redirect("review", slug=review.slug)
    numbers = drawn(review, user=request.user).printed
    context = {
        "review": review,
        "unanswered": unanswered(numbers, user=request.user),
        "preliminary": [one for one in numbers if one.answer.status == "preliminary"],
        "changes": since(review, _posting(request)) if clash else [],
        "newest": str(max((one.answer.known_at for one in numbers), default=0)),
        "seen": review.edited_at.isoformat(),
        "paper": on_screen(review, user=request.user),
        "clash": clash,
        **facts_of(review),
    }
    return render(request, "reviews/issue.html", context, status=409 if clash else 200)
