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
from lienminh.figures.engine.asking import Ask, Found, Matches, match
from lienminh.figures.engine.literals import ids, literal, table
from lienminh.figures.engine.session import Session

ROW = (
    "i, place, s, kind, low, high, above, below, strict, approx, counting, as_of, basis, official,"
    " derived, adds, source, refs"
)
SUM = 3  # beside own_values' kinds 0 counted, 1 reported, 2 read
FEW = 100_000  # entries among which the best is simply chosen, without asking whether it must be
_SUMMED = """
    sum(low) AS low, sum(high) AS high, bool_or(above) AS above, bool_or(below) AS below,
    bool_or(strict) AS strict, bool_or(approx) AS approx,
    CASE WHEN count(DISTINCT counting) = 1 THEN any_value(counting) ELSE 'unstated' END
        AS counting,
    CASE WHEN count(DISTINCT as_of) = 1 AND count(as_of) = count(*) THEN any_value(as_of) END
        AS as_of,
    CASE WHEN count(DISTINCT basis) = 1 THEN any_value(basis) ELSE '' END AS basis,
    bool_and(official) AS official, true AS derived
"""


class Evaluation:
    """One ask, carried out in a session by temporary tables; `rows()` gives what came out."""

    def __init__(self, ask: Ask, session: Session) -> None:
        self.ask, self.session = ask, session
        self.refs = "[e.posting || '.' || e.line]" if ask.detail else "NULL::VARCHAR[]"
        self.all_refs = "flatten(list(refs))" if ask.detail else "NULL::VARCHAR[]"
        self.each_kind = self.own = ""  # table expressions: a row a kind of source, the first kind
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
            f"SELECT {ROW}, NULL, NULL, NULL, NULL FROM {self.each_kind} JOIN target USING (place)"
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
        self._table("ind", ask.indicators.items(), "i INTEGER, units BOOLEAN")
        self._table("span", spans, "s INTEGER, first DATE, last DATE, geography DATE, epoch DATE")
        self._table("target", ((place,) for place in ask.places), "place INTEGER")
        regimes = frozenset((span.geography, span.epoch) for span in ask.spans)
        reached = (regimes, tuple(ask.places), tuple(ask.members), ask.floor)
        if self.session.reached != reached:
            self._table("member", ask.members, "s INTEGER, parent INTEGER, child INTEGER")
            self._reach()
            self.session.reached = reached

    def _table(self, name: str, rows: Iterable[Sequence[object]], columns: str) -> None:
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {table(rows, columns)}")

    def _reach(self) -> None:
        """Walk from the places asked for down to all that may report; it is kept while it fits."""
        step = f"""
            edge ON edge.geography = walk.geography AND edge.epoch = walk.epoch
            AND edge.parent = walk.place AND edge.child_depth <= {self.ask.floor}
        """
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE link AS
            WITH RECURSIVE walk AS (
                SELECT DISTINCT geography, epoch, place FROM span CROSS JOIN target
                UNION SELECT geography, epoch, child FROM member JOIN span USING (s)
                UNION SELECT edge.geography, edge.epoch, edge.child FROM walk JOIN {step}
            )
            SELECT edge.* FROM walk JOIN {step}
        """)
        self.run("""
            CREATE OR REPLACE TEMP TABLE due AS
            SELECT geography, epoch, parent, count(*) AS n FROM link GROUP BY ALL
        """)
        self.run("""
            CREATE OR REPLACE TEMP TABLE reach AS
            SELECT place FROM target UNION SELECT child FROM link UNION SELECT child FROM member
        """)

    def _live(self) -> str:
        """The entries alive at the posting, or day of statement, the question is known at."""
        ask = self.ask
        known = f"""
            e.indicator IN {ids(ask.indicators)} AND e.series = {literal(ask.series)}
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
        """What there is to answer from: kinds of entry and their days, with how many of each."""
        cell = self.ask.cell
        parts = {finer for finer, _ in cell.finer} | {part[2] for part in cell.parts}
        found = self.run(f"""
            SELECT kind, source_kind, first, last, cumulative, cell = {cell.cell},
                cell IN {ids(parts)}, count(*)
            FROM {self._live()} e
            WHERE kind = 'opening'
            OR (kind = 'statement' AND cell IN {ids(parts | {cell.cell})}
                AND place IN (SELECT place FROM reach))
            GROUP BY ALL
        """)
        return [Found(*row) for row in found]

    # -- own values ------------------------------------------------------------------------------

    def _find_own_values(self, found: Sequence[Found]) -> None:
        """Set `each_kind`, the best value of each kind of source, and `own`, the first of them."""
        matches = match(self.ask, found)
        candidates = own_values.candidates(self.ask, matches, live=self._live(), refs=self.refs)
        many = sum(row.entries for row in found) > FEW
        if many and len(candidates) == 1 and matches.exact and self._one_value_each(matches):
            self.each_kind = self.own = f"({candidates[0]})"
            return
        all_of_them = " UNION ALL BY NAME ".join(f"FROM ({candidate})" for candidate in candidates)
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE best AS
            SELECT * FROM ({all_of_them or own_values.NONE})
            QUALIFY row_number() OVER (PARTITION BY i, place, s, kind ORDER BY how, as_of DESC,
            official DESC, stated_on DESC, posting DESC, source, stands) = 1
        """)
        self.each_kind = "best"
        self.own = """(
            SELECT * FROM best
            QUALIFY row_number() OVER (PARTITION BY i, place, s ORDER BY kind) = 1
        )"""

    def _one_value_each(self, matches: Matches) -> bool:
        """Whether no place can have two statements for one span, so that none need be chosen.

        The ledger keeps one living statement for a source and days; one source a place and one
        pair of days a span leave nothing to choose. This is the quick road of large tables.
        """
        if len({s for s, *_ in matches.exact}) < len(matches.exact):
            return False
        ((places, sources),) = self.run(f"""
            SELECT count(DISTINCT place), count(DISTINCT (place, holder, source))
            FROM {self._live()} WHERE kind = 'statement' AND cell = {self.ask.cell.cell}
        """)
        return bool(places == sources)

    # -- sums ------------------------------------------------------------------------------------

    def _add_upward(self) -> None:
        """`summed`: for each place not yet `answered`, the sum of its children, lowest first."""
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE summed AS
            SELECT {own_values.TYPES}, NULL::HUGEINT AS part_low, NULL::HUGEINT AS part_high,
            NULL::BIGINT AS reporting, NULL::BIGINT AS expected LIMIT 0
        """)
        self.run(f"""
            CREATE OR REPLACE TEMP TABLE answered AS
            SELECT i, place, s FROM {self.own} JOIN (
                SELECT parent AS place FROM link UNION SELECT parent FROM member
            ) USING (place)
        """)
        if self.ask.excused:
            self._table("excused", self.ask.excused, "s INTEGER, i INTEGER, place INTEGER")
        stages = self.run("SELECT DISTINCT stage FROM link ORDER BY stage")
        for (stage,) in stages:
            self.run(
                self._sum(f"""
                SELECT span.s, link.parent, link.child, due.n FROM span
                JOIN link ON link.geography = span.geography AND link.epoch = span.epoch
                JOIN due ON due.geography = span.geography AND due.epoch = span.epoch
                    AND due.parent = link.parent
                WHERE link.stage = {stage} AND link.child IS NOT NULL
            """)
            )
        if self.ask.members:
            self.run(
                self._sum("""
                SELECT s, parent, child, count(*) OVER (PARTITION BY s, parent) AS n FROM member
            """)
            )

    def _sum(self, links: str) -> str:
        """Add the values of the children in `links` (s, parent, child, n = children expected)."""
        excused = "NULL::BIGINT"
        without = ""
        if self.ask.excused:
            excused = """(SELECT count(*) FROM excused x JOIN links l ON l.s = x.s
                AND l.child = x.place WHERE x.s = a.s AND x.i = a.i AND l.parent = a.place)"""
            without = "ANTI JOIN excused x ON x.s = v.s AND x.i = v.i AND x.place = v.place"
        adds = "bool_and(adds)" if self.ask.measure in ("stock", "flow") else "false"
        return f"""
            INSERT INTO summed BY NAME
            WITH links AS ({links}),
            value AS (
                SELECT {ROW} FROM {self.own}
                UNION ALL SELECT {ROW} FROM summed WHERE low IS NOT NULL
            ),
            a AS (
                SELECT v.i, links.parent AS place, v.s, {_SUMMED}, {adds} AS adds,
                    {self.all_refs} AS refs, count(*) AS reporting, any_value(links.n) AS n
                FROM value v {without} JOIN links ON links.s = v.s AND links.child = v.place
                ANTI JOIN answered own ON own.i = v.i AND own.s = v.s AND own.place = links.parent
                GROUP BY v.i, links.parent, v.s
            ),
            b AS (SELECT *, n - coalesce({excused}, 0) AS expected FROM a)
            SELECT i, place, s, {SUM} AS kind,
                CASE WHEN reporting = expected AND adds THEN low END AS low,
                CASE WHEN reporting = expected AND adds THEN high END AS high,
                above, below, strict, approx, counting, as_of, basis, official, derived, adds,
                NULL AS source, refs, CASE WHEN adds THEN low END AS part_low,
                CASE WHEN adds THEN high END AS part_high, reporting, expected
            FROM b
        """
