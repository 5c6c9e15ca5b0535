"""What kind of figure a quantity is: a target, a rate, an average, a state or what happened.

The first that holds decides: a rank says so; a target is what a cue of intention governs, or what
lies in the future; percent and prices are rates; what is divided among people or called "bình
quân" is an average; who sits in a meeting is a state. For the rest the nearest cue decides, and
where none speaks, the noun. Each answer comes with the words that gave it.
"""

from typing import NamedTuple

from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.quantities import MONEY
from lienminh.rules.reading.sentences import Around

REACH = 4  # words between "tăng" and its number: tăng thêm khoảng hơn 5%
TIMES_OF_YEAR = frozenset({"year", "month", "quarter"})
_STATES = frozenset({"stock", "stock_of_counts"})
_AHEAD = ("stock", "stock_of_counts", "flow", "flow_ahead")
# Whatever is done for them, these are there.
_STANDING = frozenset(
    f"other:{name}"
    for name in ("commune", "village", "district", "province", "fund", "branch", "criterion")
)
_PARTED = frozenset({"stock", "flow"})
_RATES = frozenset({"percent", "other:percentage_point", "other:times", "other:fraction"})


class Judged(NamedTuple):
    """An answer and the words it came from."""

    answer: str
    why: str


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
    return (
        _change(around)
        or _average(around)
        or _attendance(around)
        or _part(around)
        or _by_cues(around)
    )


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
    each = (
        around.before("average_of_counts", since=around.phrase[0])
        if around.quantity.turns
        else None
    )
    return around.words_of(each) if each else ""


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


def _part(around: Around) -> Judged | None:
    """A part, behind "trong đó", of a sum of money is told as the sum is; of a count, if no cue
    of its own says otherwise.
    """
    quantity = around.quantity
    parted = around.before("of_which", since=around.earlier[0].last) if around.earlier else None
    if parted is None or _is_new(around):
        return None
    wholes = [one for one in around.earlier if one.last <= parted.first]
    whole = next((one for one in reversed(wholes) if one.unit == quantity.unit), None)
    if whole is None or whole.measure not in _PARTED:
        return None
    if quantity.unit != MONEY and (_near(around) or _behind(around)):
        return None
    return Judged(whole.measure, around.words_of(parted))


def _by_cues(around: Around) -> Judged:
    """The nearest cue in the phrase, then behind the number, then in the clause; else the noun."""
    quantity = around.quantity
    if so_far := _so_far(around):
        return Judged("stock", so_far)
    stands = quantity.unit in _STANDING
    if stands and (there := _there(around)):
        return Judged("stock", there)
    if not _beside(around) and (cue := _near(around) or (None if stands else _behind(around))):
        return Judged(_kind(cue, around), around.words_of(cue))
    if has := _has(around):
        return Judged("stock", has)
    if beside := _beside(around):
        return beside
    if not stands and (cue := _far(around)):
        return Judged(_kind(cue, around), around.words_of(cue))
    if quantity.noun:
        return Judged(quantity.noun.measure, quantity.phrase)
    return Judged("flow" if _is_money(around) else "stock", quantity.phrase)


def _is_new(around: Around) -> bool:
    """Whether what is counted came or went, which is no part of what there is."""
    first, last = around.phrase
    hits = around.passage.hits_in(first, last)
    return any(dict(hit.entry.breakdown).get("kind") for hit in hits)


def _so_far(around: Around) -> str:
    """Lũy kế có 293 sản phẩm; 8/10 xã đạt chuẩn: all there are, however many each year brought."""
    quantity = around.quantity
    if quantity.noun is None or quantity.noun.measure != "stock":
        return ""
    if quantity.of is not None and quantity.unit in _STANDING:
        return quantity.phrase
    cumulative = around.before("cumulative", since=around.clause[0])
    return around.words_of(cumulative) if cumulative and _has(around) else ""


def _near(around: Around) -> Hit | None:
    return around.before(*_ahead(around), since=around.phrase[0])


def _behind(around: Around) -> Hit | None:
    """A cue behind the number; behind money only where nothing is between: 26 tỷ đồng dư nợ."""
    until = around.quantity.last + 1 if _is_money(around) else around.phrase[1]
    return around.after("stock", "flow", until=until)


def _far(around: Around) -> Hit | None:
    """The nearest cue in the clause; none where "có" stands nearer, before what is a state."""
    noun = around.quantity.noun
    states = noun is not None and noun.measure == "stock"
    cues = (*_ahead(around), "weak_stock") if states else _ahead(around)
    hit = around.before(*cues, since=around.clause[0])
    if hit and hit.entry.cues.isdisjoint(_ahead(around)):
        return None if hit.phrase in listed("has", _bare(around)) else _far_verb(around)
    return hit


def _far_verb(around: Around) -> Hit | None:
    return around.before(*_ahead(around), since=around.clause[0])


def _there(around: Around) -> str:
    """Tại 15 xã: where something was done is no result of it."""
    before = around.passage.words.said[around.quantity.first - 1]
    return before if before in listed("lies_in", _bare(around)) | {"tại"} else ""


def _beside(around: Around) -> Judged | None:
    """Có 64 HTX, 215 THT: one right behind another is told as that is, where both can be states."""
    last = around.earlier[-1] if around.earlier else None
    noun = around.quantity.noun
    if last is None or last.noun is None or noun is None or last.measure not in _PARTED:
        return None
    if not last.noun.measure == noun.measure == "stock" or last.last > around.quantity.first:
        return None
    between = around.passage.words.said[last.last : around.quantity.first]
    linked = set(between) <= listed("links", _bare(around))
    return Judged(last.measure, " ".join(between)) if linked and between else None


def _has(around: Around) -> str:
    """Đến nay HTX đã có 32 thành viên: what is there is told so right before its number."""
    noun, first = around.quantity.noun, around.quantity.first
    if noun is None or noun.measure != "stock":
        return ""
    hit = around.before("weak_stock", since=max(around.phrase[0], first - REACH))
    between = around.passage.words.said[hit.last : first] if hit else ["?"]
    told = " ".join(between) in listed("before_number", _bare(around)) if between else True
    return around.words_of(hit) if hit and told else ""


def _is_money(around: Around) -> bool:
    return around.quantity.kind == "money" or around.quantity.unit == MONEY


def _ahead(around: Around) -> tuple[str, ...]:
    return ("stock", "flow", "flow_ahead") if _is_money(around) else _AHEAD


def _kind(hit: Hit, around: Around) -> str:
    """Whether a cue tells of a state; a sum that was lent or got is none, whatever it is named."""
    if hit.entry.cues.isdisjoint(_STATES):
        return "stock" if _is_attribute(hit, around) else "flow"
    said, bare = around.passage.words.said, _bare(around)
    got = said[max(0, around.quantity.first - 2) : around.quantity.first]
    if set(got) & listed("got", bare):
        return "flow"
    ahead = around.passage.hits_in(hit.first - REACH, hit.first)
    taken = ahead and ahead[-1].last == hit.first and "takes" in ahead[-1].entry.cues
    return "flow" if taken else "stock"


def _is_attribute(hit: Hit, around: Around) -> bool:
    """Thành lập năm 2016 với 7 thành viên: what the founded has, where it is a state."""
    noun = around.quantity.noun
    said = around.passage.words.said[hit.last : around.quantity.first]
    states = _is_money(around) or (noun is not None and noun.measure == "stock")
    founded = hit.phrase in listed("founded", _bare(around))
    return founded and states and bool(set(said) & listed("with", _bare(around)))


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
