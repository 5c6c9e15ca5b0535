"""What organisations state about themselves, as SQL: added over them, with their coverage.

A *return* is a statement with a subject, made where that organisation has its seat. Of one
organisation the latest in the period counts, and nothing of one that stated something which may or
may not lie in the asked breakdown. Together they answer for a place only when all who are due have
stated theirs: as many as `reporters`, another indicator, counts there on the last day such data
tell of. Else they are a part of the answer.
"""

from lienminh.figures.engine.asking import Ask, Matches
from lienminh.figures.engine.literals import ids, table
from lienminh.figures.engine.marks import DERIVED

HOW = 4  # chosen after what is counted from movements


def gathered(ask: Ask, matches: Matches, *, live: str, due: str, refs: str) -> str:
    """The query of what was stated, by indicator, place and span, with `reporting` and `expected`.

    `due`: the query of counted rows (see `counted`) of the indicators that count the reporters.
    """
    days = table(matches.returns, "s INTEGER, first DATE, last DATE")
    reporters = table(ask.reporters, "i INTEGER, counted INTEGER")
    average = ask.measure == "average"
    return f"""
        WITH said AS (
            SELECT e.indicator AS i, e.place, m.s, e.subject, e.low, e.high, e.marks, e.last,
                {refs} AS refs, e.cell IN {ids(ask.cell.unclear)} AND e.high <> 0 AS unclear
            FROM {live} e JOIN {days} m ON m.first = e.first AND m.last = e.last
            WHERE e.kind = 'return' AND e.cell IN {ids(ask.cell.inside | ask.cell.unclear)}
            QUALIFY e.last = max(e.last) OVER (PARTITION BY e.indicator, m.s, e.subject)
        ),
        clear AS (
            SELECT * FROM said
            QUALIFY NOT bool_or(unclear) OVER (PARTITION BY i, s, subject)
        ),
        due AS (
            SELECT r.i, d.place, d.s, d.low AS expected FROM ({due}) d
            JOIN {reporters} r ON r.counted = d.i
        )
        SELECT said.i, due.place, said.s,
            {"min(said.low)::HUGEINT" if average else "sum(said.low)"} AS low,
            {"max(said.high)::HUGEINT" if average else "sum(said.high)"} AS high,
            bit_or(said.marks) | {DERIVED} AS marks, {_as_of(ask)} AS as_of,
            {"flatten(list(said.refs))" if ask.detail else "NULL::VARCHAR[]"} AS refs,
            count(DISTINCT said.subject) AS reporting, any_value(due.expected) AS expected
        FROM clear said JOIN span USING (s)
        JOIN within w ON w.geography = span.geography AND w.place = said.place
        JOIN due ON due.i = said.i AND due.place = w.ancestor AND due.s = said.s
        GROUP BY said.i, due.place, said.s
    """


def _as_of(ask: Ask) -> str:
    if ask.measure != "stock":
        return "NULL::DATE"
    return "CASE WHEN min(said.last) = max(said.last) THEN min(said.last) END"


CANDIDATE = f"""
    SELECT i, place, s, 0 AS kind, {HOW} AS how, low, high, marks, as_of, NULL::INTEGER AS source,
        refs, NULL::DATE AS stated_on, NULL::BIGINT AS posting, NULL::BIGINT AS stands
    FROM gathered WHERE reporting = expected
"""
PARTS = """
    SELECT i, place, s, 0 AS kind, NULL AS low, NULL AS high, marks, as_of, NULL AS source, refs,
        low AS part_low, high AS part_high, reporting, expected
    FROM gathered JOIN target USING (place) WHERE reporting <> expected
"""
