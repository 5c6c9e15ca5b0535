"""The rules of answering as SQL over the view `entries`: own values first, then sums upward.

Every statement is built from integers, dates and the ledger's own enumerations, never from text a
user typed. `figures.answers` words the result; tests/figures/naive.py holds the same rules in plain
Python and must agree.

A *row* is a value of indicator `i` at `place` in span `s`: low, high; whether the truth may lie
`above` or `below` it, `strict`ly, or is `approx`; how it was counted; its as-of day and basis;
whether it is official, derived, and may be added (`adds`); and the codes of its entries (`refs`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lienminh.figures.engine import copy, own_values
from lienminh.figures.engine.asking import Ask, Found, match
from lienminh.figures.engine.literals import ids, literal, table
from lienminh.figures.engine.session import Session

ROW = (
    "i, place, s, kind, low, high, above, below, strict, approx, counting, as_of, basis, official,"
    " derived, adds, source, refs"
)
REMEMBERED_ASKS, REMEMBERED_ROWS = 200, 5_000
SUM = 3  # beside own_values' kinds 0 counted, 1 reported, 2 read
_SUMMED = """
    sum(low) AS low, sum(high) AS high, bool_or(above) AS above, bool_or(below) AS below,
    bool_or(strict) AS strict, bool_or(approx) AS approx,
    CASE WHEN min(counting) = max(counting) THEN min(counting) ELSE 'unstated' END AS counting,
    CASE WHEN min(as_of) = max(as_of) AND count(as_of) = count(*) THEN min(as_of) END AS as_of,
    CASE WHEN min(basis) = max(basis) THEN min(basis) ELSE '' END AS basis,
    bool_and(official) AS official
"""
_MEMBERS = """
    SELECT s, parent, child, count(*) OVER (PARTITION BY s, parent) AS n FROM member
