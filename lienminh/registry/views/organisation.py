"""The page of one organisation: who it is, its life, what it holds, what was counted of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienminh.people.rights import may
from lienminh.people.roles import KEEP
from lienminh.registry import life, telling
from lienminh.registry.lineage import moved_by
from lienminh.registry.models import Collective, Kind
from lienminh.registry.panels import registry_panels
from lienminh.registry.queries import to_confirm, visible_to
from lienminh.registry.views.common import record_for
from lienminh.registry.words import KINDS


@login_required
@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One organisation."""
    record = record_for(request, ref)
    seen = set(visible_to(request.user).filter(pk__in=_linked(record)).values_list("pk", flat=True))
    states = life.told(record.acts.all())
    lines, more = moved_by(request.user, record)
    context = {
        "record": record,
        "one": record,
        "kind": KINDS[record.kind],
        "legal_since": telling.since(states, "legal"),
        "reporting_since": telling.since(states, "reporting"),
        "member_since": telling.since(states, "alliance_member"),
        "time_line": telling.time_line(record, seen),
        "unconfirmed": to_confirm(Collective.objects.filter(pk=record.pk)).exists(),
        "lines": lines,
        "more": more,
        "panels": [panel(request, record) for panel in registry_panels],
        "keeps": may(request.user, KEEP, record.place) and record.merged_into_id is None,
        **_holdings(record, seen),
    }
    return render(request, "registry/record.html", context)


def _linked(record: Collective) -> list[int]:
    """The keys of every record that this one's page may name."""
    others = [
        record.acts.values_list("other", flat=True),
        record.other_acts.values_list("collective", flat=True),
        record.absorbed.values_list("pk", flat=True),
        record.branches.values_list("pk", flat=True),
        record.union_rows.values_list("union", flat=True),
        record.member_rows.values_list("member", flat=True),
    ]
    own = [record.parent_id, record.merged_into_id]
    return [pk for pk in (*own, *(pk for rows in others for pk in rows)) if pk]


def _holdings(record: Collective, seen: set[int]) -> dict[str, Any]:
    members = _numbered(record.member_rows.select_related("member"))
    held = [row for row, _n, state in members if not state]
    unions = _numbered(record.union_rows.select_related("union"))
    return {
        "certificates": _numbered(record.certificates.all()),
        "chains": _numbered(record.chain_links.all()),
        "managers": _numbered(record.managers.all()),
        "members": [row for row in members if row[0].member_id in seen],
        "hidden_members": len(members) - sum(row[0].member_id in seen for row in members),
        "is_union": record.kind == Kind.UNION,
        "unions": [row for row in unions if row[0].union_id in seen],
        "branches": [one for one in record.branches.all() if one.pk in seen],
        "absorbed": [one for one in record.absorbed.all() if one.pk in seen],
        "named_in": [
            act
            for act in record.other_acts.filter(voided_at=None).select_related("collective")
            if act.collective_id in seen
        ],
        "parent": record.parent if record.parent_id in seen else None,
        "merged_into": record.merged_into if record.merged_into_id in seen else None,
        "too_few": telling.too_few_members(record, len(held)),
    }


def _numbered(rows: Iterable[Any]) -> list[tuple[Any, int, str]]:
    """Each row with its number among the record's, which never changes, and whether it holds."""
    in_order = sorted(rows, key=lambda row: row.pk)
    told = [(row, n, telling.validity(row)) for n, row in enumerate(in_order, start=1)]
    return sorted(told, key=lambda row: (bool(row[2]), -row[0].first_day.toordinal()))
