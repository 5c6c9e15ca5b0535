"""What this room puts into the shell and onto the pages of lower rooms."""

from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from lienminh.figures.records import record_namers
from lienminh.people.models import User
from lienminh.people.rights import mandates_of
from lienminh.people.roles import KEEP, ROLES
from lienminh.places.models import Place
from lienminh.places.panels import place_panels
from lienminh.registry.duplicates import count_for
from lienminh.registry.lineage import name_records
from lienminh.registry.queries import (
    RECORD,
    inside,
    living,
    matching,
    there,
    to_confirm,
    visible_to,
)
from lienminh.registry.seats import ABOVE, full_title
from lienminh.registry.words import KINDS
from lienminh.web.hooks import Hit, MenuItem, add_to_menu, home_panels, menu, searches
from lienminh.web.words import Vietnamese, joined

MENU = MenuItem("registry", gettext_noop("Sổ đăng ký"), 40, signed_in=True)
MOST, SHORTEST = 10, 2


def register() -> None:
    """Fill the lists of the shell and of lower rooms; harmless to repeat."""
    if MENU not in menu:
        add_to_menu(MENU)
        home_panels.append((15, needs))
        place_panels.append(of_place)
        searches.insert(0, organisations)
        record_namers[RECORD] = name_records


def organisations(request: HttpRequest, text: str) -> list[Hit]:
    """The organisations of a name, number or product, of those the visitor may read."""
    if len(text) < SHORTEST or not request.user.is_authenticated:
        return []
    found = matching(there(visible_to(request.user)), text).order_by("name_key", "pk")
    shown = found.select_related("place").prefetch_related(f"place__{ABOVE}")[: MOST + 1]
    hits = [
        Hit(
            str(KINDS[one.kind]),
            Vietnamese(one.name),
            reverse("registry-record", args=[one.ref]),
            joined("; ", (one.number, full_title(one.place))),
        )
        for one in shown[:MOST]
    ]
    if len(shown) > MOST:
        more = found.order_by().count() - MOST
        words = ngettext("và %(n)d tổ chức nữa", "và %(n)d tổ chức nữa", more) % {"n": more}
        url = f"{reverse('registry')}?{urlencode({'q': text, 'ended': 'on', 'place': ''})}"
        hits.append(Hit(_("Sổ đăng ký"), words, url))
    return hits


def needs(request: HttpRequest) -> str:
    """What waits for the visitor in the registry; nothing for who keeps none."""
    user = request.user
    if not isinstance(user, User):
        return ""
    if not any(KEEP in ROLES[mandate.role] for mandate in mandates_of(user)):
        return ""
    context = {
        "seats": to_confirm(visible_to(user)).count(),
        "duplicates": count_for(user),
    }
    return (
        render_to_string("registry/home_needs.html", context, request)
        if any(context.values())
        else ""
    )


def of_place(request: HttpRequest, place: Place) -> str:
    """How many organisations have their seat in the place, and the list of them."""
    if not request.user.is_authenticated:
        return ""
    records = living(inside(visible_to(request.user), place)).order_by()
    counted = dict(records.values_list("kind").annotate(Count("pk")))
    if not counted:
        return ""
    address = reverse("registry")
    rows = [
        (label, counted[kind], f"{address}?{urlencode({'place': place.ref, 'kind': kind})}")
        for kind, label in KINDS.items()
        if kind in counted
    ]
    return render_to_string("registry/of_place.html", {"rows": rows, "place": place}, request)
