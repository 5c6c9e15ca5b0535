"""The writes of imports: what is taken in of a workbook, in chunks that are each all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import DateField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.people.models import User
from lienminh.registry.actions import new_ref
from lienminh.registry.bookkeeping import bring_up_new
from lienminh.registry.counting import Record
from lienminh.registry.life import NewAct
from lienminh.registry.models import Act, Collective, Import
from lienminh.registry.models import Mapping as Remembered
from lienminh.registry.present import show_state
from lienminh.registry.queries import there
from lienminh.registry.workbooks.columns import heads_key
from lienminh.registry.workbooks.findings import Weight
from lienminh.registry.workbooks.plans import Plan, checked_columns, key_of
from lienminh.registry.workbooks.rows import Planned
from lienminh.rules.errors import Refused

TOLD: Final = [field.name for field in fields(NewAct)]
State = Import.State


@transaction.atomic
def begin(*, sha256: str, name: str, sheet: str, by: User | None) -> Import:
    """The import of a sheet; that of the same file and sheet where there is one already."""
    same = Import.objects.filter(sha256=sha256, sheet=sheet).exclude(state=State.DROPPED)
    if (there := same.order_by("pk").first()) is not None:
        return there
    made = Import(ref=new_ref(), sha256=sha256, name=name[:200], sheet=sheet, started_by=by)
    made.save(force_insert=True)
    return made


@transaction.atomic
def settle(
    imported: Import,
    *,
    heads: Sequence[str],
    columns: Sequence[str],
    defaults: Mapping[str, str],
    by: User | None,
) -> Import:
    """Settle what the columns are and what holds for the whole sheet; remembered for its heads."""
    locked = _locked(imported)
    if locked.state != State.MAPPING:
        raise Refused(_("Tệp này đang được nhập hoặc đã nhập; không ghép lại cột được nữa."))
    told = {"kind": "", "province": "", "commune": "", "day": timezone.localdate().isoformat()}
    told |= {key: value for key, value in defaults.items() if value}
    date.fromisoformat(told["day"])
    locked.mapping = {"columns": checked_columns(columns, len(heads)), **told}
    locked.problems = []
    locked.save(update_fields=["mapping", "problems"])
    Remembered.objects.update_or_create(
        heads=heads_key(heads), defaults={"columns": locked.mapping["columns"]}
    )
    return locked


@transaction.atomic
def note_plan(imported: Import, plan: Plan, *, by: User | None) -> Import:
    """Keep what was found in the rows, to be shown."""
    locked = _locked(imported)
    locked.rows, locked.problems = plan.last_row, plan.findings.kept()
    counts = {"good": len(plan.records), "wrong": plan.findings.counts[Weight.WRONG]}
    locked.mapping = locked.mapping | counts
    locked.save(update_fields=["rows", "problems", "mapping"])
    return locked


@transaction.atomic
def take_chunk(
    imported: Import, *, after: int, records: Sequence[Planned], by: User | None
) -> Import:
    """Enter the records that follow a row, and post what they are counted as.

    Harmless to repeat: nothing is entered when the import is no longer at that row.
    """
    locked = _locked(imported)
    if locked.done != after:
        return locked
    if locked.state not in (State.MAPPING, State.RUNNING):
        raise Refused(_("Tệp này đã nhập xong hoặc đã bỏ."))
    key = f"{key_of(locked)}:{after}"
    _refuse_taken_numbers(records)
    _enter(records, key=key, reason=f"Nhập từ tệp: {locked.name}", by=by)
    locked.state, locked.done = State.RUNNING, records[-1].row
    locked.taken += len(records)
    locked.save(update_fields=["state", "done", "taken"])
    return locked


@transaction.atomic
def finish(imported: Import, *, by: User | None) -> Import:
    """Say that all of a workbook is taken in."""
    locked = _locked(imported)
    locked.state, locked.done = State.DONE, locked.rows
    locked.save(update_fields=["state", "done"])
    return locked


@transaction.atomic
def drop(imported: Import, *, by: User | None) -> Import:
    """Give up an import of which nothing is taken in yet."""
    locked = _locked(imported)
    if locked.state != State.MAPPING:
        raise Refused(_("Tệp này đang được nhập hoặc đã nhập; không bỏ được nữa."))
    locked.state = State.DROPPED
    locked.save(update_fields=["state"])
    return locked


def _locked(imported: Import) -> Import:
    return Import.objects.select_for_update().get(pk=imported.pk)


def _refuse_taken_numbers(records: Sequence[Planned]) -> None:
    """Somebody may have entered a number since the rows were read."""
    numbers = {record.described["number"] for record in records if "number" in record.described}
    taken = there(Collective.objects.filter(number__in=numbers)).values_list("kind", "number")
    wanted = {(record.kind, record.described.get("number")) for record in records}
    if wanted & set(taken):
        raise Refused(_("Có người vừa ghi thêm vào sổ; hãy kiểm tra lại tệp rồi nhập tiếp."))


def _enter(records: Sequence[Planned], *, key: str, reason: str, by: User | None) -> None:
    """Enter records that were found right; posts as `registry.actions.enter` does for each."""
    refs = sorted(new_ref() for _ in records)  # in the order in which the indexes keep them
    made = [
        Collective(ref=ref, kind=one.kind, **one.described)
        for ref, one in zip(refs, records, strict=True)
    ]
    for collective, planned in zip(made, records, strict=True):
        show_state(collective, planned.acts)
    _insert(Collective, [vars(one) for one in made])
    ids = dict(
        Collective.objects.filter(ref__in=[one.ref for one in made]).values_list("ref", "pk")
    )
    now, entered_by = timezone.now(), by.pk if by else None
    acts = [
        {name: getattr(act, name) for name in TOLD}
        | {
            "ref": new_ref(),
            "key": f"{key}:{planned.row}.{number}",
            "collective_id": ids[collective.ref],
            "entered_at": now,
            "entered_by_id": entered_by,
        }
        for collective, planned in zip(made, records, strict=True)
        for number, act in enumerate(planned.acts)
    ]
    _insert(Act, acts)
    told = {
        collective.ref: Record(kind=planned.kind, acts=planned.acts)
        for collective, planned in zip(made, records, strict=True)
    }
    bring_up_new(told, key=key, reason=reason, by=by)


def _insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert new rows by plain SQL, several times as fast as `bulk_create`.

    What a row does not name is as in a new object; both databases read days in ISO's form.
    """
    own = [field for field in model._meta.concrete_fields if not field.primary_key]
    blank = vars(model())
    days = {field.attname for field in own if isinstance(field, DateField)}
    names = [field.attname for field in own]
    columns = ", ".join(f'"{field.column}"' for field in own)
    marks = ", ".join(["%s"] * len(own))
    values: list[Any] = [
        [_moment(row.get(name)) if name in days else row.get(name, blank[name]) for name in names]
        for row in rows
    ]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _moment(value: date | None) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if value else None
