"""The writes of the registry. Each brings the ledger in line with the records it changed."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.figures.drafting import refuse_long
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.places.queries import name_of, not_yet
from lienminh.registry import life
from lienminh.registry.bookkeeping import bring_up, in_vietnamese, open_ledger
from lienminh.registry.counting import kinds_of
from lienminh.registry.models import (
    Act,
    Books,
    Certificate,
    ChainLink,
    Collective,
    Distinct,
    Kind,
    Manager,
    SavedFilter,
    UnionMember,
)
from lienminh.registry.present import show_state
from lienminh.registry.queries import ever_inside, listed_on, overlap, there, with_history
from lienminh.rules.errors import Refused
from lienminh.rules.tax_code import tax_code
from lienminh.rules.text import clean, normalise

REF_BYTES: Final = 7
IDENTITY: Final = (
    "number",
    "tax_code",
    "certificate",
    "certificate_on",
    "certificate_by",
    "short_name",
    "products",
    "phone",
    "email",
    "notes",
    "parent",
)
"""What of a record is described, not counted: it changes without an act."""


class Edited(Refused):
    """Somebody else saved the record meanwhile; `now` is how it stands."""

    def __init__(self, now: Collective) -> None:
        super().__init__(_("Có người vừa lưu hồ sơ này; hãy xem lại rồi lưu."))
        self.now = now


def new_ref() -> str:
    """A public name that says nothing and is never used again."""
    return secrets.token_urlsafe(REF_BYTES).replace("-", "x").replace("_", "y")[:10]


@transaction.atomic
def enter(
    *, kind: str, beginning: Act, identity: Mapping[str, Any], key: str, by: User | None
) -> Collective:
    """Enter an organisation with the act it begins with; posts what it is counted as.

    Refused for an unknown kind, a number another living record of the kind has, a wrong tax code,
    or a seat that did not exist on the day.
    """
    if (done := Act.objects.filter(key=key).first()) is not None:
        return done.collective
    if kind not in Kind.values:
        raise Refused(_("“%s” không phải là một loại hình tổ chức.") % kind)
    made = Collective(ref=new_ref(), kind=kind)
    _describe(made, identity)
    beginning.collective = made
    _refuse_impossible(beginning)
    show_state(made, [beginning])
    made.save(force_insert=True)
    beginning.collective = made
    _save_act(beginning, key=key, by=by)
    bring_up([made], key=key, reason=f"Ghi vào sổ: {made.name}", by=by)
    return made


@transaction.atomic
def describe(
    record: Collective, *, identity: Mapping[str, Any], version: int, by: User | None
) -> Collective:
    """Change what a record is described by; `Edited` when it is no longer at `version`."""
    locked = _locked(record, version)
    _describe(locked, identity)
    show_state(locked, locked.acts.all())
    return _saved(locked)


@transaction.atomic
def record_act(record: Collective, act: Act, *, version: int, key: str, by: User | None) -> Act:
    """Record what happened to an organisation, today or long ago, and post what follows.

    Refused where it contradicts the other acts; `Edited` when the record is not at `version`.
    """
    if (done := Act.objects.filter(key=key).first()) is not None:
        return done
    locked = _locked(record, version)
    act.collective = locked
    _refuse_impossible(act)
    life.told([*locked.acts.all(), act])  # a contradiction is said before anything is saved
    _save_act(act, key=key, by=by)
    _renew(
        locked, key=key, reason=f"{in_vietnamese(Act.Kind(act.kind).label)}: {locked.name}", by=by
    )
    return act


@transaction.atomic
def correct_act(
    act: Act, *, instead: Act | None, reason: str, version: int, key: str, by: User | None
) -> Act | None:
    """Void an act that was entered in error, and record another in its place where one is given."""
    locked = _locked(act.collective, version)
    wrong = Act.objects.get(pk=act.pk)
    if wrong.voided_at is not None:
        raise Refused(_("Sự kiện này đã được hủy trước đó."))
    wrong.voided_at, wrong.voided_by, wrong.void_reason = timezone.now(), by, normalise(reason)
    refuse_long(wrong)
    wrong.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if instead is not None:
        instead.collective = locked
        _refuse_impossible(instead)
        _save_act(instead, key=key, by=by)
    _renew(locked, key=key, reason=f"Đính chính: {normalise(reason)}", by=by)
    return instead


Held = Certificate | ChainLink | UnionMember | Manager


@transaction.atomic
def hold(record: Collective, holding: Held, *, version: int, key: str, by: User | None) -> Held:
    """Enter what an organisation has between two days: a certificate, a link, a manager."""
    locked = _locked(record, version)
    if isinstance(holding, UnionMember):
        holding.union = locked
        _refuse_union(holding)
    else:
        holding.collective = locked
    if holding.last_day is not None and holding.last_day < holding.first_day:
        raise Refused(_("Ngày kết thúc đứng trước ngày bắt đầu; hãy sửa một trong hai ngày."))
    refuse_long(holding)
    holding.save(force_insert=True)
    _renew(locked, key=key, reason=f"Ghi thêm: {locked.name}", by=by)
    return holding


@transaction.atomic
def end_holding(
    holding: Held, *, last_day: date | None, version: int, key: str, by: User | None
) -> None:
    """Say until when it was held; without a day, that it was entered in error."""
    owner = holding.union if isinstance(holding, UnionMember) else holding.collective
    locked = _locked(owner, version)
    if last_day is None:
        holding.voided_at = timezone.now()
    elif last_day < holding.first_day:
        raise Refused(_("Ngày kết thúc đứng trước ngày bắt đầu; hãy sửa một trong hai ngày."))
    else:
        holding.last_day = last_day
    holding.save(update_fields=["voided_at", "last_day"])
    _renew(locked, key=key, reason=f"Kết thúc, hủy: {locked.name}", by=by)


@transaction.atomic
def open_books(
    *, family: str, place: Place, first_day: date, listed: int, key: str, by: User | None
) -> Books:
    """Open the books of a family in a place: from then on its organisations are counted.

    `listed` is the number of organisations on the approved list; Refused when the registry holds
    another number on that day, or where books of the family are open already.
    """
    if family not in Books.Family.values:
        raise Refused(_("“%s” không phải là một loại sổ.") % family)
    _refuse_open(family, place, first_day)
    kinds = kinds_of(family)
    of_family = there(Collective.objects.filter(kind__in=kinds))
    records = list(with_history(ever_inside(of_family, place)))
    found = len(listed_on(records, place, first_day))
    if found != listed:
        raise Refused(
            _(
                "Danh sách được duyệt có %(listed)d tổ chức, sổ có %(found)d vào ngày %(day)s; "
                "hãy đối chiếu danh sách rồi mở sổ."
            )
            % {"listed": listed, "found": found, "day": f"{first_day:%d/%m/%Y}"}
        )
    reason = f"Mở sổ {in_vietnamese(Books.Family(family).label)}: {name_of(place, first_day)}"
    posting = open_ledger(family, place, first_day, key=key, reason=reason, by=by)
    books = Books(
        family=family,
        place=place,
        first_day=first_day,
        listed=listed,
        opened_by=by,
        posting=posting,
    )
    books.save(force_insert=True)
    bring_up(records, key=f"{key}:list", reason=reason, by=by)
    return books


@transaction.atomic
def merge(
    gone: Collective, *, into: Collective, reason: str, version: int, key: str, by: User | None
) -> Collective:
    """Say that two records are one organisation: `gone` is counted no more and leads to `into`.

    Both keep their acts; what only the other had (number, certificates, yearly data, who speaks for
    it …) goes over.
    """
    locked = _locked(gone, version)
    kept = Collective.objects.select_for_update().get(pk=into.pk)
    if kept.pk == locked.pk or kept.merged_into_id is not None or kept.kind != locked.kind:
        raise Refused(_("Chỉ gộp được hai hồ sơ khác nhau, cùng loại hình, chưa bị gộp."))
    locked.merged_into = kept
    locked.notes = f"{locked.notes}\n{normalise(reason)}".strip()
    _hand_over(locked, kept)
    for name in ("number", "tax_code", "certificate", "phone", "email", "products"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(locked, name))
    _saved(locked)
    show_state(kept, kept.acts.all())
    _saved(kept)
    bring_up([locked, kept], key=key, reason=f"Gộp hồ sơ: {normalise(reason)}", by=by)
    return kept


def _hand_over(gone: Collective, kept: Collective) -> None:
    """All that hangs on a record, but for yearly data of a period that the other tells as well."""
    for name in ("certificates", "chain_links", "managers", "delegates", "proposals"):
        getattr(gone, name).update(collective=kept)
    gone.branches.update(parent=kept)
    unions, members = kept.union_rows.values("union"), kept.member_rows.values("member")
    gone.union_rows.exclude(union__in=unions).update(member=kept)
    gone.member_rows.exclude(member__in=members).update(union=kept)
    told = set(kept.returns.values_list("first", "last", "series"))
    for one in gone.returns.all():
        if (one.first, one.last, one.series) not in told:
            gone.returns.filter(pk=one.pk).update(collective=kept)


@transaction.atomic
def tell_apart(one: Collective, other: Collective, *, by: User | None) -> Distinct:
    """Say that two records that look alike are two organisations."""
    first, second = sorted((one, other), key=lambda record: record.pk)
    made, _new = Distinct.objects.get_or_create(
        one=first, other=second, defaults={"decided_by": by}
    )
    return made


@transaction.atomic
def save_filter(*, name: str, query: str, by: User) -> SavedFilter:
    """Keep a question to the list under a name; the same name again keeps the newer one."""
    name = normalise(clean(name))
    if not name:
        raise Refused(_("Hãy đặt tên cho bộ lọc."))
    row = SavedFilter(user=by, name=name, query=query)
    refuse_long(row)
    kept, _new = SavedFilter.objects.update_or_create(user=by, name=name, defaults={"query": query})
    return kept


@transaction.atomic
def drop_filter(saved: SavedFilter, *, by: User) -> None:
    """Forget a kept question of one's own."""
    SavedFilter.objects.filter(pk=saved.pk, user=by).delete()


