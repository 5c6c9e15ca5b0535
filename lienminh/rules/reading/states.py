"""Whether a count or a sum is a state at a moment or happened in a period, by the cues around it.

Parts follow their whole, what stands in a list follows what stands before it. Else the nearest verb
or noun that tells decides: in the phrase, right behind the number, "có" right before it, further
off in the clause; where none speaks, the counted noun.
"""

from typing import NamedTuple

from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.quantities import MONEY
from lienminh.rules.reading.sentences import Around

REACH, GOT = 4, 2  # words between a cue and its number; between "được" and it
_STATES = frozenset({"stock", "stock_of_counts"})
_AHEAD = ("stock", "stock_of_counts", "flow", "flow_ahead")
# Whatever is done for them, these are there.
_STANDING = frozenset(
    f"other:{name}"
    for name in ("commune", "village", "district", "province", "fund", "branch", "criterion")
)
_PARTED = frozenset({"stock", "flow"})


class Judged(NamedTuple):
    """An answer and the words it came from."""

    answer: str
    why: str


def state_or_flow(around: Around) -> Judged:
    """stock or flow."""
    for judge in (_part, _so_far, _there, _reached, _by_cue, _has, _listed, _by_far_cue):
        if judged := judge(around):
            return judged
    return _by_noun(around)


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


def _by_cue(around: Around) -> Judged | None:
    """The nearest cue in the phrase, or behind the number; one in a list goes with those before."""
    near = _near(around)
    behind = None if around.quantity.unit in _STANDING else _behind(around)
    if near and behind and any(one.first >= near.last for one in around.earlier):
        near = None  # it told of the number before: quản lý 18 tỷ đồng đã cho 70 hộ vay
    cue = None if _listed(around) else near or behind
    return Judged(_kind(cue, around), around.words_of(cue)) if cue else None


def _by_far_cue(around: Around) -> Judged | None:
    cue = None if around.quantity.unit in _STANDING else _far(around)
    return Judged(_kind(cue, around), around.words_of(cue)) if cue else None


def _by_noun(around: Around) -> Judged:
    quantity = around.quantity
    if quantity.noun:
        return Judged(quantity.noun.measure, quantity.phrase)
    return Judged("flow" if _is_money(around) else "stock", quantity.phrase)


def _is_new(around: Around) -> bool:
    """Whether what is counted came or went, which is no part of what there is."""
    first, last = around.phrase
    hits = around.passage.hits_in(first, last)
    return any(dict(hit.entry.breakdown).get("kind") for hit in hits)


def _so_far(around: Around) -> Judged | None:
    """Lũy kế có 293 sản phẩm; 8/10 xã đạt chuẩn: all there are, however many each year brought."""
    quantity = around.quantity
    if quantity.noun is None or quantity.noun.measure != "stock":
        return None
    if quantity.of is not None and quantity.unit in _STANDING:
        return Judged("stock", quantity.phrase)
    cumulative = around.before("cumulative", since=around.clause[0])
    return Judged("stock", around.words_of(cumulative)) if cumulative and _has(around) else None


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


def _there(around: Around) -> Judged | None:
    """Tại 15 xã: where something was done is no result of it."""
    before = around.passage.words.said[around.quantity.first - 1]
    told = around.quantity.unit in _STANDING and before in listed("there", _bare(around))
    return Judged("stock", before) if told else None


def _reached(around: Around) -> Judged | None:
    """Đưa số huyện nghèo lên thành 61 huyện: the level that is reached is a state."""
    noun, said = around.quantity.noun, around.passage.words.said
    before = said[around.quantity.first - 1]
    levels = noun is not None and noun.measure == "stock"
    return (
        Judged("stock", before) if levels and before in listed("reached", _bare(around)) else None
    )


def _listed(around: Around) -> Judged | None:
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


def _has(around: Around) -> Judged | None:
    """Đến nay HTX đã có 32 thành viên: what is there is told so right before its number."""
    noun, first = around.quantity.noun, around.quantity.first
    if noun is None or noun.measure != "stock":
        return None
    hit = around.before("weak_stock", since=max(around.phrase[0], first - REACH))
    between = around.passage.words.said[hit.last : first] if hit else ["?"]
    told = " ".join(between) in listed("before_number", _bare(around)) if between else True
    return Judged("stock", around.words_of(hit)) if hit and told else None


def _is_money(around: Around) -> bool:
    return around.quantity.kind == "money" or around.quantity.unit == MONEY


def _ahead(around: Around) -> tuple[str, ...]:
    return ("stock", "flow", "flow_ahead") if _is_money(around) else _AHEAD


def _kind(hit: Hit, around: Around) -> str:
    """Whether a cue tells of a state; a sum that was lent or got is none, whatever it is named."""
    if hit.entry.cues.isdisjoint(_STATES):
        return "stock" if _is_attribute(hit, around) else "flow"
    said, bare = around.passage.words.said, _bare(around)
    got = said[max(0, around.quantity.first - GOT) : around.quantity.first]
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
