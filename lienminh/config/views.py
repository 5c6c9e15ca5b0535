"""The pages that belong to no room: home, search, and the page of the look itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienminh.paper import tiles
from lienminh.rules.text import clean
from lienminh.web.hooks import home_panels, searches
from lienminh.web.shell import shareable

LONGEST_SEARCH = 200


@require_safe
@shareable
def home(request: HttpRequest) -> HttpResponse:
    """What the rooms have for this visitor: what needs them, reviews, figures of their scope."""
    drawn = [panel(request) for _order, panel in sorted(home_panels, key=lambda pair: pair[0])]
    return render(request, "web/home.html", {"panels": list(filter(None, drawn))})


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Everything of a name, a number as written, or a printed code."""
    text = clean(request.GET.get("q", ""))[:LONGEST_SEARCH].strip()
    hits = [hit for search in searches for hit in search(request, text)] if text else []
    page = "web/hits.html" if request.headers.get("HX-Request") else "web/find.html"
    return render(request, page, {"text": text, "hits": hits})


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    kinds = [(mark_safe(tiles.swatch(kind, level)), said) for kind, level, said in _tiles()]  # noqa: S308
    return render(request, "web/look.html", {"tiles": kinds})


def _tiles() -> list[tuple[tiles.Kind, int, str]]:
    """Each way a tile of a map is painted, and what it says."""
    shades: list[tuple[tiles.Kind, int, str]] = [
        ("class", level, f"{level + 1}/{len(tiles.SHADES)}") for level in range(len(tiles.SHADES))
    ]
    return [
        *shades,
        ("estimate", 0, _("mới có số ước")),
        ("partial", 0, _("cấp dưới báo cáo chưa đủ")),
        ("missing", 0, _("chưa báo cáo")),
        ("excused", 0, _("không thuộc đối tượng")),
    ]
