"""Finding dossiers by name, and their numbers by the code printed beside them."""

import re

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lienminh.figures.addresses import figure_url
from lienminh.figures.words import label_of, period_words
from lienminh.places.words import place_title
from lienminh.reviews.models import Number
from lienminh.reviews.printing import question_of
from lienminh.reviews.queries import listed
from lienminh.rules.periods import Period
from lienminh.rules.text import fold
from lienminh.web.hooks import Hit, searches
from lienminh.web.words import Vietnamese, joined

MOST, SHORTEST = 20, 3
_CODE = re.compile(r"\[?[Ss]([0-9]{1,4})\]?")


def register() -> None:
    """Let the search box find codes first, and dossiers after the places they may be named for."""
    if codes not in searches:
        searches.insert(0, codes)
        searches.append(dossiers)


def codes(request: HttpRequest, text: str) -> list[Hit]:
    """The numbers printed as S12, each in the dossier that prints it."""
    found = _CODE.fullmatch(text)
    if found is None:
        return []
    printed = Number.objects.filter(
        order=int(found[1]), review__in=listed(request.user).order_by().values("pk")
    )
    read = printed.select_related("review", "indicator", "place").order_by("-review__slug")
    return [_hit(number) for number in read.prefetch_related("place__spells")[:MOST]]


def _hit(number: Number) -> Hit:
    note = (
        place_title(number.place, number.last),
        period_words(Period(number.first, number.last)),
        Vietnamese(number.review.title),
    )
    title = f"{number.code}: {label_of(number.indicator)}"
    return Hit(_("Số liệu"), title, figure_url(question_of(number)), joined("; ", note))


def dossiers(request: HttpRequest, text: str) -> list[Hit]:
    """Dossiers whose title holds the text, with or without its marks."""
    wanted = fold(text)
    if len(wanted) < SHORTEST:
        return []
    plain = listed(request.user).select_related(None).prefetch_related(None)
    rows = plain.values_list("slug", "title", "first", "last")
    return [
        Hit(
            _("Hồ sơ"),
            Vietnamese(title),
            reverse("review", args=[slug]),
            period_words(Period(first, last)),
        )
        for slug, title, first, last in rows
        if wanted in fold(title)
    ][:MOST]
