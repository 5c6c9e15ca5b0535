"""What is counted from records, as SQL: movements where the books are open, and opening balances.

A book is open for an indicator at a place from the day of its opening entry, while the place lasts.
A flow is counted when the books are open from the period's start; a stock, when they are at its
end. Inside the place whose books are open, a smaller place's stock is known only if the opening
balance was nothing; and nothing is counted where a movement may or may not lie inside what is
asked. Takers of part that all have subjects are counted once each, else in turns.
"""

from lienminh.figures.engine.asking import Ask
from lienminh.figures.engine.literals import ids, table
from lienminh.figures.engine.marks import BASES, COUNTINGS, PRELIMINARY


def candidate(ask: Ask, *, live: str, refs: str, day: str = "span.last") -> str:
    """The query of counted rows, shaped like those of `own_values`; of a stock, as of a `day`."""
    stock = ask.measure == "stock"
    units = f"c.i IN {ids(ask.units)}"
    return f"""
        WITH book AS ({_books(live, day, stock=stock)}),
        spoken_for AS ({_spoken_for(ask, live, stock=stock)}),
        unsure AS ({_unsure(ask, live, stock=stock)}),
        covered AS (FROM spoken_for ANTI JOIN unsure USING (i, place, s)),
        moved AS ({_moved(ask, live, refs, stock=stock)}),
        net AS (
            SELECT i, place, s, subject, sum(low) AS low, flatten(list(refs)) AS refs,
                bit_or(marks) & {PRELIMINARY} AS preliminary
            FROM moved GROUP BY ALL
        ),
        total AS (
            SELECT c.i, c.place, c.s, c.last, flatten(list(net.refs)) AS refs,
                coalesce(bool_and(net.subject <> ''), false) AND NOT {units} AS once_each,
                coalesce(sum(net.low), 0) AS turns, count(*) FILTER (net.low > 0) AS subjects,
                coalesce(bit_or(net.preliminary), 0) AS preliminary
            FROM covered c LEFT JOIN net ON net.i = c.i AND net.place = c.place AND net.s = c.s
            GROUP BY c.i, c.place, c.s, c.last
        )
        SELECT i, place, s, 0 AS kind, 0 AS how,
            (CASE WHEN once_each THEN subjects ELSE turns END)::HUGEINT AS low, low AS high,
            preliminary | {BASES[""]} | CASE WHEN once_each THEN {COUNTINGS["distinct"]}
                WHEN {units} THEN {COUNTINGS[""]} ELSE {COUNTINGS["turns"]} END AS marks,
            {"last" if stock else "NULL::DATE"} AS as_of, NULL::INTEGER AS source, refs,
            NULL::DATE AS stated_on, NULL::BIGINT AS posting, 0 AS stands
        FROM total c
    """


def _books(live: str, day: str, *, stock: bool) -> str:
    return f"""
        SELECT e.indicator AS i, e.place AS b, any_value(place.depth) AS depth, span.s,
            span.geography, span.first, {day} AS last, max(e.first) AS opened
        FROM {live} e JOIN span ON e.first <= {day if stock else "span.first"}
        JOIN place ON place.id = e.place AND place.last >= {day}
        WHERE e.kind = 'opening'
        GROUP BY e.indicator, e.place, span.s, span.geography, span.first, span.last
    """


def _spoken_for(ask: Ask, live: str, *, stock: bool) -> str:
    """The places a book speaks for; of two books, the one opened last, then the nearest."""
    divided = f"""
        SELECT 1 FROM {live} o WHERE o.kind = 'opening' AND o.indicator = book.i
        AND o.place = book.b AND o.first = book.opened AND o.low <> 0
        AND (o.cell IN {ids(ask.cell.unclear)} OR w.place <> book.b)
    """
    return f"""
        SELECT book.*, w.place FROM book
        JOIN within w ON w.geography = book.geography AND w.ancestor = book.b
        JOIN reach ON reach.place = w.place
        WHERE {f"NOT EXISTS ({divided})" if stock else "true"}
        QUALIFY row_number() OVER (
            PARTITION BY book.i, w.place, book.s
            ORDER BY book.opened DESC, book.depth DESC, book.b) = 1
    """


