"""Reads of organisations: which exist on a day, and which one holds for a place."""

from datetime import date

from django.db.models import Q, QuerySet

from lienminh.people.models import Organisation
from lienminh.places.models import Place
from lienminh.places.queries import title_of
from lienminh.rules.errors import Refused


def organisations_on(day: date) -> QuerySet[Organisation]:
    """Organisations that exist on a day; an unknown first or last day excludes none."""
    return Organisation.objects.filter(
        Q(first_day=None) | Q(first_day__lte=day), Q(last_day=None) | Q(last_day__gte=day)
    )


def holder_at(kind: str, place: Place, day: date) -> Organisation:
    """The one organisation of a kind for a place on a day; Refused when none or several."""
    found = list(organisations_on(day).filter(kind=kind, place=place))
    if len(found) == 1:
        return found[0]
    where = f"for {title_of(place, day)} ({place.ref}) on {day}"
    if not found:
        raise Refused(f"No organisation of kind '{kind}' is known {where}.")
    listed = "; ".join(f"{organisation.name} ({organisation.ref})" for organisation in found)
    raise Refused(f"Several organisations of kind '{kind}' are known {where}: {listed}.")
