"""The writes of an organisation's own people, and of the alliance about them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.figures.drafting import refuse_long
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.registry.actions import IDENTITY, checked_tax_code, describe, new_ref, record_act
from lienminh.registry.models import Act, Collective, Delegate, Proposal, Sector
from lienminh.rules.errors import Refused
from lienminh.rules.text import clean, normalise

DESCRIBED: Final = tuple(name for name in IDENTITY if name not in ("notes", "parent"))
REGISTERED: Final = ("name", "place", "address", "sector", "women_managed", "minority_area")
"""What may be proposed: what describes a record, and what an act of change can change."""


@transaction.atomic
def appoint(
    *,
    record: Collective,
    account: User,
    first_day: date,
    last_day: date | None = None,
    by: User | None,
) -> Delegate:
    """Let an account speak for an organisation from a day on; the same again is no second row."""
    if last_day is not None and last_day < first_day:
        raise Refused(_("Ngày kết thúc đứng trước ngày bắt đầu; hãy sửa một trong hai ngày."))
    locked = Collective.objects.select_for_update().get(pk=record.pk)
    held = locked.delegates.filter(Q(last_day=None) | Q(last_day__gte=first_day), user=account)
    if last_day is not None:
        held = held.filter(first_day__lte=last_day)
    for row in held:
        if (row.first_day, row.last_day) == (first_day, last_day):
            return row
        sentence = _("Tài khoản “%s” đã đại diện cho tổ chức này trong những ngày ấy.")
        raise Refused(sentence % account.get_username())
    return Delegate.objects.create(
        user=account, collective=locked, first_day=first_day, last_day=last_day
    )


@transaction.atomic
def dismiss(delegate: Delegate, *, last_day: date, by: User | None) -> None:
    """Say until when an account speaks for an organisation."""
    delegate.last_day = max(last_day, delegate.first_day)
    delegate.save(update_fields=["last_day"])


@transaction.atomic
def propose(
    record: Collective, *, changes: Mapping[str, Any], day: date, reason: str, by: User
) -> Proposal:
    """Ask for a change that holds from a day on; Refused when it changes nothing or cannot be.

    Asked for once more while the first waits, it stays one proposal.
    """
    locked = Collective.objects.select_for_update().get(pk=record.pk)
    if locked.merged_into_id is not None:
        raise Refused(_("Hồ sơ này đã gộp vào hồ sơ khác; hãy ghi ở hồ sơ ấy."))
    kept = {name: _proposable(name, value) for name, value in changes.items()}
    if not kept:
        raise Refused(_("Đề nghị chưa thay đổi gì; hãy sửa ít nhất một mục."))
    if day > timezone.localdate():
        raise Refused(_("Ngày %s còn chưa đến; sự kiện chỉ ghi khi đã xảy ra.") % f"{day:%d/%m/%Y}")
    made = Proposal(
        ref=new_ref(),
        collective=locked,
        changes=kept,
        day=day,
        reason=normalise(clean(reason)),
        made_by=by,
    )
    waiting = locked.proposals.filter(state=Proposal.State.OPEN, made_by=by, day=day)
    for same in waiting.filter(reason=made.reason):
        if same.changes == kept:
            return same
    refuse_long(made)
    made.save(force_insert=True)
    return made


@transaction.atomic
def agree(proposal: Proposal, *, version: int, key: str, by: User | None) -> Proposal:
    """Carry out what was proposed, by the same acts as if the alliance had entered it.

    `Edited` when the record is no longer at `version`: nothing is done.
    """
    now = _open(proposal)
    record = now.collective
    described = {name: now.changes[name] for name in DESCRIBED if name in now.changes}
    if described:
        record = describe(record, identity=_with_day(described), version=version, by=by)
        version = record.version
    registered = {name: now.changes[name] for name in REGISTERED if name in now.changes}
    if registered:
        if "place" in registered:
            registered["place"] = Place.objects.get(ref=registered["place"])
        act = Act(kind=Act.Kind.CHANGE, day=now.day, reason=now.reason, **registered)
        record_act(record, act, version=version, key=key, by=by)
    return _decided(now, Proposal.State.ACCEPTED, answer="", by=by)


@transaction.atomic
def decline(proposal: Proposal, *, answer: str, by: User | None) -> Proposal:
    """Give a proposal back with the reason."""
    now = _open(proposal)
    if not normalise(answer):
        raise Refused(_("Hãy ghi lý do trả lại, để người khai biết phải sửa gì."))
    return _decided(now, Proposal.State.RETURNED, answer=normalise(clean(answer)), by=by)


def _proposable(name: str, value: Any) -> Any:
    """The value as it is kept, a place by its ref; Refused for what may not be proposed."""
    if name not in (*DESCRIBED, *REGISTERED):
        raise Refused(_("Mục “%s” do Liên minh ghi; hãy nêu trong phần lý do.") % name)
    if name == "place":
        return value.ref if isinstance(value, Place) else Place.objects.get(ref=value).ref
    if name == "sector" and value not in Sector.values:
        raise Refused(_("“%s” không phải là một lĩnh vực.") % value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        value = clean(value).strip() if name == "products" else normalise(clean(value))
        if name == "tax_code" and value:
            return checked_tax_code(value)
    return value


def _with_day(described: dict[str, Any]) -> dict[str, Any]:
    day = described.get("certificate_on")
    if isinstance(day, str):
        return described | {"certificate_on": date.fromisoformat(day)}
    return described


def _open(proposal: Proposal) -> Proposal:
    now = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if now.state != Proposal.State.OPEN:
        raise Refused(_("Đề nghị này đã được xem xét."))
    return now


def _decided(proposal: Proposal, state: str, *, answer: str, by: User | None) -> Proposal:
    proposal.state, proposal.answer = state, answer
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    refuse_long(proposal)
    proposal.save()
    return proposal
