"""From a file of the cast to unsaved rows; what it names is looked up, nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from lienminh.conferences.models import Agreement, Conference, Participation, Party
from lienminh.demo.cast_files import AgreementIn, FigureIn, OfficeIn, PointIn, ReviewIn
from lienminh.documents.models import Document, Reference
from lienminh.figures.drafts import Draft
from lienminh.figures.models import Entry, Indicator, Source
from lienminh.people.models import Organisation
from lienminh.places import queries as places
from lienminh.places.models import Place
from lienminh.reviews.models import Actor, Number, Point, Review, Subject
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount


class Casting:
    """One file; `documents` are those kept for it, by ref."""

    def __init__(self, file: str, told: ReviewIn) -> None:
        self.file, self.told = file, told
        self.documents: dict[str, Document] = {}

    @contextmanager
    def naming(self, field: str) -> Iterator[None]:
        """Put the file and field before what is refused inside."""
        try:
            yield
        except Refused as refusal:
            raise Refused(f"{self.file}, {field}: {refusal}") from None

    @property
    def article(self) -> Document:
        """The text that the review is told by."""
        return self._document(self.told.source, "source")

    def references(self) -> list[Reference]:
        """Where the article cites other documents."""
        return [
            Reference(
                document=self.article,
                cited=self._document(told.cited, f"references[{index}].cited"),
                number_as_cited=told.number,
                date_as_cited=told.dated,
                start=told.at[0],
                end=told.at[1],
            )
            for index, told in enumerate(self.told.references)
        ]

    def conference(self) -> Conference:
        """The conference, without its participants."""
        told = self.told.conference
        return Conference(
            ref=told.ref,
            kind=told.kind,
            title=told.title,
            first_day=told.first_day,
            last_day=told.last_day,
            part_of_day=told.part_of_day or "",
            mode=told.mode or "",
            place=self._place(told.place, "conference.place"),
            venue=told.venue,
            region=self._place(told.region, "conference.region"),
            occasion=told.occasion,
        )

    def participations(self) -> list[Participation]:
        """Who took part, in the file's order."""
        field = "conference.participants"
        return [
            Participation(name=p.name, role=p.role, organisation=self._organisation(p, field))
            for p in self.told.conference.participants
        ]

    def agreement(self, told: AgreementIn, conference: Conference) -> Agreement:
        """One agreement, without its parties."""
        return Agreement(
            conference=conference,
            kind=told.kind,
            title=told.title,
            about=self._document(told.about, "agreements.about") if told.about else None,
            first=told.period.first if told.period else None,
            last=told.period.last if told.period else None,
            document=self.article,
            start=told.at[0],
            end=told.at[1],
        )

    def parties(self, told: AgreementIn) -> list[Party]:
        """Who signed."""
        field = "conference.agreements.parties"
        return [Party(name=p.name, organisation=self._organisation(p, field)) for p in told.parties]

    def review(self, conference: Conference) -> Review:
        """The review itself."""
        told = self.told
        return Review(
            slug=told.slug,
            conference=conference,
            title=told.title,
            scope=self._scope,
            first=told.period.first,
            last=told.period.last,
            document=self.article,
        )

    def subjects(self) -> list[Subject]:
        """The programmes or schemes under review."""
        return [
            Subject(
                document=self._document(told.document, f"subjects[{index}].document"),
                first=told.period.first if told.period else None,
                last=told.period.last if told.period else None,
                value=told.value,
            )
            for index, told in enumerate(self.told.subjects)
        ]

    def point(self, told: PointIn, index: int, subjects: list[Subject]) -> Point:
        """One point, about one of the subjects when it names its value."""
        by_value = {subject.value: subject for subject in subjects if subject.value}
        if told.subject and told.subject not in by_value:
            known = ", ".join(by_value) or "none"
            raise Refused(
                f"{self.file}, points[{index}].subject: “{told.subject}” is not the value of a "
                f"subject; the values are: {known}."
            )
        return Point(
            section=told.section,
            subject=by_value.get(told.subject),
            text=told.text,
            speaker=told.speaker,
            addressee=told.addressee,
            open_ended=told.open_ended,
            document=self.article,
            start=told.at[0],
            end=told.at[1],
        )

    def actors(self, told: PointIn, index: int) -> list[Actor]:
        """Who is to act on a point."""
        field = f"points[{index}].actors"
        return [
            Actor(name=a.name, role=a.role, organisation=self._organisation(a, field))
            for a in told.actors
        ]

    def numbers(self) -> list[Number]:
        """The questions that the words of the review print the answers of."""
        told = self.told.figures.items if self.told.figures else ()
        return [
            Number(
                key=figure.key,
                indicator=self._indicator(figure, index),
                place=self._about(figure, index),
                first=figure.period.first,
                last=figure.period.last,
                cell=figure.cell,
                series=figure.series,
            )
            for index, figure in enumerate(told)
        ]

    def drafts(self, source: Source) -> list[Draft]:
        """The statements of the article for the ledger."""
        if self.told.figures is None:
            return []
        return [self._draft(f, i, source) for i, f in enumerate(self.told.figures.items)]

    def _draft(self, figure: FigureIn, index: int, source: Source) -> Draft:
        told = self.told.figures
        if told is None:
            raise AssertionError("a figure stands among figures")
        day = figure.happened_on
        return Draft(
            indicator=figure.indicator,
            place=self._about(figure, index),
            kind=Entry.Kind.STATEMENT,
            first=figure.as_of or figure.period.first,
            last=figure.as_of or figure.period.last,
            covers=Period(day, day) if day else None,
            amount=self._amount(figure, index),
            cell=figure.cell,
            series=figure.series,
            as_of_basis=figure.as_of_basis,
            counting=figure.counting,
            status=Entry.Status.PRELIMINARY,
            source=source,
            stated_on=told.stated_on,
            attribution=figure.attribution or told.attribution,
            document=self.article,
            start=figure.at[0],
            end=figure.at[1],
            as_written=figure.as_written,
            qualifier=figure.qualifier,
            group=figure.group,
            relation=figure.relation or "",
        )

    def _amount(self, figure: FigureIn, index: int) -> Amount:
        low = figure.value if figure.low is None else figure.low
        high = figure.value if figure.high is None else figure.high
        if low is None or high is None or (figure.value is not None and low != high):
            raise Refused(
                f"{self.file}, figures.items[{index}] ({figure.key}): give either one value, or "
                "low and high of a range."
            )
        with self.naming(f"figures.items[{index}] ({figure.key})"):
            return Amount(low, high, figure.bound, figure.approx)

    @property
    def _scope(self) -> Place:
        with self.naming("scope"):
            return places.find(self.told.scope, day=self.told.period.last)

    def _about(self, figure: FigureIn, index: int) -> Place:
        return self._place(figure.place, f"figures.items[{index}].place") or self._scope

    def _place(self, name: str, field: str) -> Place | None:
        if not name:
            return None
        with self.naming(field):
            return places.find(name, day=self.told.period.last)

    def _indicator(self, figure: FigureIn, index: int) -> Indicator:
        found = Indicator.objects.filter(code=figure.indicator).first()
        if found is None:
            raise Refused(
                f"{self.file}, figures.items[{index}].indicator: there is no indicator "
                f"“{figure.indicator}”; use a code of the catalogue."
            )
        return found

    def _document(self, ref: str, field: str) -> Document:
        if ref not in self.documents:
            raise Refused(
                f"{self.file}, {field}: no document “{ref}” is described; "
                f"those described are: {', '.join(self.documents)}."
            )
        return self.documents[ref]

    def _organisation(self, told: OfficeIn, field: str) -> Organisation | None:
        if not told.organisation:
            return None
        found = Organisation.objects.filter(ref=told.organisation).first()
        if found is None:
            raise Refused(
                f"{self.file}, {field}: there is no organisation “{told.organisation}” "
                f"(for {told.name}); correct the ref or leave it out."
            )
        return found
