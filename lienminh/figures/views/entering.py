"""Pages of entering, approving and correcting figures, of an entry and of the journal."""

import re
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lienminh.documents.models import Document
from lienminh.figures import actions, entering, explained, records, stating, words
from lienminh.figures import journal as reading
from lienminh.figures.addresses import moment_typed
from lienminh.figures.entering import Overtaken, code_of
from lienminh.figures.facts import Told, told
from lienminh.figures.forms import UNPROCESSABLE, AmountForm, CorrectionForm, NoteForm, ReasonForm
from lienminh.figures.models import Entry, Indicator, Posting
from lienminh.figures.quoting import quotes_of
from lienminh.figures.statement_form import StatementForm
from lienminh.people import rights
from lienminh.people.models import User
from lienminh.people.roles import APPROVE, CORRECT
from lienminh.places.bar import chosen_place
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused
from lienminh.web import keys
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import bar_of, shareable, this_year

CHANGED: Final = 409
OFFICIAL: Final = Entry.Status.OFFICIAL
ACTS_A_PAGE, LINES_A_PAGE = 20, 100
_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@_form_methods
def add(request: HttpRequest) -> HttpResponse:
    """State a figure: choose the indicator, type it, see what will be recorded, send it."""
    user = _account(request)
    if not stating.adds_somewhere(user):
        raise Forbidden
    code = request.GET.get("indicator", "")
    if not code:
        subjects = explained.by_subject(list(Indicator.objects.order_by("pk")))
        return render(request, "figures/add_choose.html", {"subjects": subjects})
    indicator = get_object_or_404(Indicator, code=code)
    if request.method != "POST":
        form = StatementForm(indicator, user, initial=_initial(request, indicator))
        return _add_page(request, form)
    form = StatementForm(indicator, user, request.POST)
    if not form.is_valid():
        return _add_page(request, form, status=form.status)
    step = request.POST.get("step")
    if step == "edit":
        return _add_page(request, form)
    return _state(request, form, user) if step == "post" else _preview(request, form)


def _state(request: HttpRequest, form: StatementForm, user: User) -> HttpResponse:
    note, seen = form.cleaned_data["note"], request.POST.get("seen", "")
    try:
        posting = actions.state(
            draft=form.draft(),
            instead_of=seen,
            key=keys.posting_key(request),
            reason=f"Nhập số liệu. {note}".strip(),
            by=user,
        )
    except Overtaken:
        return _preview(request, form, status=CHANGED)
    except Refused as refusal:
        form.add_error(None, _not_posted(request, refusal))
        return _add_page(request, form, status=form.status, new_key=True)
    return _to_entry(request, posting, _("Đã ghi, chờ duyệt."))


def _add_page(
    request: HttpRequest, form: StatementForm, *, status: int = 200, new_key: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "indicator": form.indicator,
        "key": keys.new_key() if new_key else keys.form_key(request),
        "documents": [str(one) for one in Document.objects.order_by("title")],
    }
    return render(request, "figures/add.html", context, status=status)


def _preview(request: HttpRequest, form: StatementForm, *, status: int = 200) -> HttpResponse:
    """What will be recorded, and what stands under the same key now."""
    draft = form.draft()
    now = entering.standing(draft)
    context = {
        "told": Told(draft, form.indicator, words.cell_labels()),
        "before": told([now])[0] if now else None,
        "seen": code_of(now),
        "back": request.get_full_path(),
        "overtaken": status == CHANGED,
        **_carried(request, form),
    }
    return render(request, "figures/add_preview.html", context, status=status)


def _initial(request: HttpRequest, indicator: Indicator) -> dict[str, Any]:
    """What the bar and the figure's page know already."""
    bar = bar_of(request)
    initial: dict[str, Any] = {"place": bar.place, "period": bar.period}
    days = bar.chosen_period(this_year())
    if days.first == days.last:
        initial["as_of"] = days.last
    known = indicator.keys
    for part in request.GET.get("where", "").replace(" ", "+").split(";"):
        key, _equals, values = part.partition("=")
        if key in known:
            initial[f"cell_{key}"] = values.split("+")
    return initial


