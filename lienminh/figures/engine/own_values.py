"""A place's own values, as SQL: counted from records, or stated for it in one way or another.

Each candidate is a query of rows (see `balances`) with four more columns by which the best is
chosen: `how` (0 as asked, 1 tiled by shorter statements, 2 the difference of cumulative ones, 3 the
sum of declared parts), `stated_on`, `posting`, and `stands`, where its first entry stands. `kind`
is 0 counted, 1 reported, 2 read.
"""

from lienminh.figures.engine import counted
from lienminh.figures.engine.asking import Ask, Matches
from lienminh.figures.engine.literals import ids, table
from lienminh.figures.engine.marks import ANY_COUNTING, COUNTINGS, DERIVED, turned

TYPES = """
    NULL::INTEGER AS i, NULL::INTEGER AS place, NULL::INTEGER AS s, NULL::INTEGER AS kind,
    NULL::HUGEINT AS low, NULL::HUGEINT AS high, NULL::INTEGER AS marks, NULL::DATE AS as_of,
    NULL::INTEGER AS source, NULL::VARCHAR[] AS refs
"""
NONE = f"""
    SELECT {TYPES}, 0 AS how, NULL::DATE AS stated_on, NULL::BIGINT AS posting,
    NULL::BIGINT AS stands LIMIT 0
"""

_KIND = "CASE e.source_kind WHEN 'reported' THEN 1 ELSE 2 END AS kind"
_STANDS = "e.posting * 1000000 + e.line"  # only to break ties
_TOGETHER = f"""
    sum(e.low) AS low, sum(e.high) AS high, bit_or(e.marks) | {DERIVED} AS marks, e.source,
    max(e.stated_on) AS stated_on, max(e.posting) AS posting, min({_STANDS}) AS stands
"""


def candidates(ask: Ask, matches: Matches, *, live: str, refs: str) -> list[str]:
    """The queries that can find something, given what the survey found."""
    made = []
    if matches.exact:
        made.append(_stated(ask, matches, live, refs))
    if matches.pieces:
        made.append(_tiled(ask, matches, live, refs))
    if matches.differences:
        made.append(_differences(ask, matches, live, refs))
    if matches.parts:
        made += [_parts(ask, matches, live, refs), _source_parts(ask, matches, live, refs)]
    if matches.counted:
        made.append(counted.candidate(ask, live=live, refs=refs))
    return made


def adds(ask: Ask, indicator: str, marks: str) -> str:
    """SQL: whether a value may be added. Takers of part add only as turns."""
    turns = f"({marks} & {ANY_COUNTING}) = {COUNTINGS['turns']}"
    return f"({indicator} IN {ids(ask.units)} OR {turns})"


def _statements(live: str) -> str:
    return f"{live} e JOIN reach ON reach.place = e.place"


def _as_of(ask: Ask) -> str:
    return "e.last" if ask.measure == "stock" else "NULL::DATE"


def _stated(ask: Ask, matches: Matches, live: str, refs: str) -> str:
    """Statements for just this period; of a stock, the latest as-of day in it."""
    days = table(matches.exact, "s INTEGER, first DATE, last DATE")
    return f"""
        SELECT e.indicator AS i, e.place, m.s, {_KIND}, 0 AS how, e.low, e.high, e.marks,
            {_as_of(ask)} AS as_of, e.source, {refs} AS refs, e.stated_on, e.posting,
            {_STANDS} AS stands
        FROM {_statements(live) if matches.chosen else f"{live} e"}
        JOIN {days} m ON m.first = e.first AND m.last = e.last
        WHERE e.kind = 'statement' AND e.cell = {ask.cell.cell}
    """


def _tiled(ask: Ask, matches: Matches, live: str, refs: str) -> str:
    """Statements of one source that cover the period without gap or overlap.

    Of statements that lie one inside the other, the longest counts. Cumulative ones are never
    added, nor are distinct subjects or what is not stated to be turns.
    """
    days = table(matches.pieces, "s INTEGER, first DATE, last DATE")
    chain = "e.indicator, e.place, e.holder, e.source, e.s"
    return f"""
        SELECT e.indicator AS i, e.place, e.s, {_KIND}, 1 AS how, {_TOGETHER},
            NULL::DATE AS as_of, flatten(list(e.refs)) AS refs
        FROM (
            SELECT *, lag(e.last) OVER (PARTITION BY {chain} ORDER BY e.first) AS before FROM (
                SELECT e.*, m.s, {refs} AS refs, max(e.last) OVER (
                    PARTITION BY e.indicator, e.place, e.holder, e.source, m.s
                    ORDER BY e.first, e.last DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS reached
                FROM {_statements(live)}
                JOIN {days} m ON m.first = e.first AND m.last = e.last
                WHERE e.kind = 'statement' AND e.cell = {ask.cell.cell} AND NOT e.cumulative
                    AND {adds(ask, "e.indicator", "e.marks")}
            ) e WHERE reached IS NULL OR e.last > reached
        ) e JOIN span ON span.s = e.s
        GROUP BY {chain}, e.source_kind
        HAVING min(e.first) = any_value(span.first) AND max(e.last) = any_value(span.last)
            AND bool_and(before IS NULL OR e.first = before + 1)
    """


