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

PLACES = [
    "vn",
    "p70-2008",  # Bình Phước, merged into Đồng Nai
    "p75-2008",  # Đồng Nai before the merger
    "p75-2025",  # Đồng Nai with Bình Phước
    "p22-2008",  # Quảng Ninh, the same in both borders, member of the cluster
    "d689-2008",  # Đồng Xoài, eight communes
    "d207-2008",  # Cô Tô, three communes
    "c25210-2008",  # whole, with c25207, into the new c25210
    "c25207-2008",
    "c25210-2025",
    "c26449-2008",  # in part into c26359 and in part into c26446
    "c26356-2008",
    "c26359-2008",
    "c26359-2025",
    "g-trung-du-bac-bo",
    "g-dong-nam-bo",
    "g-phia-nam",  # nobody states its members
]
PARENTS = [
    "d689-2008",
    "d207-2008",
    "p70-2008",
    "p75-2008",
    "p75-2025",
    "c25210-2025",
    "c26359-2025",
    "g-trung-du-bac-bo",
    "g-dong-nam-bo",
]
FOCUSES = [
    ["cooperatives.founded"],
    ["cooperatives.total", "cooperatives.active", "cooperatives.active_share"],
    ["cooperatives.members"],
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
    "channel": ["channel=entrusted", "channel=provincial-fund", "channel=employment"],
}
SOURCES = {"records": "counted", "form": "reported", "letter": "reported", "paper": "read"}
QUARTERS = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
REFORM = ["2025-H1", "2025-Q3", "2025-Q4"]
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
            if not ended and not still:
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
                for key in [key for key in keys if key not in there][:1]:
                    for part in CELLS[key]:
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
        moved = said["kind"] != "statement"
        stock = indicator.measure == "stock"
        last = days.first if said["kind"] == "opening" else days.last
        amount = said["amount"]
        if moved:
            number = said["moved"] if said["kind"] == "movement" else max(0, said["moved"] - 2)
            amount = Amount(number, number)
        takers = indicator.counts == "participants"
        return Draft(
            indicator=indicator.code,
            place=place,
            kind=said["kind"],
            first=last if moved or stock else days.first,
            last=last,
            amount=amount,
            source=self.sources["records" if moved else said["source"]],
            cell=_known(said["cell"], indicator),
            series=said["series"],
            holder=(said["holder"] is not None and self._holder(indicator, said)) or None,
            cumulative=not moved and indicator.measure == "flow" and said["cumulative"],
            as_of_basis=said["basis"] if stock and not moved else None,
            counting=said["counting"] if takers and not moved else None,
            status=said["status"],
            stated_on=said["stated_on"],
            subject=said["subject"] if said["kind"] == "movement" else "",
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
no_cell_more_often = ["", ""]
cells = st.sampled_from(
    [*no_cell_more_often, *(cell for of_key in CELLS.values() for cell in of_key)]
) | st.sampled_from(["scheme=one;sex=female", "sex=female;topic=ecommerce"])


@dataclass(frozen=True)
class Drawn:
    """A ledger in words, and questions to it."""

    postings: list[list[Said]]
    compacted_after: int
    expected: list[tuple[str, str]]  # indicator, ref
    questions: list[Said]


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """A few indicators, periods and places, so that what is said and what is asked often meet."""
    codes = draw(st.sampled_from(FOCUSES))
    runs = draw(st.lists(st.sampled_from(RUNS), min_size=1, max_size=3))
    refs = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4))
    chosen = draw(st.lists(cells, min_size=1, max_size=2))
    said = _said(codes, runs, refs, chosen)
    postings = draw(st.lists(st.lists(said, min_size=1, max_size=4), min_size=1, max_size=5))
    expected = draw(
        st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(refs)), max_size=2)
        if draw(st.integers(0, 5)) == 0
        else st.just([])
    )
    asked = _asked(codes, runs, refs, chosen, len(postings))
    questions = draw(st.lists(asked, min_size=2, max_size=6))
    return Drawn(postings, draw(st.integers(0, 6)), expected, questions)


def _said(codes: list[str], runs: list[Any], refs: list[str], chosen: list[str]) -> Any:
    common = {
        "indicator": st.sampled_from(codes),
        "run": st.sampled_from(runs) | st.sampled_from(RUNS),
        "cell": st.sampled_from(["", *chosen]),
        "series": st.sampled_from(["actual"] * 6 + ["plan"]),
        "source": st.sampled_from(["form", "form", "letter", "paper"]),
        "amounts": st.lists(amounts, min_size=1, max_size=5),
        "moved": st.integers(-2, 4),
        "basis": st.sampled_from(["stated", "context"]),
        "counting": st.sampled_from(["turns", "turns", "distinct", "unstated", None]),
        "status": st.sampled_from(["official", "official", "preliminary"]),
        "stated_on": st.sampled_from(STATED_ON),
        "subject": st.sampled_from(["", "a", "b"]),
        "holder": st.sampled_from([None, None, 0, 1]),
        "cumulative": st.sampled_from([False, False, True]),
        "again": st.none() | st.integers(0, 9),
    }
    place = st.sampled_from(refs) | st.sampled_from(PLACES)
    flat = st.fixed_dictionaries(
        {
            **common,
            "place": place,
            "kind": st.sampled_from(["statement"] * 5 + ["movement", "movement", "opening"]),
            "spread": st.sampled_from(["", "", "pieces", "growth", "parts"]),
            "group": st.sampled_from(["", "", "table"]),
            "without": st.sampled_from([-1, -1, -1, 0]),
        }
    )
    over_children = st.fixed_dictionaries(
        {
            **common,
            "place": st.sampled_from(PARENTS) | st.sampled_from(refs).filter(lambda r: r != "vn"),
            "kind": st.just("statement"),
            "spread": st.just("children"),
            "group": st.just(""),
            "without": st.sampled_from([-1, -1, -1, 0]),
        }
    )
    return st.one_of(flat, flat, over_children)


def _asked(codes: list[str], runs: list[Any], refs: list[str], chosen: list[str], n: int) -> Any:
    return st.fixed_dictionaries(
        {
            "indicator": st.sampled_from(codes),
            "place": st.sampled_from(refs) | st.sampled_from(PLACES),
            "run": st.sampled_from(runs) | st.sampled_from(RUNS),
            "cell": st.sampled_from(["", *chosen]),
            "series": st.sampled_from(["actual"] * 6 + ["plan"]),
            "geography": st.sampled_from([None, None, date(2010, 1, 1), date(2026, 1, 1)]),
            "known_at": st.none() | st.integers(0, n),
            "stated_by": st.sampled_from([None, None, None, *STATED_ON]),
        }
    )
