"""What higher rooms show on the page of a document."""

from collections.abc import Callable

from django.http import HttpRequest

from lienminh.documents.models import Document

Panel = Callable[[HttpRequest, Document], str]
document_panels: list[Panel] = []
"""Sections of a document's page: each gives HTML, or '' where it has nothing to show."""
