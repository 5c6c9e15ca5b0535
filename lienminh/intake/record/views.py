"""What a text holds beside figures, and the dossier that is drafted from it."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lienminh.intake.models import Text
from lienminh.intake.other_facts import Fact, other_facts
from lienminh.intake.record import actions
from lienminh.intake.record.forms import RecordForm
from lienminh.intake.record.parts import day_of
from lienminh.intake.views.common import account, decides, of_text
from lienminh.people.models import User
from lienminh.people.rights import may
from lienminh.people.roles import REVIEW
from lienminh.places.words import place_title
from lienminh.reviews.models import Review
from lienminh.rules.errors import Refused

UNPROCESSABLE: Final = 422
KINDS: Final[dict[str, Promise]] = {
    "conference": gettext_lazy("Hội nghị"),
    "difficulty": gettext_lazy("Khó khăn, hạn chế"),
    "task": gettext_lazy("Nhiệm vụ"),
    "recommendation": gettext_lazy("Kiến nghị, đề xuất"),
    "programme": gettext_lazy("Chương trình, đề án"),
    "document": gettext_lazy("Văn bản được dẫn"),
    "organisation": gettext_lazy("Cơ quan, tổ chức"),
}
DETAILS: Final[dict[str, Promise]] = {
    "name": gettext_lazy("tên"),
    "title": gettext_lazy("tên"),
    "number": gettext_lazy("số"),
    "date": gettext_lazy("ngày"),
    "when": gettext_lazy("lúc"),
    "place": gettext_lazy("nơi"),
    "host": gettext_lazy("đơn vị tổ chức"),
    "period": gettext_lazy("kỳ"),
    "actor": gettext_lazy("ai làm"),
    "with": gettext_lazy("phối hợp"),
    "addressee": gettext_lazy("gửi tới"),
}


@of_text
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, text: Text) -> HttpResponse:
    """Everything but figures, by kind; what is chosen becomes the parts of a draft."""
    found = other_facts(text.content)
    if request.method != "POST":
        return _page(request, text, found, RecordForm(text, found))
    user = account(request, text)
    form = RecordForm(text, found, request.POST)
    chosen = [one for one in found if _name(one) in request.POST.getlist("fact")]
    if form.is_valid():
        try:
            review = _record(text, chosen, form, user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lập dự thảo từ văn bản; hãy sửa lời văn cho gọn."))
            return redirect("review", review.slug)
    return _page(request, text, found, form, status=UNPROCESSABLE)


def _record(text: Text, chosen: Sequence[Fact], form: RecordForm, user: User) -> Review:
    given = form.cleaned_data
    if not may(user, REVIEW, given["scope"]):
        raise Refused(_("Nơi này ngoài phạm vi được phân công của bạn."))
    days = given["span"]
    return actions.record(
        text=text,
        facts=chosen,
        review=Review(title=given["title"], scope=given["scope"], first=days.first, last=days.last),
        kind=given["kind"],
        day=given["day"],
        key=f"text:{text.ref}:{text.review_id or 0}",
        by=user,
    )


def _name(fact: Fact) -> str:
    """What a fact is called in the form: the text never changes."""
    return f"{fact.kind}:{fact.start}:{fact.end}"


def _page(
    request: HttpRequest,
    text: Text,
    found: Sequence[Fact],
    form: RecordForm,
    *,
    status: int = 200,
) -> HttpResponse:
    sent = request.POST.getlist("fact") if request.method == "POST" else None
    groups = [
        (label, [_row(one, sent) for one in found if one.kind == kind])
        for kind, label in KINDS.items()
    ]
    context: dict[str, Any] = {
        "text": text,
        "where": place_title(text.place),
        "groups": [(label, rows) for label, rows in groups if rows],
        "form": form,
        "decides": decides(request, text),
        "review": text.review if text.review and not text.review.abandoned else None,
    }
    return render(request, "intake/facts.html", context, status=status)


def _row(fact: Fact, sent: Sequence[str] | None) -> dict[str, Any]:
    day = day_of(fact)
    details = {**fact.details, "date": f"{day:%d/%m/%Y}" if day else ""}
    said = [(str(label), details[key]) for key, label in DETAILS.items() if details.get(key)]
    return {
        "fact": fact,
        "name": _name(fact),
        "said": [pair for pair in said if pair[1] != fact.span],
        "chosen": _name(fact) in sent if sent is not None else fact.kind != "organisation",
    }
