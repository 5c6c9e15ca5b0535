"""Searching the registry's list among 100,000 synthetic organisations: a page of rows and a count.

The peer asks the same of the rows themselves with LIKE, as a list would that has no index to read
in its own order.
"""

import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from benchmarks import ledger
from benchmarks.measuring import Report, interleaved
from lienminh.people.actions import give_mandate, open_account
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.registry.forms.listing import ListForm
from lienminh.registry.models import Collective
from lienminh.registry.naming import name_key
from lienminh.registry.queries import living, visible_to
from lienminh.registry.views.listing import A_PAGE, FoundPages, rows_of
from lienminh.rules.text import fold

ORGANISATIONS, AT_ONCE, RUNS = 100_000, 2_000, 9
FIRST_YEAR = 2010
TRADES = (
    "Nông nghiệp",
    "Dịch vụ",
    "Vận tải",
    "Chăn nuôi",
    "Cây ăn trái",
    "Rau an toàn",
    "Xây dựng",
)
NAMES = ("Đồng Tâm", "Thống Nhất", "Quyết Thắng", "Bình Minh", "Hòa Bình", "Tân Tiến", "Ánh Dương")
PRODUCTS = ("hạt điều", "cà phê", "rau sạch", "gạo", "tôm", "mật ong")
SECTORS = ("agriculture", "industry", "services")
ASKED = {
    "everything": "",
    "a common word": "q=nong",
    "two words": "q=rau dong tam",
    "part of a number": "q=123456",
    "a product": "q=mat ong",
    "a name that is rare": "q=thon 4711",
    "nothing like it": "q=khong co",
    "a kind, without words": "kind=group",
}
PROVINCE = "p75-2025"


def main() -> None:
    """Ask each for the nation, and one for a province, beside the peer."""
    _ensure()
    nation, province = _account("vn"), _account(PROVINCE)
    cases: dict[str, Callable[[], object]] = {}
    for name, query in ASKED.items():
        cases[name] = partial(_asked, query, nation)
        cases[f"{name}, by LIKE"] = partial(_by_like, query, nation)
    cases["two words, in a province"] = partial(_asked, ASKED["two words"], province)
    report = Report("registry_search", interleaved(cases, times=RUNS))
    ours = [case for case in report.cases if "LIKE" not in case.name]
    report.facts = {
        "organisations": Collective.objects.count(),
        "median of all, ms": _median(case.seconds for case in ours),
        "median of all, computed, ms": _median(case.cpu for case in ours),
    }
    for name in ASKED:
        report.ratio(name, f"{name}, by LIKE")
    report.write()


def _median(runs: Iterable[Sequence[float]]) -> float:
    return round(statistics.median(chain.from_iterable(runs)) * 1000, 1)


def _asked(query: str, user: User) -> tuple[int, list[Any]]:
    form = ListForm(QueryDict(query))
    form.is_valid()
    records = form.records(visible_to(user), None)
    page = FoundPages(records.values_list("pk", flat=True), A_PAGE).get_page(1)
    return page.paginator.count, rows_of(list(page.object_list))


def _by_like(query: str, user: User) -> tuple[int, list[Any]]:
    asked = QueryDict(query)
    records: QuerySet[Collective] = living(visible_to(user))
    for word in fold(asked.get("q", "")).split():
        records = records.filter(folded__contains=word)
    if "kind" in asked:
        records = records.filter(kind=asked["kind"])
    page = records.order_by("name", "pk").values_list("pk", flat=True)[:A_PAGE]
    return records.count(), rows_of(list(page))


def _account(ref: str) -> User:
    name = f"bench-{ref}"
    known = User.objects.filter(username=name).first()
    if known is None:
        known = open_account(name=name, password="một mật khẩu dài", by=None)
        place = Place.objects.get(ref=ref)
        first_day = ledger.BORDERS
        give_mandate(account=known, role="officer", place=place, first_day=first_day, by=None)
    return known


def _ensure() -> None:
    """The organisations, the same on every machine; past the actions, for nothing is counted."""
    if Collective.objects.count() >= ORGANISATIONS:
        return
    chances, places = random.Random(7), ledger.communes()
    Collective.objects.bulk_create(
        (_one(number, chances, places) for number in range(ORGANISATIONS)), batch_size=AT_ONCE
    )


def _one(number: int, chances: random.Random, places: list[Place]) -> Collective:
    group = chances.random() < 1 / 4
    kind = "Tổ hợp tác" if group else "Hợp tác xã"
    name = f"{kind} {chances.choice(TRADES)} {chances.choice(NAMES)} thôn {number}"
    code, product = f"{chances.randrange(10**10):010}", chances.choice(PRODUCTS)
    return Collective(
        ref=f"s{number:09}",
        kind="group" if group else "cooperative",
        number=f"{code}-{number}",
        products=product,
        name=name,
        place=chances.choice(places),
        sector=chances.choice(SECTORS),
        folded=fold(f"{name} {code} {product}"),
        name_key=name_key(name),
    )
