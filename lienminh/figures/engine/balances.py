"""The rules of answering as SQL over the view `entries`: own values first, then sums upward.

Every statement is built from integers, dates and the ledger's own enumerations, never from text a
user typed. `figures.answers` words the result; tests/figures/naive.py holds the same rules in plain
Python and must agree.

A *row* is a value of indicator `i` at `place` in span `s`: low, high, what is said beside them
(`marks`), its as-of day, its source, and the codes of its entries (`refs`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lienminh.figures.engine import copy, counted, own_data, own_values
from lienminh.figures.engine.asking import Ask, Found, Matches, match
from lienminh.figures.engine.literals import ids, literal, table
from lienminh.figures.engine.marks import DERIVED, PRELIMINARY
from lienminh.figures.engine.session import Session
from lienminh.rules.data_year import last_day_told

ROW = "i, place, s, kind, low, high, marks, as_of, source, refs"
LOW = ROW.split(", ").index("low")
Row = tuple[Any, ...]
REMEMBERED_ASKS, REMEMBERED_ROWS = 200, 5_000
SUM = 3  # beside own_values' kinds 0 counted, 1 reported, 2 read
_SUMMED = "sum(low) AS low, sum(high) AS high, bit_or(marks) AS marks"
_COMMON_DAY = """
    CASE WHEN min(as_of) = max(as_of) AND count(as_of) = count(*) THEN min(as_of) END AS as_of
"""
_LEAVES = """
    SELECT v.*, due.due FROM met v JOIN span USING (s)
    JOIN due ON due.b = span.b AND due.parent = v.place AND due.stage = {stage} WHERE NOT v.own
"""
_LINKS = """
    SELECT s, parent, child, due FROM span JOIN link USING (b) JOIN due USING (b, stage, parent)
    WHERE stage = {stage} AND NOT leaf AND child IS NOT NULL
"""
_MEMBERS = """
    SELECT s, parent, child, count(*) OVER (PARTITION BY s, parent) AS due FROM member
