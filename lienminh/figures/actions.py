"""Everything that writes to the ledger and its dictionaries."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from lienminh.documents.models import Document
from lienminh.figures import digest
from lienminh.figures.digest import Line
from lienminh.figures.drafting import lines_of, refuse_long
from lienminh.figures.drafts import Draft, Moved
from lienminh.figures.entering import Overtaken, code_of, draft_of, standing
from lienminh.figures.inserting import insert
from lienminh.figures.models import Cell, CellValue, Entry, Indicator, Posting, Source
from lienminh.people.models import User
from lienminh.rules.errors import Refused
from lienminh.rules.files import yaml_of

LEDGER_LOCK = 0x4C4D  # the advisory lock of PostgreSQL under which posting numbers are drawn
TERMS = ("ratio", "reporters")  # what an indicator says by the codes of others


@transaction.atomic
def post(*, entries: Sequence[Draft | Moved], key: str, reason: str, by: User | None) -> Posting:
    """Put drafts on the ledger as one numbered posting; call it last in its transaction.

    The number is drawn under a lock held until the commit, so numbers follow the order of commits.
    The same key posted again gives the posting already there, and is Refused with other content.
    """
    if not entries:
        raise Refused(f"The posting '{key}' has no entries; give it at least one.")
    _lock_ledger()
    last = Posting.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    lines = lines_of(entries, today=timezone.localdate())
    if (known := Posting.objects.filter(key=key).first()) is not None:
        return _already_posted(known, lines)
    posting = Posting(number=number, instant=_instant_after(last), by=by, reason=reason, key=key)
    refuse_long(posting)
    posting.digest = digest.chain(last.digest if last else "", posting, lines)
    posting.save(force_insert=True)
    insert(Entry, digest.FIELDS, lines, posting_id=number)
    return posting


def _lock_ledger() -> None:
    """SQLite's transactions begin IMMEDIATE (settings), so there the lock is held already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])


def _instant_after(last: Posting | None) -> Any:
    """Now, or the last posting's instant if the clock was set back: instants never fall."""
    now = timezone.now()
    return max(now, last.instant) if last else now


def _already_posted(known: Posting, lines: Sequence[Line]) -> Posting:
    if digest.content(known.entries.order_by("line")) != digest.content(lines):
        raise Refused(
            f"The key '{known.key}' was used by posting #{known.number} for other entries; "
            "correct a figure by posting it under a new key."
        )
    return known


@transaction.atomic
def name_source(
    *, code: str, kind: str, title: str, document: Document | None = None, by: User | None = None
) -> Source:
    """Enter a chain of statements in the dictionary of sources, or give the one that is there."""
    fields = {"kind": kind, "title": title, "document": document}
    refuse_long(Source(code=code, **fields))
    source, _ = Source.objects.get_or_create(code=code, defaults=fields)
    if source.kind != kind:
        raise Refused(
            f"The source '{code}' is '{source.kind}', not '{kind}'; use another code for this one."
        )
    return source


@transaction.atomic
def name_cell_value(
    *, key: str, value: str, label_vi: str, label_en: str, by: User | None = None
) -> CellValue:
    """Enter one value of a key in the dictionary of breakdowns, or change its labels."""
    if key not in _catalogue("keys"):
        known = ", ".join(_catalogue("keys"))
        raise Refused(f"There is no key '{key}' of breakdowns; the keys are: {known}.")
    word, _ = CellValue.objects.update_or_create(
        key=key, value=value, defaults={"label_vi": label_vi, "label_en": label_en}
    )
    return word


@transaction.atomic
def load_catalogue(*, by: User | None = None) -> None:
    """Bring the indicators and the words of the catalogue into the database; harmless to repeat."""
    Cell.objects.get_or_create(text="")
    for key, entry in _catalogue("keys").items():
        for value, (label_vi, label_en) in entry["values"].items():
            name_cell_value(key=key, value=value, label_vi=label_vi, label_en=label_en, by=by)
    for code, entry in _catalogue("indicators").items():
        _load_indicator(code, entry)