def _differences(ask: Ask, matches: Matches, live: str, refs: str) -> str:
    """A cumulative statement less an earlier one of the same source and origin."""
    days = table(matches.differences, "s INTEGER, first DATE, last DATE, before DATE")
    both = f"""
        SELECT e.*, {refs} AS refs FROM {_statements(live)}
        WHERE e.kind = 'statement' AND e.cell = {ask.cell.cell} AND e.cumulative
            AND {adds(ask, "e.indicator", "e.marks")}
    """
    return f"""
        SELECT e.indicator AS i, e.place, m.s, {_KIND}, 2 AS how,
            (e.low - b.high)::HUGEINT AS low, (e.high - b.low)::HUGEINT AS high,
            e.marks | {turned("b.marks")} | {DERIVED} AS marks, NULL::DATE AS as_of,
            e.source, list_concat(e.refs, b.refs) AS refs, e.stated_on, e.posting,
            least({_STANDS}, b.posting * 1000000 + b.line) AS stands
        FROM ({both}) e JOIN {days} m ON m.first = e.first AND m.last = e.last
        JOIN ({both}) b ON b.indicator = e.indicator AND b.place = e.place
            AND b.holder = e.holder AND b.source = e.source AND b.first = e.first
            AND b.last = m.before
        WHERE e.low >= b.high
    """


def _parts(ask: Ask, matches: Matches, live: str, refs: str) -> str:
    """The sum of all values of a key that the indicator declares a partition."""
    days = table(matches.parts, "s INTEGER, first DATE, last DATE")
    part = table(ask.cell.parts, "i INTEGER, key VARCHAR, cell INTEGER, n INTEGER")
    return f"""
        SELECT e.indicator AS i, e.place, m.s, {_KIND}, 3 AS how, {_TOGETHER},
            {_as_of(ask)} AS as_of, flatten(list({refs})) AS refs
        FROM {_statements(live)} JOIN {days} m ON m.first = e.first AND m.last = e.last
        JOIN {part} p ON p.i = e.indicator AND p.cell = e.cell
        WHERE e.kind = 'statement'
        GROUP BY e.indicator, e.place, e.holder, e.source, e.source_kind, m.s, e.first, e.last,
            p.key
        HAVING count(*) = any_value(p.n)
    """


def _source_parts(ask: Ask, matches: Matches, live: str, refs: str) -> str:
    """The sum of statements that their source made together and declared a partition."""
    days = table(matches.parts, "s INTEGER, first DATE, last DATE")
    together = "posting, grouped, indicator, place, holder, source, series, first, last"
    same = " AND ".join(f"said.{name} = e.{name}" for name in together.split(", "))
    finer = table(ask.cell.finer, "cell INTEGER, key VARCHAR")
    return f"""
        SELECT e.indicator AS i, e.place, m.s, {_KIND}, 3 AS how, {_TOGETHER},
            {_as_of(ask)} AS as_of, flatten(list({refs})) AS refs
        FROM {_statements(live)} JOIN {days} m ON m.first = e.first AND m.last = e.last
        JOIN (
            SELECT {together}, count(*) AS n FROM entries LEFT JOIN {finer} f USING (cell)
            WHERE relation = 'partition' AND grouped <> '' AND kind = 'statement'
            GROUP BY {together} HAVING count(DISTINCT key) = 1 AND count(key) = count(*)
        ) said ON {same}
        WHERE e.kind = 'statement' AND e.relation = 'partition'
        GROUP BY e.indicator, e.place, e.holder, e.source, e.source_kind, m.s, e.first, e.last,
            e.posting, e.grouped
        HAVING count(*) = any_value(said.n)
    """
