"""One entry posted, then the very next answers above it: from commit to answer."""

import random
import time
from uuid import uuid4

from benchmarks import ledger
from benchmarks.measuring import Measured, Report, timed
from benchmarks.rollup import REGION, up_to_date
from lienminh.figures.actions import post
from lienminh.figures.answers import answers
from lienminh.figures.engine import copy
from lienminh.figures.models import Entry
from lienminh.figures.questions import Question
from lienminh.places.models import Place, Within

RUNS = 20
MANY = 5_000  # statements in the posting that is measured by its speed


def main() -> None:
    """Correct statements one at a time, and ask for commune, province, region and nation."""
    up_to_date()
    region = Place.objects.get(ref=REGION)
    provinces = list(region.member_rows.filter(first_day=ledger.BORDERS).values("place"))
    inside = Within.objects.filter(
        geography=ledger.BORDERS,
        ancestor__in=[row["place"] for row in provinces],
        place__level="commune",
        place__last_day=None,
    ).select_related("ancestor", "place")
    chances, links = random.Random(uuid4().int), list(inside)
    posted, answered, cpu = [], [], []
    for run in range(RUNS + 1):
        link = chances.choice(links)
        took = _correct_and_ask(link.place, [link.place, link.ancestor, region], chances)
        if run:  # the first opens the session
            posted.append(took[0])
            answered.append(took[1])
            cpu.append(took[2])
    report = Report("posting")
    report.cases = [
        Measured("post() of one entry", posted),
        Measured("commit to the four answers", answered, "commune, province, region, nation", cpu),
        Measured(f"post() of {MANY} entries", [_post_many(chances)]),
    ]
    report.facts = {
        "entries": Entry.objects.count(),
        "entries after the copy": copy.entries_after(copy.current().watermark),
        "post() entries a second": round(MANY / report.cases[-1].median),
    }
    report.write()


def _correct_and_ask(
    commune: Place, above: list[Place], chances: random.Random
) -> tuple[float, float, float]:
    indicator, month = chances.choice(ledger.indicators()), chances.choice(ledger.months())
    value = chances.randrange(2_000, 9_000)
    draft = ledger.correction(commune, indicator, month, value)
    key = f"synthetic:{uuid4()}"
    posted = timed(lambda: post(entries=[draft], key=key, reason="Đính chính giả lập", by=None))
    questions = [
        Question(indicator=indicator.code, place=place, period=month)
        for place in [*above, Place.objects.get(ref="vn")]
    ]
    given = []
    before = time.process_time()
    answered = timed(lambda: given.extend(answers(questions)))
    cpu = time.process_time() - before
    if given[0].value != value:
        raise AssertionError(f"{commune.ref} answers {given[0].value} after {value} was posted")
    return posted, answered, cpu


def _post_many(chances: random.Random) -> float:
    """Seconds of one posting of many statements, each of another commune or indicator."""
    month, indicators = chances.choice(ledger.months()), ledger.indicators()
    places = chances.sample(ledger.communes(), MANY // len(indicators) + 1)
    drafts = [
        ledger.correction(place, indicator, month, chances.randrange(900))
        for place in places
        for indicator in indicators
    ][:MANY]
    key = f"synthetic:{uuid4()}"
    return timed(lambda: post(entries=drafts, key=key, reason="Đính chính giả lập", by=None))
