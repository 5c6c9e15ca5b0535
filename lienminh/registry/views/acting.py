"""Recording what happened to an organisation, and correcting what was recorded."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from lienminh.figures.forms import UNPROCESSABLE, ReasonForm
from lienminh.registry import actions, telling
from lienminh.registry.actions import Edited
from lienminh.registry.forms.acting import GROUPS, ActForm, typed_from
from lienminh.registry.life import BEGINNINGS
from lienminh.registry.models import Act, Collective
from lienminh.registry.previewing import tried
from lienminh.registry.seats import ABOVE, in_full
from lienminh.registry.views.common import (
    CHANGED,
    account,
    carried,
    done,
    form_methods,
    kept_by,
    version_seen,
)
from lienminh.rules.errors import Refused
from lienminh.rules.text import normalise
from lienminh.web.keys import form_key, new_key, posting_key


@login_required
@form_methods
def record_act(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose what happened, say when and why, see what the ledger will post, record it."""
    record, user = kept_by(request, ref), account(request)
    kind = request.GET.get("kind", "")
    if kind not in Act.Kind.values or kind in BEGINNINGS:
        groups = [(title, [(one.value, one.label) for one in kinds]) for title, kinds in GROUPS]
        context = {"record": record, "groups": groups}
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "registry/act_choose.html", context, status=status)
    form = ActForm(kind, user, request.POST if request.method == "POST" else None)
    version = version_seen(request, record)

    def write(key: str) -> object:
        return actions.record_act(record, form.act(), version=version, key=key, by=user)

    title = Act.Kind(kind).label
    return _steps(request, record, form, write, {"title": title, "kind": kind})


@login_required
@form_methods
def correct_act(request: HttpRequest, ref: str, act_ref: str) -> HttpResponse:
    """Put another act in the place of one entered in error, or void it, with the reason."""
    record, user = kept_by(request, ref), account(request)
    acts = record.acts.select_related("other", "place").prefetch_related(f"place__{ABOVE}")
    act = get_object_or_404(acts, ref=act_ref)
    if act.voided_at is not None:
        if act.void_reason == normalise(request.POST.get("reason", "")):  # the same form again
            return done(request, record, _("Đã ghi vào sổ đăng ký."), key=posting_key(request))
        raise Refused(_("Sự kiện này đã được hủy trước đó."))
    voiding = request.POST.get("step") == "void"
    sent = request.POST if request.method == "POST" and not voiding else None
    initial = typed_from(act) | {"place": in_full(act.place, act.day) if act.place else ""}
    form = ActForm(act.kind, user, sent, initial=initial)
    version = version_seen(request, record)

    def write(key: str) -> object:
        instead = form.act()
        return actions.correct_act(
            act, instead=instead, reason=instead.reason, version=version, key=key, by=user
        )

    context: dict[str, Any] = {
        "title": act.get_kind_display(),
        "act": act,
        "may_void": act.kind not in BEGINNINGS,
    }
    if voiding:
        return _void(request, record, form, act, context)
    return _steps(request, record, form, write, context)


def _void(
    request: HttpRequest, record: Collective, form: ActForm, act: Act, context: dict[str, Any]
) -> HttpResponse:
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        return _page(request, record, form, context | {"void": reason}, status=UNPROCESSABLE)
    key = posting_key(request)
    try:
        actions.correct_act(
            act,
            instead=None,
            reason=reason.cleaned_data["reason"],
            version=version_seen(request, record),
            key=key,
            by=account(request),
        )
    except Edited as edited:
        return _edited(request, edited.now, form, context | {"void": reason})
    except Refused as refusal:
        reason.add_error(None, str(refusal))
        return _page(request, record, form, context | {"void": reason}, status=UNPROCESSABLE)
    return done(request, record, _("Đã hủy sự kiện."), key=key)


def _steps(
    request: HttpRequest,
    record: Collective,
    form: ActForm,
    write: Callable[[str], object],
    context: dict[str, Any],
) -> HttpResponse:
    """The form, then what will be posted, then the act; a refusal leads back to the form."""
    step, key = request.POST.get("step"), posting_key(request)
    if not form.is_bound or not form.is_valid() or step == "edit":
        status = form.status if form.errors else 200
        return _page(request, record, form, context, status=status)
    try:
        if step != "post":
            return _preview(request, record, form, tried(write, key), context)
        write(key)
    except Edited as edited:
        return _edited(request, edited.now, form, context)
    except Refused as refusal:
        form.refuse(None, refusal)
        return _page(request, record, form, context | {"key": new_key()}, status=form.status)
    return done(request, record, _("Đã ghi vào sổ đăng ký."), key=key)


def _page(
    request: HttpRequest,
    record: Collective,
    form: ActForm,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    page = {
        "record": record,
        "form": form,
        "key": form_key(request),
        "version": version_seen(request, record),
        "void": ReasonForm(),
        "back": request.get_full_path(),
        **context,
    }
    return render(request, "registry/act.html", page, status=status)


def _preview(
    request: HttpRequest,
    record: Collective,
    form: ActForm,
    lines: Any,
    context: dict[str, Any],
) -> HttpResponse:
    page = {
        "record": record,
        "happened": form.act(),
        "changes": list(telling.changes(form.act())),
        "lines": lines,
        "typed": carried(request, form),
        "key": form_key(request),
        "version": version_seen(request, record),
        "back": request.get_full_path(),
        **context,
    }
    return render(request, "registry/act_preview.html", page)


def _edited(
    request: HttpRequest, now: Collective, form: ActForm, context: dict[str, Any]
) -> HttpResponse:
    """What was saved meanwhile beside what was typed, which goes on from it."""
    seen = version_seen(request, now)
    acts = telling.time_line(now, set())
    page = context | {
        "edited": {"now": now, "acts": acts[:3], "seen": seen},
        "changes": list(telling.changes(form.act())) if form.is_bound and form.is_valid() else [],
        "version": now.version,
    }
    return _page(request, now, form, page, status=CHANGED)
