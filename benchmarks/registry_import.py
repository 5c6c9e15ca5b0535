"""A workbook of 100,000 organisations taken into the registry, beside two peers in the same run.

The peers: the fast reader alone, and Django's own `bulk_create` of the same rows with as many
entries, unchecked, unposted and without digests. Each is a process with a home of its own.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import load_workbook

from benchmarks.measuring import ONCE, Measured, Report, peak_memory
from lienminh.places.naming import KIND_WORDS

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))  # fewer for a first look
BOOKS, SPAN = date(2024, 1, 1), 500
ENTRIES = 6  # an organisation's, on average: half of them are suspended later
BATCH = 500
HEADS = (
    "STT",
    "Tên hợp tác xã",
    "Mã số HTX",
    "Số GCN",
    "Ngày thành lập",
    "Xã, phường",
    "Huyện",
    "Tỉnh",
    "Lĩnh vực",
    "Ngày kết nạp",
    "Tình trạng",
    "Ngày của tình trạng",
)


def main() -> None:
    """Measure each in a process of its own."""
    report = Report("registry_import")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        taken: dict[str, dict[str, float]] = {}
        _in_process("write", folder, file)
        for act in ("read", "bare", "take_in"):
            _in_process("prepare", f"{folder}/{act}", file)
            taken[act] = _in_process(act, f"{folder}/{act}", file)
    report.cases = [
        Measured(name, [taken[act]["seconds"]], cpu=[taken[act]["cpu"]])
        for act, name in (
            ("read", "reading alone"),
            ("bare", "bulk_create of the same rows"),
            ("take_in", "import"),
        )
    ]
    report.ratio("import", "bulk_create of the same rows")
    report.facts = {
        "organisations": ROWS,
        "entries": round(taken["take_in"]["entries"]),
        "organisations a second": round(ROWS / taken["take_in"]["seconds"]),
        "organisations a computed second": round(ROWS / taken["take_in"]["cpu"]),
        "peak MiB, import": round(taken["take_in"]["peak"]),
        "peak MiB, bulk_create": round(taken["bare"]["peak"]),
    }
    report.write()


def _in_process(act: str, home: str, file: Path) -> dict[str, float]:
    environment = {
        **os.environ,
        "LIENMINH_HOME": home,
        "DJANGO_SETTINGS_MODULE": "lienminh.config.settings",
    }
    command = [sys.executable, "-m", "benchmarks.registry_import", act, str(file)]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    taken: dict[str, float] = json.loads(done.stdout.split(ONCE)[1])
    return taken


def write(file: Path) -> None:
    """The workbook: every row right, in communes as they were before 2025."""
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    page, day = book.add_worksheet("HTX"), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, HEADS)
    for number, row in enumerate(_rows(), start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, place, cell, day)
            else:
                page.write(number, place, cell)
    book.close()


def _rows() -> Iterator[tuple[Any, ...]]:
    from lienminh.places.source import read_epochs

    units = read_epochs()[0].units
    named = Counter(one.name for one in units.values())
    communes = [one for one in units.values() if one.level == "commune" and named[one.name] == 1]
    chances = random.Random(2024)
    for number in range(1, ROWS + 1):
        commune = chances.choice(communes)
        district = units[commune.parent] if commune.parent else commune
        province = units[district.parent] if district.parent else district
        founded = BOOKS + timedelta(days=chances.randrange(SPAN))
        yield (
            number,
            f"HTX Nông nghiệp dịch vụ {commune.name} {number}",
            f"{3_000_000_000 + number}",
            f"{number}/ĐKKD",
            founded,
            f"{KIND_WORDS[commune.kind]} {commune.name}",
            f"{KIND_WORDS[district.kind]} {district.name}",
            f"{KIND_WORDS[province.kind]} {province.name}",
            chances.choice(("Nông nghiệp", "Thương mại – dịch vụ", "Công nghiệp – xây dựng")),
            founded + timedelta(days=30),
            "Tạm ngừng" if number % 2 else "Đang hoạt động",
            founded + timedelta(days=60) if number % 2 else "",
        )


def prepare(file: Path) -> None:
    """An empty home with books open everywhere."""
    from lienminh.figures.actions import load_catalogue
    from lienminh.people.actions import load_organisations
    from lienminh.places.actions import load_places
    from lienminh.places.models import Place
    from lienminh.registry.actions import open_books
    from lienminh.work import home

    home.prepare(world="real")
    load_places()
    load_organisations()
    load_catalogue()
    nation = Place.objects.get(ref="vn")
    open_books(family="cooperatives", place=nation, first_day=BOOKS, listed=0, key="books", by=None)


def read(file: Path) -> None:
    """The fast reader alone: every cell as Python's own."""
    rows = sum(1 for _row in load_workbook(str(file)).get_sheet_by_index(0).iter_rows())
    if rows != ROWS + 1:
        raise AssertionError(f"{rows} rows were read")