"""


def balances(ask: Ask, session: Session) -> list[Row]:
    """The rows of an ask (see `Evaluation.rows`), remembered while they are few.

    What is known at a posting never changes, so an answer once found stays right.
    """
    if ask in session.remembered:
        session.remembered.move_to_end(ask)
        return session.remembered[ask]
    with session.threads_for(len(ask.indicators)):
        rows = Evaluation(ask, session).rows()
    if len(rows) <= REMEMBERED_ROWS:
        session.remembered[ask] = rows
    if len(session.remembered) > REMEMBERED_ASKS:
        session.remembered.popitem(last=False)
    return rows


class Evaluation:
    """One ask, carried out in a session by temporary tables; `rows()` gives what came out."""

    def __init__(self, ask: Ask, session: Session) -> None:
        self.ask, self.session = ask, session
        self.refs = "[e.posting || '.' || e.line]" if ask.detail else "NULL::VARCHAR[]"
        self.all_refs = "flatten(list(refs))" if ask.detail else "NULL::VARCHAR[]"
        # Only stocks have an as-of day; the others need not be asked for it.
        as_of = _COMMON_DAY if ask.measure == "stock" else "NULL::DATE AS as_of"
        self.summed = f"{_SUMMED}, {as_of}"
        self._lay_out()
        self._find_own_values(self._survey())

    def run(self, statement: str) -> list[Row]:
        """Execute one statement and give its rows."""
        return self.session.connection.execute(statement).fetchall()

    def rows(self) -> list[Row]:
        """ROW and part_low, part_high, reporting, expected for each place asked for.

        A place with an own value has a row for each kind of source, and none for a sum; a place
        without one has the sum of its children, its low null where they are not complete.
        """
        ask = self.ask
        own = self.run(
            f"SELECT {ROW}, NULL, NULL, NULL, NULL FROM met JOIN target USING (place) WHERE own"
        )
        answered = len({row[:3] for row in own})
        if answered == len(ask.indicators) * len(ask.places) * len(ask.spans):
            return own
        return [*own, *self._with_parts(own, self._sums())]

    def _with_parts(self, own: Sequence[Row], sums: Sequence[Row]) -> list[Row]:
        """What only some organisations stated, where neither a value nor a whole sum answers."""
        if not self.returned:
            return list(sums)
        answered = {row[:3] for row in own} | {row[:3] for row in sums if row[LOW] is not None}
        parts = [row for row in self.run(own_data.PARTS) if row[:3] not in answered]
        instead = {row[:3] for row in parts}
        return [*(row for row in sums if row[:3] not in instead), *parts]

    # -- what is asked ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """The ask as tables, and what it reaches; both are kept while the next ask fits them."""
        ask = self.ask
        if ask.excused:
            self._table("excused", ask.excused, "s INTEGER, i INTEGER, place INTEGER")
        laid_out = (ask.spans, ask.places, ask.members, ask.floor)
        if self.session.laid_out == laid_out:
            return
        borders = list(dict.fromkeys(span.borders for span in ask.spans))
        numbered = ((b, *pair) for b, pair in enumerate(borders))
        spans = (
            (s, span.period.first, span.period.last, span.geography, borders.index(span.borders))
            for s, span in enumerate(ask.spans)
        )
        self._table("borders", numbered, "b INTEGER, geography DATE, epoch DATE")
        self._table("span", spans, "s INTEGER, first DATE, last DATE, geography DATE, b INTEGER")
        self._table("target", ((place,) for place in ask.places), "place INTEGER")
        self._table("member", ask.members, "s INTEGER, parent INTEGER, child INTEGER")
        self._reach()
        self.session.laid_out = laid_out

    def _table(self, name: str, rows: Iterable[Sequence[object]], columns: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {table(rows, columns)}")

    def _reach(self) -> None:
        """Walk from the places asked for down to all that may report.

        Spans seen in one geography and epoch share their borders `b`. `inner_place`: the places
        asked for, parents and members; `link`: each parent and child, `leaf` where the child is no
        inner place; `due`: how many children a parent has, and at which stage they are added;
        `reach`: all places; `met_at`: where the values of an inner place (`own`) or of a leaf are
        met.
        """
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE step AS
            WITH RECURSIVE near AS MATERIALIZED (
                SELECT b, stage, parent, child FROM edge JOIN borders USING (geography, epoch)
                WHERE child_depth <= {self.ask.floor}
            ),
            walk AS (
                SELECT b, place FROM borders CROSS JOIN target
                UNION SELECT b, child FROM member JOIN span USING (s)
                UNION SELECT b, child FROM walk JOIN near USING (b) WHERE near.parent = walk.place
            )
            SELECT near.* FROM walk JOIN near USING (b) WHERE near.parent = walk.place;
            CREATE OR REPLACE TEMP TABLE inner_place AS
            SELECT place FROM target UNION SELECT parent FROM step
            UNION SELECT parent FROM member UNION SELECT child FROM member;
            CREATE OR REPLACE TEMP TABLE link AS
            SELECT step.*, i.place IS NULL AS leaf
            FROM step LEFT JOIN inner_place i ON i.place = step.child;
            CREATE OR REPLACE TEMP TABLE due AS
            SELECT b, stage, parent, count(*) AS due FROM link GROUP BY ALL;
            CREATE OR REPLACE TEMP VIEW reach AS
            SELECT place FROM inner_place UNION SELECT child FROM link;
            CREATE OR REPLACE TEMP VIEW met_at AS
            SELECT b, parent, child, false AS own FROM link WHERE leaf
            UNION ALL SELECT b, place, place, true FROM borders CROSS JOIN inner_place
        """)
        self.session.stages = self.run(
            "SELECT stage, bool_or(leaf), NOT bool_and(leaf) FROM link"
            " GROUP BY stage ORDER BY stage"
        )

    def _live(self, ask: Ask) -> str:
        """The entries alive at the posting, or day of statement, the question is known at."""
        known = f"""
            e.indicator IN {ids(ask.ids)} AND e.series = {literal(ask.series)}
            AND e.posting <= {ask.known_at}
            AND e.first <= {literal(max(span.period.last for span in ask.spans))}
        """
        if ask.stated_by is None:
            alive = f"(e.until IS NULL OR e.until > {ask.known_at})"
            return f"(SELECT * FROM entries e WHERE {known} AND {alive} AND e.low IS NOT NULL)"
        return f"""(
            SELECT * FROM (
                SELECT * FROM entries e WHERE {known} AND e.stated_on <= {literal(ask.stated_by)}
                QUALIFY kind NOT IN ('statement', 'return')
                OR posting = max(posting) OVER (PARTITION BY kind, {copy.KEY})
            ) WHERE low IS NOT NULL
        )"""

    def _survey(self) -> list[Found]:
        """What there may be to answer from: kinds of entry and their days."""
        ask, cell = self.ask, self.ask.cell
        parts = {finer for finer, _ in cell.finer} | {part[2] for part in cell.parts}
        found = self.run(f"""
            SELECT kind, first, last, cumulative, cell = {cell.cell}, cell IN {ids(parts)},
                bool_and(single)
            FROM days
            WHERE indicator IN {ids(ask.ids)} AND series = {literal(ask.series)}
            AND (kind = 'opening' OR cell IN {ids(parts | {cell.cell})}
                OR kind = 'return' AND cell IN {ids(cell.inside | cell.unclear)})
            GROUP BY ALL
        """)
        return [Found(*row) for row in found]

    # -- own values ------------------------------------------------------------------------------

    def _find_own_values(self, found: Sequence[Found]) -> None:
        """Make `met`, what is found at the inner places.

        `own` rows are values of the place itself, the best of each kind, `first` the best of all.
        The others add the values of a parent's leaves; `n` is how many they are.
        """
        matches = match(self.ask, found)
        live = self._live(self.ask)
        candidates = own_values.candidates(self.ask, matches, live=live, refs=self.refs)
        self.returned = bool(matches.returns and self.ask.reporters)
        if self.returned:
            self._gather(matches, live)
            candidates.append(own_data.CANDIDATE)
        if matches.chosen or self.ask.excused:
            self._choose(candidates)
        else:
            self._take(candidates[0])

    def _gather(self, matches: Matches, live: str) -> None:
        """Make `gathered`, what organisations stated of themselves and how many were due to."""
        ask = self.ask
        reporters = replace(
            ask,
            measure="stock",
            indicators=tuple({(counted, True): None for _, counted in ask.reporters}),
            cell=ask.reporter_cell or ask.cell,
            series="actual",
        )
        told = {span.period.last: last_day_told(span.period.last) for span in ask.spans}
        day = f"greatest(span.first, CASE span.last {' '.join(map(_when, told.items()))} END)"
        live_then, no_refs = self._live(reporters), "NULL::VARCHAR[]"
        due = counted.candidate(reporters, live=live_then, refs=no_refs, day=day)
        query = own_data.gathered(ask, matches, live=live, due=due, refs=self.refs)
        self.run(f"CREATE OR REPLACE TEMP TABLE gathered AS {query}")

    def _take(self, candidate: str) -> None:
        """Where nothing is to choose: one pass over the entries, an inner place its own leaf."""
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE met AS
            SELECT i, parent AS place, s, min(kind) AS kind, {self.summed},
                min(source) AS source, {self.all_refs} AS refs, own, own AS first, count(*) AS n
            FROM ({candidate}) v JOIN span USING (s) JOIN met_at m USING (b) WHERE m.child = v.place
            GROUP BY i, parent, s, own
        """)

    def _choose(self, candidates: Sequence[str]) -> None:
        """Where a place may have several values: the best of each kind, and of the kinds."""
        all_of_them = " UNION ALL BY NAME ".join(f"FROM ({candidate})" for candidate in candidates)
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE best AS
            SELECT *, kind = min(kind) OVER (PARTITION BY i, place, s) AS first FROM (
                SELECT * FROM ({all_of_them or own_values.NONE})
                QUALIFY row_number() OVER (PARTITION BY i, place, s, kind ORDER BY how, as_of DESC,
                marks & {PRELIMINARY}, stated_on DESC, posting DESC, source, stands) = 1
            );
            CREATE OR REPLACE TEMP TABLE met AS
            SELECT {ROW}, true AS own, first, 1 AS n FROM best JOIN inner_place USING (place)
            UNION ALL BY NAME
            SELECT i, link.parent AS place, v.s, {self.summed}, {self.all_refs} AS refs,
                false AS own, false AS first, count(*) AS n
            FROM (FROM best WHERE first) v {self._but_excused()}
            JOIN span USING (s)
            JOIN link ON link.b = span.b AND link.child = v.place AND link.leaf
            GROUP BY i, link.parent, v.s
        """)

    # -- sums ------------------------------------------------------------------------------------

    def _sums(self) -> list[Row]:
        """For each place asked for without a value, the sum of its children, lowest first."""
        steps = self._steps()
        if not steps:
            return []
        *lower, top = steps
        for number, below in enumerate(lower):
            into = (
                "INSERT INTO summed BY NAME" if number else "CREATE OR REPLACE TEMP TABLE summed AS"
            )
            self.run(f"{into} {self._added(below)}")
        found = " UNION ALL BY NAME ".join([self._added(top), *(["FROM summed"] if lower else [])])
        return self.run(
            f"SELECT {ROW}, part_low, part_high, reporting, expected"
            f" FROM ({found}) JOIN target USING (place)"
        )

    def _steps(self) -> list[list[str]]:
        """What is added at each stage, and then over the members of groupings."""
        steps: list[list[str]] = []
        for stage, over_leaves, over_inner_places in self.session.stages:
            below = [_LEAVES.format(stage=stage)] if over_leaves else []
            if over_inner_places:
                below.append(self._children(_LINKS.format(stage=stage), summed=bool(steps)))
            steps.append(below)
        if self.ask.members:
            steps.append([self._children(_MEMBERS, summed=bool(steps))])
        return steps

    def _children(self, links: str, *, summed: bool) -> str:
        """The values of children that are inner places themselves, each under its parent."""
        below = f"UNION ALL SELECT {ROW} FROM summed WHERE low IS NOT NULL" if summed else ""
        return f"""
            SELECT v.* REPLACE (l.parent AS place), 1 AS n, l.due
            FROM (SELECT {ROW} FROM met WHERE first {below}) v
            {self._but_excused()} JOIN ({links}) l ON l.s = v.s AND l.child = v.place
        """

    def _added(self, below: Sequence[str]) -> str:
        """For each parent without a value, the sum of what lies below it."""
        added = self.ask.measure in ("stock", "flow")
        return f"""
            SELECT i, place, s, {SUM} AS kind, marks | {DERIVED} AS marks, as_of,
                NULL::INTEGER AS source, refs, reporting, expected,
                CASE WHEN reporting = expected AND adds THEN low END AS low,
                CASE WHEN reporting = expected AND adds THEN high END AS high,
                CASE WHEN adds THEN low END AS part_low, CASE WHEN adds THEN high END AS part_high
            FROM (
                SELECT *, due - {self._number_excused()} AS expected,
                    {own_values.adds(self.ask, "i", "marks") if added else "false"} AS adds
                FROM (
                    SELECT i, place, s, {self.summed}, {self.all_refs} AS refs, sum(n) AS reporting,
                        any_value(due) AS due
                    FROM ({" UNION ALL BY NAME ".join(below)}) GROUP BY i, place, s
                ) a
            ) b ANTI JOIN met o ON o.own AND o.i = b.i AND o.place = b.place AND o.s = b.s
        """

    def _but_excused(self) -> str:
        """Leaves out of `v` who need not report."""
        if not self.ask.excused:
            return ""
        return "ANTI JOIN excused x ON x.s = v.s AND x.i = v.i AND x.place = v.place"

    def _number_excused(self) -> str:
        """How many children of the row in `a` need not report."""
        if not self.ask.excused:
            return "0"
        return """(
            SELECT count(*) FROM excused x JOIN (
                SELECT s, parent, child FROM span JOIN link USING (b)
                UNION ALL SELECT s, parent, child FROM member
            ) l ON l.s = x.s AND l.child = x.place
            WHERE x.s = a.s AND x.i = a.i AND l.parent = a.place
        )"""


def _when(days: tuple[date, date]) -> str:
    return f"WHEN {literal(days[0])} THEN {literal(days[1])}"
