"""Who may do what, where: rights come from mandates, by role, place and day."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from lienminh.people.models import Mandate, User
from lienminh.people.roles import READ, ROLES
from lienminh.places.models import Place, Within
from lienminh.web.refusals import Forbidden

Visitor = User | AnonymousUser


def mandates_of(user: Visitor, day: date | None = None) -> list[Mandate]:
    """The mandates that hold on a day (today), none for a visitor."""
    if not isinstance(user, User) or not user.is_active:
        return []
    day = day or timezone.localdate()
    held = user.mandates.filter(first_day__lte=day).filter(Q(last_day=None) | Q(last_day__gte=day))
    return list(held.select_related("place"))


def in_branch(user: Visitor, place: Place) -> bool:
    """Whether a place lies in a place of the account's mandates, in any borders."""
    own = {mandate.place_id for mandate in mandates_of(user)}
    inside = Within.objects.filter(ancestor__in=own, place=place)
    return bool(own) and (place.pk in own or inside.exists() or _groups(own, place))


def _groups(own: set[int], place: Place) -> bool:
    """A grouping is in a branch when all its members are; one without members, in the nation's."""
    if place.level != "grouping":
        return False
    members = set(place.member_rows.values_list("place_id", flat=True))
    held = set(
        Within.objects.filter(ancestor__in=own, place__in=members).values_list(
            "place_id", flat=True
        )
    )
    national = Place.objects.filter(pk__in=own, level="nation").exists()
    return national or (bool(members) and members <= held)


def may(user: Visitor, right: str, place: Place) -> bool:
    """Whether some mandate gives the right at a place."""
    return place.pk in where(user, right, [place])


def where(user: Visitor, right: str, places: Collection[Place]) -> set[int]:
    """Those of the places, by their keys, at which some mandate gives the right."""
    giving = {m.place_id for m in mandates_of(user) if right in ROLES[m.role]}
    held = {place.pk for place in places} & giving
    left = [place for place in places if place.pk not in held]
    if giving and left:
        inside = Within.objects.filter(ancestor__in=giving, place__in=left)
        held |= set(inside.values_list("place_id", flat=True))
        held |= {one.pk for one in left if one.pk not in held and _groups(giving, one)}
    return held


def require(user: Visitor, right: str, place: Place) -> None:
    """Nothing, or Http404 outside the branch, or Forbidden without the right."""
    if not in_branch(user, place):
        raise Http404
    if not may(user, right, place):
        raise Forbidden


def reads_office_figures(user: Visitor) -> bool:
    """Whether figures for staff may be read: whole or not at all, so by role alone."""
    return any(READ in ROLES[mandate.role] for mandate in mandates_of(user))
