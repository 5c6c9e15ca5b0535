"""Tomorrow's review from yesterday's: the same questions of another place and period."""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import cast

from lienminh.figures.addresses import figure_url
from lienminh.figures.answers import answers
from lienminh.figures.questions import Answer, Question
from lienminh.figures.words import why_words
from lienminh.people.models import Organisation, User
from lienminh.people.queries import organisations_on
from lienminh.people.rights import Visitor
from lienminh.places.models import Level, Place, Within
from lienminh.places.queries import children_of
from lienminh.places.words import place_name
from lienminh.reviews.models import Number, Review
from lienminh.reviews.printing import Printed, question_of
from lienminh.rules.periods import Period
from lienminh.rules.text import fold

MONTHS_IN_YEAR = 12
ABBREVIATED = (("hop_tac_xa", "htx"), ("to_hop_tac", "tht"))
LONGEST_KEY = 30
NAMED = 5  # places named before the rest are only counted


def numbers_for(origin: Review, scope: Place, period: Period) -> list[Number]:
    """The numbers of a review asked of another scope and period, not saved.

    A number about the scope goes with it, one about another place stays there.
    """
    told = Period(origin.first, origin.last)
    asked = origin.numbers.select_related("indicator", "place").prefetch_related("place__spells")
    made = []
    for number in asked:
        days = moved(Period(number.first, number.last), told, period)
        made.append(
            Number(
                order=number.order,
                key=number.key,
                indicator=number.indicator,
                place=scope if number.place_id == origin.scope_id else number.place,
                first=days.first,
                last=days.last,
                cell=number.cell,
                series=number.series,
            )
        )
    return made


def new_key(number: Number, *, taken: Collection[str]) -> str:
    """A short key that says in Vietnamese what the number is, as "tong_so_htx"; no other's."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(number.indicator.label_vi)).strip("_")
    for long, short in ABBREVIATED:
        words = words.replace(long, short)
    short = words[:LONGEST_KEY].strip("_")
    more = (f"{short}_{count}" for count in range(2, len(taken) + 3))
    return next(key for key in (short, *more) if key not in taken)


def moved(asked: Period, origin: Period, target: Period) -> Period:
    """A period standing to `target` as `asked` stands to `origin`.

    The whole goes to the whole. Else it goes along with the last day of what is reviewed, by whole
    months where it has them, and what lay inside stays inside.
    """
    if asked == origin:
        return target
    if _whole_months(asked) and _whole_months(origin) and _whole_months(target):
        by = _month(target.last) - _month(origin.last)
        there = Period(_first_day(_month(asked.first) + by), _last_day(_month(asked.last) + by))
    else:
        days = target.last - origin.last
        there = Period(asked.first + days, asked.last + days)
    if origin.covers(asked):
        return Period(max(there.first, target.first), max(there.last, target.first))
    return there


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and (period.last + timedelta(days=1)).day == 1


def _month(day: date) -> int:
    return day.year * MONTHS_IN_YEAR + day.month - 1


def _first_day(month: int) -> date:
    year, place = divmod(month, MONTHS_IN_YEAR)
    return date(year, place + 1, 1)


def _last_day(month: int) -> date:
    first = _first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def asked(numbers: Sequence[Number], *, user: Visitor) -> list[Printed]:
    """Each number with its answer now."""
    given = answers([question_of(number) for number in numbers], user=cast(User, user))
    return [Printed(number, one, []) for number, one in zip(numbers, given, strict=True)]


@dataclass(frozen=True)
class Unanswered:
    """A number without a figure: why, and who could state it."""

    printed: Printed
    who: str
    missing: Sequence[str]
    more: int

    @property
    def url(self) -> str:
        """The figure's page, which says why there is none."""
        return figure_url(self.printed.answer.question)

    @property
    def why(self) -> str:
        """Why there is none, in the page's language."""
        return why_words(self.printed.answer.why)


def unanswered(numbers: Sequence[Printed], *, user: Visitor) -> list[Unanswered]:
    """The numbers without a figure, each with the alliance that could state it and the places
    below that have not reported."""
    open_ones = [printed for printed in numbers if printed.answer.amount is None]
    children = cache(children_of)
    below = {printed.code: _below(printed.answer, children) for printed in open_ones}
    questions = [question for asked_below in below.values() for question in asked_below]
    given = iter(answers(questions, user=cast(User, user)) if questions else [])
    alliances: dict[tuple[int, date], str] = {}
    told = []
    for printed in open_ones:
        silent = [one for one in below[printed.code] if next(given).amount is None]
        place, day = printed.number.place, printed.number.last
        if (place.pk, day) not in alliances:
            alliances[place.pk, day] = _alliance(place, day)
        named = [place_name(one.place, one.period.last) for one in silent[:NAMED]]
        more = len(silent) - len(named)
        told.append(Unanswered(printed, alliances[place.pk, day], named, more))
    return told


def _below(answer: Answer, children: Callable[..., list[Place]]) -> list[Question]:
    """The same question of the provinces of a grouping or of the nation."""
    asked_here = answer.question
    if asked_here.place.level not in (Level.NATION, Level.GROUPING):
        return []
    day = asked_here.period.last
    return [
        Question(
            indicator=asked_here.indicator,
            place=child,
            period=asked_here.period,
            cell=asked_here.cell,
            series=asked_here.series,
        )
        for child in children(asked_here.place, day=day, geography=answer.geography)
    ]


def _alliance(place: Place, day: date) -> str:
    """The alliance of a place, or of the province it lies in; empty where none is known."""
    kind = Organisation.Kind.ALLIANCE
    above = Within.objects.filter(place=place).exclude(ancestor__level=Level.NATION)
    places = [place.pk, *above.values_list("ancestor", flat=True)]
    found = organisations_on(day).filter(kind=kind, place__in=places).first()
    return found.short_name if found else ""
