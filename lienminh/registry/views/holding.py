"""Certificates, chain links, managers and members of a union: added, ended, voided."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienminh.registry import actions
from lienminh.registry.actions import Edited, Held
from lienminh.registry.forms.holding import FORMS, EndForm, HoldForm
from lienminh.registry.models import Collective, Kind
from lienminh.registry.views.common import (
    CHANGED,
    account,
    done,
    form_methods,
    kept_by,
    version_seen,
)
from lienminh.rules.errors import Refused
from lienminh.web.keys import form_key, posting_key

TITLES: Final[dict[str, Promise]] = {
    "certificates": gettext_lazy("Chứng nhận"),
    "chains": gettext_lazy("Liên kết chuỗi giá trị"),
    "managers": gettext_lazy("Người quản lý"),
    "members": gettext_lazy("Hợp tác xã thành viên"),
}
ROWS: Final = {
    "certificates": "certificates",
    "chains": "chain_links",
    "managers": "managers",
    "members": "member_rows",
}


@login_required
@form_methods
def hold(request: HttpRequest, ref: str, what: str) -> HttpResponse:
    """Add a row."""
    record, user = kept_by(request, ref), account(request)
    if what not in FORMS or (what == "members" and record.kind != Kind.UNION):
        raise Http404
    form = FORMS[what](user, request.POST if request.method == "POST" else None)
    context = {"title": TITLES[what], "what": what}
    if not form.is_bound:
        return _page(request, record, form, context)
    if not form.is_valid():
        return _page(request, record, form, context, status=form.status)
    version, key = version_seen(request, record), posting_key(request)
    try:
        actions.hold(record, form.holding(), version=version, key=key, by=user)
    except Edited as edited:
        if _is_there(edited.now, what, form):  # the same form again
            return done(request, record, _("Đã ghi vào sổ đăng ký."), key=key)
        more = {"edited": {"now": edited.now}, "version": edited.now.version}
        return _page(request, edited.now, form, context | more, status=CHANGED)
    except Refused as refusal:
        form.refuse(None, refusal)
        return _page(request, record, form, context, status=form.status)
    return done(request, record, _("Đã ghi vào sổ đăng ký."), key=key)


def _is_there(record: Collective, what: str, form: HoldForm) -> bool:
    rows = getattr(record, ROWS[what])
    return bool(rows.filter(**form.columns(), voided_at=None).exists())


@login_required
@form_methods
def end(request: HttpRequest, ref: str, what: str, number: int) -> HttpResponse:
    """Say until when a row held, or that it was entered in error."""
    record, user = kept_by(request, ref), account(request)
    row = _row(record, what, number)
    context = {"title": TITLES[what], "what": what, "row": row, "number": number}
    initial = {"last_day": row.last_day}
    form = EndForm(user, request.POST if request.method == "POST" else None, initial=initial)
    voiding = request.POST.get("step") == "void"
    if not form.is_bound:
        return _page(request, record, form, context)
    if not voiding and not form.is_valid():
        return _page(request, record, form, context, status=form.status)
    last_day = None if voiding else form.cleaned_data["last_day"]
    version, key = version_seen(request, record), posting_key(request)
    try:
        actions.end_holding(row, last_day=last_day, version=version, key=key, by=user)
    except Edited as edited:
        now = _row(record, what, number)
        if now.voided_at is not None if voiding else now.last_day == last_day:
            return done(request, record, _("Đã lưu."), key=key)
        more = {"edited": {"now": edited.now}, "version": edited.now.version, "row": now}
        return _page(request, edited.now, form, context | more, status=CHANGED)
    except Refused as refusal:
        form.refuse("last_day", refusal)
        return _page(request, record, form, context, status=form.status)
    return done(request, record, _("Đã lưu."), key=key)


def _row(record: Collective, what: str, number: int) -> Held:
    """The row of a number: they are counted as they were entered, so that none ever changes."""
    rows = list(getattr(record, ROWS[what]).order_by("pk")) if what in ROWS else []
    if not 0 < number <= len(rows):
        raise Http404
    found: Held = rows[number - 1]
    return found


def _page(
    request: HttpRequest,
    record: Collective,
    form: HoldForm | EndForm,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    page = {
        "record": record,
        "form": form,
        "key": form_key(request),
        "version": version_seen(request, record),
        **context,
    }
    return render(request, "registry/hold.html", page, status=status)
