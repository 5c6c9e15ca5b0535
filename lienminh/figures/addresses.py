"""Questions as addresses of the figure's page, and back: whoever is sent one sees the same."""

import re
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from lienminh.figures import moments
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.questions import Question
from lienminh.places.models import Place
from lienminh.places.queries import geography_of
from lienminh.places.source import first_days
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.text import clean
from lienminh.web.shell import Bar, bar_of, this_year

LONGEST = 300
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def figure_url(question: Question) -> str:
    """The address of a question's page; what is not asked for is left out."""
    return question.path


def entry_question(entry: Entry) -> Question:
    """The question that an entry answers; its indicator, place and cell are read."""
    return Question(
        indicator=entry.indicator.code,
        place=entry.place,
        period=Period(entry.first, entry.last),
        cell=entry.cell.text,
        series=entry.series,
    )


def question_at(request: HttpRequest, code: str, ref: str) -> Question:
    """The question of an address; 404 for no such indicator or place, Refused for a bad word.

    The bar fills in what the address leaves open; of a field given twice the first is the figure's.
    """
    bar = _bar(request)
    indicator = Indicator.objects.filter(code=clean(code)).first()
    place = Place.objects.filter(ref=clean(ref)).prefetch_related("spells").first()
    if indicator is None or place is None:
        raise Http404
    asked = {name: _first(request, name) for name in ("period", "series", "stated_by")}
    geography = _first(request, "geography", bar.geography)
    known_at = _first(request, "known_at", bar.known_at)
    written = asked["period"] or bar.period
    return Question(
        indicator=code,
        place=place,
        period=_period(written) if written else latest_period(indicator, place),
        # A plus that was not escaped arrives as a space.
        cell=";".join(request.GET.getlist("where")).replace(" ", "+")[:LONGEST],
        series=asked["series"] or Entry.Series.ACTUAL,
        geography=borders_typed(geography) if geography else None,
        known_at=moment_typed(known_at) if known_at else None,
        stated_by=_day(asked["stated_by"]) if asked["stated_by"] else None,
    )


def latest_period(indicator: Indicator, place: Place) -> Period:
    """The latest days for which something is entered there, else this year."""
    entries = Entry.objects.filter(indicator=indicator, place=place)
    days = entries.order_by("-last", "first").values_list("first", "last").first()
    return Period(*days) if days else this_year()


def _bar(request: HttpRequest) -> Bar:
    """The bar; an empty one where its period is written as people write it, which is read here."""
    try:
        return bar_of(request)
    except Refused:
        return Bar()


def _first(request: HttpRequest, name: str, otherwise: str = "") -> str:
    given = request.GET.getlist(name)
    return clean(given[0])[:LONGEST].strip() if given else otherwise


def _period(text: str) -> Period:
    try:
        return typed.period(text)
    except Refused as refusal:
        raise Refused(_(str(refusal))) from None


def _iso(text: str) -> str:
    """A day written day first as 2024-03-20; anything else as it is."""
    found = _DAY_FIRST.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text


def _day(text: str) -> date:
    try:
        return moments.day_of(_iso(text))
    except Refused:
        sentence = _("“%(text)s” không phải một ngày; hãy viết như 20/03/2024.")
        raise Refused(sentence % {"text": text}) from None


def borders_typed(text: str) -> date:
    """A day whose borders are known, as people type it; Refused otherwise."""
    day = _day(text)
    try:
        geography_of(day)
    except Refused:
        first = f"{first_days()[0]:%d/%m/%Y}"
        raise Refused(_("Địa giới chỉ biết từ ngày %(first)s.") % {"first": first}) from None
    return day


def moment_typed(text: str) -> int:
    """The last posting known at a moment, as people type it; Refused otherwise."""
    try:
        return moments.posting_at(_iso(text))
    except Refused:
        sentence = _("“%(text)s” không phải một thời điểm; hãy viết ngày (20/03/2024) hoặc #12.")
        raise Refused(sentence % {"text": text}) from None
