"""The unit of a quantity in its sentence: what was left out, whose members, divided by what."""

from lienminh.rules.reading import cells
from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.quantities import MONEY, Quantity
from lienminh.rules.reading.sentences import Around

NEAR = 4  # words
QUALIFIER = 2  # words of a qualifier between "là" and its number
_PER_MONEY = {
    frozenset({"person", "month"}): "VND_per_person_month",
    frozenset({"year"}): "VND_per_year",
    frozenset({"cooperative", "year"}): "VND_per_year",
}
_MEMBER, _COOPERATIVE, _PERSON, _TRAINEE = "member", "cooperative", "person", "trainee"
_UNCOUNTED = frozenset({"time", "none"})
_OWNERS = ("cooperative", "cooperative_group")


def settled(around: Around) -> Quantity:
    """The quantity with the unit that its sentence gives it."""
    quantity = around.quantity
    if quantity.kind == "bare" and not quantity.unit:
        return cells.unit(around) or _left_out(around)
    if _is_divisor(around):
        return quantity._replace(kind="grade")
    return quantity._replace(unit=_unit(around))


def _unit(around: Around) -> str:
    quantity, unit = around.quantity, around.quantity.unit
    if unit == MONEY and quantity.per:
        return _money(around)
    if unit == _MEMBER:
        return _COOPERATIVE if _of_alliance(around) or _are_cooperatives(around) else unit
    if unit == _PERSON and quantity.phrase in _known(around, "trainee_words"):
        return _TRAINEE if _is_training(around) else unit
    if quantity.per and quantity.noun and quantity.noun.measured and not _only_time(quantity):
        return f"other:{unit.removeprefix('other:')}_per_{'_'.join(quantity.per)}"
    return unit


def owner(around: Around) -> str | None:
    """Whose members are counted: those of cooperatives, or of groups."""
    for hit in around.nouns_before(around.sentence.first):
        if hit.entry.noun and hit.entry.noun.unit in _OWNERS:
            return hit.entry.noun.unit
    return None


def _only_time(quantity: Quantity) -> bool:
    return set(quantity.per) <= {"year", "month", "day", "quarter", "crop"}


def _money(around: Around) -> str:
    quantity = around.quantity
    divisors = frozenset(quantity.per)
    if unit := _PER_MONEY.get(divisors):
        return unit
    if divisors == {"month"} and around.before("income", since=around.clause[0]):
        return "VND_per_person_month"
    return "other:VND_per_" + "_".join(quantity.per)


def _of_alliance(around: Around) -> bool:
    """Whether the members are cooperatives: members of an alliance."""
    since = around.clause[0]
    for hit in reversed(around.passage.hits_in(since, around.quantity.first)):
        if "alliance" in hit.entry.cues:
            return True
        if hit.entry.noun and hit.entry.noun.unit in _OWNERS:
            return False
    return False


def _are_cooperatives(around: Around) -> bool:
    """2 thành viên mới là Hợp tác xã …: the members are named as cooperatives."""
    said, last = around.passage.words.said, around.quantity.last
    hits = around.passage.hits_in(last, min(last + NEAR, around.phrase[1]))
    return any(
        hit.entry.noun
        and hit.entry.noun.unit == _COOPERATIVE
        and said[hit.first - 1] in _known(around, "copula")
        for hit in hits
    )


def _is_training(around: Around) -> bool:
    return around.before("training", since=around.clause[0]) is not None


def _is_divisor(around: Around) -> bool:
    """Lợi nhuận bình quân 1 HTX: the one is what is divided by, and counts nothing."""
    quantity, first = around.quantity, around.sentence.first
    if quantity.kind != "counted" or quantity.low != 1 or quantity.high != 1:
        return False
    hit = around.before("average", "average_of_counts", since=first)
    if hit is None:
        return False
    between = around.passage.words.said[hit.last : quantity.first]
    return all(word in _known(around, "divided_by") for word in between)


def _bare(around: Around) -> bool:
    return around.passage.words.writing.bare


def _left_out(around: Around) -> Quantity:
    """248 đang hoạt động; tổng số HTX là 851: the noun stands before."""
    quantity, words = around.quantity, around.passage.words
    if quantity.of is not None or quantity.first <= around.sentence.first:
        return quantity
    link = words.said[quantity.first - 1]
    if hit := around.before("qualifier_before", since=quantity.first - QUALIFIER):
        link = words.said[max(around.sentence.first, hit.first - 1)]
    if link not in _known(around, "copula"):
        return quantity
    if around.before("of_which", since=around.clause[0]) and around.earlier:
        whole = next((one for one in reversed(around.earlier) if one.kind == "counted"), None)
        if whole:
            return quantity._replace(unit=whole.unit, noun=whole.noun, kind="left_out")
    for hit in around.nouns_before(around.clause[0]):
        before = words.said[hit.first - 1] if hit.first else ""
        noun = hit.entry.noun
        if before in _known(around, "count_of") and noun and noun.unit not in _UNCOUNTED:
            return quantity._replace(unit=noun.unit, noun=noun, kind="left_out", phrase=hit.phrase)
    return quantity


def _known(around: Around, name: str) -> frozenset[str]:
    return listed(name, _bare(around))
