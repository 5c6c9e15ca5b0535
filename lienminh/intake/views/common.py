"""Who is let in: staff see the texts of their branch, those who enter figures decide about them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from lienminh.intake.models import Text
from lienminh.intake.queries import text_for
from lienminh.people.models import User
from lienminh.people.rights import may
from lienminh.people.roles import ADD
from lienminh.web.refusals import Forbidden

View = Callable[..., HttpResponse]


def of_text(view: View) -> View:
    """A page of a text; Http404 outside its branch."""

    @wraps(view)
    def found(request: HttpRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, text_for(request.user, ref), *args, **kwargs)

    return login_required(found)


def decides(request: HttpRequest, text: Text) -> bool:
    """Whether the visitor enters figures at the place of the text."""
    return may(request.user, ADD, text.place)


def account(request: HttpRequest, text: Text) -> User:
    """The account that decides about a text; Forbidden for one that may only read it."""
    if not isinstance(request.user, User) or not decides(request, text):
        raise Forbidden
    return request.user
