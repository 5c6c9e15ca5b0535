"""Correcting a figure before it is recorded: the form of statements, filled in by the reader."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lienminh.figures import entering, explained, words
from lienminh.figures.entering import Overtaken, code_of
from lienminh.figures.facts import Told, told
from lienminh.figures.models import Indicator
from lienminh.intake import actions
from lienminh.intake.actions import Decided
from lienminh.intake.desk import Desk, Item
from lienminh.intake.forms import FindingForm
from lienminh.intake.models import Finding, Text
from lienminh.intake.telling import address, rows_of
from lienminh.intake.views.common import account, of_text
from lienminh.people.models import User
from lienminh.rules.errors import Refused

CHANGED, UNPROCESSABLE = 409, 422


@of_text
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, text: Text, number: int) -> HttpResponse:
    """Choose the indicator, correct what was read, see what will be recorded, record it."""
    user, desk = account(request, text), Desk(text)
    item = desk.numbered(number)
    if item is None:
        raise Http404
    if not item.is_open:
        messages.info(request, _("Số này đã được quyết định; hãy rút quyết định trước khi sửa."))
        return redirect(address(desk, number))
    code = request.GET.get("indicator", "") or item.meaning.indicator or ""
    if not code or "choose" in request.GET:
        return _choose(request, desk, item)
    indicator = get_object_or_404(Indicator, code=code)
    if request.method != "POST":
        return _form_page(request, desk, item, FindingForm(text, item, indicator, user, None))
    form = FindingForm(text, item, indicator, user, request.POST)
    if not form.is_valid():
        return _form_page(request, desk, item, form, status=form.status)
    step = request.POST.get("step")
    if step == "edit":
        return _form_page(request, desk, item, form)
    return _record(request, desk, item, form, user) if step == "post" else _preview(request, form)


def _choose(request: HttpRequest, desk: Desk, item: Item) -> HttpResponse:
    """The indicators by subject; those of the unit that was read come first."""
    indicators = list(Indicator.objects.order_by("pk"))
    context = {
        "text": desk.text,
        "row": rows_of(desk, request.user, [item])[0],
        "likely": [one for one in indicators if one.unit == item.said.unit],
        "subjects": explained.by_subject(indicators),
    }
    return render(request, "intake/choose.html", context)


def _form_page(
    request: HttpRequest, desk: Desk, item: Item, form: FindingForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "text": desk.text,
        "row": rows_of(desk, request.user, [item])[0],
        "form": form,
        "indicator": form.indicator,
    }
    return render(request, "intake/correct.html", context, status=status)


def _preview(request: HttpRequest, form: FindingForm, *, status: int = 200) -> HttpResponse:
    """What will be recorded, and what stands under the same key now."""
    draft = form.draft()
    now = entering.standing(draft)
    context: dict[str, Any] = {
        "told": Told(draft, form.indicator, words.cell_labels()),
        "before": told([now])[0] if now else None,
        "seen": code_of(now),
        "back": request.get_full_path(),
        "overtaken": status == CHANGED,
        "typed": [(name, one) for name in form.fields for one in request.POST.getlist(name)],
        "indicator": form.indicator,
        "key": "",
    }
    return render(request, "figures/add_preview.html", context, status=status)


def _record(
    request: HttpRequest, desk: Desk, item: Item, form: FindingForm, user: User
) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        posting = actions.correct(
            text=desk.text, number=item.number, draft=form.draft(), seen=seen, by=user
        )
        _teach(form, item.finding, user)
    except Overtaken:
        return _preview(request, form, status=CHANGED)
    except Decided as decided:
        messages.info(request, str(decided))
        return redirect(address(desk, item.number))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, desk, item, form, status=UNPROCESSABLE)
    if posting is not None:
        messages.success(request, _("Đã sửa và nhận, chờ duyệt. Bút toán #%d.") % posting.number)
    return redirect(address(desk, item.number))


def _teach(form: FindingForm, finding: Finding, user: User) -> None:
    phrase = form.cleaned_data["phrase"]
    if phrase:
        actions.teach(
            phrase=phrase,
            finding=finding,
            indicator=form.indicator,
            cell=form.cleaned_data["cell"],
            by=user,
        )
