"""The writes of imports: what is taken in of a workbook, in chunks that are each all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lienminh.figures.inserting import insert
from lienminh.people.models import User
from lienminh.registry.actions import new_ref
from lienminh.registry.bookkeeping import bring_up_new
from lienminh.registry.life import NewAct
from lienminh.registry.models import Act, Collective, Import
from lienminh.registry.models import Mapping as Remembered
from lienminh.registry.present import show_state
from lienminh.registry.returns.actions import take_in
from lienminh.registry.workbooks.columns import heads_key
from lienminh.registry.workbooks.findings import Weight
from lienminh.registry.workbooks.plans import Plan, checked_columns, key_of
from lienminh.registry.workbooks.rows import Planned
from lienminh.rules.data_year import year_of_data
from lienminh.rules.errors import Refused

TOLD: Final = [field.name for field in fields(NewAct)]
of_act: Final = attrgetter(*TOLD)
SHOWN: Final = [one.attname for one in Collective._meta.concrete_fields if not one.primary_key]
of_shown: Final = attrgetter(*SHOWN)
_EMPTY: Final = Collective()
BLANK: Final = {name: getattr(_EMPTY, name) for name in SHOWN}  # many models take long to make
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
    counts = {
        "good": sum(one.known is None for one in plan.records),
        "told": sum(bool(one.values) for one in plan.records),
        "wrong": plan.findings.counts[Weight.WRONG],
    }
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
    key, new = f"{key_of(locked)}:{after}", [one for one in records if one.known is None]
    _refuse_taken_numbers(new)
    made = _enter(new, key=key, reason=f"Nhập từ tệp: {locked.name}", by=by) if new else {}
    _take_data(records, made, year=locked.mapping.get("year", ""), key=f"{key}:data", by=by)
    locked.state, locked.done = State.RUNNING, records[-1].row
    locked.taken += len(new)
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
    held = Collective.objects.filter(number__in=numbers).order_by()  # few, for their index knows
    columns = ("kind", "number", "merged_into")
    taken = {
        (kind, number) for kind, number, merged in held.values_list(*columns) if merged is None
    }
    wanted = {(one.kind, one.described.get("number")) for one in records}
    if wanted & taken:
        raise Refused(_("Có người vừa ghi thêm vào sổ; hãy kiểm tra lại tệp rồi nhập tiếp."))


def _enter(records: Sequence[Planned], *, key: str, reason: str, by: User | None) -> dict[int, int]:
    """Enter records that were found right; posts as `registry.actions.enter` does for each.

    Gives the id of each by its row.
    """
    made = _refs(len(records))
    told = dict(zip(made, (planned.record for planned in records), strict=True))
    rows = [_shown(ref, planned) for ref, planned in zip(made, records, strict=True)]
    insert(Collective, SHOWN, rows)
    ids = dict(Collective.objects.filter(ref__in=made).values_list("ref", "pk"))
    refs = iter(_refs(sum(len(planned.acts) for planned in records)))
    acts = [
        (next(refs), f"{key}:{planned.row}.{number}", ids[ref], *of_act(act))
        for ref, planned in zip(made, records, strict=True)
        for number, act in enumerate(planned.acts)
    ]
    insert(
        Act,
        ("ref", "key", "collective_id", *TOLD),
        acts,
        entered_at=timezone.now(),
        entered_by_id=by.pk if by else None,
    )
    bring_up_new(told, key=key, reason=reason, by=by)
    return {planned.row: ids[ref] for ref, planned in zip(made, records, strict=True)}


def _take_data(
    records: Sequence[Planned], made: Mapping[int, int], *, year: str, key: str, by: User | None
) -> None:
    """Take in the figures of the year, of those just entered and of those that were there."""
    of = {one.row: one.known or made[one.row] for one in records if one.values}
    if not of:
        return
    found = Collective.objects.in_bulk(of.values())
    told = [(found[of[one.row]], one.values, "") for one in records if one.values]
    period, covers = year_of_data(int(year))
    take_in(told, period=period, covers=covers, key=key, by=by)


def _refs(count: int) -> list[str]:
    """New refs in the order in which their indexes keep them."""
    return sorted(new_ref() for _ in range(count))


def _shown(ref: str, planned: Planned) -> tuple[Any, ...]:
    """A new organisation as it stands now, in the order of SHOWN."""
    told: Any = SimpleNamespace(**BLANK | planned.described | {"ref": ref, "kind": planned.kind})
    show_state(told, planned.acts, planned.record.states)
    row: tuple[Any, ...] = of_shown(told)
    return row
