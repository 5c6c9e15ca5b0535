"""A synthetic ledger of 4.8 million entries in a home of its own: every commune reports monthly.

3,321 communes × 60 indicators × 24 months from 2025-07, one reporting source a commune, 2% of the
statements superseded, some withdrawn and most of those restated, in 40 postings. The rows are
the same on every machine. They go in as `figures.actions.post` would put them in, triggers and
digests included, but without an object for each line, so that millions fit in minutes.
"""

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from lienminh.figures import digest
from lienminh.figures.actions import load_catalogue
from lienminh.figures.drafts import Draft
from lienminh.figures.models import Cell, Entry, Indicator, Posting, Source
from lienminh.people.actions import load_organisations
from lienminh.places.actions import load_places
from lienminh.places.models import Place
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

FIRST_YEAR, MONTHS, INDICATORS = 2025, 24, 60
CORRECTIONS, CORRECTED = 14, 6_831  # postings, and statements in each: 2% of the whole
WITHDRAWN, RESTATED = 3_000, 2_700
UNFINISHED_MONTHS = 6  # withdrawals fall in these last months, so that the others are complete
BORDERS = date(2025, 7, 1)
BEGUN = datetime(2027, 7, 1, tzinfo=UTC)
CACHE_KIB = 262_144  # for SQLite; its own 2 MiB spill at every page of a large posting
MARK = "synthetic.json"
Row = tuple[Any, ...]


