"""The list of texts, taking new ones in, and the wordings that were taught."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lienminh.figures import words
from lienminh.figures.stating import adds_somewhere
from lienminh.intake import actions
from lienminh.intake.forms import GiveForm
from lienminh.intake.models import Wording
from lienminh.intake.queries import called, counted, visible_to, waiting, wordings_for
from lienminh.intake.receiving import receive
from lienminh.people.models import User
from lienminh.people.rights import may
from lienminh.people.roles import ADD, APPROVE
from lienminh.places.bar import chosen_place
from lienminh.places.models import Level, Place
from lienminh.places.queries import inside
from lienminh.places.words import place_title
from lienminh.rules.text import clean
from lienminh.rules.wording import UNITS
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import shareable
from lienminh.web.words import capital

A_PAGE: Final = 50
LONGEST: Final = 200


@login_required
@require_safe
@shareable
def index(request: HttpRequest) -> HttpResponse:
    """The texts of the visitor's branch: of the place chosen, by name, those that wait or all."""
    asked = clean(request.GET.get("q", ""))[:LONGEST].strip()
    only_waiting = request.GET.get("state") == "waiting"
    texts = counted(called(visible_to(request.user), asked))
    place = chosen_place(request)
    if place is not None:
        texts = texts.filter(inside(place))
    if only_waiting:
        texts = waiting(texts)
    page = Paginator(texts, A_PAGE).get_page(request.GET.get("page"))
    typed = {"q": asked, "state": "waiting" if only_waiting else ""}
    context = {
        "page": page,
        "rows": [(text, place_title(text.place)) for text in page],
        "asked": asked,
        "waiting": only_waiting,
        "query": urlencode({name: value for name, value in typed.items() if value}),
        "where": capital(place_title(place)) if place else "",
        "may_add": isinstance(request.user, User) and adds_somewhere(request.user),
    }
    return render(request, "intake/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Give files or a pasted text; one that was read well opens at once."""
    user = request.user
    if not isinstance(user, User) or not adds_somewhere(user):
        raise Forbidden
    form = GiveForm(user, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound and request.method == "POST" else 200
        if request.method == "POST" and not form.is_bound:
            form = GiveForm(user, {})
            form.is_valid()
            status = 422
        return render(request, "intake/add.html", {"form": form}, status=status)
    given = form.cleaned_data
    received = receive(given["documents"], given["pasted"], place=given["office"], by=user)
    if len(received) == 1 and (text := received[0].text) is not None:
        known, new = _("Văn bản này đã được đưa vào từ trước."), _("Đã đọc xong văn bản.")
        messages.success(request, known if received[0].is_known else new)
        return redirect("text", text.ref)
    refused = any(one.text is None for one in received)
    form = GiveForm(user)
    context = {"form": form, "received": received}
    return render(request, "intake/add.html", context, status=422 if refused else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wordings(request: HttpRequest) -> HttpResponse:
    """The wordings that hold; those of one's own are removed here, or published to all."""
    user = request.user
    publishes = may(user, APPROVE, Place.objects.get(level=Level.NATION))
    found = list(wordings_for(user).prefetch_related("place__spells"))
    if request.method == "POST":
        return _change(request, found, publishes=publishes)
    labels = words.cell_labels()
    rows = [
        {
            "wording": one,
            "cell": words.cell_in_words(one.cell, labels),
            "unit": words.unit_word(one.unit) if one.unit in UNITS else one.unit,
            "where": place_title(one.place),
            "text": one.finding.text if one.finding and not one.finding.text.dropped_at else None,
            "may_remove": _may_remove(request, one, publishes=publishes),
            "may_publish": publishes and one.published_at is None,
        }
        for one in found
    ]
    return render(request, "intake/wordings.html", {"rows": rows})


def _change(request: HttpRequest, found: list[Wording], *, publishes: bool) -> HttpResponse:
    ref = request.POST.get("wording", "")
    one = next((one for one in found if one.ref == ref), None)
    if one is None or not isinstance(request.user, User):
        raise Http404
    if request.POST.get("act") == "publish":
        if not publishes:
            raise Forbidden
        actions.publish(wording=one, by=request.user)
        messages.success(request, _("Cách gọi này nay dùng cho văn bản của mọi đơn vị."))
    else:
        if not _may_remove(request, one, publishes=publishes):
            raise Forbidden
        actions.forget(wording=one, by=request.user)
        messages.success(request, _("Đã bỏ cách gọi này; số liệu đã nhận vẫn giữ nguyên."))
    return redirect("wordings")


def _may_remove(request: HttpRequest, one: Wording, *, publishes: bool) -> bool:
    """What is published is for who publishes to take away."""
    return publishes if one.published_at else may(request.user, ADD, one.place)
