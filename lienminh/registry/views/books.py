"""The books: which are open, where, since when; and opening those of a family in a place."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienminh.figures.addresses import figure_url
from lienminh.figures.answers import answer
from lienminh.figures.questions import Question
from lienminh.figures.words import written
from lienminh.people import rights
from lienminh.people.models import User
from lienminh.people.roles import OPEN_BOOKS, ROLES
from lienminh.places.models import Level, Place, Within
from lienminh.places.words import place_title
from lienminh.registry import actions
from lienminh.registry.counting import kinds_of
from lienminh.registry.forms.opening import OpenForm
from lienminh.registry.models import Books, Collective, Kind, Sector
from lienminh.registry.queries import ever_inside, listed_on, there
from lienminh.registry.views.common import account, form_methods
from lienminh.registry.words import FAMILIES, KINDS
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.web.keys import form_key, new_key, posting_key
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import bar_of

NOT_SAID: Final = ""


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The books that are open in the account's places or over them."""
    user = account(request)
    rows = Books.objects.select_related("place", "posting", "opened_by")
    held = [mandate.place for mandate in rights.mandates_of(user)]
    if not any(place.level == Level.NATION for place in held):
        pks = [place.pk for place in held]
        below = Within.objects.filter(ancestor__in=pks).values("place")
        above = Within.objects.filter(place__in=pks).values("ancestor")
        rows = rows.filter(place__in=below) | rows.filter(place__in=above)
    ordered = rows.prefetch_related("place__spells").order_by("family", "place__ref")
    context = {
        "rows": [(books, FAMILIES[books.family], place_title(books.place)) for books in ordered],
        "may_open": _opens_somewhere(user),
    }
    return render(request, "registry/books.html", context)


def _opens_somewhere(user: User) -> bool:
    return any(OPEN_BOOKS in ROLES[mandate.role] for mandate in rights.mandates_of(user))


@login_required
@form_methods
def open_books(request: HttpRequest) -> HttpResponse:
    """Choose family, place and day; see what the list holds; type the approved number; open."""
    user = account(request)
    if not _opens_somewhere(user):
        raise Forbidden
    if request.method != "POST":
        return _page(request, OpenForm(user, initial={"place": bar_of(request).place}))
    form = OpenForm(user, request.POST)
    step = request.POST.get("step")
    if not form.is_valid():
        return _page(request, form, status=form.status)
    if step != "open" or form.cleaned_data.get("listed") is None:
        if step == "open":
            form.add_error("listed", _("Hãy gõ số tổ chức trong danh sách đã duyệt."))
            return _page(request, form, status=form.status)
        return _page(request, form)
    return _open(request, form, user)


def _open(request: HttpRequest, form: OpenForm, user: User) -> HttpResponse:
    given, key = form.cleaned_data, posting_key(request)
    wanted = {"family": given["family"], "place": given["at"], "first_day": given["first_day"]}
    try:
        actions.open_books(**wanted, listed=given["listed"], key=key, by=user)
    except Refused as refusal:
        if Books.objects.filter(**wanted, posting__key=key).exists():  # the same form again
            return redirect("registry-books")
        form.refuse(None, refusal)
        return _page(request, form, status=form.status, key=new_key())
    messages.success(request, _("Đã mở sổ; từ ngày ấy số liệu được đếm từ hồ sơ."))
    return redirect("registry-books")


def _page(
    request: HttpRequest, form: OpenForm, *, status: int = 200, key: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "key": key or form_key(request)}
    if form.is_bound and "at" in getattr(form, "cleaned_data", {}):
        given = form.cleaned_data
        if {"family", "first_day"} <= given.keys():
            context["held"] = holds(given["family"], given["at"], given["first_day"])
            context["reported"] = _reported(
                given["family"], given["at"], given["first_day"], request
            )
    return render(request, "registry/books_open.html", context, status=status)


def holds(family: str, place: Place, day: date) -> dict[str, Any]:
    """What the list of a family in a place holds on a day: in all, by kind, by sector."""
    kinds = kinds_of(family)
    records = ever_inside(there(Collective.objects.filter(kind__in=kinds)), place)
    listed = listed_on(records.prefetch_related("acts"), place, day)
    by_kind = Counter(record.kind for record, _state in listed)
    by_sector = Counter(state.sector for _record, state in listed)
    sectors: Sequence[tuple[str, Any]] = [*Sector.choices, (NOT_SAID, _("chưa ghi lĩnh vực"))]
    return {
        "total": by_kind.total(),
        "kinds": [(KINDS[Kind(kind)], by_kind[kind]) for kind in kinds],
        "sectors": [(label, by_sector[code]) for code, label in sectors if by_sector[code]],
        "place": place_title(place, day),
        "family": FAMILIES[family],
        "day": day,
    }


def _reported(family: str, place: Place, day: date, request: HttpRequest) -> dict[str, Any]:
    """What was last reported of the same: the figure as of that day, and its page."""
    question = Question(indicator=f"{family}.total", place=place, period=Period(day, day))
    given = answer(question, user=account(request))
    latest = Question(
        indicator=f"{family}.total", place=place, period=Period(date(day.year - 1, 1, 1), day)
    )
    if given.amount is None:
        question, given = latest, answer(latest, user=account(request))
    return {
        "figure": written(given.amount, given.indicator, given.counting) if given.amount else None,
        "as_of": given.as_of,
        "url": figure_url(question),
    }
