"""The one-time keys of forms, under which what a form does is written once."""

import re
import secrets

from django.http import HttpRequest

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_key() -> str:
    """A one-time key for a form."""
    return secrets.token_urlsafe(18)


def form_key(request: HttpRequest) -> str:
    """The key a form came with, else a new one."""
    given = request.POST.get("key", "")
    return given if _KEY.fullmatch(given) else new_key()


def posting_key(request: HttpRequest) -> str:
    """Under which what a form does is written once."""
    return f"form:{form_key(request)}"
