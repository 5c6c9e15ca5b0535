"""The writes of yearly data: filling in, handing in, accepting, sending back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.figures.drafting import LIMIT, refuse_long
from lienminh.people.models import User
from lienminh.registry import life
from lienminh.registry.actions import new_ref
from lienminh.registry.bookkeeping import bring_up
from lienminh.registry.models import Collective, Return
from lienminh.registry.queries import with_history
from lienminh.registry.stating import items_of, workers_of
from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table
from lienminh.rules.periods import Period
from lienminh.rules.text import clean, normalise


class Overtaken(Refused):
    """Somebody else saved the return meanwhile; `now` is how it stands."""

    def __init__(self, now: Return) -> None:
        super().__init__(_("Có người vừa lưu bản số liệu này; hãy xem lại rồi lưu."))
        self.now = now


@transaction.atomic
def fill_in(
    record: Collective,
    *,
    period: Period,
    covers: Period,
    series: str,
    values: Mapping[str, Any],
    grade: str = "",
    note: str = "",
    version: int | None,
    by: User | None,
) -> Return:
    """Write the return of a record for a period, made when it is missing (`version` None).

    Refused for what the form does not ask, a negative count, an organisation that did not exist on
    the last day covered, or an accepted return; `Overtaken` when it is not at `version`.
    """
    record = Collective.objects.select_for_update().get(pk=record.pk)
    told = Return.objects.select_for_update().filter(
        collective=record, first=period.first, last=period.last, series=series
    )
    now = told.first()
    if now is not None and now.version != version:
        raise Overtaken(now)
    if now is not None and now.state == Return.State.ACCEPTED:
        raise Refused(_("Bản số liệu này đã được nhận; muốn sửa thì Liên minh trả lại trước."))
    _refuse_absent(record, covers.last)
    made = now or Return(ref=new_ref(), collective=record, series=series, version=0)
    made.first, made.last = period.first, period.last
    made.covers_first, made.covers_last = covers.first, covers.last
    made.values, made.grade = checked(record.kind, values), _grade(grade)
    made.note, made.state = normalise(clean(note)), Return.State.DRAFT
    return _saved(made)


@transaction.atomic
def hand_in(told: Return, *, version: int, by: User | None) -> Return:
    """Hand a return in to the alliance; Refused when nothing is filled in."""
    now = _locked(told, version)
    if now.state not in (Return.State.DRAFT, Return.State.RETURNED):
        raise Refused(_("Bản số liệu này đã gửi rồi."))
    if not now.values:
        raise Refused(_("Chưa có số liệu nào; hãy điền ít nhất một mục rồi gửi."))
    now.state, now.handed_in_at, now.handed_in_by = Return.State.SUBMITTED, timezone.now(), by
    return _saved(now)


@transaction.atomic
def accept(told: Return, *, version: int, key: str, by: User | None) -> Return:
    """Take a return as it is; from then on it is counted."""
    now = _locked(told, version)
    if now.state == Return.State.ACCEPTED:
        raise Refused(_("Bản số liệu này đã được nhận."))
    _refuse_absent(now.collective, now.covers_last)
    return _decided(now, Return.State.ACCEPTED, note=now.note, key=key, by=by)


@transaction.atomic
def send_back(told: Return, *, reason: str, version: int, key: str, by: User | None) -> Return:
    """Give a return back to be corrected, with the reason; what was counted of it is withdrawn."""
    now = _locked(told, version)
    if not normalise(reason):
        raise Refused(_("Hãy ghi lý do trả lại, để người khai biết phải sửa gì."))
    return _decided(now, Return.State.RETURNED, note=normalise(clean(reason)), key=key, by=by)


def checked(kind: str, values: Mapping[str, Any]) -> dict[str, int]:
    """The whole numbers of a return, without what was left empty; Refused for what cannot be."""
    items = {item.code: item for item in items_of(kind)}
    kept: dict[str, int] = {}
    for code, value in values.items():
        if code not in items:
            raise Refused(_("Bản số liệu của loại hình này không có mục “%s”.") % code)
        if value is None:
            continue
        if type(value) is not int or abs(value) > LIMIT:
            raise Refused(_("“%s” phải là một số nguyên.") % items[code].label[0])
        if value < 0 and not items[code].signed:
            raise Refused(_("“%s” không thể âm.") % items[code].label[0])
        kept[code] = value
    part, whole = kept.get("revenue_with_members"), kept.get("revenue")
    if part is not None and whole is not None and part > whole:
        raise Refused(_("Doanh thu với thành viên lớn hơn tổng doanh thu; hãy xem lại hai số."))
    if workers_of(kept) * kept.get("income", 0) > LIMIT:
        raise Refused(_("Thu nhập nhân với số lao động lớn quá mức; hãy xem lại hai số."))
    return kept


def _grade(grade: str) -> str:
    if grade and grade not in table("return_items")["grades"]:
        raise Refused(_("“%s” không phải là một mức xếp loại.") % grade)
    return grade


def _refuse_absent(record: Collective, day: date) -> None:
    state = life.on(life.told(record.acts.all()), day)
    if state is None or not state.exists:
        raise Refused(
            _("Ngày %s tổ chức chưa thành lập hoặc đã chấm dứt nên không có số liệu.")
            % f"{day:%d/%m/%Y}"
        )


def _locked(told: Return, version: int) -> Return:
    Collective.objects.select_for_update().get(pk=told.collective_id)
    now = Return.objects.select_for_update().get(pk=told.pk)
    if now.version != version:
        raise Overtaken(now)
    return now


def _decided(told: Return, state: str, *, note: str, key: str, by: User | None) -> Return:
    told.state, told.note, told.decided_at, told.decided_by = state, note, timezone.now(), by
    _saved(told)
    record = with_history(Collective.objects.filter(pk=told.collective_id)).get()
    verb = "Nhận" if state == Return.State.ACCEPTED else "Trả lại"
    bring_up([record], key=key, reason=f"{verb} số liệu tự khai: {record.name}", by=by)
    return told


def _saved(told: Return) -> Return:
    told.version += 1
    refuse_long(told)
    told.save()
    return told


@transaction.atomic
def take_in(
    told: Sequence[tuple[Collective, Mapping[str, Any], str]],
    *,
    period: Period,
    covers: Period,
    key: str,
    by: User | None,
) -> int:
    """Take in the data of many organisations, accepted as they come in one posting.

    `told`: each record with its values and grade. One that has a return for the period is left as
    it is, so that a repeat adds nothing. Gives how many were taken in.
    """
    pks = [record.pk for record, _values, _graded in told]
    there = set(
        Return.objects.filter(
            collective__in=pks, first=period.first, last=period.last, series=Return.Series.ACTUAL
        ).values_list("collective", flat=True)
    )
    made = [
        Return(
            ref=new_ref(),
            collective=record,
            first=period.first,
            last=period.last,
            covers_first=covers.first,
            covers_last=covers.last,
            values=checked(record.kind, values),
            grade=_grade(grade),
            state=Return.State.ACCEPTED,
            decided_at=timezone.now(),
            decided_by=by,
        )
        for record, values, grade in told
        if record.pk not in there
    ]
    Return.objects.bulk_create(made)
    changed = Collective.objects.filter(pk__in=[one.collective_id for one in made])
    bring_up(list(with_history(changed)), key=key, reason=f"Nhận số liệu năm {period}", by=by)
    return len(made)
