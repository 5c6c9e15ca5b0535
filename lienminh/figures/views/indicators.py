"""Being written."""

from django.http import HttpRequest, HttpResponse


def index(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")


def show(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")


def matrix(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")