def take_in(file: Path) -> None:
    """As `lienminh import registry` does."""
    from django.core.management import call_command

    call_command("import", "registry", str(file), kind="cooperative")


def bare(file: Path) -> None:
    """Organisations, acts and entries by Django's bulk_create, in one transaction."""
    from django.db import transaction

    lines = load_workbook(str(file)).get_sheet_by_index(0).iter_rows()
    next(lines)
    with transaction.atomic():
        common = _common()
        number = count(1)
        while rows := list(islice(lines, BATCH)):
            _insert(rows, common, number)


def _common() -> dict[str, Any]:
    """What all entries share."""
    from django.utils import timezone

    from lienminh.figures.models import Cell, Indicator, Posting, Source
    from lienminh.places.models import Place

    posting = Posting(
        number=Posting.objects.count() + 1, instant=timezone.now(), reason="", key="bare", digest=""
    )
    posting.save(force_insert=True)
    return {
        "posting": posting,
        "kind": "movement",
        "indicator": Indicator.objects.get(code="cooperatives.total"),
        "place": Place.objects.get(ref="c25195-2008"),
        "cell": Cell.objects.get(text=""),
        "series": "actual",
        "source": Source.objects.get(code="registry:cooperatives"),
        "low": 1,
        "high": 1,
        "status": "official",
    }


def _insert(rows: list[list[Any]], common: dict[str, Any], number: Iterator[int]) -> None:
    from lienminh.figures.models import Entry
    from lienminh.registry.models import Act, Collective

    made = [
        Collective(
            ref=f"r{row[0]:.0f}",
            kind="cooperative",
            name=row[1],
            number=row[2],
            certificate=row[3],
            founded_on=row[4],
            place=common["place"],
        )
        for row in rows
    ]
    Collective.objects.bulk_create(made)
    Act.objects.bulk_create(
        Act(ref=f"{one.ref}.{n}", key=f"{one.ref}.{n}", collective=one, kind=kind, day=day)
        for one, row in zip(made, rows, strict=True)
        for n, (kind, day) in enumerate((("founding", row[4]), ("admission", row[9])))
    )
    entries = [
        Entry(
            line=next(number),
            first=row[4],
            last=row[4],
            stated_on=row[4],
            record=f"collective:{one.ref}",
            **common,
        )
        for one, row in zip(made, rows, strict=True)
        for _ in range(ENTRIES)
    ]
    Entry.objects.bulk_create(entries, batch_size=BATCH)


def once(act: str, file: Path) -> None:
    """Do an act in this process, and print what it took."""
    import django

    django.setup()
    acts: dict[str, Callable[[Path], None]] = {
        "write": write,
        "prepare": prepare,
        "read": read,
        "bare": bare,
        "take_in": take_in,
    }
    before, started = os.times(), time.perf_counter()
    acts[act](file)
    after = os.times()
    seconds = time.perf_counter() - started
    cpu = sum(after[:4]) - sum(before[:4])
    print(ONCE + json.dumps(_facts(act, seconds, cpu)))


def _facts(act: str, seconds: float, cpu: float) -> dict[str, float]:
    from lienminh.figures.models import Entry

    taken = {"seconds": seconds, "cpu": cpu, "peak": float(peak_memory())}
    return taken | ({"entries": float(Entry.objects.count())} if act == "take_in" else {})


if __name__ == "__main__":
    once(sys.argv[1], Path(sys.argv[2]))
