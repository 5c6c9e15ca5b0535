"""Reads of texts: which a visitor may see, what waits in them, and the wordings that hold."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from lienminh.intake.models import Finding, Text, Wording
from lienminh.people.rights import Visitor, mandates_of
from lienminh.people.roles import ADD, ROLES
from lienminh.places.models import Level, Place, Within
from lienminh.rules.text import fold


def visible_to(user: Visitor) -> QuerySet[Text]:
    """The texts of the places of one's mandates and of all inside them, without those dropped."""
    own = {mandate.place for mandate in mandates_of(user)}
    if not own:
        return Text.objects.none()
    inside = Within.objects.filter(ancestor__in=own).values("place")
    is_national = any(place.level == Level.NATION for place in own)
    seen = Q() if is_national else Q(place__in=own) | Q(place__in=inside)
    texts = Text.objects.filter(seen, dropped_at=None).defer("content")
    return texts.select_related("place", "document", "taken_by").prefetch_related("place__spells")


def counted(texts: QuerySet[Text]) -> QuerySet[Text]:
    """With how many figures are shown, and how many of them wait; the newest first."""
    shown = Q(readings__shown=True)
    left = shown & Q(readings__state=Finding.State.OPEN)
    return texts.annotate(
        figures=Count("readings", filter=shown), waiting=Count("readings", filter=left)
    ).order_by("-taken_at", "-pk")


def waiting(texts: QuerySet[Text]) -> QuerySet[Text]:
    """Those in which a figure that is shown waits for a decision."""
    open_ones = Finding.objects.filter(shown=True, state=Finding.State.OPEN)
    return texts.filter(pk__in=open_ones.values("text"))


def text_for(user: Visitor, ref: str) -> Text:
    """The text of a ref with its content; Http404 where there is none that this visitor may see."""
    found = visible_to(user).defer(None).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def called(texts: QuerySet[Text], words: str) -> QuerySet[Text]:
    """Those whose title, number or file name holds the words, with or without marks."""
    return texts.filter(folded__contains=fold(words)) if words else texts


def offices_of(user: Visitor) -> list[Place]:
    """The places for which an account gives texts to be read."""
    places = {m.place_id: m.place for m in mandates_of(user) if ADD in ROLES[m.role]}
    return list(places.values())


def wordings_for(user: Visitor) -> QuerySet[Wording]:
    """The wordings in force that a visitor may see: of the own branch, and those published."""
    own = {mandate.place_id for mandate in mandates_of(user)}
    inside = Within.objects.filter(ancestor__in=own).values("place")
    seen = Q(place__in=own) | Q(place__in=inside) | Q(published_at__isnull=False)
    found = Wording.objects.filter(seen, removed_at=None) if own else Wording.objects.none()
    return found.select_related("indicator", "place", "taught_by", "finding__text")


def wordings_at(place: Place) -> QuerySet[Wording]:
    """The wordings that hold for texts of a place."""
    holding = Q(place=place) | Q(published_at__isnull=False)
    return Wording.objects.filter(holding, removed_at=None).select_related("indicator")
