"""The full roll-up: every indicator and month for 34 provinces, a region and the nation."""

from collections.abc import Sequence
from typing import Any

import duckdb

from benchmarks import ledger, peers
from benchmarks.measuring import Measured, Report, interleaved, peak_memory, timed
from benchmarks.other_peers import Polars, postgresql
from lienminh.figures.answers import COLUMNS, answers
from lienminh.figures.drafting import Dictionary
from lienminh.figures.engine import copy, session
from lienminh.figures.engine.asking import Ask
from lienminh.figures.engine.balances import Evaluation
from lienminh.figures.models import Cell, Indicator
from lienminh.figures.preparing import Preparation, ask_of
from lienminh.figures.questions import Question
from lienminh.places.models import Place, Within

REGION = "g-dong-bang-song-hong"
RUNS, SLOW_RUNS = 7, 3
ENGINE, BY_HAND, NO_CHOICE = "engine", "DuckDB by hand", "DuckDB by hand, nothing to choose"


def main() -> None:
    """Measure the engine and its peers on one copy; their results must be equal."""
    up_to_date()
    asks = [_ask(measure) for measure in ("stock", "flow")]
    hand = ByHand()
    polars = Polars(hand.small, hand.file)
    wanted = hand.roll_up(peers.CHOSEN_DUCKDB)
    with postgresql(hand.small, hand.file) as postgres:
        for name, other in (
            (ENGINE, _engine(asks)),
            (NO_CHOICE, hand.roll_up(peers.CHOSEN_NOTHING)),
            ("polars", polars.roll_up()),
            ("PostgreSQL", postgres.roll_up()),
        ):
            assert_equal(name, other, wanted)
        quick = {
            ENGINE: lambda: [_rows(ask) for ask in asks],
            BY_HAND: lambda: hand.rows(peers.CHOSEN_DUCKDB),
            NO_CHOICE: lambda: hand.rows(peers.CHOSEN_NOTHING),
            "polars": polars.rows,
        }
        cases = interleaved(quick, times=RUNS)
        (served,) = interleaved({"PostgreSQL": postgres.rows}, times=SLOW_RUNS)
        cases.append(Measured(served.name, served.seconds, "computed in its own processes"))
    questions = list(_questions("stock")) + list(_questions("flow"))
    through = [timed(lambda: answers(questions)) for _ in range(SLOW_RUNS)]
    cases.append(Measured("engine through answers()", through, f"{len(questions)} questions"))
    report = Report("rollup", cases)
    for peer in (BY_HAND, NO_CHOICE, "polars", "PostgreSQL"):
        report.ratio(ENGINE, peer)
    report.facts = {
        "entries": hand.entries(),
        "figures": len(wanted),
        "whole": sum(figure[0] is not None for figure in wanted.values()),
        "equal results": True,
        "peak MiB of the process": peak_memory(),
    }
    report.write()


def up_to_date() -> None:
    """Carry the copy to the newest posting, so that file and ledger hold the same."""
    there = copy.current()
    if copy.entries_after(there.watermark):
        copy.extend(there)


def assert_equal(name: str, other: peers.Result, wanted: peers.Result) -> None:
    """Stop at the first figure that differs; a quick wrong answer is worth nothing."""
    if other.keys() != wanted.keys():
        missing = sorted(wanted.keys() ^ other.keys())[:3]
        raise AssertionError(f"{name}: {len(other)} figures for {len(wanted)}: {missing}")
    for key, figure in wanted.items():
        if other[key] != figure:
            raise AssertionError(f"{name} at {key}: {other[key]} for {figure}")


def asked_places() -> list[Place]:
    """34 provinces, a region and the nation."""
    provinces = Place.objects.filter(level="province", last_day=None)
    return [*provinces, Place.objects.get(ref=REGION), Place.objects.get(ref="vn")]


def _questions(measure: str) -> list[Question]:
    places = asked_places()
    return [
        Question(indicator=indicator.code, place=place, period=month)
        for indicator in ledger.indicators()
        if indicator.measure == measure
        for place in places
        for month in ledger.months()
    ]


def _ask(measure: str) -> Ask:
    words = Dictionary()
    preparation = Preparation(words, newest=copy.newest().number)
    batch = [preparation.prepare(question) for question in _questions(measure)]
    return ask_of(batch, words, detail=False)


def _rows(ask: Ask) -> list[tuple[Any, ...]]:
    return session.ask(lambda opened: Evaluation(ask, opened).rows())


def _engine(asks: Sequence[Ask]) -> peers.Result:
    found = {}
    for ask in asks:
        for values in _rows(ask):
            row = dict(zip(COLUMNS, values, strict=True))
            key = row["i"], row["place"], ask.spans[row["s"]].period.first
            found[key] = tuple(row[name] for name in peers.FIGURE)
    return found


class ByHand:
    """DuckDB with the small tables that a hand-written roll-up joins."""

    def __init__(self) -> None:
        communes = Within.objects.filter(
            geography=ledger.BORDERS, ancestor__level="province", ancestor__last_day=None
        ).filter(place__level="commune", place__last_day=None)
        provinces = [place.pk for place in asked_places() if place.level == "province"]
        region = Place.objects.get(ref=REGION).member_rows.filter(first_day=ledger.BORDERS)
        nation = Place.objects.get(ref="vn").pk
        self.small = peers.tables(
            {one.pk: one.measure == Indicator.Measure.STOCK for one in ledger.indicators()},
            communes.values_list("place_id", "ancestor_id"),
            [
                *((province, nation) for province in provinces),
                *region.values_list("place_id", "grouping_id"),
            ],
            Cell.objects.get(text="").pk,
        )
        self.connection = duckdb.connect()
        self.connection.execute("SET parquet_metadata_cache = true")
        for name, (columns, rows) in self.small.items():
            self.connection.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join("?" for _ in rows[0])
            self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        self.file = copy.current().path("entries")
        self.connection.execute(f"CREATE VIEW entries AS FROM read_parquet('{self.file}')")

    def entries(self) -> int:
        """How many entries the file holds."""
        ((number,),) = self.connection.execute("SELECT count(*) FROM entries").fetchall()
        return int(number)

    def rows(self, chosen: str) -> list[tuple[Any, ...]]:
        """The roll-up as rows."""
        with self.connection.cursor() as run:  # its temporary tables go with it
            for step in peers.steps("entries", chosen):
                run.execute(step)
            return run.execute(peers.RESULT).fetchall()

    def roll_up(self, chosen: str) -> peers.Result:
        """The roll-up as a result."""
        return peers.result(self.rows(chosen))
