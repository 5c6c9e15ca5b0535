"""What is counted when somebody tries a password: the account's name and the network address.

A browser that signed in as the account before carries a signed cookie and is counted by itself: a
stranger who guesses keeps the colleague waiting neither there nor, for long, anywhere else.
"""

import secrets
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from lienminh.rules.errors import Refused
from lienminh.rules.guessing import Counted
from lienminh.rules.text import normalise

COOKIE: Final = "known-browser"
COOKIE_AGE: Final = timedelta(days=180)
MINUTE: Final = 60

Keys = dict[str, Counted]


class TooMany(Refused):
    """Too many tries: the next one counts from a moment on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Too many tries; the next is heard from {until:%H:%M:%S} on.")
        self.seconds = max(1, round((until - timezone.now()).total_seconds() + 0.5))

    @property
    def sentence(self) -> str:
        """How long to wait, in the page's language."""
        seconds, minutes = self.seconds, -(-self.seconds // MINUTE)
        if seconds <= 2 * MINUTE:
            told = ngettext(
                "Đã thử sai nhiều lần. Hãy chờ %(n)d giây rồi thử lại.",
                "Đã thử sai nhiều lần. Hãy chờ %(n)d giây rồi thử lại.",
                seconds,
            )
            return told % {"n": seconds}
        told = ngettext(
            "Đã thử sai nhiều lần. Hãy chờ %(n)d phút rồi thử lại.",
            "Đã thử sai nhiều lần. Hãy chờ %(n)d phút rồi thử lại.",
            minutes,
        )
        return told % {"n": minutes}


def keys_of(request: HttpRequest, name: str) -> Keys:
    """What a try counts against. Keys are digests: a password may have been typed as the name."""
    name = _folded(name)
    browser = request.get_signed_cookie(COOKIE, "", salt=_salt(name), max_age=COOKIE_AGE)
    return {
        _digest(f"account {name} {browser}"): "account",
        _digest(f"address {_address(request)}"): "address",
    }


def remember(response: HttpResponse, name: str) -> None:
    """Let the browser show next time that it has signed in as this account."""
    response.set_signed_cookie(
        COOKIE,
        secrets.token_urlsafe(12),
        salt=_salt(_folded(name)),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _folded(name: str) -> str:
    return normalise(name).casefold()


def _salt(name: str) -> str:
    return f"{COOKIE} {name}"


def _digest(text: str) -> str:
    return salted_hmac("people.guessing", text, algorithm="sha256").hexdigest()


def _address(request: HttpRequest) -> str:
    """Who asks; behind this machine's reverse proxy, whom it names last. Of IPv6 the network."""
    direct, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For")
    address = _parsed(direct)
    if forwarded and (address is None or address.is_loopback):
        address = _parsed(forwarded.rpartition(",")[2].strip()) or address
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or direct)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
