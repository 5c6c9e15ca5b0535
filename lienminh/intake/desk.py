"""A text as it lies before a person: what each figure means, what is doubtful, what stands."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.utils.text import slugify

from lienminh.documents.models import Document
from lienminh.figures.drafting import Dictionary, key_of
from lienminh.figures.drafts import Draft
from lienminh.figures.entering import WITH_ALL
from lienminh.figures.models import CellValue, Entry, Source
from lienminh.intake import contradictions, schemes
from lienminh.intake.contradictions import Contradiction
from lienminh.intake.meaning import Doubt, Known, Meaning, Rule, meaning
from lienminh.intake.models import Finding, Text
from lienminh.intake.queries import wordings_at
from lienminh.intake.saying import Said
from lienminh.places.models import Place
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold

State = Finding.State
A_PAGE: Final = 60  # figures shown
IN_LEDGER: Final = (State.ACCEPTED, State.CORRECTED, State.MATCHED)


@dataclass(frozen=True)
class Item:
    """One figure: as read, as it would be recorded, and what speaks against recording it unseen.

    `draft` is None where something is missing. `mark` changes with everything that is shown, so
    that a decision is of what was seen.
    """

    finding: Finding
    said: Said
    meaning: Meaning
    place: Place | None
    draft: Draft | None
    against: Sequence[Contradiction]
    standing: Entry | None

    @property
    def number(self) -> int:
        """Its number in the text."""
        return self.finding.number

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.finding.state == State.OPEN

    @property
    def is_plain(self) -> bool:
        """Whether nothing about it has to be looked at: several such may be accepted together."""
        return self.is_open and self.draft is not None and not (self.meaning.doubts or self.against)

    @property
    def mark(self) -> str:
        """What was seen, in short."""
        one = self.meaning
        seen = (one.indicator, one.place, one.days, one.amount, one.cell, one.series, one.counting)
        return hashlib.sha256(repr((self.finding.tries, *seen)).encode()).hexdigest()[:16]


class Desk:
    """A text with its figures; everything is read once."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.dictionary = Dictionary()
        self.findings = list(text.readings.select_related(*(f"entry__{one}" for one in WITH_ALL)))
        self._said = {one.number: Said.kept(one.said) for one in self.findings}

    @cached_property
    def scheme_labels(self) -> Mapping[str, str]:
        """The schemes that the dictionary of breakdowns knows."""
        return dict(CellValue.objects.filter(key="scheme").values_list("value", "label_vi"))

    @cached_property
    def meanings(self) -> Mapping[int, Meaning]:
        """What each figure means, by its number."""
        told = schemes.mentions(self.text.content, self.scheme_labels)
        return {
            number: meaning(said, self._known, told.at(said.start))
            for number, said in self._said.items()
        }

    @cached_property
    def _known(self) -> Known:
        return Known(
            indicators=self.dictionary.indicators,
            words=self.dictionary.words,
            rules=[
                Rule(one.folded, one.unit, one.indicator.code, one.cell)
                for one in wordings_at(self.text.place)
            ],
            day=self.text.issued_on,
            place=self.text.place.ref,
        )

    @cached_property
    def against(self) -> Mapping[int, list[Contradiction]]:
        """What disagrees with each figure that is not set aside."""
        aside = (State.REJECTED, State.NOTED, State.REPEAT)
        kept = {
            one.number: self.meanings[one.number]
            for one in self.findings
            if one.state not in aside and one.shown
        }
        found = contradictions.contradictions(kept, self.dictionary.indicators)
        return contradictions.of_each(found)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The places the figures are about, by ref."""
        refs = {one.place for one in self.meanings.values() if one.place}
        found = Place.objects.filter(ref__in=refs | {self.text.place.ref})
        return {place.ref: place for place in found.prefetch_related("spells")}

    @cached_property
    def standing(self) -> Mapping[tuple[object, ...], Entry]:
        """The newest statement under each key that this text's chain has stated."""
        entries = Entry.objects.filter(source__code=self.source.code).select_related(*WITH_ALL)
        ordered = entries.prefetch_related("place__spells").order_by("posting_id", "line")
        return {key_of(one): one for one in ordered}

    @cached_property
    def source(self) -> Source:
        """The chain of statements of this text, unsaved where it is new."""
        return source_of(self.text)

    @cached_property
    def items(self) -> list[Item]:
        """Every figure, in order."""
        return [self.item(one) for one in self.findings]

    def item(self, finding: Finding) -> Item:
        """One figure."""
        said, told = self._said[finding.number], self.meanings[finding.number]
        place = self.places.get(told.place or "")
        if place and told.days and place.last_day and told.days.last > place.last_day:
            told = replace(told, doubts=told.doubts | {Doubt.NO_PLACE})
        draft = None
        if told.is_whole and place is not None:
            draft = draft_of(self.text, said, told, place, self.source)
        entry = finding.entry
        standing = self.standing.get(key_of(entry), entry) if entry else None
        return Item(
            finding, said, told, place, draft, self.against.get(finding.number, ()), standing
        )

    def anchor(self, number: int, kind: str = "f") -> str:
        """Where a figure stands among the pages of the text: `?page=2#f70`."""
        before = sum(one.shown and one.number < number for one in self.findings)
        return anchor(number, before, kind)

    def span(self, number: int) -> str:
        """The words of the figure of a number."""
        return self._said[number].span

    def numbered(self, number: int) -> Item | None:
        """The figure of a number; None where there is none."""
        found = next((one for one in self.findings if one.number == number), None)
        return self.item(found) if found else None