def months() -> list[Period]:
    """The months reported, oldest first."""
    starts = [(FIRST_YEAR + (6 + n) // 12, (6 + n) % 12 + 1) for n in range(MONTHS)]
    return [Period.parse(f"{year}-{month:02}") for year, month in starts]


def communes() -> list[Place]:
    """The communes of the borders of 2025, in a fixed order."""
    return list(Place.objects.filter(level="commune", last_day=None).order_by("ref"))


def indicators() -> list[Indicator]:
    """The indicators reported: those of the catalogue that add, then synthetic ones."""
    return list(
        Indicator.objects.filter(about="place", measure__in=["stock", "flow"]).order_by("pk")
    )


def correction(place: Place, indicator: Indicator, month: Period, value: int) -> Draft:
    """A later statement of the place's own source for a month, as drafted for `post`."""
    stock = indicator.measure == Indicator.Measure.STOCK
    return Draft(
        indicator=indicator.code,
        place=place,
        kind=Entry.Kind.STATEMENT,
        first=month.last if stock else month.first,
        last=month.last,
        amount=Amount(value, value),
        source=Source.objects.get(code=f"synthetic:{place.ref}"),
        as_of_basis=Entry.Basis.STATED if stock else None,
        counting="turns" if indicator.counts == Indicator.Counts.PARTICIPANTS else None,
    )


def ensure(home: Path) -> None:
    """Build the ledger in this home unless it is there; `django.setup` has run with this home."""
    if (home / MARK).exists():
        return
    started = time.perf_counter()
    home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    load_places()
    load_organisations()
    load_catalogue()
    _name_indicators()
    sources = _name_sources(communes())
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    for number, (reason, rows) in enumerate(_postings(sources), start=1):
        _post(number, reason, rows)
    seconds = round(time.perf_counter() - started, 1)
    made = {"synthetic": True, "entries": Entry.objects.count(), "seconds": seconds}
    (home / MARK).write_text(json.dumps(made), encoding="utf-8")
    print(f"Built {made['entries']} synthetic entries in {seconds} s.", file=sys.stderr)


def _name_indicators() -> None:
    there = len(indicators())
    Indicator.objects.bulk_create(
        Indicator(
            code=f"synthetic.{n:02}",
            label_vi=f"Chỉ tiêu giả lập số {n} (dữ liệu tổng hợp)",
            label_en=f"Synthetic indicator {n}",
            unit="cooperative",
            measure="stock" if n % 3 == 0 else "flow",
        )
        for n in range(there + 1, INDICATORS + 1)
    )


def _name_sources(places: Sequence[Place]) -> list[int]:
    Source.objects.bulk_create(
        Source(code=f"synthetic:{place.ref}", kind="reported", title=f"Báo cáo giả lập {place.ref}")
        for place in places
    )
    known = dict(Source.objects.filter(code__startswith="synthetic:").values_list("code", "pk"))
    return [known[f"synthetic:{place.ref}"] for place in places]


@dataclass(frozen=True)
class _Reports:
    """Every statement has a number: month, commune and indicator of it, and the values it takes."""

    places: Sequence[int]
    sources: Sequence[int]
    indicators: Sequence[Indicator]
    months: Sequence[Period]
    cell: int

    def __len__(self) -> int:
        return len(self.places) * len(self.indicators) * len(self.months)

    @property
    def monthly(self) -> int:
        """How many statements a month has."""
        return len(self.places) * len(self.indicators)

    def row(self, statement: int, *, version: int, withdrawn: bool = False) -> Row:
        """One line, in the order of FIELDS after `line`."""
        rest, indicator_index = divmod(statement, len(self.indicators))
        month_index, place_index = divmod(rest, len(self.places))
        indicator, month = self.indicators[indicator_index], self.months[month_index]
        stock = indicator.measure == "stock"
        chance = (statement * 2_654_435_761 + version * 40_503) % 2**32
        value = None if withdrawn else self._value(indicator, chance)
        bound = ">" if value is not None and chance % 211 == 0 else ""
        last = month.last.isoformat()
        return (
            "statement",
            indicator.pk,
            self.places[place_index],
            None,
            self.cell,
            "actual",
            self.sources[place_index],
            last if stock else month.first.isoformat(),
            last,
            None,
            None,
            False,
            "stated" if stock else "",
            value,
            value,
            bound,
            value is not None and chance % 197 == 0 and not bound,
            "turns" if indicator.counts == "participants" else "",
            "preliminary" if chance % 307 == 0 else "official",
            (month.last + timedelta(days=5 + version)).isoformat(),
            *("", "", "", "", None, None, None, "", ""),
            [],
        )

    def _value(self, indicator: Indicator, chance: int) -> int:
        return chance % 5_000 * 1_000_000 if indicator.unit == "VND" else chance % 997


def _postings(sources: Sequence[int]) -> Iterator[tuple[str, list[Row]]]:
    reports = _Reports(
        [place.pk for place in communes()],
        sources,
        indicators(),
        months(),
        Cell.objects.get(text="").pk,
    )
    chances = random.Random(2025)
    for index, month in enumerate(reports.months):
        these = range(index * reports.monthly, (index + 1) * reports.monthly)
        yield f"Báo cáo giả lập {month.in_words()}", [reports.row(n, version=0) for n in these]
    for version in range(1, CORRECTIONS + 1):
        corrected = sorted(chances.sample(range(len(reports)), CORRECTED))
        yield (
            f"Đính chính giả lập số {version}",
            [reports.row(n, version=version) for n in corrected],
        )
    late = range(len(reports) - UNFINISHED_MONTHS * reports.monthly, len(reports))
    dropped = chances.sample(late, WITHDRAWN)
    version = CORRECTIONS + 1
    yield "Rút số liệu giả lập", [reports.row(n, version=version, withdrawn=True) for n in dropped]
    restated = dropped[:RESTATED]
    yield "Báo cáo lại giả lập", [reports.row(n, version=version + 1) for n in restated]


def _post(number: int, reason: str, rows: Sequence[Row]) -> None:
    """Number, digest and lines of one posting in one transaction, as `post` does it."""
    last = Posting.objects.order_by("-number").first()
    instant = BEGUN + timedelta(hours=number)
    posting = Posting(number=number, instant=instant, reason=reason, key=f"synthetic:{number}")
    posting.digest = digest.chain(last.digest if last else "", posting, _entries(rows))
    columns = ", ".join(f'"{name}"' for name in digest.FIELDS)
    marks = ", ".join(["%s"] * (len(digest.FIELDS) + 1))
    with transaction.atomic(), connection.cursor() as cursor:
        posting.save(force_insert=True)
        cursor.executemany(
            f"INSERT INTO figures_entry (posting_id, {columns}) VALUES ({marks})",
            [(number, line, *row[:-1], "[]") for line, row in enumerate(rows, start=1)],
        )


def _entries(rows: Sequence[Row]) -> Iterator[Entry]:
    """The lines as entries for the digest: one object that carries each in turn."""
    entry = Entry()
    for line, row in enumerate(rows, start=1):
        entry.__dict__.update(zip(digest.FIELDS, (line, *row), strict=True))
        yield entry
