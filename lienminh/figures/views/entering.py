"""Being written."""

from django.http import HttpRequest, HttpResponse


def add(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")


def entry(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")


def approve(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")


def correct(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")


def journal(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")
