"""What the invented organisations and alliances tell: yearly data, late ones, reports, wishes."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Final

from django.db.models import QuerySet

from lienminh.demo.accounts import MEMBER
from lienminh.demo.invented import values_of
from lienminh.figures.actions import name_source, post
from lienminh.figures.answers import answers
from lienminh.figures.drafts import Draft
from lienminh.figures.models import Posting, Source
from lienminh.figures.questions import Question
from lienminh.people.models import Organisation, User
from lienminh.people.queries import organisations_on
from lienminh.places.models import Level, Place
from lienminh.places.queries import title_of, units_in
from lienminh.registry.models import Collective, Kind, Proposal, Reporting, Return
from lienminh.registry.own_people.actions import appoint, propose
from lienminh.registry.queries import inside, listed_on, there
from lienminh.registry.returns.actions import fill_in, hand_in, send_back, take_in
from lienminh.rules.data_year import year_of_data
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

SEED: Final = 2025
YEARS: Final = (2024, 2025)
TOLD: Final = max(YEARS)  # the year of the provinces' reports
ACTIVE, MEMBERS = "cooperatives.active", "cooperatives.members"
REPORTED: Final = ("cooperatives.total", ACTIVE, "groups.total")
DOUBTED: Final = 4  # provinces of which somebody else reports another number
LATE: Final = 9  # in a province: a third is being filled in, a third waits, a third was sent back
GRADES: Final = ("good", "fair", "average")


def provinces_now() -> list[Place]:
    """The provinces at the end of the year that is told."""
    nation = Place.objects.get(level=Level.NATION)
    return units_in(nation, level=Level.PROVINCE, day=_end(TOLD))


def state(province: Place, share: int, year: int) -> None:
    """The accepted yearly data of some per cent of the active cooperatives of a province."""
    chances = _chances(province, year)
    period, covers = year_of_data(year)
    active = _active(province, covers.last)
    if _stated(active, period).exists():
        return
    told = [
        (record, values_of(chances, record.sector), chances.choice(GRADES))
        for record in active
        if chances.randrange(100) < share
    ]
    key = f"synthetic:returns:{year}:{province.ref}"
    take_in(told, period=period, covers=covers, key=key, by=None)


def be_late(provinces: Sequence[Place]) -> None:
    """Data of the last year that are not accepted yet; what is missing has not even begun."""
    period, covers = year_of_data(TOLD)
    for province in provinces:
        active = _active(province, covers.last)
        if Return.objects.filter(collective__in=active, last=period.last).exclude(
            state=Return.State.ACCEPTED
        ):
            continue
        silent = active.exclude(pk__in=_stated(active, period).values("pk"))
        chances = _chances(province, TOLD)
        for number, record in enumerate(silent[:LATE]):
            _tell_late(record, period, covers, values_of(chances, record.sector), number % 3)


def _tell_late(
    record: Collective, period: Period, covers: Period, values: dict[str, int], how_far: int
) -> None:
    made = fill_in(
        record,
        period=period,
        covers=covers,
        series=Return.Series.ACTUAL,
        values=values,
        version=None,
        by=None,
    )
    if how_far > 0:
        made = hand_in(made, version=made.version, by=None)
    if how_far > 1:
        key = f"synthetic:sent-back:{record.ref}"
        reason = "Doanh thu tăng gấp đôi so với năm trước; hãy xem lại (giả lập)."
        send_back(made, reason=reason, version=made.version, key=key, by=None)


def report(provinces: Sequence[Place]) -> None:
    """What the provinces report at the year's end: a third of them otherwise than the records."""
    key = "synthetic:reports"
    if Posting.objects.filter(key=key).exists():
        return
    chances = random.Random(SEED)  # noqa: S311 - numbers for a demo, not secrets
    known = _known(provinces, chances)
    drafts = []
    for question, number in known.items():
        if chances.randrange(20) == 0:  # one in twenty is late
            continue
        off = chances.randint(-9, 9) if chances.randrange(3) == 0 else 0
        drafts.append(_reported(question, max(0, number + off), _of_alliance(question.place)))
    doubted = [question for question in known if question.indicator == MEMBERS][-DOUBTED:]
    others = (
        _reported(question, known[question] + chances.randint(50, 400), _of_office(question.place))
        for question in doubted
    )
    post(entries=[*chain(drafts, others)], key=key, reason="Báo cáo năm giả lập", by=None)


def _known(provinces: Sequence[Place], chances: random.Random) -> dict[Question, int]:
    """What is counted there at the year's end; of members, where not all stated theirs, a guess."""
    period = Period(date(TOLD, 1, 1), _end(TOLD))
    asked = [
        Question(indicator=code, place=place, period=period)
        for place in provinces
        for code in (*REPORTED, MEMBERS)
    ]
    active: dict[Place, int] = {}
    known = {}
    for given in answers(asked):
        question = given.question
        if given.amount is not None:
            known[question] = given.amount.low
            if question.indicator == ACTIVE:
                active[question.place] = given.amount.low
        elif question.indicator == MEMBERS and question.place in active:
            known[question] = active[question.place] * chances.randint(30, 60)
    return known


def speak_up(province: Place) -> None:
    """One organisation has an account of its own, and asks for a change."""
    account = User.objects.get(username=MEMBER.name)
    record = _active(province, _end(TOLD)).last()
    if record is None or Proposal.objects.filter(made_by=account).exists():
        return
    appoint(record=record, account=account, first_day=record.founded_on or _end(TOLD), by=None)
    changes = {"phone": "024 0000 0000", "address": "Số 1, đường Giả Lập"}
    day, reason = _end(TOLD) + timedelta(days=5), "Dời trụ sở trong xã (giả lập)"
    propose(record, changes=changes, day=day, reason=reason, by=account)


def _end(year: int) -> date:
    return date(year, 12, 31)


def _chances(province: Place, year: int) -> random.Random:
    return random.Random(f"{SEED} {province.ref} {year}")  # noqa: S311 - a demo's, not secrets


def _active(province: Place, day: date) -> QuerySet[Collective]:
    """The cooperatives and credit funds that were active in a province on a day."""
    kinds = (Kind.COOPERATIVE, Kind.CREDIT_FUND)
    found = inside(there(Collective.objects.filter(kind__in=kinds)), province)
    states = listed_on(found.prefetch_related("acts"), province, day)
    active = [record.pk for record, state in states if state.reporting == Reporting.ACTIVE]
    return Collective.objects.filter(pk__in=active).order_by("ref")


def _stated(active: QuerySet[Collective], period: Period) -> QuerySet[Collective]:
    return active.filter(returns__last=period.last, returns__state=Return.State.ACCEPTED)


def _of_alliance(place: Place) -> Source:
    alliance = organisations_on(_end(TOLD)).filter(kind=Organisation.Kind.ALLIANCE, place=place)
    name = alliance[0].name if alliance else title_of(place)
    title = f"Báo cáo năm {TOLD} (giả lập) của {name}"
    return name_source(code=f"synthetic:report:{place.ref}", kind="reported", title=title)


def _of_office(place: Place) -> Source:
    title = f"Niên giám thống kê {TOLD} (giả lập) của {title_of(place)}"
    return name_source(code=f"synthetic:yearbook:{place.ref}", kind="reported", title=title)


def _reported(question: Question, number: int, source: Source) -> Draft:
    return Draft(
        indicator=question.indicator,
        place=question.place,
        kind="statement",
        first=_end(TOLD),
        last=_end(TOLD),
        amount=Amount(number, number),
        as_of_basis="stated",
        source=source,
    )
