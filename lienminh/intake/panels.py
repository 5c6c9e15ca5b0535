"""What this room shows on the pages of lower rooms: sentences of figures, texts of documents."""

from collections.abc import Sequence
from typing import Final

from django.db.models.functions import Substr
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from lienminh.documents.models import Document
from lienminh.documents.panels import document_panels
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.quoting import Quote, quoters
from lienminh.intake.desk import anchor
from lienminh.intake.models import Finding, Text
from lienminh.intake.queries import visible_to
from lienminh.people.rights import Visitor, reads_office_figures

LONGEST: Final = 600  # characters of a sentence
HIDDEN: Final = "…"


def register() -> None:
    """Show sentences on the pages of figures, and texts on those of documents."""
    if sentences not in quoters:
        quoters.append(sentences)
    if of_document not in document_panels:
        document_panels.append(of_document)


def sentences(user: Visitor, entries: Sequence[Entry]) -> dict[str, Quote]:
    """The sentence of each entry whose text is kept.

    Who may not read the figures of staff sees no other figure of the sentence than those that were
    recorded for everybody.
    """
    digests = {one.document.content_sha256 for one in entries if one.document and one.start}
    texts = Text.objects.filter(sha256__in=digests - {""}).only("pk", "sha256").order_by("-pk")
    kept = {text.sha256: text for text in texts}
    if not kept:
        return {}
    seen = visible_to(user).order_by().filter(sha256__in=kept)
    mine = dict(seen.values_list("sha256", "ref"))
    whole = reads_office_figures(user)
    found = {}
    for entry in entries:
        text = kept.get(entry.document.content_sha256) if entry.document else None
        if text is None or entry.start is None or entry.end is None:
            continue
        if quote := _quote(text, entry, mine.get(text.sha256, ""), whole=whole):
            found[entry.code] = quote
    return found


def _quote(text: Text, entry: Entry, ref: str, *, whole: bool) -> Quote | None:
    start, end = entry.start or 0, entry.end or 0
    here = text.readings.filter(start__lt=end, end__gt=start).first()
    if here is None:
        return None
    first, last = here.said["sentence"]
    first, last = min(max(first, start - LONGEST), start), max(min(last, end + LONGEST), end)
    content = (
        Text.objects.filter(pk=text.pk)
        .annotate(piece=Substr("content", first + 1, last - first))
        .values_list("piece", flat=True)[0]
    )
    others = [] if whole else _private(text, first, last)
    before = _without(content[: start - first], first, others)
    after = _without(content[end - first :], end, others)
    url = reverse("text", args=[ref]) + _anchor(text, here) if ref else ""
    return Quote(before.lstrip(), content[start - first : end - first], after.rstrip(), url)


def _anchor(text: Text, here: Finding) -> str:
    before = text.readings.filter(shown=True, number__lt=here.number).count()
    return anchor(here.number, before, "m")


def _private(text: Text, first: int, last: int) -> list[tuple[int, int]]:
    """Where figures stand that were not recorded for everybody."""
    others = text.readings.filter(start__lt=last, end__gt=first).select_related("entry__indicator")
    return [(one.start, one.end) for one in others if not _is_public(one)]


def _is_public(finding: Finding) -> bool:
    """What the reader takes for no figure (a year, a duration) is no secret of anybody."""
    if finding.entry is None:
        return not finding.shown
    return finding.entry.indicator.audience == Indicator.Audience.PUBLIC


def _without(piece: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """A stretch of the text that begins at `offset`, without what stands at these places."""
    kept, position = [], 0
    for start, end in spans:
        at, to = start - offset, end - offset
        if position <= at and to <= len(piece):
            kept += [piece[position:at], HIDDEN]
            position = to
    return "".join([*kept, piece[position:]])


def of_document(request: HttpRequest, document: Document) -> str:
    """Where the visitor may read the whole text."""
    if not document.content_sha256:
        return ""
    texts = list(visible_to(request.user).filter(sha256=document.content_sha256))
    return render_to_string("intake/of_document.html", {"texts": texts}, request) if texts else ""
