"""Finding places by name, without diacritics, at every level and of every day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienminh.places import naming
from lienminh.places.models import Alias, Level, Place, Spell
from lienminh.places.queries import spell_of
from lienminh.places.words import place_title
from lienminh.web.hooks import Hit, searches
from lienminh.web.words import joined

MOST, SHORTEST, LONGEST = 20, 2, 100


def register() -> None:
    """Let the search box find places."""
    if search not in searches:
        searches.append(search)


def search(request: HttpRequest, text: str) -> list[Hit]:
    """The places of a name, the nearest spelling and highest level first, at most MOST."""
    places, more = named(text, most=MOST)
    hits = [
        Hit(_("Nơi"), place_title(place), reverse("place", args=[place.ref]), described(place))
        for place in places
    ]
    if more:
        words = ngettext("và %(n)d nơi nữa", "và %(n)d nơi nữa", more) % {"n": more}
        hits.append(Hit(_("Nơi"), words, f"{reverse('places')}?{urlencode({'q': text})}"))
    return hits


def named(text: str, *, most: int) -> tuple[Sequence[Place], int]:
    """Places whose name, or name with its level word, holds the text, and how many more there are.

    The same name comes first, then one that begins so; then the higher level; then what lives.
    """
    key = naming.key(text)[:LONGEST]
    if len(key) < SHORTEST:
        return [], 0
    spells = Spell.objects.filter(place=OuterRef("pk"))
    match, same, starts = Q(folded__contains=key), Q(folded=key), Q(folded__startswith=key)
    if titled := naming.split_title(text):
        bare = naming.key(titled.name)[:LONGEST]
        match |= Q(folded__contains=bare, kind=titled.kind)
        starts |= Q(folded__startswith=bare, kind=titled.kind)
        same |= Q(folded=bare, kind=titled.kind)
    aliases = Alias.objects.filter(place=OuterRef("pk"), folded__contains=key)
    wanted = Exists(spells.filter(match)) | Exists(aliases)
    places = (
        Place.objects.filter(wanted)
        .annotate(
            found=Window(Count("pk")),
            exact=Exists(spells.filter(same)),
            starts=Exists(spells.filter(starts)),
        )
        .order_by("-exact", "-starts", _by_level(), F("last_day").desc(nulls_first=True), "ref")
        .prefetch_related("spells__parent__spells")
    )[:most]
    shown = list(places)
    return shown, shown[0].found - len(shown) if shown else 0


def described(place: Place) -> str:
    """What it belonged to, and its days where they say something."""
    parent = spell_of(place).parent
    above = place_title(parent) if parent and parent.level != Level.NATION else ""
    return joined("; ", (above, life(place)))


def life(place: Place, today: date | None = None) -> str:
    """Whether a place has ended or not yet begun, and when; '' for one that lives."""
    today = today or timezone.localdate()
    if place.last_day and place.last_day < today:
        return _("đến hết ngày %(day)s") % {"day": f"{place.last_day:%d/%m/%Y}"}
    if place.first_day > today:
        return _("từ ngày %(day)s") % {"day": f"{place.first_day:%d/%m/%Y}"}
    return ""


def _by_level() -> Case:
    whens = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]
    return Case(*whens, output_field=IntegerField())
