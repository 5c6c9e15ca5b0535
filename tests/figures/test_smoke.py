from datetime import date
import pytest
from lienminh.figures.actions import *
from lienminh.figures.answers import answer, answers
from lienminh.figures.drafts import Draft
from lienminh.figures.questions import Question
from lienminh.places.queries import find
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount
import time

pytestmark = pytest.mark.django_db


def test_a():
    bp = find("Bình Phước", day=date(2023, 12, 31))
    s = name_source(code="x", kind="read", title="x")
    d = date(2023, 12, 31)
    post(
        entries=[
            Draft(
                indicator="cooperatives.total",
                place=bp,
                kind="statement",
                first=d,
                last=d,
                amount=Amount(323, 323),
                source=s,
                as_of_basis="context",
                as_written="323 HTX",
            )
        ],
        key="k",
        reason="r",
        by=None,
    )
    t = time.time()
    a = answer(Question(indicator="cooperatives.total", place=bp, period=Period.parse("2023")))
    print(time.time() - t)
    print(a)
    assert a.value == 323
    for i in range(3):
        t = time.time()
        a = answer(Question(indicator="cooperatives.total", place=bp, period=Period.parse("2023")))
        print(time.time() - t)
    dn = find("Đồng Nai", day=date(2026, 1, 1))
    a = answer(
        Question(
            indicator="cooperatives.total",
            place=dn,
            period=Period.parse("2023"),
            geography=date(2026, 1, 1),
        )
    )
    print(a)
    assert a.partial.reporting, a.partial.expected == (1, 2)
