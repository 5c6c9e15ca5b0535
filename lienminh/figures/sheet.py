"""What the page of a figure tells: its entries, their history, and what it is made of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lienminh.figures import reasons, words
from lienminh.figures.addresses import figure_url
from lienminh.figures.answers import answers, terms_of
from lienminh.figures.drafting import key_of
from lienminh.figures.lineage import amount_of, entries_by_code
from lienminh.figures.models import Entry, Expectation
from lienminh.figures.questions import Answer, Question
from lienminh.figures.quoting import Quote, quotes_of
from lienminh.figures.words import Written, written
from lienminh.people.models import Organisation, User
from lienminh.people.queries import organisations_on
from lienminh.places.models import Place
from lienminh.places.queries import children_of
from lienminh.places.words import place_title
from lienminh.rules.precision import difference

SHOWN = 100  # rows of a table; more are counted
QUOTED = 20


@dataclass(frozen=True)
class Line:
    """An entry of the ledger on the page, what it says, and what ended it."""

    entry: Entry
    words: Written | None
    cell: str
    chosen: bool
    ended_by: Entry | None = None
    later: bool = False  # posted after the moment looked at
    quote: Quote | None = None

    @property
    def place(self) -> str:
        """Where the entry is about."""
        return place_title(self.entry.place, self.entry.last)

    @property
    def relation(self) -> str:
        """How it stands to what was stated together with it; '' where that says nothing."""
        return str(words.RELATION[self.entry.relation]) if self.entry.relation else ""


@dataclass(frozen=True)
class Row:
    """A figure beside others: what it is, its page, its words or that there are none."""

    title: str
    url: str
    words: Written | None = None
    note: str = ""
    difference: Written | None = None


def quoted(answer: Answer, labels: words.Labels, *, user: User) -> list[Line]:
    """The entries the answer rests on, the first QUOTED of them, in their sentences."""
    rows = list(_read(entries_by_code(answer.entries[:QUOTED])))
    quotes = quotes_of(user, rows)
    lines = [_line(entry, labels, chosen=True) for entry in rows]
    return [replace(line, quote=quotes.get(line.entry.code)) for line in lines]


def history(answer: Answer, chosen: Sequence[Line], labels: words.Labels) -> tuple[list[Line], int]:
    """Every entry under the keys of the question and of what was chosen, newest first.

    The first SHOWN of them, and how many there are.
    """
    question = answer.question
    period = question.period
    asked = Q(
        indicator=answer.indicator,
        place=question.place,
        series=question.series,
        cell__text=question.cell,
        first__gte=period.first,
        last__lte=period.last,
    )
    for line in chosen:
        asked |= _same_key(line.entry)
    entries = Entry.objects.filter(asked)
    newest = list(_read(entries.order_by("-posting_id", "line"))[:SHOWN])
    ended: dict[int, Entry] = {}
    after: dict[tuple[object, ...], Entry] = {}
    for entry in newest:
        if entry.kind == Entry.Kind.STATEMENT:
            successor = after.get(key_of(entry))
            if successor is not None and successor.posting_id <= answer.known_at:
                ended[entry.pk] = successor
            after[key_of(entry)] = entry
    codes = set(answer.entries)
    lines = [
        replace(
            _line(entry, labels, chosen=entry.code in codes),
            ended_by=ended.get(entry.pk),
            later=entry.posting_id > answer.known_at,
        )
        for entry in newest
    ]
    return lines, len(newest) if len(newest) < SHOWN else entries.count()


def _same_key(entry: Entry) -> Q:
    return Q(
        kind=entry.kind,
        indicator=entry.indicator_id,
        place=entry.place_id,
        holder=entry.holder_id,
        series=entry.series,
        first=entry.first,
        last=entry.last,
        cell=entry.cell_id,
        subject=entry.subject,
        source=entry.source_id,
    )


def conflicting(answer: Answer, labels: words.Labels) -> list[Line]:
    """The entries that claim to answer the same and were not chosen."""
    rows = _read(entries_by_code(answer.conflicts[:SHOWN]))
    return [_line(entry, labels, chosen=False) for entry in rows]


def _read(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    joined = entries.select_related(
        "posting__by", "source__document", "document", "cell", "indicator", "place", "holder"
    )
    return joined.prefetch_related("place__spells")


def _line(entry: Entry, labels: words.Labels, *, chosen: bool) -> Line:
    said = None
    if entry.low is not None:
        said = written(amount_of(entry), entry.indicator, entry.counting)
    return Line(entry, said, words.cell_in_words(entry.cell.text, labels), chosen)


def beside(answer: Answer) -> list[Row]:
    """Counted, reported and read side by side, each with its difference from the one chosen."""
    if not answer.sources or answer.amount is None:
        return []
    rows = []
    for kind in ("counted", "reported", "read"):
        given = answer.sources.get(kind)
        if given is None:
            rows.append(Row(str(words.SOURCES[kind]), ""))
            continue
        gap = None
        if kind != answer.source:
            taken = difference(given.amount, answer.amount)
            gap = written(taken, answer.indicator, answer.counting)
        said = written(given.amount, answer.indicator, answer.counting)
        rows.append(Row(str(words.SOURCES[kind]), "", said, str(words.STATUSES[given.status]), gap))
    return rows


def parts(answer: Answer, labels: words.Labels) -> list[Row]:
    """The stated parts, where there is no whole."""
    items = answer.parts.items if answer.parts else ()
    return [
        _row(words.cell_in_words(item.question.cell, labels), item, answer.question)
        for item in items
    ]


def terms(answer: Answer, *, user: User) -> list[Row]:
    """The two terms of a ratio."""
    if answer.source != "ratio" and not (answer.indicator.numerator and answer.amount is None):
        return []
    given = [one for pair in terms_of([answer], user=user) for one in pair]
    return [_row(words.label_of(one.indicator), one, answer.question) for one in given]


def children(answer: Answer, *, user: User) -> list[Row]:
    """The places the figure is the sum of, or would be, each with its figure or why it has none."""
    is_sum = answer.source == "sum" or answer.partial or answer.why == reasons.NOT_ADDED
    if not is_sum:
        return []
    question = answer.question
    below = children_of(question.place, day=question.period.last, geography=answer.geography)
    spelled = Place.objects.filter(pk__in=[unit.pk for unit in below]).prefetch_related("spells")
    units = list(spelled.order_by("code"))
    given = answers([replace(question, place=unit) for unit in units], user=user)
    excused = _excused(answer, units)
    return [
        _row(place_title(one.question.place, question.period.last), one, question, excused=excused)
        for one in given
    ]


def _excused(answer: Answer, units: Iterable[Place]) -> Collection[int]:
    """Units that need not report, because others of their level are named as those who do."""
    day = answer.question.period.last
    named = Expectation.objects.filter(
        Q(last_day=None) | Q(last_day__gte=day), indicator=answer.indicator, first_day__lte=day
    )
    due = dict(named.values_list("place_id", "place__level"))
    levels = set(due.values())
    return {unit.pk for unit in units if unit.level in levels and unit.pk not in due}


def _row(title: str, one: Answer, whole: Question, *, excused: Collection[int] = ()) -> Row:
    asked = replace(
        one.question,
        geography=whole.geography,
        known_at=whole.known_at,
        stated_by=whole.stated_by,
    )
    said = written(one.amount, one.indicator, one.counting) if one.amount else None
    return Row(title, figure_url(asked), said, _state(one, excused))


def _state(one: Answer, excused: Collection[int]) -> str:
    """Official or preliminary; or why there is no figure, in a few words."""
    if one.amount is not None:
        return str(words.STATUSES[one.status]) if one.status else ""
    if one.question.place.pk in excused:
        return _("không thuộc đối tượng")
    if one.partial:
        return words.coverage(one.partial)
    return _("chưa báo cáo")


def who_could_answer(question: Question) -> list[Organisation]:
    """The alliances that act at the place on the period's last day."""
    there = organisations_on(question.period.last).filter(
        place=question.place, kind=Organisation.Kind.ALLIANCE
    )
    return list(there)
