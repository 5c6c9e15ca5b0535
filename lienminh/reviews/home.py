"""The home page: what needs this visitor, the dossiers, the latest figures of their scope."""

from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from lienminh.figures.addresses import entry_question, figure_url
from lienminh.figures.lineage import amount_of
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.words import cell_in_words, cell_labels, period_words, written
from lienminh.people.rights import Visitor, in_branch, mandates_of, may, reads_office_figures
from lienminh.people.roles import APPROVE, ROLES
from lienminh.places.models import Level, Place, Within
from lienminh.places.words import place_title
from lienminh.reviews.models import State
from lienminh.reviews.scope import scope_of
from lienminh.reviews.views import rows_for
from lienminh.rules.periods import Period
from lienminh.web.words import capital

NEWEST = 10
MOST_WAITING = 5
# What a later statement shares with the one it supersedes (figures.drafting.key_of), but holder.
KEY = ("indicator", "place", "series", "first", "last", "cell", "subject", "source")


def needs(request: HttpRequest) -> str:
    """What waits for this account: statements to approve, own drafts, issued dossiers to mend."""
    user = request.user
    if not mandates_of(user):
        return ""
    rows = rows_for(request)
    waiting = list(waiting_for(user)[: MOST_WAITING + 1])
    context = {
        "waiting": [_line(entry) for entry in waiting[:MOST_WAITING]],
        "more": len(waiting) > MOST_WAITING,
        "drafts": [
            row
            for row in rows
            if row["state"] == State.DRAFT and row["review"].started_by_id == user.pk
        ],
        "changed": [row for row in rows if row["changed"]],
    }
    return render_to_string("reviews/home_needs.html", context, request)


def dossiers(request: HttpRequest) -> str:
    """The dossiers this visitor may read, of the place and period chosen."""
    scope = scope_of(request)
    rows = rows_for(request, scope)
    context = {"rows": rows[:NEWEST], "more": len(rows) > NEWEST, "scope": scope}
    return render_to_string("reviews/home_reviews.html", context, request)


def latest(request: HttpRequest) -> str:
    """The last statements in the visitor's places; without mandates, the public ones of all. Of
    the place and period chosen, where they are."""
    scope = scope_of(request)
    entries = scope.of(_statements()).order_by("-posting", "line")
    own = _branch(request.user)
    if own is not None:
        entries = entries.filter(own)
    if not reads_office_figures(request.user):
        entries = entries.filter(indicator__audience=Indicator.Audience.PUBLIC)
    labels = cell_labels()
    lines = [
        _line(entry) | {"cell": cell_in_words(entry.cell.text, labels)}
        for entry in entries[:NEWEST]
    ]
    context = {"lines": lines, "own": own is not None, "scope": scope}
    return render_to_string("reviews/home_latest.html", context, request)


def waiting_for(user: Visitor) -> QuerySet[Entry]:
    """Preliminary statements at places where the account may approve, newest first."""
    own = _branch(user, APPROVE)
    if own is None:
        return Entry.objects.none()
    preliminary = _statements().filter(own, status=Entry.Status.PRELIMINARY)
    return preliminary.order_by("-posting", "line")


def _statements() -> QuerySet[Entry]:
    """Statements about a place that stand: neither withdrawn nor superseded by a later one of the
    same key. What an organisation states of itself is no news of its place."""
    same = {name: OuterRef(name) for name in KEY}
    later = Entry.objects.filter(**same, posting__gt=OuterRef("posting"))
    superseded = Exists(later.filter(holder=OuterRef("holder"))) | (
        Q(holder=None) & Exists(later.filter(holder=None))
    )
    stated = Entry.objects.filter(kind=Entry.Kind.STATEMENT, subject="", low__isnull=False)
    rows = stated.exclude(superseded)
    return rows.select_related("indicator", "place", "cell").prefetch_related("place__spells")


def _branch(user: Visitor, right: str = "") -> Q | None:
    """The entries at the places of the mandates that give a right (any, without one) and at all
    inside them; None without such a mandate."""
    held = [m.place for m in mandates_of(user) if not right or right in ROLES[m.role]]
    if not held:
        return None
    if any(place.level == Level.NATION for place in held):
        return Q()
    inside = Within.objects.filter(ancestor__in=held).values("place")
    groupings = Place.objects.filter(level=Level.GROUPING, entry__isnull=False).distinct()
    may_there = partial(may, user, right) if right else partial(in_branch, user)
    also = [place for place in groupings if may_there(place)]
    return Q(place__in=held) | Q(place__in=inside) | Q(place__in=also)


def _line(entry: Entry) -> dict[str, Any]:
    """A statement as a row: what, where, when, how much, and where it is traced."""
    return {
        "entry": entry,
        "written": written(amount_of(entry), entry.indicator, entry.counting),
        "where": capital(place_title(entry.place, entry.last)),
        "when": period_words(Period(entry.first, entry.last)),
        "url": figure_url(entry_question(entry)),
    }
