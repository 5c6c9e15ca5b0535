"""What higher rooms show on the page of a place."""

from collections.abc import Callable

from django.http import HttpRequest

from lienminh.places.models import Place

Panel = Callable[[HttpRequest, Place], str]
place_panels: list[Panel] = []
"""Sections of a place's page: each gives HTML, or '' where it has nothing to show."""
