"""Invented organisations: a whole federation from a seed, with plausible names and histories.

Shares follow the national figures of 2021–2025 (agriculture two thirds, one in twenty-five a credit
fund, three in four in operation). Nothing here is real but the names of communes.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from lienminh.places.models import Level, Place
from lienminh.places.queries import spell_of
from lienminh.places.source import first_days
from lienminh.registry.models import Kind, Sector
from lienminh.rules.tax_code import check_digit

REFORM: Final = date(2025, 7, 1)
EARLIEST, LATEST = date(2003, 3, 1), date(2026, 9, 30)
AGRICULTURE: Final = (
    "Nông nghiệp",
    "Dịch vụ nông nghiệp",
    "Nông nghiệp xanh",
    "Chăn nuôi",
    "Cây ăn quả",
)
WORK: Final[dict[str, tuple[str, ...]]] = {
    Sector.AGRICULTURE: (*AGRICULTURE, "Rau an toàn", "Thủy sản", "Lâm nghiệp", "Chè", "Cà phê"),
    Sector.INDUSTRY: (
        "Mây tre đan",
        "Cơ khí",
        "Xây dựng",
        "Chế biến nông sản",
        "Vệ sinh môi trường",
    ),
    Sector.FINANCE: ("Tín dụng",),
    Sector.SERVICES: ("Vận tải", "Thương mại dịch vụ", "Chợ", "Du lịch cộng đồng", "Điện nước"),
}
SHARES: Final = {Sector.AGRICULTURE: 67, Sector.INDUSTRY: 14, Sector.SERVICES: 19}
TITLES: Final = {
    Kind.COOPERATIVE: "Hợp tác xã",
    Kind.CREDIT_FUND: "Quỹ tín dụng nhân dân",
    Kind.UNION: "Liên hiệp hợp tác xã",
    Kind.GROUP: "Tổ hợp tác",
}
SHORT: Final = {
    Kind.COOPERATIVE: "HTX",
    Kind.CREDIT_FUND: "QTDND",
    Kind.UNION: "Liên hiệp HTX",
    Kind.GROUP: "THT",
}
ONE_TWICE: Final = 2_000  # of so many one stands twice in the list


@dataclass(frozen=True)
class Invented:
    """One organisation: what a row of the list says of it."""

    kind: str
    name: str
    number: str
    commune: Place
    founded_on: date
    sector: str
    women_managed: bool
    minority_area: bool
    admitted_on: date | None
    ended_on: date | None
    stopped_on: date | None


@dataclass
class Inventor:
    """Draws organisations one after another; the same seed gives the same federation."""

    communes: Sequence[Place]
    seed: int = 2025
    serial: int = 900_000_000
    drawn: int = 0

    def __post_init__(self) -> None:
        self.chances = random.Random(self.seed)  # noqa: S311 - names for a demo, not secrets
        begun = first_days()[0]  # of what was founded before, the seat is one of that day
        self.old = [one for one in self.communes if one.last_day and one.first_day == begun]
        self.new = [place for place in self.communes if place.last_day is None]

    def organisations(self, kind: str, count: int) -> Iterator[Invented]:
        """So many organisations of a kind."""
        for _ in range(count):
            yield (made := self._one(kind))
            if self.drawn % ONE_TWICE == 1:
                yield self._again(made)

    def _one(self, kind: str) -> Invented:
        draw = self.chances
        founded = self._day(EARLIEST, LATEST)
        commune = draw.choice(self.old if founded < REFORM else self.new)
        sector = self._sector(kind)
        ended = self._later(founded) if draw.random() < 0.06 else None
        stopped = self._later(founded) if not ended and draw.random() < 0.18 else None
        admitted = self._later(founded) if draw.random() < 0.62 else None
        if admitted and ended and admitted >= ended:
            admitted = None
        return Invented(
            kind=kind,
            name=self._name(kind, sector, commune),
            number=self._number(),
            commune=commune,
            founded_on=founded,
            sector=sector,
            women_managed=draw.random() < 0.13,
            minority_area=draw.random() < 0.18,
            admitted_on=admitted,
            ended_on=ended,
            stopped_on=stopped,
        )

    def _again(self, made: Invented) -> Invented:
        """Listed once more by somebody else: without its number, its kind shortened, a day off."""
        name = made.name.replace(TITLES[Kind(made.kind)], SHORT[Kind(made.kind)])
        founded = min(made.founded_on + timedelta(days=1), made.ended_on or LATEST)
        return replace(made, name=name, number="", founded_on=founded)

    def _day(self, first: date, last: date) -> date:
        """More and more were founded as the years went by."""
        reach = (last - first).days
        return first + timedelta(days=int(reach * self.chances.random() ** 0.6))

    def _later(self, day: date) -> date | None:
        left = (LATEST - day).days
        return day + timedelta(days=self.chances.randint(30, left)) if left > 30 else None

    def _sector(self, kind: str) -> str:
        if kind == Kind.CREDIT_FUND:
            return Sector.FINANCE
        return self.chances.choices(list(SHARES), weights=list(SHARES.values()))[0]

    def _name(self, kind: str, sector: str, commune: Place) -> str:
        self.drawn += 1
        work = "" if kind == Kind.CREDIT_FUND else f" {self.chances.choice(WORK[sector])}"
        return f"{TITLES[Kind(kind)]}{work} {spell_of(commune).name} {self.drawn}"

    def _number(self) -> str:
        """A number whose tenth digit fits, none twice."""
        while True:
            self.serial += 1
            digits = f"{self.serial:09}"
            if (check := check_digit(digits)) < 10:
                return f"{digits}{check}"


def communes() -> list[Place]:
    """The communes that ever were, with their names."""
    found = Place.objects.filter(level=Level.COMMUNE).order_by("ref")
    return list(found.prefetch_related("spells__parent"))


def values_of(chances: random.Random, sector: str) -> dict[str, int]:
    """A year's data of one cooperative: members, workers, money in đồng."""
    members = int(chances.lognormvariate(3.6, 0.9)) + 5
    women = int(members * chances.uniform(0.2, 0.6))
    revenue = int(chances.lognormvariate(0.6, 0.9) * 1_000) * 1_000_000
    workers = max(2, members // 3)
    return {
        "official_female": women,
        "official_male": members - women,
        "contributing_unsexed": 0,
        "members_new": chances.randint(0, 4),
        "members_left": chances.randint(0, 2),
        "workers_female": workers // 2,
        "workers_male": workers - workers // 2,
        "income": chances.randint(35, 82) * 100_000,
        "capital": int(chances.lognormvariate(0.2, 0.8) * 1_000) * 1_000_000,
        "assets": int(chances.lognormvariate(1.2, 0.8) * 1_000) * 1_000_000,
        "revenue": revenue,
        "revenue_with_members": revenue // chances.randint(2, 9),
        "profit": int(revenue * chances.uniform(-0.02, 0.15)),
        "tax": revenue // 100,
    }
