"""Pages of an organisation's own people: who speaks for it, and the changes they propose."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienminh.figures.forms import UNPROCESSABLE
from lienminh.people.rights import may
from lienminh.people.roles import KEEP
from lienminh.places.models import Place
from lienminh.registry import telling
from lienminh.registry.actions import Edited
from lienminh.registry.models import Collective, Delegate, Proposal
from lienminh.registry.own_people import actions, queries
from lienminh.registry.own_people.forms import AppointForm, DismissForm, ProposeForm
from lienminh.registry.previewing import tried
from lienminh.registry.returns.queries import speaks_for
from lienminh.registry.seats import ABOVE
from lienminh.registry.views.common import (
    CHANGED,
    account,
    done,
    form_methods,
    kept_by,
    record_for,
    version_seen,
)
from lienminh.rules.errors import Refused
from lienminh.rules.text import clean, normalise
from lienminh.web.keys import form_key, posting_key
from lienminh.web.refusals import Forbidden

SHOWN = 50


# Who speaks for it.


@login_required
@form_methods
def appoint(request: HttpRequest, ref: str) -> HttpResponse:
    """Let an account speak for an organisation."""
    record, user = kept_by(request, ref), account(request)
    form = AppointForm(user, request.POST if request.method == "POST" else None)
    context = {"record": record, "form": form, "title": _("Thêm người đại diện")}
    if not form.is_bound or not form.is_valid():
        return _people_page(request, context, status=form.status if form.errors else 200)
    given = form.cleaned_data
    try:
        actions.appoint(
            record=record,
            account=given["account"],
            first_day=given["first_day"],
            last_day=given["last_day"],
            by=user,
        )
    except Refused as refusal:
        form.refuse(None, refusal)
        return _people_page(request, context, status=form.status)
    return done(request, record, _("Đã ghi người đại diện."))


@login_required
@form_methods
def dismiss(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Say until when an account speaks for an organisation."""
    record, user = kept_by(request, ref), account(request)
    row = _row(record, number)
    sent = request.POST if request.method == "POST" else None
    form = DismissForm(row.first_day, user, sent, initial={"last_day": row.last_day})
    context = {"record": record, "form": form, "row": row, "title": _("Thôi đại diện")}
    if not form.is_bound or not form.is_valid():
        return _people_page(request, context, status=form.status if form.errors else 200)
    actions.dismiss(row, last_day=form.cleaned_data["last_day"], by=user)
    return done(request, record, _("Đã lưu."))


def _row(record: Collective, number: int) -> Delegate:
    found = [row for row, n, _state in queries.people_of(record) if n == number]
    if not found:
        raise Http404
    return found[0]


def _people_page(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "registry/own_people/person.html", context, status=status)


# What they propose.


@login_required
@form_methods
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask for a change of one's own organisation's record."""
    record, user = record_for(request, ref), account(request)
    if not speaks_for(user, record):
        raise Forbidden
    form = ProposeForm(record, user, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _form_page(request, record, form, status=form.status if form.errors else 200)
    if version_seen(request, record) != record.version:
        context = {"edited": True, "version": record.version, "differing": _differing(form)}
        return _form_page(request, record, form, status=CHANGED, **context)
    given = form.cleaned_data
    try:
        actions.propose(
            record, changes=form.changes(), day=given["day"], reason=given["reason"], by=user
        )
    except Refused as refusal:
        form.refuse(None, refusal)
        return _form_page(request, record, form, status=form.status)
    return done(request, record, _("Đã gửi đề nghị; Liên minh sẽ xem xét."))


def _differing(form: ProposeForm) -> list[queries.Change]:
    """What would be proposed of the record as it stands now."""
    return [
        queries.Change(
            form.fields[name].label,
            queries.words(name, getattr(form.record, name)),
            queries.words(name, value),
        )
        for name, value in form.changes().items()
    ]


def _form_page(
    request: HttpRequest, record: Collective, form: ProposeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"record": record, "form": form, "version": version_seen(request, record), **more}
    return render(request, "registry/own_people/propose.html", context, status=status)


@login_required
@form_methods
def show(request: HttpRequest, ref: str, asked_ref: str) -> HttpResponse:
    """One proposal: what stands beside what is asked; the alliance agrees, or declines it."""
    record = record_for(request, ref)
    asked = record.proposals.filter(ref=clean(asked_ref)).select_related("made_by").first()
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _proposal_page(request, record, asked)
    kept_by(request, ref)
    try:
        return _decide(request, record, asked)
    except Edited as edited:
        more = {"edited": telling.time_line(edited.now, set())[:3]}
        return _proposal_page(request, edited.now, asked, status=CHANGED, **more)
    except Refused as refusal:
        asked.refresh_from_db()
        if _decided_so(request, asked):  # the same form again
            return done(request, record, _said(asked), key=posting_key(request))
        wrong = str(refusal)
        return _proposal_page(request, record, asked, status=UNPROCESSABLE, wrong=wrong)


def _decide(request: HttpRequest, record: Collective, asked: Proposal) -> HttpResponse:
    by, key, step = account(request), posting_key(request), request.POST.get("step")

    def agree(key: str) -> Proposal:
        return actions.agree(asked, version=version_seen(request, record), key=key, by=by)

    if step == "look":
        _require_seat(request, asked)
        lines = tried(agree, key)
        return _proposal_page(
            request, record, Proposal.objects.get(pk=asked.pk), lines=lines, looked=True
        )
    if step == "agree":
        _require_seat(request, asked)
        asked = agree(key)
    else:
        asked = actions.decline(asked, answer=request.POST.get("answer", ""), by=by)
    return done(request, record, _said(asked), key=key)


def _require_seat(request: HttpRequest, asked: Proposal) -> None:
    """Who agrees to a move keeps records in the new place too."""
    if "place" in asked.changes:
        place = Place.objects.get(ref=asked.changes["place"])
        if not may(request.user, KEEP, place):
            raise Refused(
                _("Trụ sở mới ở nơi bạn không giữ sổ; hãy nhờ Liên minh cấp trên đồng ý.")
            )


def _decided_so(request: HttpRequest, asked: Proposal) -> bool:
    """Whether the account has decided just this already."""
    if asked.decided_by_id != account(request).pk:
        return False
    if request.POST.get("step") == "agree":
        return asked.state == Proposal.State.ACCEPTED
    answer = normalise(clean(request.POST.get("answer", "")))
    return asked.state == Proposal.State.RETURNED and asked.answer == answer


def _said(asked: Proposal) -> str:
    if asked.state == Proposal.State.ACCEPTED:
        return _("Đã đồng ý; hồ sơ đã đổi theo đề nghị.")
    return _("Đã trả lại đề nghị.")


def _proposal_page(
    request: HttpRequest, record: Collective, asked: Proposal, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "record": record,
        "asked": asked,
        "open": asked.state == Proposal.State.OPEN,
        "changes": list(queries.changes(asked, record)),
        "keeps": may(request.user, KEEP, record.place),
        "key": form_key(request),
        "version": record.version,
        "answer": request.POST.get("answer", ""),
        **more,
    }
    return render(request, "registry/own_people/show.html", context, status=status)


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What is proposed and waits for the alliance."""
    rows = queries.waiting(request.user).select_related("collective__place")
    rows = rows.prefetch_related(f"collective__place__{ABOVE}")
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, queries.labels(one)) for one in page.object_list]}
    return render(request, "registry/own_people/waiting.html", context)