@require_safe
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """One entry with all it holds, what it superseded and what superseded it."""
    one = _entry(request, code)
    history = list(entering.history_of(one)) if one.kind == Entry.Kind.STATEMENT else [one]
    position = next((n for n, other in enumerate(history) if other.pk == one.pk), 0)
    context = {
        "told": told([one])[0],
        "history": list(reversed(told(history))),
        "before": history[position - 1] if position else None,
        "after": history[position + 1] if position + 1 < len(history) else None,
        "open": entering.open_to(request.user, one, history),
        "record": records.named(request.user, [one.record]).get(one.record),
        "quote": quotes_of(request.user, [one]).get(one.code),
    }
    return render(request, "figures/entry.html", context)


@login_required
@_form_methods
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Make a preliminary statement official."""
    one, user = _entry(request, code), _account(request)
    rights.require(user, APPROVE, one.place)
    if one.kind != Entry.Kind.STATEMENT or one.status == OFFICIAL or one.low is None:
        messages.info(request, _("Số này không chờ duyệt."))
        return redirect("entry", code)
    form = NoteForm(request.POST if request.method == "POST" else None)
    context = {"told": told([one])[0], "form": form, "overtaken": None}
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "figures/entry_approve.html", context, status=status)
    note = form.cleaned_data["note"]
    try:
        reason = f"Duyệt {one.code}. {note}".strip()
        posting = actions.approve(entry=one, reason=reason, by=user)
    except Overtaken as overtaken:
        context["overtaken"] = told([overtaken.now])[0] if overtaken.now else None
        return render(request, "figures/entry_approve.html", context, status=CHANGED)
    return _to_entry(request, posting, _("Đã duyệt."))


@login_required
@_form_methods
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """State another value under the same key, or withdraw it, with the reason."""
    one, user = _entry(request, code), _account(request)
    rights.require(user, CORRECT, one.place)
    if one.kind != Entry.Kind.STATEMENT:
        raise Refused(_("Số này được đếm từ hồ sơ; hãy sửa ở hồ sơ gốc."))
    if request.method != "POST":
        now = entering.standing(one)
        if now is not None and now.pk != one.pk:
            messages.info(request, _("Số ấy đã được thay; đây là số đang có."))
            return redirect("entry-correct", now.code)
        return _correct_page(request, one, CorrectionForm(one))
    if request.POST.get("step") == "withdraw":
        return _withdraw(request, one, user)
    form = CorrectionForm(one, request.POST)
    if not form.is_valid():
        return _correct_page(request, one, form, status=form.status)
    step = request.POST.get("step")
    if step == "edit":
        return _correct_page(request, one, form)
    return _correct(request, one, form, user) if step == "post" else _show(request, one, form)


def _correct(request: HttpRequest, one: Entry, form: CorrectionForm, user: User) -> HttpResponse:
    try:
        posting = actions.correct(
            entry=one,
            draft=form.draft(),
            key=keys.posting_key(request),
            reason=form.journal_reason,
            by=user,
        )
    except Overtaken as overtaken:
        return _overtaken(request, one, overtaken.now or one)
    except Refused as refusal:
        form.add_error(None, _not_posted(request, refusal))
        return _correct_page(request, one, form, status=form.status, new_key=True)
    return _to_entry(request, posting, _("Đã đính chính, chờ duyệt."))


def _withdraw(request: HttpRequest, one: Entry, user: User) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _correct_page(
            request, one, CorrectionForm(one), withdrawal=form, status=UNPROCESSABLE
        )
    reason = f"Rút {one.code}: {form.cleaned_data['reason']}"
    try:
        posting = actions.withdraw(entry=one, key=keys.posting_key(request), reason=reason, by=user)
    except Overtaken as overtaken:
        return _overtaken(request, one, overtaken.now or one, withdrawal=form)
    return _to_entry(request, posting, _("Đã rút số này."))


def _show(request: HttpRequest, one: Entry, form: CorrectionForm) -> HttpResponse:
    """What will be recorded in place of what stands, or that something else stands by now."""
    now = entering.standing(one)
    if now is not None and now.pk != one.pk:
        return _overtaken(request, one, now)
    context = {
        "told": Told(form.draft(), one.indicator, words.cell_labels()),
        "before": told([one])[0],
        "seen": one.code,
        "back": request.get_full_path(),
        "correcting": form.journal_reason,
        **_carried(request, form),
    }
    return render(request, "figures/add_preview.html", context)


def _overtaken(
    request: HttpRequest, seen: Entry, now: Entry, *, withdrawal: ReasonForm | None = None
) -> HttpResponse:
    """Both statements side by side, and the form as it was typed, going on from the newer one."""
    form = CorrectionForm(now) if withdrawal else CorrectionForm(now, request.POST)
    return _correct_page(request, now, form, seen=seen, withdrawal=withdrawal, status=CHANGED)


def _correct_page(
    request: HttpRequest,
    one: Entry,
    form: CorrectionForm,
    *,
    seen: Entry | None = None,
    withdrawal: ReasonForm | None = None,
    status: int = 200,
    new_key: bool = False,
) -> HttpResponse:
    context = {
        "told": told([one])[0],
        "seen": told([seen])[0] if seen else None,
        "form": form,
        "withdrawal": withdrawal or ReasonForm(),
        "key": keys.new_key() if new_key else keys.form_key(request),
    }
    return render(request, "figures/correct.html", context, status=status)


@require_safe
@shareable
def journal(request: HttpRequest) -> HttpResponse:
    """Postings, the newest first; of one posting all its lines."""
    bar = bar_of(request)
    days = bar.chosen_period(this_year())
    code = request.GET.get("indicator", "")
    place = chosen_place(request, days.last)
    lines = reading.lines_asked_for(
        request.user, place=place, indicator=code, days=days if bar.period else None
    )
    number = request.GET.get("posting", "")
    if number:
        return _posting_page(request, number)
    known_at = moment_typed(bar.known_at) if bar.known_at else None
    page = Paginator(reading.postings_of(lines, known_at=known_at), ACTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "acts": reading.acts(list(page.object_list), lines),
        "indicators": Indicator.objects.order_by("pk"),
        "chosen": code,
        "where": place_title(place, days.last) if place else "",
        "when": words.period_words(days) if bar.period else "",
    }
    return render(request, "figures/journal.html", context)


def _posting_page(request: HttpRequest, number: str) -> HttpResponse:
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise Http404
    posting = get_object_or_404(Posting.objects.select_related("by"), number=int(number))
    lines = entering.visible_to(request.user).prefetch_related("place__spells")
    mine = lines.filter(posting=posting).order_by("line")
    page = Paginator(mine, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "posting": posting,
        "page": page,
        "lines": told(list(page.object_list)),
        "hidden": posting.entries.count() - page.paginator.count,
    }
    return render(request, "figures/journal_posting.html", context)


def _entry(request: HttpRequest, code: str) -> Entry:
    found = entering.by_code(entering.visible_to(request.user), code)
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Forbidden
    return request.user


def _not_posted(request: HttpRequest, refusal: Refused) -> str:
    known = Posting.objects.filter(key=keys.posting_key(request)).first()
    if known is None:
        return str(refusal)
    sentence = _(
        "Biểu mẫu này đã được gửi, thành bút toán #%(number)d. Muốn ghi thêm, hãy gửi lại."
    )
    return sentence % {"number": known.number}


def _carried(request: HttpRequest, form: AmountForm) -> dict[str, Any]:
    """Everything typed, to be sent on unseen."""
    typed = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    return {"typed": typed, "key": keys.form_key(request), "indicator": form.indicator}


def _to_entry(request: HttpRequest, posting: Posting, sentence: str) -> HttpResponse:
    messages.success(request, f"{sentence} " + _("Bút toán #%d.") % posting.number)
    return redirect("entry", posting.entries.get().code)
