"""The page of a figure: the answer, and everything that stands behind it."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienminh.figures import reasons, records, sheet, telling, words
from lienminh.figures.addresses import figure_url, question_at
from lienminh.figures.answers import answer
from lienminh.figures.models import Entry, Indicator, Posting
from lienminh.figures.questions import Answer
from lienminh.figures.uses import uses_of
from lienminh.figures.words import why_words, written
from lienminh.people.models import User
from lienminh.people.rights import may
from lienminh.people.roles import ADD, APPROVE, CORRECT
from lienminh.places.bar import chosen_place
from lienminh.places.queries import title_of
from lienminh.places.words import place_title
from lienminh.rules.errors import Refused
from lienminh.web.shell import Bar, bar_of


@require_safe
def show(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """One question's answer; the bar on this page asks the same of another place or period."""
    question = question_at(request, code, ref)
    if "go" in request.GET:
        named = bar_of(request).place
        place = chosen_place(request, question.period.last) if named else question.place
        if place is not None:  # else the bar says why, and this figure stays
            return HttpResponseRedirect(figure_url(replace(question, place=place)))
    # A visitor who has not signed in is not None: None is the office's own machine.
    user = cast("User", request.user)
    try:
        given = answer(question, user=user)
    except Refused:
        sentence = _(
            "Chỉ tiêu này không có cách chia hoặc loại số “%(words)s”; hãy mở từ trang chỉ tiêu."
        )
        raise Refused(sentence % {"words": question.cell or question.series}) from None
    return render(request, "figures/figure.html", _context(request, given, user))


def _context(request: HttpRequest, given: Answer, user: User) -> dict[str, Any]:
    labels = words.cell_labels()
    question, indicator = given.question, given.indicator
    context = {
        "answer": given,
        "question": question,
        "indicator": indicator,
        "place": place_title(question.place, question.period.last),
        "period": words.period_words(question.period),
        "address": figure_url(question),
        "bar": _bar(given),
        "cell": words.cell_in_words(question.cell, labels),
        "series": "" if question.series == "actual" else words.SERIES[question.series],
        "known": Posting.objects.filter(number=given.known_at).first(),
        "figure": written(given.amount, indicator, given.counting) if given.amount else None,
        "why": why_words(given.why),
        "for_staff": given.why == reasons.NOT_FOR_YOU,
        "alliance": indicator.about == Indicator.About.ALLIANCE,
    }
    return context if context["for_staff"] else context | _behind(request, given, user, labels)


def _behind(
    request: HttpRequest, given: Answer, user: User, labels: words.Labels
) -> dict[str, Any]:
    """What only those who may read the figure are shown."""
    question, indicator = given.question, given.indicator
    lines = sheet.quoted(given, labels, user=user)
    history, entries = sheet.history(given, lines, labels)
    children = sheet.children(given, user=user)
    partial = given.partial
    cell = words.cell_in_words(question.cell, labels)
    return {
        "lines": lines,
        "records": records.behind(given.entries, user) if given.source == "counted" else None,
        "unquoted": max(len(given.entries) - len(lines), 0),
        "marks": _marks(given),
        "beside": sheet.beside(given),
        "parts": sheet.parts(given, labels),
        "overlaps": bool(given.parts and given.parts.overlaps),
        "terms": sheet.terms(given, user=user),
        "children": children[: sheet.SHOWN],
        "children_count": len(children),
        "unshown": len(children) - sheet.SHOWN,
        "partial": written(partial.amount, indicator, given.counting) if partial else None,
        "conflicts": sheet.conflicting(given, labels),
        "history": history,
        "older": entries - len(history),
        "rule": telling.rule_of(given, lines),
        "sentence": telling.sentence(given, lines, label=words.label_of(indicator), cell=cell),
        "codes": telling.codes(given),
        "part_of": [(place_title(unit, given.geography), unit) for unit in given.part_of],
        "who": [] if given.amount else sheet.who_could_answer(question),
        "uses": uses_of(request, question),
        "may_add": given.amount is None and may(request.user, ADD, question.place),
        "may_correct": bool(lines)
        and given.source != "counted"
        and may(request.user, CORRECT, question.place),
        "may_approve": given.status == Entry.Status.PRELIMINARY
        and bool(lines)
        and may(request.user, APPROVE, question.place),
    }


def _marks(given: Answer) -> list[str]:
    """What must be known to read the number: its day, how it was counted, where it comes from."""
    told = [str(words.SOURCES[given.source])] if given.source else []
    if given.as_of:
        basis = words.BASIS[given.as_of_basis] if given.as_of_basis else ""
        told.append(f"{given.as_of:%d/%m/%Y}" + (f" ({basis})" if basis else ""))
    if given.counting:
        told.append(str(words.COUNTING[given.counting]))
    if given.question.known_at is not None:
        told.append(_("như đã biết đến bút toán #%(n)d") % {"n": given.question.known_at})
    return told


def _bar(given: Answer) -> Bar:
    """The bar as this figure fills it."""
    question = given.question
    known_at = "" if question.known_at is None else f"#{question.known_at}"
    geography = f"{question.geography}" if question.geography else ""
    name = title_of(question.place, question.period.last)
    return Bar(name, str(question.period), geography, known_at)
