"""A text and what was found in it: looked at beside each other, decided one by one or together."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lienminh.intake import actions, schemes
from lienminh.intake.actions import Decided
from lienminh.intake.contradictions import two_dates
from lienminh.intake.desk import A_PAGE, Desk, Item, plain_mark
from lienminh.intake.forms import DescribeForm, ReasonLine, SchemeForm
from lienminh.intake.models import Finding, Text
from lienminh.intake.queries import text_for
from lienminh.intake.telling import address, pieces, plain_ones, rows_of, window
from lienminh.intake.views.common import account, decides, of_text
from lienminh.people.models import User
from lienminh.people.rights import Visitor
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused

CHANGED, UNPROCESSABLE = 409, 422
THRESHOLDS: Final = (95, 90, 80, 50)
State = Finding.State
SHOWN_NAMES: Final = 6


@of_text
@require_safe
def show(request: HttpRequest, text: Text) -> HttpResponse:
    """The text with every figure marked, beside the list of what was found."""
    return _page(request, Desk(text))


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    wrong: tuple[int, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = [one for one in desk.items if one.finding.shown]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    listed: list[Item] = list(page.object_list)
    first, last = window(
        desk.text.content, listed, opens=not page.has_previous(), closes=not page.has_next()
    )
    inside = [one for one in desk.items if first <= one.said.start and one.said.end <= last]
    folded = rows_of(desk, request.user, [one for one in inside if not one.finding.shown])
    rows = rows_of(desk, request.user, listed)
    context = {
        "text": desk.text,
        "where": place_title(desk.text.place),
        "page": page,
        "rows": rows,
        "folded": folded,
        "pieces": pieces(desk.text.content, [*rows, *folded], first, last),
        "counts": _counts(shown),
        "together": _together(desk, request.user),
        "two_dates": two_dates(desk.text.content),
        "decides": decides(request, desk.text),
        "names": _names(desk),
        "wrong": wrong,
        "notice": notice,
    }
    return render(request, "intake/text.html", context, status=status)


def _counts(shown: list[Item]) -> list[tuple[str, int]]:
    """How many figures are in each state."""
    states = [one.finding.state for one in shown]
    return [(str(one.label), states.count(one)) for one in State if one in states]


def _together(desk: Desk, user: Visitor) -> list[dict[str, Any]]:
    """What may be accepted at once, by how sure the reader is: nothing doubtful is among it."""
    offers: list[dict[str, Any]] = []
    plain = plain_ones(desk, user, min(THRESHOLDS))
    for least in THRESHOLDS:
        items = [one for one in plain if one.finding.confidence >= least]
        if items and (not offers or offers[-1]["count"] != len(items)):
            offers.append({"least": least, "count": len(items), "mark": plain_mark(items)})
    return offers


def _names(desk: Desk) -> list[str]:
    """Schemes that the text names and the dictionary does not know."""
    return schemes.unknown(desk.text.content, desk.scheme_labels)[:SHOWN_NAMES]


@of_text
@require_POST
def decide(request: HttpRequest, text: Text) -> HttpResponse:
    """Accept, reject, note or take back one figure; or accept all that is plain."""
    user, desk = account(request, text), Desk(text)
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    try:
        if request.POST.get("act") == "together":
            return _accept_together(request, desk, user)
        sentence = _decide_one(request, desk, number, user)
    except Decided as decided:
        return _page(request, _fresh(request, text), notice=str(decided), status=CHANGED)
    except Refused as refusal:
        wrong = (number, str(refusal))
        return _page(request, _fresh(request, text), wrong=wrong, status=UNPROCESSABLE)
    messages.success(request, sentence)
    onward = number if request.POST.get("act") == "back" else _next_open(desk, number)
    return redirect(address(desk, onward))


def _fresh(request: HttpRequest, text: Text) -> Desk:
    return Desk(text_for(request.user, text.ref))


def _decide_one(request: HttpRequest, desk: Desk, number: int, user: User) -> str:
    item = desk.numbered(number)
    if item is None:
        raise Decided
    act = request.POST.get("act", "")
    if act == "accept":
        return _accept(request, desk, item, user)
    if act == "back":
        form = ReasonLine(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.take_back(text=desk.text, number=number, reason=reason, by=user)
        return _("Đã rút quyết định; số này lại chờ.")
    states = {"reject": State.REJECTED, "note": State.NOTED}
    if act not in states:
        raise Refused(_("Hãy chọn một việc để làm với số này."))
    actions.set_aside(text=desk.text, number=number, state=states[act], by=user)
    notes = {
        "reject": _("Đã bỏ qua: không phải số liệu."),
        "note": _("Đã giữ làm ghi chú, không vào sổ."),
    }
    return notes[act]


def _accept(request: HttpRequest, desk: Desk, item: Item, user: User) -> str:
    if item.is_open and request.POST.get("mark") != item.mark:
        raise Decided
    row = rows_of(desk, user, [item])[0]
    if item.is_open and (item.draft is None or row.outside):
        sentence = _("Chưa nhận được số này: %(why)s. Hãy bấm Sửa để điền cho đủ.")
        raise Refused(sentence % {"why": "; ".join(row.doubts)})
    drafts = {item.number: item.draft} if item.draft else {}
    posting = actions.accept(text=desk.text, drafts=drafts, by=user)
    if posting is None:
        return _("Sổ đã có số này.")
    return _("Đã nhận, chờ duyệt. Bút toán #%d.") % posting.number


def _accept_together(request: HttpRequest, desk: Desk, user: User) -> HttpResponse:
    typed = request.POST.get("least", "")
    least = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 100
    items = plain_ones(desk, user, max(least, min(THRESHOLDS)))
    if request.POST.get("mark") != plain_mark(items):
        raise Decided
    drafts = {one.number: one.draft for one in items if one.draft}
    posting = actions.accept(text=desk.text, drafts=drafts, by=user)
    said = ngettext("Đã nhận %(n)d số, chờ duyệt.", "Đã nhận %(n)d số, chờ duyệt.", len(drafts))
    code = _("Bút toán #%d.") % posting.number if posting else ""
    messages.success(request, f"{said % {'n': len(drafts)}} {code}".strip())
    return redirect(address(desk))


def _next_open(desk: Desk, number: int) -> int:
    """The next figure that waits behind this one; this one where none does."""
    waiting = [
        one.number
        for one in desk.findings
        if one.state == State.OPEN and one.shown and one.number > number
    ]
    return min(waiting, default=number)


@of_text
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, text: Text) -> HttpResponse:
    """Say what the text is, until figures cite it."""
    user = account(request, text)
    form = DescribeForm(text, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.describe(text=text, told=form.cleaned_data, by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu thông tin của văn bản."))
            return redirect("text", text.ref)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "intake/describe.html", {"text": text, "form": form}, status=status)


@of_text
@require_http_methods(["GET", "HEAD", "POST"])
def scheme(request: HttpRequest, text: Text) -> HttpResponse:
    """Name a scheme that the text tells of, so that figures can be told of it."""
    user = account(request, text)
    posted = request.POST if request.method == "POST" else None
    form = SchemeForm(posted, initial={"name": request.GET.get("name", "")[:300]}, label_suffix="")
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.name_scheme(text=text, name=given["name"], english=given["english"], by=user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(
                request, _("Đã thêm đề án; các số trong đoạn nói về nó nay ghi theo nó.")
            )
            return redirect("text", text.ref)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "intake/scheme.html", {"text": text, "form": form}, status=status)


@of_text
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, text: Text) -> HttpResponse:
    """Give the text up, if nothing was recorded from it."""
    user = account(request, text)
    if request.method == "POST":
        actions.drop(text=text, by=user)
        messages.success(request, _("Đã bỏ văn bản."))
        return redirect("texts")
    return render(request, "intake/drop.html", {"text": text})
