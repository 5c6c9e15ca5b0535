"""Yearly data on an organisation's page: its figures over years, and what waits."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lienminh.people.models import User
from lienminh.people.rights import mandates_of
from lienminh.registry.models import Collective, Return
from lienminh.registry.panels import registry_panels
from lienminh.registry.returns import queries
from lienminh.registry.returns.forms import label_of, shown_as
from lienminh.registry.words import SIZES
from lienminh.web.hooks import home_panels


def register() -> None:
    """Show yearly data on the pages of organisations."""
    if of_record not in registry_panels:
        registry_panels.append(of_record)
        home_panels.append((16, needs))


def of_record(request: HttpRequest, record: Collective) -> str:
    """The accepted data side by side, and the returns that are not accepted yet."""
    told, rows = queries.over_years(record)
    sizes = [SIZES.get(queries.size_in(record, one).name or "", "") for one in told]
    fills_in = queries.may_fill_in(request.user, record)
    context = {
        "record": record,
        "told": told,
        "rows": [
            (label_of(item), [None if v is None else shown_as(v, item) for v in values])
            for item, values in rows
        ],
        "sizes": sizes if any(sizes) else [],
        "open": record.returns.exclude(state=Return.State.ACCEPTED) if fills_in else [],
        "fills_in": fills_in,
    }
    return render_to_string("registry/returns/of_record.html", context, request)


def needs(request: HttpRequest) -> str:
    """What was handed in and waits, and the organisations the visitor speaks for."""
    user = request.user
    if not isinstance(user, User):
        return ""
    context = {
        "waiting": queries.waiting(user).count() if mandates_of(user) else 0,
        "own": [row.collective for row in queries.represented(user)],
    }
    if not any(context.values()):
        return ""
    return render_to_string("registry/returns/home_needs.html", context, request)
