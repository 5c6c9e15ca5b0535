"""Small words of the templates that every room uses."""

from typing import Any

from django import template
from django.utils import translation

from lienminh.web import words

register = template.Library()


@register.filter
def label(thing: Any) -> str:
    """The label of anything with label_vi and label_en, in the page's language."""
    return str(thing.label_en if translation.get_language() == "en" else thing.label_vi)


@register.filter
def vi(text: Any) -> str:
    """A name, a title or a quotation, marked as Vietnamese where the page is not."""
    return words.Vietnamese(text or "")


@register.filter
def capital(text: Any) -> str:
    """The text with a capital; its Vietnamese words stay marked."""
    return words.capital(text if isinstance(text, str) else str(text))


@register.filter
def plain(text: Any) -> str:
    """The bare text, for attributes and titles, where nothing can be marked."""
    return str(text)


@register.simple_tag(takes_context=True)
def with_bar(context: dict[str, Any], url: str) -> str:
    """An address that carries the bar's choice along."""
    query = context["bar"].query
    return f"{url}{'&' + query[1:] if '?' in url and query else query}"