# -- what the actions share --------------------------------------------------------------------


def _locked(record: Collective, version: int) -> Collective:
    """The record as it stands, locked; `Edited` when it is not the one that was seen."""
    now = Collective.objects.select_for_update().get(pk=record.pk)
    if now.version != version:
        raise Edited(now)
    if now.merged_into_id is not None:
        raise Refused(_("Hồ sơ này đã gộp vào hồ sơ khác; hãy ghi ở hồ sơ ấy."))
    return now


def _saved(record: Collective) -> Collective:
    record.version += 1
    refuse_long(record)
    record.save()
    return record


def _renew(record: Collective, *, key: str, reason: str, by: User | None) -> None:
    """Tell the record's life anew, save its present state, and post what changed."""
    show_state(record, record.acts.all())
    _saved(record)
    bring_up([record], key=key, reason=reason, by=by)


def _describe(record: Collective, identity: Mapping[str, Any]) -> None:
    if unknown := sorted(set(identity) - set(IDENTITY)):
        raise Refused(f"A record is not described by '{unknown[0]}'; see `IDENTITY`.")
    for name, value in identity.items():
        setattr(record, name, clean(value).strip() if isinstance(value, str) else value)
    if record.tax_code:
        record.tax_code = checked_tax_code(record.tax_code)
    record.number = "".join(record.number.split())
    if record.number:
        _refuse_same_number(record)


