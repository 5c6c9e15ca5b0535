"""What the pages of the registry share: whose they are, which record, the one-time key."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lienminh.figures.models import Posting
from lienminh.people.models import User
from lienminh.people.rights import may, require
from lienminh.people.roles import KEEP
from lienminh.registry.models import Collective, Return
from lienminh.registry.queries import visible_to
from lienminh.registry.seats import ABOVE
from lienminh.rules.text import clean
from lienminh.web.refusals import Forbidden

CHANGED: Final = 409
form_methods = require_http_methods(["GET", "HEAD", "POST"])
_VERSION = re.compile(r"[0-9]{1,9}")


def account(request: HttpRequest) -> User:
    """The account that is signed in."""
    if not isinstance(request.user, User):
        raise Forbidden
    return request.user


def record_for(request: HttpRequest, ref: str) -> Collective:
    """A record that the account may read; 404 for any other."""
    seen = visible_to(request.user).select_related("place", "parent", "merged_into")
    found = seen.prefetch_related(f"place__{ABOVE}").filter(ref=clean(ref))
    record = found.first()
    if record is None:
        raise Http404
    return record


def kept_by(request: HttpRequest, ref: str) -> Collective:
    """A record that the account may write in: 404 outside its branch, 403 without the right."""
    record = record_for(request, ref)
    if not may(request.user, KEEP, record.place):
        raise Forbidden
    return record


def require_keeper(request: HttpRequest, record: Collective) -> None:
    """Nothing, or 404 outside the branch, 403 without the right."""
    require(request.user, KEEP, record.place)


def version_seen(request: HttpRequest, record: Collective | Return) -> int:
    """The version a form was filled in from; that of now when it says none."""
    given = request.POST.get("version", "")
    return int(given) if _VERSION.fullmatch(given) else record.version


def carried(request: HttpRequest, form: forms.Form) -> list[tuple[str, str]]:
    """Everything typed, to be sent on unseen."""
    return [
        (name, value)
        for name in form.fields
        for value in request.POST.getlist(form.add_prefix(name))[-1:]
    ]


def done(request: HttpRequest, record: Collective, sentence: str, *, key: str = "") -> HttpResponse:
    """Back to the record's page, which says what was done and under which posting."""
    posting = Posting.objects.filter(key__in=(key, f"{key}:list")).first() if key else None
    told = [sentence] + ([_("Bút toán #%d.") % posting.number] if posting else [])
    messages.success(request, " ".join(told))
    return redirect("registry-record", record.ref)


def pages_query(request: HttpRequest, leave_out: Sequence[str] = ("page",)) -> str:
    """The query of the address without some of it and without what is empty, to add to."""
    asked = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in leave_out
    ]
    return urlencode(asked)