"""


def balances(ask: Ask, session: Session) -> list[tuple[Any, ...]]:
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
        self._lay_out()
        self._find_own_values(self._survey())

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Execute one statement and give its rows."""
        return self.session.connection.execute(statement).fetchall()

    def rows(self) -> list[tuple[Any, ...]]:
        """ROW and part_low, part_high, reporting, expected for each place asked for.

        A place with an own value has a row for each kind of source, and none for a sum; a place
        without one has the sum of its children, its low null where they are not complete.
        """
        ask = self.ask
        own = self.run(
            f"SELECT {ROW}, NULL, NULL, NULL, NULL FROM inner_values JOIN target USING (place)"
        )
        answered = len({row[:3] for row in own})
        if answered == len(ask.indicators) * len(ask.places) * len(ask.spans):
            return own
        self._add_upward()
        return own + self.run(
            f"SELECT {ROW}, part_low, part_high, reporting, expected"
            " FROM summed JOIN target USING (place)"
        )

    # -- what is asked ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """The ask as tables, and `link`: every parent and child it reaches."""
        ask = self.ask
        spans = [
            (s, span.period.first, span.period.last, span.geography, span.epoch)
            for s, span in enumerate(ask.spans)
        ]
        self._table("ind", ask.indicators, "i INTEGER, units BOOLEAN")
        self._table("span", spans, "s INTEGER, first DATE, last DATE, geography DATE, epoch DATE")
        self._table("target", ((place,) for place in ask.places), "place INTEGER")
        if ask.excused:
            self._table("excused", ask.excused, "s INTEGER, i INTEGER, place INTEGER")
        regimes = tuple((span.geography, span.epoch) for span in ask.spans)
        reached = (regimes, ask.places, ask.members, ask.floor)
        if self.session.reached != reached:
            self._table("member", ask.members, "s INTEGER, parent INTEGER, child INTEGER")
            self._reach()
            self.session.reached = reached

    def _table(self, name: str, rows: Iterable[Sequence[object]], columns: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {table(rows, columns)}")

    def _reach(self) -> None:
        """Walk from the places asked for down to all that may report; it is kept while it fits.

        `link`: each parent and child met, `leaf` where the child is no parent itself; `due`: how
        many children a parent has; `inner_place`: the places asked for, parents and members.
        """
        step = f"""
            edge ON edge.geography = walk.geography AND edge.epoch = walk.epoch
            AND edge.parent = walk.place AND edge.child_depth <= {self.ask.floor}
        """
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE step AS
            WITH RECURSIVE walk AS (
                SELECT DISTINCT geography, epoch, place FROM span CROSS JOIN target
                UNION SELECT geography, epoch, child FROM member JOIN span USING (s)
                UNION SELECT edge.geography, edge.epoch, edge.child FROM walk JOIN {step}
            )
            SELECT edge.* FROM walk JOIN {step};
            CREATE OR REPLACE TEMP TABLE inner_place AS
            SELECT place FROM target UNION SELECT parent FROM step
            UNION SELECT parent FROM member UNION SELECT child FROM member;
            CREATE OR REPLACE TEMP TABLE link AS
            SELECT step.*, i.place IS NULL AS leaf
            FROM step LEFT JOIN inner_place i ON i.place = step.child;
            CREATE OR REPLACE TEMP TABLE due AS
            SELECT geography, epoch, stage, parent, count(*) AS n FROM link GROUP BY ALL;
            CREATE OR REPLACE TEMP TABLE reach AS
            SELECT place FROM inner_place UNION SELECT child FROM link
        """)
        stages = self.run("SELECT DISTINCT stage FROM due ORDER BY stage")
        self.session.stages = [stage for (stage,) in stages]

    def _live(self) -> str:
        """The entries alive at the posting, or day of statement, the question is known at."""
        ask = self.ask
        known = f"""
            e.indicator IN {ids(i for i, _ in ask.indicators)} AND e.series = {literal(ask.series)}
            AND e.posting <= {ask.known_at}
            AND e.first <= {literal(max(span.period.last for span in ask.spans))}
        """
        if ask.stated_by is None:
            alive = f"(e.until IS NULL OR e.until > {ask.known_at})"
            return f"(SELECT * FROM entries e WHERE {known} AND {alive} AND e.low IS NOT NULL)"
        return f"""(
            SELECT * FROM (
                SELECT * FROM entries e WHERE {known} AND e.stated_on <= {literal(ask.stated_by)}
                QUALIFY kind <> 'statement'
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
            WHERE indicator IN {ids(i for i, _ in ask.indicators)}
            AND series = {literal(ask.series)}
            AND (kind = 'opening' OR cell IN {ids(parts | {cell.cell})})
            GROUP BY ALL
        """)
        return [Found(*row) for row in found]

    # -- own values ------------------------------------------------------------------------------

    def _find_own_values(self, found: Sequence[Found]) -> None:
        """Make `inner_values`, the best of each kind at the inner places, and `leaf_sums`.

        `inner_own` has only the first of the kinds. A row of `leaf_sums` adds the values of a
        parent's leaves; `n` is how many they are.
        """
        matches = match(self.ask, found)
        candidates = own_values.candidates(self.ask, matches, live=self._live(), refs=self.refs)
        if matches.chosen or self.ask.excused:
            self._choose(candidates)
        else:
            self._take(candidates[0])

    def _take(self, candidate: str) -> None:
        """Where nothing is to choose: one pass over the entries, an inner place its own leaf."""
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE met AS
            WITH met_at AS (
                SELECT geography, epoch, parent, child, false AS own FROM link WHERE leaf
                UNION ALL SELECT DISTINCT geography, epoch, place, place, true
                FROM span CROSS JOIN inner_place
            )
            SELECT i, parent AS place, v.s, m.own, {_SUMMED}, NOT m.own AS derived,
                bool_and(adds) AS adds, min(kind) AS kind, min(source) AS source,
                {self.all_refs} AS refs, count(*) AS n
            FROM ({candidate}) v JOIN span ON span.s = v.s
            JOIN met_at m ON m.child = v.place AND m.geography = span.geography
                AND m.epoch = span.epoch
            GROUP BY i, parent, v.s, m.own;
            CREATE OR REPLACE TEMP TABLE inner_values AS SELECT {ROW} FROM met WHERE own;
            CREATE OR REPLACE TEMP TABLE inner_own AS FROM inner_values;
            CREATE OR REPLACE TEMP TABLE leaf_sums AS SELECT * FROM met WHERE NOT own
        """)

    def _choose(self, candidates: Sequence[str]) -> None:
        """Where a place may have several values: the best of each kind, and of the kinds."""
        all_of_them = " UNION ALL BY NAME ".join(f"FROM ({candidate})" for candidate in candidates)
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE best AS
            SELECT * FROM ({all_of_them or own_values.NONE})
            QUALIFY row_number() OVER (PARTITION BY i, place, s, kind ORDER BY how, as_of DESC,
            official DESC, stated_on DESC, posting DESC, source, stands) = 1;
            CREATE OR REPLACE TEMP TABLE chosen AS SELECT {ROW} FROM best
            QUALIFY row_number() OVER (PARTITION BY i, place, s ORDER BY kind) = 1;
            CREATE OR REPLACE TEMP TABLE inner_values AS
            SELECT {ROW} FROM best JOIN inner_place USING (place);
            CREATE OR REPLACE TEMP TABLE inner_own AS
            SELECT {ROW} FROM chosen JOIN inner_place USING (place);
            CREATE OR REPLACE TEMP TABLE leaf_sums AS
            SELECT i, link.parent AS place, v.s, {_SUMMED}, true AS derived,
                bool_and(adds) AS adds, {self.all_refs} AS refs, count(*) AS n
            FROM chosen v {self._but_excused()} JOIN span ON span.s = v.s
            JOIN link ON link.child = v.place AND link.leaf AND link.geography = span.geography
                AND link.epoch = span.epoch
            GROUP BY i, link.parent, v.s
        """)

    # -- sums ------------------------------------------------------------------------------------

    def _add_upward(self) -> None:
        """`summed`: for each inner place without a value, the sum of its children, lowest first."""
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE summed AS
            SELECT {own_values.TYPES}, NULL::HUGEINT AS part_low, NULL::HUGEINT AS part_high,
            NULL::BIGINT AS reporting, NULL::BIGINT AS expected LIMIT 0
        """)
        for stage in self.session.stages:
            links = f"""
                SELECT span.s, due.parent, link.child, due.n FROM span
                JOIN due ON due.geography = span.geography AND due.epoch = span.epoch
                    AND due.stage = {stage}
                JOIN link ON link.geography = due.geography AND link.epoch = due.epoch
                    AND link.parent = due.parent
                WHERE link.child IS NOT NULL
            """
            leaves = f"""
                SELECT v.*, due.n AS due FROM leaf_sums v
                JOIN span ON span.s = v.s
                JOIN due ON due.parent = v.place AND due.stage = {stage}
                    AND due.geography = span.geography AND due.epoch = span.epoch
            """
            self.run(self._sum(links, leaves))
        if self.ask.members:
            self.run(self._sum(_MEMBERS, "SELECT *, 0 AS due FROM leaf_sums LIMIT 0"))

    def _sum(self, links: str, leaves: str) -> str:
        """Add up the children: those in `links` (s, parent, child, n due), and the `leaves`."""
        adds = "bool_and(adds)" if self.ask.measure in ("stock", "flow") else "false"
        return f"""
            INSERT INTO summed BY NAME
            WITH links AS ({links}),
            a AS (
                SELECT i, place, s, {_SUMMED}, {adds} AS adds, {self.all_refs} AS refs,
                    sum(n) AS reporting, any_value(due) AS due
                FROM (
                    FROM ({leaves})
                    UNION ALL BY NAME
                    SELECT v.* REPLACE (links.parent AS place), 1 AS n, links.n AS due
                    FROM (
                        FROM inner_own
                        UNION ALL BY NAME SELECT {ROW} FROM summed WHERE low IS NOT NULL
                    ) v {self._but_excused()}
                    JOIN links ON links.s = v.s AND links.child = v.place
                ) GROUP BY i, place, s
            ),
            b AS (SELECT *, due - {self._number_excused()} AS expected FROM a)
            SELECT i, place, s, {SUM} AS kind,
                CASE WHEN reporting = expected AND adds THEN low END AS low,
                CASE WHEN reporting = expected AND adds THEN high END AS high,
                above, below, strict, approx, counting, as_of, basis, official, true AS derived,
                adds, refs, CASE WHEN adds THEN low END AS part_low,
                CASE WHEN adds THEN high END AS part_high, reporting, expected
            FROM b ANTI JOIN inner_values o ON o.i = b.i AND o.place = b.place AND o.s = b.s
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
                SELECT s, parent, child FROM span JOIN link USING (geography, epoch)
                UNION ALL SELECT s, parent, child FROM member
            ) l ON l.s = x.s AND l.child = x.place
            WHERE x.s = a.s AND x.i = a.i AND l.parent = a.place
        )"""
