"""Random small ledgers over a handful of real places, and questions that are likely to meet them.

Everything is drawn as plain words (refs, codes), so that a failing example prints as something a
person can read; `Stage.draft` turns a word into a draft.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from lienminh.figures.actions import name_cell_value, name_source
from lienminh.figures.drafts import Draft
from lienminh.figures.models import Indicator, Source
from lienminh.figures.questions import Question
from lienminh.people.models import Organisation
from lienminh.places.models import Place
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount
from tests.figures.naive_world import World

Said = dict[str, Any]

# A place that is a sum of others, and places around it that may speak for it or be spoken for.
FAMILIES = {
    # Cô Tô, three communes, in Quảng Ninh, the same in both borders and a member of the cluster.
    "d207-2008": ["d207-2008", "c07192-2008", "p22-2008", "g-trung-du-bac-bo", "vn"],
    # Of two whole communes of Đồng Xoài in Bình Phước.
    "c25210-2025": ["c25210-2025", "c25210-2008", "c25207-2008", "d689-2008", "p70-2008"],
    # Of two whole communes and part of c26449, which went in part into c26446 too.
    "c26359-2025": ["c26359-2025", "c26449-2008", "c26356-2008", "c26446-2025", "p75-2025"],
    # Đồng Nai with Bình Phước, and the provinces before.
    "p75-2025": ["p75-2025", "p70-2008", "p75-2008", "g-dong-nam-bo", "vn"],
    "p70-2008": ["p70-2008", "d689-2008", "p75-2025", "c25207-2008"],
    "d689-2008": ["d689-2008", "c25210-2008", "c25210-2025", "p70-2008"],
    "g-trung-du-bac-bo": ["g-trung-du-bac-bo", "p22-2008", "vn"],
    "g-dong-nam-bo": ["g-dong-nam-bo", "p70-2008", "p75-2025", "vn"],
    "vn": ["vn", "p22-2008", "g-phia-nam"],
}
FOCUSES = [
    ["cooperatives.founded"],
    ["cooperatives.total", "cooperatives.active", "cooperatives.active_share"],
    ["cooperatives.members"],
    ["cooperatives.members", "cooperatives.active"],
    ["cooperatives.active", "cooperatives.revenue", "workers.income_per_month"],
    ["cooperatives.active", "cooperatives.revenue", "cooperatives.revenue_mean"],
    ["cooperatives.active", "workers.pay_known", "workers.income_known", "workers.income_mean"],
    ["training.trainees"],
    ["training.trainees", "training.classes"],
    ["loans.disbursed"],
    ["workers.income_per_month"],
    ["cooperatives.admitted", "cooperatives.alliance_members"],
]
CELLS = {
    "sex": ["sex=female", "sex=male"],
    "scheme": ["scheme=one", "scheme=two", "scheme=one+two"],
    "topic": ["topic=ecommerce", "topic=collective-economy"],
    "member_kind": ["member_kind=official", "member_kind=contributing"],
    "kind": ["kind=cooperative", "kind=credit_fund"],
    "sector": ["sector=agriculture", "sector=services"],
    "women_managed": ["women_managed=yes", "women_managed=no"],
    "minority_area": ["minority_area=yes", "minority_area=no"],
    "channel": ["channel=entrusted", "channel=provincial-fund", "channel=employment"],
}
SOURCES = {"records": "counted", "form": "reported", "letter": "reported", "paper": "read"}
QUARTERS = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
REFORM = ["2025-H1", "2025-Q3", "2025-Q4"]
OWN = "return"  # a statement that an organisation makes of itself
STATED = ["statement"]
COUNTED = ["movement", "movement", "movement", "opening", "statement"]
BOTH = ["statement", "movement"]
RETURNED = [OWN, OWN, OWN, "movement", "opening", "statement"]
STATED_ON = [date(2024, 1, day) for day in (10, 20, 30)]


def _runs(pieces: Sequence[str]) -> list[tuple[str, ...]]:
    """Every unbroken run of pieces."""
    ends = range(len(pieces) + 1)
    return [tuple(pieces[a:b]) for a in ends for b in ends if a < b]


RUNS = [*_runs(QUARTERS), *_runs(REFORM), ("2023-01",), ("2023-02..2023-03",)]


def span(run: Sequence[str]) -> Period:
    return Period(Period.parse(run[0]).first, Period.parse(run[-1]).last)


@dataclass
class Stage:
    """What the words stand for in this database."""

    world: World
    places: dict[str, Place]
    indicators: dict[str, Indicator]
    sources: dict[str, Source]
    holders: list[Organisation]

    @classmethod
    def make(cls, world: World) -> "Stage":
        for value in ("one", "two"):
            name_cell_value(key="scheme", value=value, label_vi=value, label_en=value)
        return cls(
            world=world,
            places={place.ref: place for place in world.places.values()},
            indicators={one.code: one for one in Indicator.objects.all()},
            sources={
                code: name_source(code=code, kind=kind, title=code)
                for code, kind in SOURCES.items()
            },
            holders=list(Organisation.objects.filter(kind="alliance").order_by("ref")[:2]),
        )

    def drafts(self, said: Said) -> Iterator[Draft]:
        """The drafts that an utterance makes; none where the ledger would refuse it."""
        for one in self._spread(said):
            indicator = self.indicators[one["indicator"]]
            place = self.places[one["place"]]
            days = span(one["run"])
            draft = self._draft(indicator, place, days, one)
            ended = place.last_day is not None and draft.last > place.last_day
            moved = draft.kind != "statement"
            still = moved and indicator.measure in ("average", "ratio")
            if not (ended and draft.kind != "movement") and not still:
                yield draft

    def _spread(self, said: Said) -> Iterator[Said]:
        """An utterance about children, shorter periods or parts, one by one."""
        amounts = said["amounts"]
        for n, (place, run, cell) in enumerate(self._each(said)):
            if n != said["without"]:
                amount = amounts[n % len(amounts)]
                yield {**said, "place": place, "run": run, "cell": cell, "amount": amount}

    def _each(self, said: Said) -> Iterator[tuple[str, tuple[str, ...], str]]:
        place, run, cell = said["place"], said["run"], said["cell"]
        match said["spread"]:
            case "children":
                yield from ((child, run, cell) for child in self._children(place, span(run)))
            case "pieces":
                yield from ((place, (piece,), cell) for piece in run)
            case "growth":
                yield from ((place, run[:end], cell) for end in range(1, len(run) + 1))
            case "parts":
                keys = self.indicators[said["indicator"]].keys
                there = {pair.split("=")[0] for pair in cell.split(";")}
                free = [key for key in keys if key not in there]
                for part in CELLS[free[said["moved"] % len(free)]] if free else []:
                    yield place, run, ";".join(sorted(filter(None, [cell, part])))
            case _:
                yield place, run, cell

    def _children(self, ref: str, days: Period) -> list[str]:
        world, pk = self.world, self.places[ref].pk
        if self.places[ref].level == "grouping":
            found = world.members(pk, days.last)
        else:
            epoch = world.epoch_of(days.last)
            found = world.children(pk, epoch, epoch)
        return sorted(world.places[one].ref for one in found if one is not None)

    def _draft(self, indicator: Indicator, place: Place, days: Period, said: Said) -> Draft:
        moved = said["kind"] not in ("statement", OWN)
        stock = indicator.measure == "stock"
        last = days.first if said["kind"] == "opening" else days.last
        amount = said["amount"]
        if moved:
            number = said["moved"] if said["kind"] == "movement" else max(0, said["moved"] - 2)
            amount = Amount(number, number)
        takers = indicator.counts == "participants"
        of_itself = said["kind"] == OWN and bool(said["subject"]) and bool(indicator.reporters)
        return Draft(
            indicator=indicator.code,
            place=place,
            kind="statement" if said["kind"] == OWN else said["kind"],
            first=last if moved or stock else days.first,
            last=last,
            amount=amount,
            source=self.sources["records" if moved or of_itself else said["source"]],
            cell=_known(said["cell"], indicator),
            series=said["series"],
            holder=(said["holder"] is not None and self._holder(indicator, said)) or None,
            cumulative=not moved and indicator.measure == "flow" and said["cumulative"],
            as_of_basis=said["basis"] if stock and not moved else None,
            counting=said["counting"] if takers and not moved else None,
            status=said["status"],
            stated_on=said["stated_on"],
            subject=said["subject"] if said["kind"] == "movement" or of_itself else "",
            group=said["group"] if not moved else "",
            relation="partition" if said["group"] and not moved else "",
        )

    def _holder(self, indicator: Indicator, said: Said) -> Organisation | None:
        return self.holders[said["holder"]] if indicator.about == "alliance" else None

    def question(self, asked: Said) -> Question:
        """The question that the words ask."""
        indicator = self.indicators[asked["indicator"]]
        return Question(
            indicator=indicator.code,
            place=self.places[asked["place"]],
            period=span(asked["run"]),
            cell=_known(asked["cell"], indicator),
            series=asked["series"],
            geography=asked["geography"],
            known_at=asked["known_at"],
            stated_by=asked["stated_by"],
        )


def _known(cell: str, indicator: Indicator) -> str:
    """The pairs of a cell whose keys the indicator has."""
    pairs = [pair for pair in cell.split(";") if pair.split("=")[0] in indicator.keys]
    return ";".join(pairs)


small = st.integers(0, 9)
amounts = st.one_of(
    small.map(lambda n: Amount(n, n)),
    small.map(lambda n: Amount(n, n)),
    st.builds(
        lambda n, more, bound, approx: Amount(n, n + more, bound, approx),
        small,
        st.integers(0, 3),
        st.sampled_from([None, "<", "<=", ">", ">="]),
        st.booleans(),
    ),
)
cells = st.sampled_from(
    [
        *(cell for of_key in CELLS.values() for cell in of_key),
        "scheme=one;sex=female",
        "sex=female;topic=ecommerce",
    ]
)


@dataclass(frozen=True)
class Drawn:
    """A ledger in words, and questions to it."""

    postings: list[list[Said]]
    compacted_after: int
    expected: list[tuple[str, str]]  # indicator, ref
    questions: list[Said]


@dataclass(frozen=True)
class Focus:
    """What a ledger and the questions to it are mostly about, so that they often meet."""

    codes: list[str]
    parent: str
    places: list[str]
    runs: list[tuple[str, ...]]
    cells: list[str]


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """A few indicators, one family of places, a period and what lies in it."""
    run = draw(st.sampled_from(RUNS))
    cell = draw(st.sampled_from(["", ""]) | cells)
    parent = draw(st.sampled_from(list(FAMILIES)))
    family = FAMILIES[parent]
    focus = Focus(
        codes=draw(st.sampled_from(FOCUSES)),
        parent=parent,
        places=[parent] * len(family) + [draw(st.sampled_from(family))] * len(family) + family,
        runs=[run, run, run, draw(st.sampled_from(RUNS))],
        cells=[cell, cell, draw(st.sampled_from(["", ""]) | cells)],
    )
    own_data = "cooperatives.active" in focus.codes and len(focus.codes) > 1
    kinds = draw(st.sampled_from([RETURNED] if own_data else [STATED, STATED, COUNTED, BOTH]))
    said = st.one_of(_single(focus, kinds), _single(focus, kinds), _children(focus))
    postings = draw(st.lists(st.lists(said, min_size=1, max_size=4), min_size=1, max_size=5))
    if kinds is not STATED:
        postings[0].append(draw(_single(focus, ["opening"])))
    named = st.tuples(st.sampled_from(focus.codes), st.sampled_from(focus.places))
    expected = draw(st.sampled_from([0, 0, 0, 0, 1, 2]).flatmap(lambda n: _lists_of(named, n)))
    moments = draw(st.lists(_moment(len(postings)), min_size=1, max_size=2))
    questions = draw(st.lists(_asked(focus, postings, moments), min_size=4, max_size=9))
    return Drawn(postings, draw(st.integers(0, 6)), expected, questions)


def _lists_of(what: Any, length: int) -> Any:
    return st.lists(what, min_size=length, max_size=length)


def _common(focus: Focus) -> dict[str, Any]:
    return {
        "indicator": st.sampled_from(focus.codes),
        "run": st.sampled_from(focus.runs),
        "cell": st.sampled_from(focus.cells),
        "series": st.sampled_from(["actual"] * 9 + ["plan"]),
        "source": st.sampled_from(["form", "form", "letter", "paper"]),
        "amounts": st.lists(amounts, min_size=1, max_size=5),
        "moved": st.integers(-2, 4),
        "basis": st.sampled_from(["stated", "stated", "context"]),
        "counting": st.sampled_from(["turns", "turns", "turns", "distinct", "unstated", None]),
        "status": st.sampled_from(["official", "official", "preliminary"]),
        "stated_on": st.sampled_from(STATED_ON),
        "subject": st.sampled_from(["a", "b", "a", "b", ""]),
        "holder": st.sampled_from([None, None, 0, 1]),
        "cumulative": st.booleans(),
        "again": st.sampled_from([None] * 12 + [0, 1, 2, 3]),
    }


def _single(focus: Focus, kinds: list[str]) -> Any:
    return st.fixed_dictionaries(
        {
            **_common(focus),
            "place": st.sampled_from(focus.places),
            "kind": st.sampled_from(kinds),
            "spread": st.sampled_from(["", "pieces", "pieces", "growth", "parts", "parts"]),
            "group": st.sampled_from(["", "table"]),
            "without": st.sampled_from([-1, -1, -1, -1, 0]),
        }
    )


def _children(focus: Focus) -> Any:
    return st.fixed_dictionaries(
        {
            **_common(focus),
            "place": st.sampled_from(focus.places),
            "kind": st.just("statement"),
            "spread": st.just("children"),
            "group": st.just(""),
            "without": st.sampled_from([-1, -1, -1, -1, 0]),
        }
    )


def _moment(postings: int) -> Any:
    return st.fixed_dictionaries(
        {
            "known_at": st.sampled_from([None] * 6 + list(range(postings + 1))),
            "stated_by": st.sampled_from([None] * 6 + STATED_ON),
        }
    )


def _asked(focus: Focus, postings: list[list[Said]], moments: list[Said]) -> Any:
    """Questions about what was said somewhere, now and then about something near it."""
    said = st.sampled_from([one for posting in postings for one in posting])
    near = st.fixed_dictionaries(
        {"geography": st.sampled_from([None, None, date(2010, 1, 1), date(2026, 1, 1)])},
        optional={
            "indicator": st.sampled_from(focus.codes),
            "place": st.sampled_from(focus.places),
            "run": st.sampled_from(focus.runs),
            "cell": st.sampled_from(["", *focus.cells]),
        },
    )
    return st.builds(_question_about, said, near, st.sampled_from(moments))


def _question_about(said: Said, near: Said, moment: Said) -> Said:
    names = ("indicator", "place", "run", "cell", "series")
    base = {name: said[name] for name in names}
    if said["spread"] == "growth" and len(said["run"]) > 1:
        base["run"] = said["run"][1:]
    return {**base, **near, **moment}
