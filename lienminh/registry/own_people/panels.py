"""Own people on an organisation's page and on home: who they are, what they propose."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lienminh.people.models import User
from lienminh.people.rights import may
from lienminh.people.roles import KEEP
from lienminh.registry.models import Collective
from lienminh.registry.own_people import queries
from lienminh.registry.panels import registry_panels
from lienminh.registry.returns.queries import speaks_for
from lienminh.web.hooks import home_panels


def register() -> None:
    """Show own people on the pages of organisations."""
    if of_record not in registry_panels:
        registry_panels.append(of_record)
        home_panels.append((17, needs))


def of_record(request: HttpRequest, record: Collective) -> str:
    """Who speaks for it, for those who keep it; what was proposed, with the answer."""
    keeps, there = may(request.user, KEEP, record.place), record.merged_into_id is None
    context = {
        "record": record,
        "keeps": keeps,
        "appoints": keeps and there,
        "people": queries.people_of(record) if keeps else [],
        "speaks": there and speaks_for(request.user, record),
        "proposals": [(one, queries.labels(one)) for one in record.proposals.all()],
    }
    return render_to_string("registry/own_people/of_record.html", context, request)


def needs(request: HttpRequest) -> str:
    """How many proposals wait for who keeps records."""
    user = request.user
    waiting = queries.waiting_count(user) if isinstance(user, User) else 0
    if not waiting:
        return ""
    return render_to_string("registry/own_people/home_needs.html", {"waiting": waiting}, request)
