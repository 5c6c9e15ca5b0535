"""The life of an organisation as its page tells it: the time line, the statuses, the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.figures.models import Posting
from lienminh.registry import life
from lienminh.registry.models import (
    Act,
    Certificate,
    ChainLink,
    Collective,
    Kind,
    Manager,
    Return,
)
from lienminh.registry.seats import ABOVE, full_title
from lienminh.registry.stating import official_members
from lienminh.registry.words import YES_NO
from lienminh.rules.collectives import Least, least_members
from lienminh.web.words import Vietnamese


@dataclass(frozen=True)
class Happened:
    """An act on the time line: what it changed, and the posting it led to."""

    act: Act
    changes: list[tuple[str, str]]
    posting: Posting | None
    other: Collective | None


def time_line(record: Collective, seen: set[int]) -> list[Happened]:
    """Every act, the newest first; of a counterpart outside `seen` nothing is said."""
    acts = list(
        record.acts.select_related("place", "other", "entered_by", "voided_by").prefetch_related(
            f"place__{ABOVE}"
        )
    )
    keys = {act.key for act in acts}
    postings = {row.key: row for row in Posting.objects.filter(key__in=keys)}
    return [
        Happened(
            act,
            list(changes(act)),
            postings.get(act.key),
            act.other if act.other_id in seen else None,
        )
        for act in sorted(acts, key=lambda act: (act.day, act.pk), reverse=True)
    ]


def changes(act: Act) -> Iterator[tuple[str, str]]:
    """What an act says beside what happened: label and words."""
    rows: tuple[tuple[str, Any], ...] = (
        (_("tên"), Vietnamese(act.name)),
        (_("trụ sở"), full_title(act.place, act.day) if act.place else ""),
        (_("địa chỉ"), Vietnamese(act.address)),
        (_("lĩnh vực"), act.get_sector_display() if act.sector else ""),
        (_("nữ quản lý"), _yes_no(act.women_managed)),
        (_("vùng dân tộc thiểu số"), _yes_no(act.minority_area)),
        (_("pháp lý"), act.get_legal_display() if act.legal else ""),
        (_("báo cáo"), act.get_reporting_display() if act.reporting else ""),
    )
    return ((label, words) for label, words in rows if words)


def _yes_no(said: bool | None) -> str:
    return "" if said is None else str(YES_NO[said])


def since(states: Sequence[life.State], name: str) -> date | None:
    """Since when the newest state has had this value without a break."""
    begun = None
    for state in reversed(states):
        if getattr(state, name) != getattr(states[-1], name):
            break
        begun = state.since
    return begun


def validity(holding: Certificate | ChainLink | Manager) -> str:
    """Whether it holds today: '' when it does."""
    today = timezone.localdate()
    if holding.voided_at is not None:
        return _("nhập nhầm, đã hủy")
    if holding.last_day is not None and holding.last_day < today:
        return _("đã hết")
    return _("chưa bắt đầu") if holding.first_day > today else ""


@dataclass(frozen=True)
class TooFew:
    """Fewer members than the law asks for: how many, as of when, and which law."""

    members: int
    day: date
    least: Least


def too_few_members(record: Collective, of_union: int) -> TooFew | None:
    """Where the number of members is known and below what the law of that day requires."""
    if record.kind == Kind.UNION:
        members, day = of_union, timezone.localdate()
    else:
        told = record.returns.filter(state=Return.State.ACCEPTED).first()
        official = official_members(told) if told else None
        if told is None or official is None:
            return None
        members, day = official, told.last
    least = least_members(record.kind, day)
    if least is None or members >= least.members or (record.kind == Kind.UNION and not members):
        return None
    return TooFew(members, day, least)
