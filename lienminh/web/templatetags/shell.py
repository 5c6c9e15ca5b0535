"""Small words of the templates that every room uses."""

from typing import Any

from django import template
from django.utils import translation

register = template.Library()


@register.filter
def label(thing: Any) -> str:
    """The label of anything with label_vi and label_en, in the page's language."""
    return str(thing.label_en if translation.get_language() == "en" else thing.label_vi)


@register.simple_tag(takes_context=True)
def with_bar(context: dict[str, Any], url: str) -> str:
    """An address that carries the bar's choice along."""
    query = context["bar"].query
    return f"{url}{'&' + query[1:] if '?' in url and query else query}"
