"""Editing a draft: its words, and the numbers that they may print."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lienminh.figures.addresses import figure_url
from lienminh.figures.words import why_words
from lienminh.people.roles import REVIEW
from lienminh.reviews.actions import Edited, add_number, edit_review, remove_number
from lienminh.reviews.forms import Edit
from lienminh.reviews.models import Number, Point, Review, State
from lienminh.reviews.number_form import NewNumber
from lienminh.reviews.printing import Printed, question_of
from lienminh.reviews.sentences import keys_in
from lienminh.reviews.starting import asked, new_key
from lienminh.reviews.writing import draft_for, moment_in, signed_in
from lienminh.rules.errors import Refused


@dataclass(frozen=True)
class Asking:
    """Where adding and removing numbers stands: the form, what was found, what was said."""

    form: NewNumber
    found: Printed | None = None
    key: str = ""
    shown: str = ""
    said: str = ""
    refused: str = ""

    @property
    def why(self) -> str:
        """Why there is no figure, in the page's language."""
        return why_words(self.found.answer.why) if self.found else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of a draft, a field for every point, and its numbers.

    A `step` asks the ledger, adds or removes a number: words typed meanwhile stay typed, unsaved.
    """
    review = draft_for(request, slug, REVIEW)
    if request.method != "POST":
        if review.state != State.DRAFT:
            return redirect("review", slug=review.slug)
        return _page(request, review, Edit(review, _numbers(review)), Asking(NewNumber(review)))
    if step := request.POST.get("step", ""):
        return _step(request, review, step)
    return _save_words(request, review)


def _numbers(review: Review) -> list[Number]:
    rows = review.numbers.select_related("indicator", "place")
    return list(rows.prefetch_related("place__spells"))


def _save_words(request: HttpRequest, review: Review) -> HttpResponse:
    form = Edit(review, _numbers(review), request.POST)
    seen, clash = moment_in(request.POST.get("seen", "")) or review.edited_at, ""
    if form.is_valid():
        try:
            _save(request, review, form, seen)
        except Edited as fault:
            clash, seen = str(fault), review.edited_at
        else:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect("review", slug=review.slug)
    asking = Asking(NewNumber(review))
    return _page(request, review, form, asking, seen=seen, clash=clash)


def _save(request: HttpRequest, review: Review, form: Edit, seen: datetime) -> None:
    given = form.cleaned_data
    edit_review(
        review,
        title=given["title"],
        day=given["day"],
        points=form.written(),
        seen=seen,
        by=signed_in(request),
    )


def _step(request: HttpRequest, review: Review, step: str) -> HttpResponse:
    """A step with the numbers; the words come back as they were typed, nothing is said of them."""
    what, _colon, key = step.partition(":")
    if what == "remove":
        asking = _remove(request, review, key)
    else:
        asking = _ask(request, review, adding=what == "add")
    status = 422 if asking.refused or asking.form.errors else 200
    if request.headers.get("HX-Request"):
        # htmx swaps in only what succeeded: the fragment says itself what is wrong.
        context = {"asking": asking, "numbers": _rows(request, review, request.POST)}
        return render(request, "reviews/numbers.html", context)
    form = Edit(review, _numbers(review), initial=request.POST.dict())
    seen = moment_in(request.POST.get("seen", "")) or review.edited_at
    return _page(request, review, form, asking, seen=seen, status=status)


def _ask(request: HttpRequest, review: Review, *, adding: bool) -> Asking:
    """The answer first; added is only what was shown as it would be added."""
    form = NewNumber(review, request.POST)
    if not form.is_valid():
        return Asking(form)
    number = form.number()
    shown = figure_url(question_of(number))
    try:
        (found,) = asked([number], user=request.user)
        if adding and request.POST.get("shown") == shown:
            added = add_number(review, number, by=signed_in(request))
            said = _("Đã có mã {%(key)s}: gõ vào lời văn để in ra %(said)s.")
            return Asking(NewNumber(review), said=said % {"key": added.key, "said": found.said})
    except Edited as fault:
        return Asking(form, refused=str(fault))
    except Refused:
        return Asking(form, refused=_("Không hỏi sổ như vậy được; hãy chọn lại nơi, kỳ hoặc phần."))
    there = {question_of(one): one.key for one in _numbers(review)}
    key = there.get(question_of(number)) or new_key(number, taken=set(there.values()))
    return Asking(form, found, key, shown)


def _remove(request: HttpRequest, review: Review, key: str) -> Asking:
    asking = Asking(NewNumber(review))
    if key in _typed_keys(request.POST):
        sentence = _("Lời văn đang gõ còn in {%(key)s}; hãy bỏ mã ấy trước.")
        return replace(asking, refused=sentence % {"key": key})
    try:
        remove_number(review, key=key, by=signed_in(request))
    except Refused as fault:
        return replace(asking, refused=str(fault))
    return replace(asking, said=_("Đã bỏ mã {%(key)s}.") % {"key": key})


def _typed_keys(typed: Any) -> set[str]:
    """The keys in the words of a form, whichever its fields are."""
    return {key for text in typed.values() for key in keys_in(text)}


def _page(
    request: HttpRequest,
    review: Review,
    form: Edit,
    asking: Asking,
    *,
    seen: datetime | None = None,
    clash: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "review": review,
        "form": form,
        "groups": _groups(form, clash=bool(clash)),
        "dropped": _dropped(form) if clash else [],
        "numbers": _rows(request, review, request.POST),
        "asking": asking,
        "seen": (seen or review.edited_at).isoformat(),
        "clash": clash,
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else status
    return render(request, "reviews/edit.html", context, status=status)


def _rows(request: HttpRequest, review: Review, typed: Any) -> list[dict[str, Any]]:
    """The draft's numbers as they print now; what no text prints may be removed."""
    texts = review.points.values_list("text", flat=True)
    used = _typed_keys(typed) | {key for text in texts for key in keys_in(text)}
    return [
        {
            "key": one.number.key,
            "printed": one,
            "url": figure_url(one.answer.question),
            "used": one.number.key in used,
        }
        for one in asked(_numbers(review), user=request.user)
    ]


def _groups(form: Edit, *, clash: bool) -> list[dict[str, Any]]:
    """The fields by section (and programme), in the outline's order; where two people wrote at
    once, what the other saved stands beside each text that differs."""
    groups: list[dict[str, Any]] = []
    for slot in form.slots:
        title = slot.subject.document.title if slot.subject else ""
        head = (_(Point.Section(slot.section).label), title)
        if not groups or groups[-1]["head"] != head:
            groups.append({"head": head, "rows": []})
        saved = slot.old.text if slot.old else ""
        typed = form[slot.name].value() or ""
        groups[-1]["rows"].append(
            {
                "text": form[slot.name],
                "who": form[slot.who] if slot.who in form.fields else None,
                "is_new": slot.old is None,
                "stale": slot.stale,
                "saved": saved if clash and saved != typed else "",
            }
        )
    return groups


def _dropped(form: Edit) -> list[str]:
    """What was typed into points that somebody else dropped meanwhile."""
    names = (name for name in form.data if re.fullmatch(r"p[0-9]+", name))
    return [text for name in names if name not in form.fields and (text := form.data[name])]
