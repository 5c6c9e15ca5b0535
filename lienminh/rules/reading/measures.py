"""What kind of figure a quantity is: a target, a rate, an average, a state or what happened.

The first that holds decides: a rank says so; a target is what a cue of intention governs, or what
lies in the future; percent and prices are rates; what is divided among people or called "bình
quân" is an average; who sits in a meeting is a state. The rest are states or what happened
(`states`). Each answer comes with the words that gave it.
"""

from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.quantities import MONEY
from lienminh.rules.reading.sentences import Around
from lienminh.rules.reading.states import Judged, state_or_flow

REACH = 4  # words between "tăng" and its number: tăng thêm khoảng hơn 5%
TIMES_OF_YEAR = frozenset({"year", "month", "quarter"})
_RATES = frozenset({"percent", "other:percentage_point", "other:times", "other:fraction"})


def measure_of(around: Around, *, carried: str, future: bool) -> Judged:
    """stock, flow, rate, average, target or rank; `carried` is the mood of the text before."""
    quantity = around.quantity
    said = (
        ("rank", _rank(around)),
        ("target", target_of(around, carried=carried, future=future)),
        ("average", _each(around)),
        ("flow", quantity.turns and "lượt"),
        ("rate", (quantity.phrase or "%") if quantity.unit in _RATES else ""),
    )
    for measure, why in said:
        if why:
            return Judged(measure, why)
    return _change(around) or _average(around) or _attendance(around) or state_or_flow(around)


def _change(around: Around) -> Judged | None:
    """A state that rose or fell by so many: what happened, not what there is."""
    quantity = around.quantity
    counts = not quantity.per and quantity.kind in ("counted", "money", "left_out", "unknown")
    direction = direction_of(around) if counts else None
    return Judged("flow", direction) if direction else None


def _attendance(around: Around) -> Judged | None:
    attended = attends(around)
    return Judged("stock", attended) if attended else None


def target_of(around: Around, *, carried: str, future: bool) -> str:
    """The words by which a figure is meant to be reached, not reached; "" when it is reached."""
    first = around.sentence.first
    nearest = around.before("target", "target_weak", "done", since=first)
    if _of_plan(around):
        return ""
    if nearest:
        done = "done" in nearest.entry.cues or _measures_a_rate(around, nearest)
        return "" if done else around.words_of(nearest)
    if future:
        return "kỳ sau ngày của văn bản"
    return carried


def _measures_a_rate(around: Around, hit: Hit) -> bool:
    """Đạt 62% kế hoạch năm, trong đó …: the plan is what the rate was measured by."""
    return any(one.unit == "percent" and one.last == hit.first for one in around.earlier)


def _of_plan(around: Around) -> bool:
    """Đạt 105% kế hoạch: a rate reached, whatever the plan was."""
    last = around.quantity.last
    hits = around.passage.hits_in(last, last + 1)
    return around.quantity.unit == "percent" and bool(hits) and "plan" in hits[0].entry.cues


def _rank(around: Around) -> str:
    hit = around.before(
        "rank_before", since=max(around.sentence.first, around.quantity.first - REACH)
    )
    touches = hit and hit.last == around.quantity.first
    return around.words_of(hit) if hit and touches else ""


def _average(around: Around) -> Judged | None:
    quantity, first = around.quantity, around.clause[0]
    cue = around.before("average", since=first)
    if quantity.kind == "money" or quantity.unit == MONEY:
        if {"person", "month"} <= set(quantity.per) or (cue and not _breaks(around, cue)):
            return Judged("average", around.words_of(cue) if cue else "/người/tháng")
        if price := around.before("price", since=around.phrase[0]):
            return Judged("rate", around.words_of(price))
        if quantity.per and not set(quantity.per) <= TIMES_OF_YEAR:
            person = "person" in quantity.per
            return Judged("average" if person else "rate", "/" + "/".join(quantity.per))
        return None
    if quantity.per and not set(quantity.per) <= TIMES_OF_YEAR:
        measured = quantity.noun and quantity.noun.measured
        return Judged("rate" if measured else "average", "/" + "/".join(quantity.per))
    each = around.before("average_of_counts", since=around.phrase[0])
    return Judged("average", around.words_of(each)) if each else None


def _each(around: Around) -> str:
    """Trung bình mỗi đợt có 2.273 lượt: acts too are averages where the phrase says so."""
    each = around.before("average_of_counts", since=around.phrase[0])
    return around.words_of(each) if each and around.quantity.turns else ""


def _breaks(around: Around, cue: Hit) -> bool:
    """Whether something else is told between the average and the number."""
    between = around.passage.hits_in(cue.last, around.quantity.first)
    return any(
        "flow" in hit.entry.cues and "average" not in hit.entry.cues for hit in between
    ) and (cue.last < around.phrase[0])


def _is_gathering(around: Around) -> bool:
    """Whether meetings or classes themselves are counted, not who sits in them."""
    quantity = around.quantity
    hits = around.passage.hits_in(quantity.first, quantity.last)
    return any({"training", "gathering"} & hit.entry.cues for hit in hits)


def attends(around: Around) -> str:
    """The words by which the counted sit in a meeting; "" when they do not."""
    if around.quantity.kind not in ("counted", "unknown") or _is_gathering(around):
        return ""
    first, last = around.sentence.first, around.sentence.last
    cue = around.before("attendance", since=first)
    if cue is None:
        after = around.after("attendance", until=around.phrase[1])
        cue = after if after and after.first - around.quantity.last <= REACH else None
    if cue is None or around.before("training", since=first):
        return ""
    helped = around.before("flow", since=around.clause[0])
    if helped and "attendance" not in helped.entry.cues and helped.first > cue.first:
        return ""
    met = any("gathering" in hit.entry.cues for hit in around.passage.hits_in(first, last))
    return around.words_of(cue) if met else ""


def _bare(around: Around) -> bool:
    return around.passage.words.writing.bare


def direction_of(around: Around) -> str | None:
    """up or down where the quantity is a change; None where it is a level."""
    first = max(around.sentence.first, around.quantity.first - REACH)
    hit = around.before("up", "down", "level", since=first)
    if hit is None or hit.last < first or "level" in hit.entry.cues:
        return None
    if around.passage.words.said[around.quantity.first - 1] in listed("from", _bare(around)):
        return None
    if any(one.entry.noun for one in around.passage.hits_in(hit.last, around.quantity.first)):
        return None
    return "up" if "up" in hit.entry.cues else "down"
