"""Finding indicators by name, and figures by their number as people write it or their code."""

import re
from collections import defaultdict

from django.db.models import Count, F, Q, QuerySet, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienminh.figures import words
from lienminh.figures.addresses import entry_question, figure_url
from lienminh.figures.lineage import amount_of
from lienminh.figures.models import Entry, Indicator
from lienminh.people.rights import reads_office_figures
from lienminh.places.words import place_title
from lienminh.rules import typed
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold
from lienminh.rules.wording import UNITS
from lienminh.web.hooks import Hit, searches
from lienminh.web.shell import bar_of
from lienminh.web.words import joined

MOST, SHORTEST = 20, 2
_CODE = re.compile(r"#?([0-9]{1,18})\.([0-9]{1,9})|#([0-9]{1,18})")
_SHORT_NAMES = {"htx": "hợp tác xã", "tht": "tổ hợp tác"}


def register() -> None:
    """Let the search box find codes, numbers and indicators, before the many names of places."""
    searches[:0] = [one for one in (codes, numbers, indicators) if one not in searches]


def indicators(request: HttpRequest, text: str) -> list[Hit]:
    """Indicators whose label, in either language, or code holds the text."""
    wanted = fold(text)
    if len(wanted) < SHORTEST:
        return []
    query = bar_of(request).query
    found = [
        indicator
        for indicator in Indicator.objects.order_by("code")
        if any(wanted in fold(name) for name in _names(indicator))
    ]
    hits = [
        Hit(
            _("Chỉ tiêu"),
            words.label_of(one),
            reverse("indicator", args=[one.code]) + query,
            one.code,
        )
        for one in found[:MOST]
    ]
    return hits + _more(_("Chỉ tiêu"), len(found) - len(hits), reverse("indicators"))


def _names(indicator: Indicator) -> tuple[str, str, str]:
    return indicator.label_vi, indicator.label_en, indicator.code


def codes(request: HttpRequest, text: str) -> list[Hit]:
    """The entry printed as 4.12, or the entries of the posting #4."""
    found = _CODE.fullmatch(text)
    if found is None:
        return []
    wanted = Q(posting=found[1], line=found[2]) if found[1] else Q(posting=found[3])
    return _hits(request, Entry.objects.filter(wanted), text, link="entry")


def numbers(request: HttpRequest, text: str) -> list[Hit]:
    """Every entry that states the number, alone or as an end of a range."""
    units = defaultdict(list)
    whole = " ".join(_SHORT_NAMES.get(word.lower(), word) for word in text.split())
    for unit in UNITS:
        try:
            amount = typed.amount(whole, unit).amount
        except Refused:
            continue
        units[amount.low, amount.high].append(unit)
    wanted = Q(pk__in=[])
    for (low, high), codes_of_units in units.items():
        of_these = Q(indicator__unit__in=codes_of_units)
        if low == high:  # alone, or an end of a range; each by its own index
            wanted |= Q(low=low) & of_these
            wanted |= Q(high=high, low__lt=F("high")) & of_these
        else:
            wanted |= Q(low=low, high=high) & of_these
    return _hits(request, Entry.objects.filter(wanted), text, link="figure") if units else []


def _hits(request: HttpRequest, entries: QuerySet[Entry], text: str, *, link: str) -> list[Hit]:
    if not reads_office_figures(request.user):
        entries = entries.filter(indicator__audience=Indicator.Audience.PUBLIC)
    counted = entries.annotate(found=Window(Count("pk"))).order_by("-posting_id", "line")
    read = counted.select_related("indicator", "place", "cell", "posting")
    shown = list(read.prefetch_related("place__spells")[:MOST])
    labels = words.cell_labels()
    kind = _("Bút toán") if link == "entry" else _("Số liệu")
    hits = [_hit(entry, labels, kind, link) for entry in shown]
    more = shown[0].found - len(shown) if shown else 0
    return hits + _more(kind, more, f"{reverse('find')}?{urlencode({'q': text})}")


def _hit(entry: Entry, labels: words.Labels, kind: str, link: str) -> Hit:
    question = entry_question(entry)
    said = (
        str(words.written(amount_of(entry), entry.indicator, entry.counting))
        if entry.low is not None
        else _("rút số")
    )
    note = [
        words.label_of(entry.indicator),
        place_title(entry.place, entry.last),
        words.period_words(question.period),
        words.cell_in_words(entry.cell.text, labels),
    ]
    if entry.series != Entry.Series.ACTUAL:
        note.append(str(words.SERIES[entry.series]))
    is_code = link == "entry"
    url = reverse("entry", args=[entry.code]) if is_code else figure_url(question)
    note += [] if is_code else [_("bút toán %(code)s") % {"code": entry.code}]
    title = f"{entry.code}: {said}" if is_code else said
    return Hit(kind, title, url, joined("; ", note))


def _more(kind: str, count: int, url: str) -> list[Hit]:
    if count <= 0:
        return []
    more = ngettext(
        "và %(n)d kết quả nữa; gõ thêm để thu hẹp",
        "và %(n)d kết quả nữa; gõ thêm để thu hẹp",
        count,
    )
    return [Hit(kind, more % {"n": count}, url)]
