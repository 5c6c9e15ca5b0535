"""The unit of a quantity in its sentence: what was left out, whose members, divided by what."""

from dataclasses import replace

from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.quantities import MONEY, Quantity
from lienminh.rules.reading.sentences import Around

QUALIFIER = 2  # words of a qualifier between "là" and its number
_PER_MONEY = {
    frozenset({"person", "month"}): "VND_per_person_month",
    frozenset({"year"}): "VND_per_year",
    frozenset({"cooperative", "year"}): "VND_per_year",
}
_MEMBER, _COOPERATIVE, _PERSON, _TRAINEE = "member", "cooperative", "person", "trainee"
_OWNERS = ("cooperative", "cooperative_group")


def settled(around: Around) -> Quantity:
    """The quantity with the unit that its sentence gives it."""
    quantity = around.quantity
    if quantity.kind == "bare" and not quantity.unit:
        return _left_out(around)
    if quantity.unit == MONEY and quantity.per:
        return replace(quantity, unit=_money(around))
    if quantity.unit == _MEMBER and _of_alliance(around):
        return replace(quantity, unit=_COOPERATIVE)
    if quantity.unit == _PERSON and quantity.phrase in _known(around, "trainee_words"):
        return replace(quantity, unit=_TRAINEE) if _is_training(around) else quantity
    if quantity.per and quantity.noun and quantity.noun.measured and not _only_time(quantity):
        unit = quantity.unit.removeprefix("other:")
        return replace(quantity, unit=f"other:{unit}_per_{'_'.join(quantity.per)}")
    return quantity


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


def _is_training(around: Around) -> bool:
    return around.before("training", since=around.clause[0]) is not None


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
            return replace(quantity, unit=whole.unit, noun=whole.noun, kind="left_out")
    for hit in around.nouns_before(around.clause[0]):
        before = words.said[hit.first - 1] if hit.first else ""
        if before in _known(around, "count_of") and hit.entry.noun:
            noun = hit.entry.noun
            return replace(quantity, unit=noun.unit, noun=noun, kind="left_out", phrase=hit.phrase)
    return quantity


def _known(around: Around, name: str) -> frozenset[str]:
    return listed(name, around.passage.words.writing.bare)
