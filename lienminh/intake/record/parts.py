"""From what a text holds beside figures to the parts of a dossier, not saved; chosen by a person.

Difficulties, tasks and recommendations become its points, organisations take part, programmes are
its subjects, cited documents are documents; the figures accepted from the text are its results.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from django.utils.text import slugify
from django.utils.translation import override

from lienminh.conferences.models import Conference, Participation
from lienminh.documents.models import Document
from lienminh.figures.models import Entry
from lienminh.figures.words import cell_in_words, cell_labels
from lienminh.intake.other_facts import Fact
from lienminh.reviews.models import Actor, Number, Point, Subject
from lienminh.reviews.starting import new_key
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.text import clean, fold, normalise

SECTIONS: Final = {
    "difficulty": Point.Section.LIMIT,
    "task": Point.Section.TASK,
    "recommendation": Point.Section.RECOMMENDATION,
}
KINDS: Final = {
    "interim_review": Conference.Kind.INTERIM_REVIEW,
    "final_review": Conference.Kind.CLUSTER_REVIEW,
    "review": Conference.Kind.MONTHLY_MEETING,
    "dialogue": Conference.Kind.DIALOGUE,
}
LONGEST: Final = 300
_BRACES = str.maketrans({"{": "(", "}": ")"})


def conference_of(facts: Iterable[Fact]) -> Fact | None:
    """The first conference that a text tells of."""
    return next((one for one in facts if one.kind == "conference"), None)


def gathering(told: Fact | None, *, kind: str, day: date) -> Conference:
    """The conference on its day, with what the text says of it."""
    details = told.details if told else {}
    part, mode = details.get("part_of_day", ""), details.get("mode", "")
    return Conference(
        kind=kind,
        first_day=day,
        last_day=day,
        part_of_day=part if part in Conference.PartOfDay.values else "",
        mode=mode if mode in Conference.Mode.values else "",
    )


def participations(facts: Iterable[Fact]) -> list[Participation]:
    """Those who held the conference, and the bodies that were chosen."""
    hosts: dict[str, str] = {}
    for one in facts:
        if one.kind == "conference":
            names = one.details.get("host", "").split(";")
            hosts |= {words(name): Participation.Role.HOST for name in names if name.strip()}
        elif one.kind == "organisation":
            hosts.setdefault(words(one.details.get("name", one.span)), Participation.Role.ATTENDEE)
    return [Participation(name=name[:LONGEST], role=role) for name, role in hosts.items()]


def points(facts: Iterable[Fact], document: Document) -> Iterator[tuple[Point, list[Actor]]]:
    """Difficulties, tasks and recommendations, where they stand in the text."""
    for one in facts:
        if one.kind in SECTIONS:
            point = Point(
                section=SECTIONS[one.kind],
                text=words(one.span),
                addressee=words(one.details.get("addressee", ""))[:LONGEST],
                document=document,
                start=one.start,
                end=one.end,
            )
            yield point, list(_actors(one))


def _actors(fact: Fact) -> Iterator[Actor]:
    role = fact.details.get("role", "")
    if name := words(fact.details.get("actor", "")):
        known = role if role in Actor.Role.values else Actor.Role.PERFORM
        yield Actor(name=name[:LONGEST], role=known)
    if name := words(fact.details.get("with", "")):
        yield Actor(name=name[:LONGEST], role=Actor.Role.COOPERATE)


def results(entries: Sequence[Entry]) -> tuple[list[Number], list[tuple[Point, list[Actor]]]]:
    """A number for each figure that was accepted from the text, and the words that print it."""
    numbers: list[Number] = []
    told: list[tuple[Point, list[Actor]]] = []
    with override("vi"):
        labels = cell_labels()
        for entry in entries:
            number = Number(
                indicator=entry.indicator,
                place=entry.place,
                first=entry.first,
                last=entry.last,
                cell=entry.cell.text,
                series=entry.series,
            )
            number.key = new_key(number, taken={one.key for one in numbers})
            numbers.append(number)
            part = cell_in_words(entry.cell.text, labels)
            label = f"{entry.indicator.label_vi}{f' ({part})' if part else ''}"
            text = f"{label}: {{{number.key}}}."
            told.append((Point(section=Point.Section.RESULT, text=text), []))
    return numbers, told


def document_of(fact: Fact) -> Document | None:
    """The document that a fact cites or the programme it names, as far as it is told."""
    details = fact.details
    kind = _kind_of(fact)
    number = details.get("number", "")[:80]
    title = words(details.get("title") or details.get("name") or fact.span)[:LONGEST]
    told = f"{kind} {number}" if number else title
    ref = slugify(fold(told.replace("/", "-")))[:110].strip("-")
    if not ref:
        return None
    return Document(ref=ref, kind=kind, title=title, number=number)


def _kind_of(fact: Fact) -> str:
    told = fact.details.get("kind", "")
    otherwise = Document.Kind.PROGRAMME if fact.kind == "programme" else Document.Kind.OTHER
    return told if told in Document.Kind.values else otherwise


def day_of(fact: Fact) -> date | None:
    """The day with which a document is cited."""
    try:
        return date.fromisoformat(fact.details.get("date", ""))
    except ValueError:
        return None


def subject_of(fact: Fact, document: Document) -> Subject:
    """A programme under review, for the days that its name says."""
    try:
        days = Period.parse(fact.details.get("period", ""))
    except Refused:
        return Subject(document=document)
    return Subject(document=document, first=days.first, last=days.last)


def words(text: str) -> str:
    """One line that prints no figure by chance, with a capital."""
    line = normalise(clean(text)).translate(_BRACES)
    line = re.sub(r"^\([0-9a-z]{1,3}\)\s*", "", line)
    return line[:1].upper() + line[1:]