def checked_tax_code(written: str) -> str:
    """The tax code as it is kept; Refused in a sentence for whoever typed it."""
    try:
        return tax_code(written)
    except Refused:
        raise Refused(
            _("Mã số thuế “%s” không đúng; hãy so từng chữ số với giấy chứng nhận.") % written
        ) from None


def _refuse_same_number(record: Collective) -> None:
    same = there(Collective.objects.filter(kind=record.kind, number=record.number))
    if (other := same.exclude(pk=record.pk).first()) is not None:
        raise Refused(
            _("Số %(number)s là của “%(name)s”; hãy mở hồ sơ ấy, hoặc sửa số.")
            % {"number": record.number, "name": other.name}
        )


def _refuse_impossible(act: Act) -> None:
    """A seat must have existed; one that ended before is taken as far as it is known."""
    if act.place is not None and not_yet(act.place, act.day):
        raise Refused(
            _("%(place)s chỉ có từ %(first)s, chưa có vào ngày %(day)s; hãy chọn đơn vị khác.")
            % {
                "place": name_of(act.place),
                "first": f"{act.place.first_day:%d/%m/%Y}",
                "day": f"{act.day:%d/%m/%Y}",
            }
        )
    if act.day > timezone.localdate():
        day = f"{act.day:%d/%m/%Y}"
        raise Refused(_("Ngày %s còn chưa đến; sự kiện chỉ ghi khi đã xảy ra.") % day)


def _refuse_union(row: UnionMember) -> None:
    if row.union.kind != Kind.UNION or row.member.kind not in (Kind.COOPERATIVE, Kind.CREDIT_FUND):
        raise Refused(_("Thành viên của liên hiệp hợp tác xã là hợp tác xã."))


def _save_act(act: Act, *, key: str, by: User | None) -> None:
    act.ref, act.key, act.entered_by = new_ref(), key, by
    act.name, act.address = normalise(clean(act.name)), normalise(clean(act.address))
    act.reason = normalise(clean(act.reason))
    refuse_long(act)
    act.save(force_insert=True)


def _refuse_open(family: str, place: Place, first_day: date) -> None:
    """Books over or inside open ones must begin on their day, or something is counted twice."""
    for books in Books.objects.filter(family=family).select_related("place"):
        another_day = books.first_day != first_day
        if books.place_id == place.pk or (another_day and overlap(books.place, place)):
            raise Refused(
                _("Sổ %(family)s của %(place)s đã mở từ %(day)s.")
                % {
                    "family": Books.Family(family).label,
                    "place": name_of(books.place),
                    "day": f"{books.first_day:%d/%m/%Y}",
                }
            )
