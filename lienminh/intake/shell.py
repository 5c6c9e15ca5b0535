"""What this room puts into the shell: its menu entry, and what waits on the home page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_noop

from lienminh.figures.stating import adds_somewhere
from lienminh.intake.queries import counted, visible_to, waiting
from lienminh.people.models import User
from lienminh.web.hooks import MenuItem, add_to_menu, home_panels, menu

MENU = MenuItem("texts", gettext_noop("Văn bản"), 55, signed_in=True)
MOST = 5


def register() -> None:
    """Fill the shell's lists; harmless to repeat."""
    if MENU not in menu:
        add_to_menu(MENU)
        home_panels.append((12, needs))


def needs(request: HttpRequest) -> str:
    """The texts in which figures wait for the visitor; nothing for who decides about none."""
    user = request.user
    if not isinstance(user, User) or not adds_somewhere(user):
        return ""
    found = list(waiting(counted(visible_to(user)))[: MOST + 1])
    if not found:
        return ""
    context = {"texts": found[:MOST], "more": len(found) > MOST}
    return render_to_string("intake/home_needs.html", context, request)