def _catalogue(name: str) -> dict[str, Any]:
    file = files("lienminh.figures").joinpath("catalogue", f"{name}.yaml")
    loaded: dict[str, Any] = yaml_of(file)
    return loaded


def _load_indicator(code: str, entry: dict[str, Any]) -> None:
    """Labels and rights may change under standing entries; what a number means may not."""
    fields = {name: value for name, value in entry.items() if name not in ("label", *TERMS)}
    fields["label_vi"], fields["label_en"] = entry["label"]
    if "ratio" in entry:
        part, whole = (Indicator.objects.get(code=term) for term in entry["ratio"])
        fields |= {"numerator": part, "denominator": whole}
    if "reporters" in entry:
        fields["reporters"] = Indicator.objects.get(code=entry["reporters"])
    there = Indicator.objects.filter(code=code).first()
    meaning = [name for name in ("unit", "measure", "counts", "about") if name in fields]
    changed = there and any(getattr(there, name) != fields[name] for name in meaning)
    if changed and Entry.objects.filter(indicator=there).exists():
        raise Refused(
            f"The catalogue gives {code} another unit or measure than its entries were posted "
            "with; give the new meaning a new code."
        )
    Indicator.objects.update_or_create(code=code, defaults=fields)


@transaction.atomic
def state(*, draft: Draft, instead_of: str, key: str, reason: str, by: User) -> Posting:
    """Post a statement, preliminary until it is approved; its source is named when it is new.

    `instead_of` is the code of the entry that stood under its key when it was looked at ('' none):
    Overtaken when another stands there now.
    """
    source = draft.source
    named = name_source(
        code=source.code, kind=source.kind, title=source.title, document=source.document, by=by
    )
    submitted = replace(draft, source=named, status=Entry.Status.PRELIMINARY)
    return _post_over([(instead_of, submitted)], key=key, reason=reason, by=by)


@transaction.atomic
def state_together(
    *, statements: Sequence[tuple[str, Draft]], key: str, reason: str, by: User
) -> Posting:
    """Post statements of sources that are named, each with what stood under its key, as `state`."""
    submitted = [
        (instead_of, replace(draft, status=Entry.Status.PRELIMINARY))
        for instead_of, draft in statements
    ]
    return _post_over(submitted, key=key, reason=reason, by=by)


@transaction.atomic
def approve(*, entry: Entry, reason: str, by: User) -> Posting:
    """Post a statement again as official; Overtaken when it stands no more."""
    approved = replace(draft_of(entry), status=Entry.Status.OFFICIAL)
    return _post_over([(entry.code, approved)], key=f"approve:{entry.code}", reason=reason, by=by)


@transaction.atomic
def correct(*, entry: Entry, draft: Draft, key: str, reason: str, by: User) -> Posting:
    """Post another value under the key of a statement, preliminary until it is approved."""
    corrected = replace(draft, status=Entry.Status.PRELIMINARY)
    return _post_over([(entry.code, corrected)], key=key, reason=reason, by=by)


@transaction.atomic
def withdraw(*, entry: Entry, key: str, reason: str, by: User) -> Posting:
    """Post that what was stated under this key is stated no more."""
    withdrawn = replace(
        draft_of(entry),
        amount=None,
        counting=None,
        as_written="",
        qualifier="",
        start=None,
        end=None,
        status=Entry.Status.PRELIMINARY,
    )
    return _post_over([(entry.code, withdrawn)], key=key, reason=reason, by=by)


def _post_over(
    statements: Sequence[tuple[str, Draft]], *, key: str, reason: str, by: User
) -> Posting:
    """Post statements over those that were seen; a repeated key gives what it posted."""
    _lock_ledger()
    if not Posting.objects.filter(key=key).exists():
        for seen, draft in statements:
            now = standing(draft)
            if code_of(now) != seen:
                raise Overtaken(now)
    return post(entries=[draft for _seen, draft in statements], key=key, reason=reason, by=by)
