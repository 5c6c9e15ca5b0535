"""What a file of the cast holds: one review conference, told in the words of its own fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from lienminh.conferences.models import Agreement, Conference, Participation
from lienminh.demo.shape import read
from lienminh.documents.models import Document
from lienminh.figures.models import Entry
from lienminh.reviews.models import Actor, Point
from lienminh.rules.errors import Refused
from lienminh.rules.files import text_of
from lienminh.rules.periods import Period

At = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class DocumentIn:
    """A document: the article itself, or one that it cites."""

    ref: str
    kind: Document.Kind
    title: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    url: str = ""
    taken_from: str = ""
    content_sha256: str = ""
    content_length: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReferenceIn:
    """A citation in the article: number and date as cited there."""

    cited: str
    at: At
    number: str = ""
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class OfficeIn:
    """A body or a function, never a person; `organisation` is its ref when it has one."""

    name: str
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class ParticipantIn(OfficeIn):
    """An office in one role at the conference."""

    role: Participation.Role


@dataclass(frozen=True, kw_only=True)
class ActorIn(OfficeIn):
    """An office in one role for a task."""

    role: Actor.Role


@dataclass(frozen=True, kw_only=True)
class AgreementIn:
    """What was signed."""

    kind: Agreement.Kind
    title: str
    parties: tuple[OfficeIn, ...]
    at: At
    about: str = ""
    period: Period | None = None


@dataclass(frozen=True, kw_only=True)
class ConferenceIn:
    """The conference; what is not stated is left out."""

    ref: str
    kind: Conference.Kind
    title: str
    first_day: date
    last_day: date
    participants: tuple[ParticipantIn, ...]
    part_of_day: Conference.PartOfDay | None = None
    mode: Conference.Mode | None = None
    place: str = ""
    venue: str = ""
    region: str = ""
    occasion: str = ""
    agreements: tuple[AgreementIn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SubjectIn:
    """A programme or scheme under review; `value` names it in the cells of figures."""

    document: str
    period: Period | None = None
    value: str = ""
    label_vi: str = ""
    label_en: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureIn:
    """One stated figure, and the question that prints it.

    `period` is asked; a stock is stated for the day `as_of`, anything else for `period`, of which
    it covers the one day `happened_on` when that is stated. Values are in the indicator's unit.
    """

    key: str
    indicator: str
    period: Period
    as_written: str
    at: At
    value: int | None = None
    low: int | None = None
    high: int | None = None
    bound: str | None = None
    approx: bool = False
    qualifier: str = ""
    place: str = ""
    cell: str = ""
    series: Entry.Series = Entry.Series.ACTUAL
    as_of: date | None = None
    as_of_basis: Entry.Basis | None = None
    happened_on: date | None = None
    counting: Entry.Counting | None = None
    group: str = ""
    relation: Entry.Relation | None = None
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FiguresIn:
    """All figures of the article: when stated, and through whom, unless a figure says otherwise."""

    stated_on: date
    attribution: tuple[str, ...]
    items: tuple[FigureIn, ...]


@dataclass(frozen=True, kw_only=True)
class PointIn:
    """One thing heard, found or asked; `{key}` in the text stands for a figure."""

    section: Point.Section
    text: str
    at: At
    subject: str = ""
    speaker: str = ""
    addressee: str = ""
    open_ended: bool = False
    actors: tuple[ActorIn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewIn:
    """A whole file: one review."""

    slug: str
    title: str
    scope: str
    period: Period
    source: str
    documents: tuple[DocumentIn, ...]
    conference: ConferenceIn
    points: tuple[PointIn, ...]
    references: tuple[ReferenceIn, ...] = ()
    subjects: tuple[SubjectIn, ...] = ()
    figures: FiguresIn | None = None


def packaged() -> Traversable:
    """The folder of the five real reviews."""
    return files("lienminh.demo").joinpath("cast")


def read_cast(folder: Traversable) -> Iterator[tuple[str, ReviewIn]]:
    """Each file's name and review, by name; Refused when a file is malformed or none is there."""
    names = [item for item in folder.iterdir() if item.name.endswith(".yaml")]
    if not names:
        raise Refused(f"There are no reviews (*.yaml) in {folder}; reinstall the package.")
    for item in sorted(names, key=lambda found: found.name):
        yield item.name, read(ReviewIn, text_of(item), item.name)
