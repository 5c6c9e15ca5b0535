"""Giving a draft up, and taking it up again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lienminh.people.roles import REVIEW
from lienminh.reviews.actions import Edited, abandon_review, resume_review
from lienminh.reviews.forms import Abandon
from lienminh.reviews.models import State
from lienminh.reviews.views import facts_of
from lienminh.reviews.writing import draft_for, moment_in, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask why, then give the draft up."""
    review = draft_for(request, slug, REVIEW)
    if review.state != State.DRAFT:
        return redirect("review", slug=review.slug)
    form, clash = Abandon(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        seen, reason = moment_in(request.POST.get("seen", "")), form.cleaned_data["reason"]
        try:
            abandon_review(
                review, reason=reason, seen=seen or review.edited_at, by=signed_in(request)
            )
        except Edited as fault:
            clash = str(fault)
        else:
            messages.success(request, _("Đã bỏ dự thảo. Khi cần, mở lại địa chỉ này để viết tiếp."))
            return redirect("review", slug=review.slug)
    context = {
        "review": review,
        "form": form,
        "clash": clash,
        "seen": review.edited_at.isoformat(),
        **facts_of(review),
    }
    status = 409 if clash else 422 if form.errors else 200
    return render(request, "reviews/abandon.html", context, status=status)


@login_required
@require_POST
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft is written on."""
    review = draft_for(request, slug, REVIEW)
    resume_review(review, by=signed_in(request))
    messages.success(request, _("Dự thảo được viết tiếp."))
    return redirect("review", slug=review.slug)
