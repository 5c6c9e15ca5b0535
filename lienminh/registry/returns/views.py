"""Pages of yearly data: filling in, handing in, and what the alliance does with it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienminh.people.rights import may
from lienminh.people.roles import KEEP
from lienminh.places.models import Place
from lienminh.places.queries import find
from lienminh.registry.models import Collective, Return
from lienminh.registry.returns import actions, queries
from lienminh.registry.returns.forms import ReturnForm, in_tongue, shown_as
from lienminh.registry.seats import ABOVE
from lienminh.registry.stating import items_of
from lienminh.registry.views.common import (
    CHANGED,
    account,
    done,
    form_methods,
    kept_by,
    record_for,
    version_seen,
)
from lienminh.registry.words import GRADES, KINDS, SIZES
from lienminh.rules.data_year import year_of_data
from lienminh.rules.errors import Refused
from lienminh.rules.text import clean
from lienminh.web.keys import posting_key
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import bar_of

SHOWN = 50


@login_required
@form_methods
def fill_in(request: HttpRequest, ref: str, told_ref: str = "") -> HttpResponse:
    """State an organisation's data for a period, or go on with what was begun."""
    record = record_for(request, ref)
    if not queries.may_fill_in(request.user, record):
        raise Forbidden
    told = _return_of(record, told_ref) if told_ref else None
    if request.method != "POST":
        year = timezone.localdate().year
        initial = {} if told else {"period": request.GET.get("period", str(year))}
        return _form_page(request, record, ReturnForm(record, told=told, initial=initial), told)
    form = ReturnForm(record, request.POST, told=told)
    if not form.is_valid():
        return _form_page(request, record, form, told, status=form.status)
    given, by = form.cleaned_data, account(request)
    try:
        told = actions.fill_in(
            record,
            period=given["for_period"],
            covers=given["covers"],
            series=given["series"],
            values=form.values,
            grade=given.get("grade", ""),
            note=given["note"],
            version=_version(request),
            by=by,
        )
        if request.POST.get("step") == "hand_in":
            told = actions.hand_in(told, version=told.version, by=by)
    except actions.Overtaken as overtaken:
        return _form_page(request, record, form, overtaken.now, status=CHANGED, overtaken=True)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, record, form, told, status=form.status)
    sentence = _("Đã gửi số liệu cho Liên minh.") if told.handed_in_at else _("Đã lưu số liệu.")
    return done(request, record, sentence)


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() else None


def _return_of(record: Collective, ref: str) -> Return:
    found = record.returns.filter(ref=clean(ref)).first()
    if found is None:
        raise Http404
    return found


def _form_page(
    request: HttpRequest,
    record: Collective,
    form: ReturnForm,
    told: Return | None,
    *,
    status: int = 200,
    overtaken: bool = False,
) -> HttpResponse:
    context = {
        "record": record,
        "form": form,
        "told": told,
        "version": told.version if told else "",
        "stands": _lines(told) if overtaken and told else [],
    }
    return render(request, "registry/returns/fill_in.html", context, status=status)


@login_required
@form_methods
def show(request: HttpRequest, ref: str, told_ref: str) -> HttpResponse:
    """One return: what it states; the alliance accepts it, or sends it back with a reason."""
    record = record_for(request, ref)
    told = _return_of(record, told_ref)
    keeps = may(request.user, KEEP, record.place)
    wrong, status = "", 200
    if request.method == "POST":
        kept_by(request, ref)
        try:
            return _decide(request, record, told)
        except actions.Overtaken as overtaken:
            wrong, told, status = str(overtaken), overtaken.now, CHANGED
        except Refused as refusal:
            wrong, status = str(refusal), 422
    size = queries.size_in(record, told)
    context = {
        "record": record,
        "told": told,
        "lines": _lines(told),
        "grade": GRADES.get(told.grade, ""),
        "size": SIZES.get(size.name or "", ""),
        "size_rule": size.law,
        "keeps": keeps,
        "fills_in": queries.may_fill_in(request.user, record),
        "wrong": wrong,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "registry/returns/show.html", context, status=status)


def _decide(request: HttpRequest, record: Collective, told: Return) -> HttpResponse:
    by, key = account(request), posting_key(request)
    version = version_seen(request, told)
    if request.POST.get("step") == "accept":
        actions.accept(told, version=version, key=key, by=by)
        return done(request, record, _("Đã nhận số liệu."), key=key)
    reason = request.POST.get("reason", "")
    actions.send_back(told, reason=reason, version=version, key=key, by=by)
    return done(request, record, _("Đã trả lại số liệu."), key=key)


def _lines(told: Return) -> list[tuple[str, str]]:
    """Each item that is stated, with its number as it is written."""
    return [
        (in_tongue(item.label), shown_as(told.values[item.code], item))
        for item in items_of(told.collective.kind)
        if item.code in told.values
    ]


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What was handed in and waits, how far a year's data are in, and who has stated nothing."""
    year, place = _year(request), _place(request)
    period, _covers = year_of_data(year)
    handed_in = queries.waiting(request.user).select_related("collective__place")
    own = handed_in.prefetch_related(f"collective__place__{ABOVE}")
    page = Paginator(own, SHOWN).get_page(request.GET.get("page"))
    silent = queries.silent(request.user, place, period.first, period.last)
    context: dict[str, Any] = {
        "page": page,
        "year": year,
        "years": range(timezone.localdate().year, timezone.localdate().year - 4, -1),
        "coverage": [
            (KINDS[row.kind], row)
            for row in queries.coverage(request.user, place, period.first, period.last)
        ],
        "silent": silent.select_related("place").prefetch_related(f"place__{ABOVE}")[:SHOWN],
        "silent_count": silent.count(),
    }
    return render(request, "registry/returns/waiting.html", context)


def _year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) == 4 else _last_due()


def _last_due() -> int:
    """The year whose data are due next: those of this one are, from 15 December on."""
    today = timezone.localdate()
    return today.year if today.month == 12 else today.year - 1


def _place(request: HttpRequest) -> Place:
    bar = bar_of(request)
    if not bar.place:
        return Place.objects.get(level="nation")
    return find(bar.place, day=timezone.localdate())