def anchor(number: int, before: int, kind: str = "f") -> str:
    """Where a figure stands, of those shown `before` it: in the list (f) or in the text (m)."""
    page = before // A_PAGE + 1
    return f"?page={page}#{kind}{number}" if page > 1 else f"#{kind}{number}"


def plain_mark(items: Iterable[Item]) -> str:
    """What was seen of several figures, in short."""
    seen = [(one.number, one.mark) for one in items]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def document_ref(text: Text) -> str:
    """The ref of the document that a text is, or will be."""
    if text.document is not None:
        return text.document.ref
    return f"{slugify(fold(text.title))[:80].strip('-') or 'van-ban'}-{text.sha256[:8]}"


def document_of(text: Text) -> Document:
    """The document that a text is; unsaved until one of its figures is accepted."""
    return text.document or Document(
        ref=document_ref(text),
        kind=text.kind,
        title=text.title,
        number=text.number,
        issuer=text.issuer,
        issued_on=text.issued_on,
        content_sha256=text.sha256,
        content_length=text.length,
    )


def source_of(text: Text) -> Source:
    """The chain of statements read in a text; its document may not be saved yet."""
    code = f"read:{document_ref(text)}"[:100]
    there = Source.objects.filter(code=code).select_related("document").first()
    return there or Source(code=code, kind=Source.Kind.READ, title=text.title)


def draft_of(text: Text, said: Said, told: Meaning, place: Place, source: Source) -> Draft:
    """The statement that a figure makes; whoever posts it gives it its document."""
    if told.indicator is None or told.days is None:
        raise Refused("A figure without an indicator or days cannot be recorded.")
    return Draft(
        indicator=told.indicator,
        place=place,
        kind=Entry.Kind.STATEMENT,
        first=told.days.first,
        last=told.days.last,
        covers=told.covers,
        amount=told.amount,
        cell=told.cell,
        series=told.series,
        as_of_basis=told.basis,
        counting=told.counting,
        status=Entry.Status.PRELIMINARY,
        source=source,
        **stated_in(text, said),
    )


def stated_in(text: Text, said: Said) -> dict[str, Any]:
    """What a statement says of where it stands: words, offsets, day, who stated it."""
    relation = said.relation or ""
    return {
        "stated_on": text.issued_on,
        "attribution": tuple(filter(None, (said.attributed_to, text.issuer or text.title))),
        "start": said.start,
        "end": said.end,
        "as_written": said.as_written[:300],
        "qualifier": said.qualifier[:60],
        "relation": relation,
        "group": f"s{said.sentence[0]}" if relation else "",
    }
