"""Being written."""

from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest, **_: str) -> HttpResponse:
    """Being written."""
    return HttpResponse("…")