def _unsure(ask: Ask, live: str, *, stock: bool) -> str:
    """Figures whose movements, not undone, may or may not lie in what is asked.

    They lack the breakdown, happened somewhere in a larger place, or in one whose borders cross
    those of this one.
    """
    vague = table(ask.cell.vague, "i INTEGER, cell INTEGER")
    possible = f"e.cell IN {ids(ask.cell.inside | ask.cell.unclear)}"
    same_book = "e.i = c.i AND e.s = c.s AND e.b = c.b"
    return f"""
        WITH net AS (
            SELECT indicator, place, cell, last FROM {live} WHERE kind = 'movement'
            GROUP BY indicator, place, cell, subject, last HAVING sum(low) <> 0
        ),
        e AS (
            SELECT DISTINCT c.i, c.s, c.b, e.place, e.cell FROM ({_open("spoken_for")}) c
            JOIN net e ON e.indicator = c.i AND {_during(stock=stock)}
        ),
        kin AS (SELECT old AS one, new AS other FROM succession
            UNION ALL SELECT new, old FROM succession)
        SELECT c.i, c.place, c.s FROM spoken_for c
        JOIN within w ON w.geography = c.geography AND w.ancestor = c.place
        JOIN e ON {same_book} AND e.place = w.place
        JOIN {vague} v ON v.i = e.i AND v.cell = e.cell
        UNION SELECT c.i, c.place, c.s FROM spoken_for c
        JOIN within w ON w.geography = c.geography AND w.place = c.place AND w.ancestor <> c.place
        JOIN e ON {same_book} AND e.place = w.ancestor AND {possible}
        UNION SELECT c.i, c.place, c.s FROM spoken_for c
        JOIN within w ON w.geography = c.geography AND w.ancestor = c.place
        JOIN kin ON kin.one = w.place
        JOIN (SELECT DISTINCT i, s, b, place FROM e WHERE {possible}) e
            ON {same_book} AND e.place = kin.other
        ANTI JOIN within h ON h.geography = c.geography AND h.ancestor = c.place
            AND h.place = e.place
    """


def _open(places: str) -> str:
    """Each book that speaks for some of the places, with its days, once for all of them."""
    return f"SELECT DISTINCT i, s, b, opened, first, last FROM {places}"


def _during(*, stock: bool) -> str:
    return f"e.last BETWEEN {'c.opened' if stock else 'c.first'} AND c.last"


def _moved(ask: Ask, live: str, refs: str, *, stock: bool) -> str:
    """The movements of each covered place and, for a stock, its opening balance."""
    inside = ids(ask.cell.inside)
    movements = f"""
        SELECT c.i, c.place, c.s, e.subject, e.low, e.marks, e.refs
        FROM covered c
        JOIN within w ON w.geography = c.geography AND w.ancestor = c.place
        JOIN (
            SELECT c.i, c.s, c.b, e.place, e.subject, sum(e.low) AS low, bit_or(e.marks) AS marks,
                {"flatten(list(" + refs + "))" if ask.detail else refs} AS refs
            FROM ({_open("covered")}) c
            JOIN {live} e ON e.kind = 'movement' AND e.indicator = c.i
                AND {_during(stock=stock)} AND e.cell IN {inside}
            GROUP BY c.i, c.s, c.b, e.place, e.subject
        ) e ON e.i = c.i AND e.s = c.s AND e.b = c.b AND e.place = w.place
    """
    if not stock:
        return movements
    return f"""{movements}
        UNION ALL SELECT c.i, c.place, c.s, e.subject, e.low, e.marks, {refs} AS refs
        FROM covered c JOIN {live} e ON e.kind = 'opening' AND e.indicator = c.i AND e.place = c.b
            AND e.first = c.opened AND e.cell IN {inside}
    """
