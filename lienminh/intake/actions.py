"""The writes of this room: texts taken in, decisions about what was found, wordings taught."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lienminh.documents.actions import keep_document
from lienminh.documents.models import Document
from lienminh.figures.actions import name_cell_value, name_source, state_together, withdraw
from lienminh.figures.drafting import refuse_long
from lienminh.figures.drafts import Draft
from lienminh.figures.entering import code_of, standing, stated_amount
from lienminh.figures.models import CellValue, Entry, Indicator, Posting, Source
from lienminh.intake.desk import document_of
from lienminh.intake.heads import head_of
from lienminh.intake.models import Finding, Text, Wording
from lienminh.intake.reading import propose
from lienminh.intake.repeats import repeats
from lienminh.intake.saying import Said, spaced
from lienminh.people.models import User
from lienminh.people.rights import require
from lienminh.people.roles import ADD, CORRECT
from lienminh.places.models import Place
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold

REF_BYTES: Final = 9
LONGEST: Final = 2_000_000  # characters of a text that is read at once
State = Finding.State
ALIKE: Final[dict[str, tuple[str, ...]]] = {State.ACCEPTED: (State.ACCEPTED, State.MATCHED)}


class Decided(Refused):
    """Somebody else decided about the figure meanwhile, or it is another than was seen."""

    def __init__(self) -> None:
        super().__init__(
            _("Trong lúc bạn xem, số này đã đổi hoặc người khác đã quyết định; hãy xem lại.")
        )


@transaction.atomic
def take_text(*, content: str, form: str, file_name: str, place: Place, by: User) -> Text:
    """Keep a text with all that is found in it; the one that is there, where it was taken before.

    Figures of a document that the ledger has already are matched with their entries.
    """
    require(by, ADD, place)
    content = content.replace("\x00", "\ufffd")
    digest = hashlib.sha256(content.encode()).hexdigest()
    there = Text.objects.filter(sha256=digest, place=place, dropped_at=None).first()
    if there is not None:
        return there
    if len(content) > LONGEST:
        raise Refused(_("Văn bản quá dài để đọc một lần; hãy tách thành nhiều tệp."))
    document = Document.objects.filter(content_sha256=digest).first()
    text = Text(
        ref=_new_ref(),
        place=place,
        content=content,
        sha256=digest,
        length=len(content),
        form=form,
        file_name=file_name[-200:],
        document=document,
        taken_by=by,
        **(_described(document) if document else _told_by_head(content, file_name)),
    )
    text.folded = _folded(text)
    text.save(force_insert=True)
    Finding.objects.bulk_create(_found(text))
    return text


def _new_ref() -> str:
    return secrets.token_urlsafe(REF_BYTES).replace("-", "x").replace("_", "y")[:12]


def _told_by_head(content: str, file_name: str) -> dict[str, Any]:
    head = head_of(content)
    title = head.title or file_name.rpartition(".")[0] or file_name or _("Văn bản không tên")
    return {"kind": head.kind, "title": title, "number": head.number, "issued_on": head.day}


def _described(document: Document) -> dict[str, Any]:
    told = {name: getattr(document, name) for name in ("kind", "number", "issuer", "issued_on")}
    return {**told, "title": document.title[:300]}


def _folded(text: Text) -> str:
    return fold(f"{text.title} {text.number} {text.file_name}")[:600]


def _found(text: Text) -> list[Finding]:
    """Every figure of a text: those stated before, and those that the ledger has, say so."""
    proposals = propose(text.content)
    firsts = repeats(proposals)
    posted = _posted(text.document) if text.document else []
    found = []
    for index, one in enumerate(proposals):
        said = Said.of(one)
        entry = next((e for at, e in posted if at.start < said.end and said.start < at.stop), None)
        again = firsts.get(index)
        state = State.MATCHED if entry else State.OPEN if again is None else State.REPEAT
        found.append(
            Finding(
                text=text,
                number=index + 1,
                start=said.start,
                end=said.end,
                shown=one.shown,
                said=said.json,
                confidence=said.confidence,
                state=state,
                repeats=None if again is None else again + 1,
                entry=entry,
            )
        )
    return found


def _posted(document: Document) -> list[tuple[range, Entry]]:
    """What the ledger has of a document, as far as it stands, and where it stands in the text."""
    entries = Entry.objects.filter(document=document, start__isnull=False, low__isnull=False)
    newest = entries.select_related("indicator", "cell", "source").order_by("-posting_id", "line")
    standing_ones = [one for one in newest if code_of(standing(one)) == one.code]
    return [(range(one.start or 0, one.end or 0), one) for one in standing_ones]


@transaction.atomic
def describe(*, text: Text, told: Mapping[str, Any], by: User) -> Text:
    """Say what a text is: kind, title, number, issuer, day; until a document says it."""
    require(by, ADD, text.place)
    text = Text.objects.select_for_update().get(pk=text.pk)
    if text.document_id is not None:
        raise Refused(_("Đã có số liệu dẫn văn bản này, nên không đổi được nữa."))
    for name, value in told.items():
        setattr(text, name, value)
    text.folded = _folded(text)
    refuse_long(text)
    text.save(update_fields=[*told, "folded"])
    return text


@transaction.atomic
def drop(*, text: Text, by: User) -> None:
    """Give a text up from which nothing was recorded; it is seen no more."""
    require(by, ADD, text.place)
    text = Text.objects.select_for_update().get(pk=text.pk)
    if text.readings.filter(state__in=(State.ACCEPTED, State.CORRECTED)).exists():
        raise Refused(_("Đã nhận số liệu từ văn bản này; hãy rút các số ấy trước khi bỏ văn bản."))
    text.dropped_at = timezone.now()
    text.save(update_fields=["dropped_at"])


@transaction.atomic
def accept(*, text: Text, drafts: Mapping[int, Draft], by: User) -> Posting | None:
    """Record figures as the text states them, all in one posting or none; twice is harmless.

    One that this text's chain states already is matched with it; Refused where another number
    stands there.
    """
    text = Text.objects.select_for_update().get(pk=text.pk)
    waiting: dict[Finding, tuple[str, Draft]] = {}
    for finding in _open(text, drafts, State.ACCEPTED):
        draft = drafts[finding.number]
        require(by, ADD, draft.place)
        now = standing(draft)
        if now is None or now.low is None:
            waiting[finding] = code_of(now), draft
        elif stated_amount(now) == draft.amount:
            _decide(finding, State.MATCHED, by, entry=now)
        else:
            sentence = _(
                "Nguồn này đã nêu một số khác cho đúng chỗ ấy (%(code)s); hãy sửa cho khác."
            )
            raise Refused(sentence % {"code": now.code})
    return _record(text, waiting, State.ACCEPTED, by=by)


@transaction.atomic
def correct(*, text: Text, number: int, draft: Draft, seen: str, by: User) -> Posting | None:
    """Record a figure as a person corrected it; Overtaken when another than `seen` stands there."""
    text = Text.objects.select_for_update().get(pk=text.pk)
    require(by, ADD, draft.place)
    waiting = dict.fromkeys(_open(text, [number], State.CORRECTED), (seen, draft))
    return _record(text, waiting, State.CORRECTED, by=by)


def _open(text: Text, numbers: Sequence[int] | Mapping[int, Any], to: str) -> list[Finding]:
    """The figures that wait; none for what was decided the same way, Decided for anything else."""
    found = list(text.readings.filter(number__in=list(numbers)))
    alike = (State.OPEN, *ALIKE.get(to, (to,)))
    if len(found) != len(numbers) or any(one.state not in alike for one in found):
        raise Decided
    return [one for one in found if one.state == State.OPEN]


def _record(
    text: Text, waiting: Mapping[Finding, tuple[str, Draft]], state: str, *, by: User
) -> Posting | None:
    """Post what waits, with the document and the chain of the text, which are kept with it."""
    if not waiting:
        return None
    document = keep(text=text, by=by)
    source = name_source(
        code=f"read:{document.ref}"[:100],
        kind=Source.Kind.READ,
        title=document.title[:300],
        document=document,
        by=by,
    )
    ordered = sorted(waiting, key=lambda one: one.number)
    statements = [
        (seen, replace(draft, source=source, document=document))
        for seen, draft in (waiting[finding] for finding in ordered)
    ]
    posting = state_together(
        statements=statements,
        key=f"intake:{text.ref}:{ordered[0].number}:{ordered[0].tries}",
        reason=f"Đọc từ văn bản “{document.title[:400]}”",
        by=by,
    )
    for finding, entry in zip(ordered, posting.entries.order_by("line"), strict=True):
        _decide(finding, state, by, entry=entry)
    return posting


@transaction.atomic
def keep(*, text: Text, by: User) -> Document:
    """The document that the text is: from now on everybody may read what it is called."""
    if text.document is None:
        there = Document.objects.filter(content_sha256=text.sha256).first()
        text.document = there or keep_document(document_of(text), by=by)
        text.save(update_fields=["document"])
    return text.document


def _decide(finding: Finding, state: str, by: User, *, entry: Entry | None = None) -> None:
    finding.state, finding.entry = state, entry
    finding.decided_by, finding.decided_at = by, timezone.now()
    finding.save(update_fields=["state", "entry", "decided_by", "decided_at", "tries"])


@transaction.atomic
def set_aside(*, text: Text, number: int, state: str, by: User) -> None:
    """Say that a figure is none, or keep it as a note; nothing is recorded."""
    require(by, ADD, text.place)
    if state not in (State.REJECTED, State.NOTED):
        raise ValueError(state)
    text = Text.objects.select_for_update().get(pk=text.pk)
    for finding in _open(text, [number], state):
        _decide(finding, state, by)


@transaction.atomic
def take_back(*, text: Text, number: int, reason: str, by: User) -> None:
    """Take a decision back: what was recorded is withdrawn with the reason, as figures are."""
    text = Text.objects.select_for_update().get(pk=text.pk)
    finding = text.readings.select_related("entry").filter(number=number).first()
    if finding is None or finding.state == State.MATCHED:
        raise Decided
    if finding.state == State.OPEN:
        return
    entry = finding.entry
    require(by, ADD if entry is None else CORRECT, text.place if entry is None else entry.place)
    finding.tries += 1
    _decide(finding, State.OPEN, by)
    now = standing(entry) if entry else None
    if now is None or now.low is None:
        return
    if not reason:
        raise Refused(_("Hãy ghi vì sao rút số này."))
    key = f"intake:{text.ref}:{number}:{finding.tries}:back"
    withdraw(entry=now, key=key, reason=f"Rút {now.code}: {reason}", by=by)


@transaction.atomic
def name_scheme(*, text: Text, name: str, english: str, by: User) -> CellValue:
    """Enter a scheme that a text tells of in the dictionary of breakdowns."""
    require(by, ADD, text.place)
    value = slugify(fold(name))[:60].strip("-")
    if not value or CellValue.objects.filter(key="scheme", value=value).exists():
        raise Refused(_("Đã có đề án tên như vậy, hoặc tên không có chữ nào; hãy đặt tên khác."))
    return name_cell_value(
        key="scheme", value=value, label_vi=name, label_en=english or name, by=by
    )


@transaction.atomic
def teach(
    *, phrase: str, finding: Finding, indicator: Indicator, cell: str, by: User
) -> Wording | None:
    """Remember what a wording means to the unit of its text; None where that is known already."""
    text = finding.text
    require(by, ADD, text.place)
    folded, unit = spaced(phrase).strip(), str(finding.said["unit"])
    if f" {folded} " not in Said.kept(finding.said).clause or not folded:
        raise Refused(_("Cách gọi phải là những chữ liền nhau trong câu nêu con số."))
    known = Wording.objects.filter(folded=folded, unit=unit, place=text.place, removed_at=None)
    same = known.filter(indicator=indicator, cell=cell).first()
    if same is not None:
        return None
    known.update(removed_at=timezone.now())
    wording = Wording(
        ref=_new_ref(),
        phrase=phrase,
        folded=folded,
        unit=unit,
        indicator=indicator,
        cell=cell,
        place=text.place,
        finding=finding,
        taught_by=by,
    )
    refuse_long(wording)
    wording.save(force_insert=True)
    return wording


@transaction.atomic
def publish(*, wording: Wording, by: User) -> None:
    """Let a wording hold for the texts of all; whoever may must be asked for before."""
    Wording.objects.filter(pk=wording.pk, removed_at=None, published_at=None).update(
        published_at=timezone.now()
    )


@transaction.atomic
def forget(*, wording: Wording, by: User) -> None:
    """Let a wording hold no more; figures recorded with it stay."""
    Wording.objects.filter(pk=wording.pk, removed_at=None).update(removed_at=timezone.now())
