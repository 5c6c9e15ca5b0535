"""Words of the registry's templates."""

from django import template
from django.forms import BoundField

from lienminh.places.models import Place
from lienminh.registry.seats import full_title
from lienminh.web.words import Words

register = template.Library()


@register.simple_tag
def seat(place: Place) -> Words:
    """The unit of a seat with all it lies in."""
    return full_title(place)


@register.filter
def offered(field: BoundField) -> list[str]:
    """What an unclear name in a field may mean."""
    found: dict[str, list[str]] = getattr(field.form, "offered", {})
    return found.get(field.name, [])
