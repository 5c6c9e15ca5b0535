"""Entering a new organisation, and editing what one is described by."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienminh.registry import actions, telling
from lienminh.registry.actions import Edited
from lienminh.registry.duplicates import candidates
from lienminh.registry.forms.describing import EnterForm, IdentityForm
from lienminh.registry.models import Act, Collective, Kind
from lienminh.registry.previewing import tried
from lienminh.registry.queries import visible_to
from lienminh.registry.views.common import (
    CHANGED,
    account,
    carried,
    done,
    form_methods,
    kept_by,
    version_seen,
)
from lienminh.registry.views.listing import keeps_somewhere
from lienminh.rules.errors import Refused
from lienminh.web.keys import form_key, new_key, posting_key
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import bar_of


@login_required
@form_methods
def add(request: HttpRequest) -> HttpResponse:
    """A new organisation: fill in, look whether it is there already, enter it."""
    user = account(request)
    if not keeps_somewhere(request):
        raise Forbidden
    if request.method != "POST":
        initial = {"place": bar_of(request).place, "kind": request.GET.get("kind", "")}
        return _add_page(request, EnterForm(user, initial=initial))
    form = EnterForm(user, request.POST)
    if not form.is_valid():
        return _add_page(request, form, status=form.status)
    step, key = request.POST.get("step"), posting_key(request)
    if step == "edit":
        return _add_page(request, form)

    def write(key: str) -> Collective:
        given = form.cleaned_data
        return actions.enter(
            kind=given["kind"], beginning=form.act(), identity=form.identity(), key=key, by=user
        )

    try:
        if step != "post":
            return _preview(request, form, tried(write, key))
        record = write(key)
    except Refused as refusal:
        form.refuse(None, refusal)
        return _add_page(request, form, status=form.status, key=new_key())
    return done(request, record, _("Đã ghi vào sổ đăng ký."), key=key)


def _add_page(
    request: HttpRequest, form: EnterForm, *, status: int = 200, key: str = ""
) -> HttpResponse:
    context = {"form": form, "key": key or form_key(request)}
    return render(request, "registry/add.html", context, status=status)


def _preview(request: HttpRequest, form: EnterForm, lines: Any) -> HttpResponse:
    """What will be entered and posted, and the records that may be the same organisation."""
    given, act = form.cleaned_data, form.act()
    alike = candidates(
        visible_to(request.user),
        kind=given["kind"],
        number=given["number"],
        name=given["name"],
        place=given["at"],
    )
    context = {
        "happened": act,
        "kind": Kind(given["kind"]).label,
        "changes": list(telling.changes(act)),
        "identity": [(form.fields[name].label, form[name].value()) for name in form.identity()],
        "alike": alike,
        "lines": lines,
        "typed": carried(request, form),
        "key": form_key(request),
        "beginning": Act.Kind(act.kind).label,
    }
    return render(request, "registry/add_preview.html", context)


@login_required
@form_methods
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change what an organisation is described by."""
    record, user = kept_by(request, ref), account(request)
    form = IdentityForm(record, user, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _edit_page(request, record, form)
    if not form.is_valid():
        return _edit_page(request, record, form, status=form.status)
    version = version_seen(request, record)
    try:
        actions.describe(record, identity=form.identity(), version=version, by=user)
    except Edited as edited:
        differing = form.standing(edited.now)
        if not differing:  # the same form again: what it says stands already
            return done(request, record, _("Đã lưu."))
        context = {"differing": differing, "version": edited.now.version}
        return _edit_page(request, edited.now, form, status=CHANGED, **context)
    except Refused as refusal:
        form.refuse(None, refusal)
        return _edit_page(request, record, form, status=form.status)
    return done(request, record, _("Đã lưu."))


def _edit_page(
    request: HttpRequest, record: Collective, form: IdentityForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"record": record, "form": form, "version": version_seen(request, record), **more}
    return render(request, "registry/edit.html", context, status=status)
