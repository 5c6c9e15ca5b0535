"""What higher rooms show on the page of an organisation."""

from collections.abc import Callable

from django.http import HttpRequest

from lienminh.registry.models import Collective

Panel = Callable[[HttpRequest, Collective], str]
registry_panels: list[Panel] = []
"""Sections of an organisation's page: each gives HTML, or '' where it has nothing to show."""
