"""A figure of a text as the page shows it: worded, with what is doubtful and what may be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from lienminh.figures import entering
from lienminh.figures import words as figure_words
from lienminh.figures.addresses import entry_question, figure_url
from lienminh.figures.facts import Told
from lienminh.figures.models import Entry, Indicator
from lienminh.intake.desk import IN_LEDGER, Desk, Item
from lienminh.intake.models import Finding
from lienminh.intake.words import DISAGREE, DOUBTS, WHY
from lienminh.people.rights import Visitor, where
from lienminh.people.roles import ADD, CORRECT
from lienminh.places.words import place_title
from lienminh.web.words import Vietnamese

State = Finding.State
AROUND: Final = 90  # characters of the sentence on either side


@dataclass(frozen=True)
class Row:
    """A figure on the page."""

    item: Item
    told: Told | None
    indicator: Indicator | None
    facts: Sequence[tuple[str, str]]
    doubts: Sequence[str]
    disagrees: Sequence[tuple[str, int, str, str]]
    why: Sequence[tuple[str, str]]
    before: str
    after: str
    may_decide: bool
    may_take_back: bool
    outside: bool
    first_url: str

    @property
    def number(self) -> int:
        """Its number in the text."""
        return self.item.number

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return str(State(self.item.finding.state).label)

    @property
    def is_withdrawn(self) -> bool:
        """Whether what was recorded is stated no more."""
        return self.item.standing is not None and self.item.standing.low is None

    @property
    def entry(self) -> Entry | None:
        """The entry that stands for it now."""
        return self.item.standing

    @property
    def url(self) -> str:
        """The page of the figure that was recorded."""
        return figure_url(entry_question(self.entry)) if self.entry else ""

    @property
    def is_accepted(self) -> bool:
        """Whether a click records it as it is shown."""
        return self.item.is_open and self.item.draft is not None and not self.outside

    @property
    def in_ledger(self) -> bool:
        """Whether the ledger has it."""
        return self.item.finding.state in IN_LEDGER


def plain_ones(desk: Desk, user: Visitor, least: int) -> list[Item]:
    """What may be accepted together: shown, at least so sure, nothing doubtful, in the branch."""
    adds = where(user, ADD, list(desk.places.values()))
    return [
        one
        for one in desk.items
        if one.is_plain and one.finding.shown and one.finding.confidence >= least
        if one.place is not None and one.place.pk in adds
    ]


def rows_of(desk: Desk, user: Visitor, items: Sequence[Item]) -> list[Row]:
    """The figures as rows; what may be done with them is asked of all places at once."""
    told_of = [one.place for one in items if one.place]
    standing = [one.standing.place for one in items if one.standing]
    places = [desk.text.place, *told_of, *standing]
    adds, corrects = where(user, ADD, places), where(user, CORRECT, places)
    labels = figure_words.cell_labels()
    telling = _Telling(desk, labels, adds, corrects)
    return [telling.row(one) for one in items]


class _Telling:
    """The wording of the figures of one text."""

    def __init__(
        self, desk: Desk, labels: figure_words.Labels, adds: set[int], corrects: set[int]
    ) -> None:
        self.desk, self.labels, self.adds, self.corrects = desk, labels, adds, corrects
        self.office = desk.text.place_id in adds

    def row(self, item: Item) -> Row:
        told = self._told(item)
        place = item.draft.place if item.draft else None
        outside = place is not None and place.pk not in self.adds
        doubts = [str(DOUBTS[one]) for one in DOUBTS if one in item.meaning.doubts]
        if outside and item.is_open:
            doubts.append(_("nơi này ngoài phạm vi được phân công của bạn"))
        content, said = self.desk.text.content, item.said
        first, last = said.sentence
        before = content[max(first, said.start - AROUND) : said.start].lstrip()
        after = content[said.end : min(last, said.end + AROUND)].rstrip()
        return Row(
            item=item,
            told=told,
            indicator=told.indicator if told else self._indicator(item),
            facts=list(self._facts(item, told)),
            doubts=doubts,
            disagrees=list(self._disagrees(item)),
            why=list(self._why(item)),
            before=("…" if said.start - first > AROUND else "") + before,
            after=after + ("…" if last - said.end > AROUND else ""),
            may_decide=self.office and item.is_open,
            may_take_back=self._may_take_back(item),
            outside=outside,
            first_url=self.desk.anchor(item.finding.repeats) if item.finding.repeats else "",
        )

    def _indicator(self, item: Item) -> Indicator | None:
        return self.desk.dictionary.indicators.get(item.meaning.indicator or "")

    def _told(self, item: Item) -> Told | None:
        """The entry where there is one, else the statement that would be made."""
        if item.standing is not None:
            shown = item.standing if item.standing.low is not None else item.finding.entry
            entry = shown or item.standing
            return Told(entering.draft_of(entry), entry.indicator, self.labels, entry)
        if item.draft is None:
            return None
        indicator = self.desk.dictionary.indicators[item.draft.indicator]
        return Told(item.draft, indicator, self.labels)

    def _facts(self, item: Item, told: Told | None) -> Iterator[tuple[str, str]]:
        """Where, when, which part; also of what cannot be recorded yet."""
        if told is not None:
            yield _("Nơi"), told.place
            yield _("Kỳ"), told.days
            if told.cell:
                yield _("Phần"), told.cell
            if told.series:
                yield _("Loại số"), told.series
            return
        one = item.meaning
        if item.place is not None:
            yield _("Nơi"), place_title(item.place, one.days.last if one.days else None)
        elif item.said.place:
            yield _("Nơi"), Vietnamese(item.said.place)
        if one.days is not None:
            yield _("Kỳ"), figure_words.period_words(one.days)
        if item.said.subject:
            yield _("Đếm"), Vietnamese(item.said.subject.rstrip(" .,;:"))

    def _disagrees(self, item: Item) -> Iterator[tuple[str, int, str, str]]:
        if item.finding.state in (State.REJECTED, State.NOTED, State.REPEAT):
            return
        for one in item.against:
            words, other = str(DISAGREE[one.kind]), one.other
            yield words, other, self.desk.span(other), self.desk.anchor(other)

    def _why(self, item: Item) -> Iterator[tuple[str, str]]:
        """The words that decided, the taught wording and the scheme of the paragraph."""
        for key, label in WHY.items():
            if words := item.said.why.get(key):
                yield str(label), Vietnamese(f"“{words}”")
        if item.meaning.rule:
            yield _("cách gọi đã ghi nhớ"), Vietnamese(f"“{item.meaning.rule.folded}”")
        if item.meaning.scheme:
            scheme = item.meaning.scheme
            yield _("đề án mà đoạn này nói"), self.labels.get(("scheme", scheme), scheme)

    def _may_take_back(self, item: Item) -> bool:
        state, entry = item.finding.state, item.standing
        if state in (State.OPEN, State.MATCHED):
            return False
        if entry is None or entry.low is None:
            return self.office
        return entry.place_id in self.corrects


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: plain, or a figure with its row."""

    text: str
    row: Row | None = None


def pieces(content: str, rows: Sequence[Row], first: int, last: int) -> list[Piece]:
    """The text from `first` up to, not with, `last`, cut at its figures."""
    found: list[Piece] = []
    position = first
    for row in sorted(rows, key=lambda one: one.item.said.start):
        start, end = row.item.said.start, row.item.said.end
        if start < position or end > last:
            continue
        found += [Piece(content[position:start]), Piece(content[start:end], row)]
        position = end
    return [*found, Piece(content[position:last])]


def window(content: str, items: Sequence[Item], *, opens: bool, closes: bool) -> tuple[int, int]:
    """The paragraphs of a page of figures, with what opens the text and what closes it."""
    if not items:
        return 0, len(content)
    starts, ends = [one.said.start for one in items], [one.said.end for one in items]
    first = 0 if opens else content.rfind("\n", 0, min(starts)) + 1
    after = content.find("\n", max(ends))
    return first, len(content) if closes or after < 0 else after


def address(desk: Desk, number: int | None = None) -> str:
    """The page of the text, at one of its figures."""
    return reverse("text", args=[desk.text.ref]) + (desk.anchor(number) if number else "")
