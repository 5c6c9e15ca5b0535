"""What the ledger says otherwise since a dossier was looked at, or was issued."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from lienminh.figures.addresses import figure_url
from lienminh.figures.answers import answers
from lienminh.figures.models import Entry, Indicator, Posting
from lienminh.figures.questions import Answer
from lienminh.reviews.models import Issue, IssuedAnswer, Number, Review
from lienminh.reviews.printing import Printed, question_of
from lienminh.web.words import Vietnamese

MOST_POSTINGS = 5


@dataclass(frozen=True)
class Change:
    """A number that reads otherwise now, with the postings behind, newest first."""

    printed: Printed
    before: str
    postings: Sequence[Posting]

    @property
    def url(self) -> str:
        """Where the number is traced as it is now."""
        return figure_url(self.printed.answer.question)

    @property
    def after(self) -> str:
        """As it would print now, in the page's language."""
        return self.printed.said


def since(review: Review, posting: int) -> list[Change]:
    """The numbers of a draft whose answers are not those known at a posting."""
    numbers = _touched({review.pk: posting})
    if not numbers:
        return []
    then = answers([question_of(number, posting) for number in numbers])
    now = answers([question_of(number) for number in numbers])
    return [
        Change(Printed(number, new, []), Printed(number, old, []).said, _behind(new, posting))
        for number, old, new in zip(numbers, then, now, strict=True)
        if _said(old) != _said(new)
    ]


def since_issue(issues: Iterable[Issue]) -> dict[int, list[Change]]:
    """By review, the printed answers of issued dossiers that the ledger gives otherwise now."""
    by_review = {issue.review_id: issue for issue in issues}
    numbers = _touched({pk: issue.known_at for pk, issue in by_review.items()})
    if not numbers:
        return {}
    now = answers([question_of(number) for number in numbers])
    kept = {one.number_id: one for one in IssuedAnswer.objects.filter(number__in=numbers)}
    found: dict[int, list[Change]] = {}
    for number, new in zip(numbers, now, strict=True):
        old = kept.get(number.pk)
        if old is not None and _kept(old.answer) != _said(new):
            behind = _behind(new, by_review[number.review_id].known_at)
            change = Change(Printed(number, new, []), Vietnamese(old.words), behind)
            found.setdefault(number.review_id, []).append(change)
    return found


def _terms(indicator: Indicator) -> set[int]:
    """The indicators whose entries an answer can rest on."""
    terms = (indicator.pk, indicator.numerator_id, indicator.denominator_id)
    return {term for term in terms if term is not None}


def _said(answer: Answer) -> tuple[Any, ...] | None:
    """What two answers must share to print alike, whatever the words for it are."""
    amount = answer.amount
    if amount is None:
        return None
    return amount.low, amount.high, amount.bound, amount.approx, answer.counting


def _kept(answer: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The same of an answer kept as JSON."""
    value = answer["value"]
    if value is None:
        return None
    low, high = value if isinstance(value, list) else (value, value)
    return low, high, answer["bound"], answer["approx"], answer["counting"]


def _touched(known: Mapping[int, int]) -> list[Number]:
    """The numbers about whose indicators something was posted since (review → posting)."""
    if not known:
        return []
    later = Entry.objects.filter(posting__gt=min(known.values()))
    rows = later.values("indicator").annotate(newest=Max("posting"))
    newest = {row["indicator"]: row["newest"] for row in rows}
    numbers = Number.objects.filter(review__in=known).select_related("indicator", "place")
    return [
        number
        for number in numbers.prefetch_related("place__spells").order_by("review", "order")
        if any(newest.get(term, 0) > known[number.review_id] for term in _terms(number.indicator))
    ]


def _behind(answer: Answer, posting: int) -> list[Posting]:
    """The postings since then that the answer rests on; without any, those about its indicator."""
    since_then = Q(number__gt=posting)
    resting = {int(code.partition(".")[0]) for code in answer.entries}
    newest = Posting.objects.select_related("by").order_by("-number")
    found = newest.filter(since_then, number__in=resting)[:MOST_POSTINGS]
    about = Q(entries__indicator__in=_terms(answer.indicator))
    return list(found) or list(newest.filter(since_then, about).distinct()[:MOST_POSTINGS])
