"""Taking a workbook in on the screen, step by step, and giving the registry out."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lienminh.people.models import User
from lienminh.people.rights import mandates_of
from lienminh.people.roles import KEEP, ROLES
from lienminh.registry.models import Collective, Import
from lienminh.registry.views.listing import asked
from lienminh.registry.workbooks import actions, taking_in
from lienminh.registry.workbooks.columns import FIELDS
from lienminh.registry.workbooks.findings import Findings, letters
from lienminh.registry.workbooks.forms import DefaultsForm, UploadForm
from lienminh.registry.workbooks.plans import Look, branch_of, entered, look
from lienminh.registry.workbooks.uploads import kept, path_of
from lienminh.registry.workbooks.writing import write
from lienminh.registry.workbooks.yearly import ITEMS
from lienminh.rules.errors import Refused
from lienminh.web.refusals import Forbidden

AT_A_TIME: Final = 15  # seconds a page takes rows in before it says how far it is
LISTED: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponse]


def for_keepers(view: View) -> View:
    """Only for accounts that keep the registry somewhere."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(KEEP in ROLES[mandate.role] for mandate in mandates_of(request.user)):
            raise Forbidden
        return view(request, *args, **kwargs)

    return login_required(guarded)


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The account's imports, and the form that begins one."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and form.is_valid():
        try:
            return redirect("registry-import-show", _begun(request, form).ref)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "imports": list(_own(request)[:LISTED])}
    return render(request, "registry/import.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, form: UploadForm) -> Import:
    file = form.cleaned_data["file"]
    sha256 = kept(file.chunks())
    seen = look(path_of(sha256))
    return actions.begin(sha256=sha256, name=file.name, sheet=seen.sheet, by=_account(request))


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """Where an import stands: its columns to be settled, what was found, or what was taken in."""
    imported = _import(request, ref)
    if imported.state != Import.State.MAPPING:
        records = [
            {"name": one.name, "url": reverse("registry-record", args=[one.ref])}
            for one in entered(imported)[:LISTED]
        ]
        context = {"records": records, **_told(imported)}
        return render(request, "registry/import_done.html", context)
    seen = look(path_of(imported.sha256), imported.sheet)
    kept_defaults = {**imported.mapping, "day": _day(imported.mapping.get("day", ""))}
    form = DefaultsForm(request.POST if request.method == "POST" else None, initial=kept_defaults)
    columns = request.POST.getlist("column") or imported.mapping.get("columns") or seen.columns
    if request.method == "POST" and form.is_valid():
        try:
            return _settled(request, imported, seen, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "seen": seen, "columns": _columns(seen, columns), **_told(imported)}
    return render(
        request, "registry/import_columns.html", context, status=422 if form.errors else 200
    )


def _settled(
    request: HttpRequest, imported: Import, seen: Look, form: DefaultsForm
) -> HttpResponse:
    by = _account(request)
    chosen = request.POST.getlist("column")
    settled = actions.settle(
        imported, heads=seen.heads, columns=chosen, defaults=form.told(), by=by
    )
    taking_in.check(settled, by=by)
    return redirect("registry-import-show", imported.ref)


@for_keepers
@require_POST
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Go over to another sheet of the same file."""
    imported = _import(request, ref)
    seen = look(path_of(imported.sha256), request.POST.get("sheet", ""))
    other = actions.begin(
        sha256=imported.sha256, name=imported.name, sheet=seen.sheet, by=_account(request)
    )
    return redirect("registry-import-show", other.ref)


@for_keepers
@require_POST
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Take in the rows that are right, or all or none."""
    imported = _import(request, ref)
    if not imported.mapping:
        raise Refused(_("Hãy ghép cột và kiểm tra trước khi nhập."))
    good_only = request.POST.get("rows") == "good"
    taking_in.take_in(imported, good_only=good_only, by=_account(request), seconds=AT_A_TIME)
    return redirect(reverse("registry-import-show", args=[imported.ref]) + "?on=1")


@for_keepers
@require_POST
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Give an import up."""
    actions.drop(_import(request, ref), by=_account(request))
    return redirect("registry-import")


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook."""
    day = timezone.localdate()
    _form, _place, records = asked(request)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registry.xlsx"
        write(Collective.objects.filter(pk__in=records.values("pk")), path, day=day)
        content = path.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="so-dang-ky-{day}.xlsx"'
    return response


def _account(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _own(request: HttpRequest) -> QuerySet[Import]:
    """An account sees its own imports; one that keeps the whole registry, all."""
    user = _account(request)
    every = Q() if branch_of(user) is None else Q(started_by=user)
    return Import.objects.filter(every).exclude(state=Import.State.DROPPED)


def _import(request: HttpRequest, ref: str) -> Import:
    imported = _own(request).filter(ref=ref).first()
    if imported is None:
        raise Http404
    return imported


def _day(kept_day: str) -> date:
    return date.fromisoformat(kept_day) if kept_day else timezone.localdate()


def _told(imported: Import) -> dict[str, Any]:
    findings = Findings.of(imported.problems)
    return {
        "imported": imported,
        "findings": findings.listed,
        "wrong": imported.mapping.get("wrong", 0),
        "good": imported.mapping.get("good", 0),
        "told": imported.mapping.get("told", 0),
        "is_checked": bool(imported.mapping),
    }


def _columns(seen: Look, chosen: list[str]) -> list[dict[str, Any]]:
    """Each column with its head, some of its cells and the field it is matched with."""
    return [
        {
            "letter": letters(place),
            "head": head,
            "samples": [cells[place] for cells in seen.samples if place < len(cells)],
            "field": chosen[place] if place < len(chosen) else "",
            "yearly": place < len(chosen) and chosen[place] in ITEMS,
            "options": FIELDS.items(),
        }
        for place, head in enumerate(seen.heads)
    ]
