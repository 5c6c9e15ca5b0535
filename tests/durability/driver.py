"""The processes that tests of durability start, stop and kill: `driver.py COMMAND ARGUMENT…`.

Each works on the home of its environment. Posting number n of its ledger adds one cooperative to
those counted and states n in all, so that every right answer follows from the number of postings.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import django

FOUNDED, STATED = date(2024, 1, 15), date(2024, 6, 30)


def say(*words: object) -> None:
    """Tell the test how far this process is."""
    print(*words, flush=True)


def wait() -> None:
    """Go on only when the test says so; it may kill this process instead."""
    sys.stdin.readline()


def prepare(postings: str) -> None:
    """Make the home with its reference data and a ledger of so many postings."""
    from lienminh.figures.actions import load_catalogue
    from lienminh.people.actions import load_organisations
    from lienminh.places.actions import load_places
    from lienminh.work import home

    home.prepare(world="real")
    load_places()
    load_organisations()
    load_catalogue()
    for _ in range(int(postings)):
        add()
    compact()
    figures()


def add(number: int = 0, movements: int = 1) -> int:
    """Post once and give the posting's number; movements beyond one cancel out in pairs.

    `number`: the one this posting will get, where other writers make it impossible to foresee.
    """
    from django.db import transaction

    from lienminh.figures.actions import name_source, post
    from lienminh.figures.drafts import Draft
    from lienminh.figures.models import Posting
    from lienminh.places.queries import find
    from lienminh.rules.precision import Amount

    with transaction.atomic():
        number = number or Posting.objects.count() + 1
        register = name_source(code="test:register", kind="counted", title="Sổ đăng ký", by=None)
        report = name_source(code="test:report", kind="reported", title="Báo cáo", by=None)
        place = find("Bình Phước", day=STATED)

        def counted(kind: str, day: date, amount: int) -> Draft:
            return Draft(
                indicator="cooperatives.founded",
                place=place,
                kind=kind,
                first=day,
                last=day,
                amount=Amount(amount, amount),
                source=register,
            )

        drafts = [counted("opening", date(2024, 1, 1), 0)] if number == 1 else []
        drafts += [counted("movement", FOUNDED, 1 - 2 * (line % 2)) for line in range(movements)]
        drafts.append(
            Draft(
                indicator="cooperatives.total",
                place=place,
                kind="statement",
                first=STATED,
                last=STATED,
                amount=Amount(number, number),
                source=report,
                as_of_basis="stated",
            )
        )
        posting = post(entries=drafts, key=f"test:{number}", reason="a test", by=None)
        return posting.number


def post(number: str = "0") -> None:
    """Post once."""
    say("begin")
    say("posted", add(int(number)))


def hold(stage: str, number: str = "0") -> None:
    """Post, but stay inside the transaction: in the middle of the inserts, or before the commit."""
    from django.db import connection, transaction

    def stop_in_the_middle(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not sql.startswith("INSERT INTO figures_entry"):
            return execute(sql, params, many, context)
        execute(f"{sql} LIMIT 500", params, many, context)  # the rest stays in its own table
        say("held")
        wait()
        raise AssertionError("this process is killed while it waits")

    with transaction.atomic():
        if stage == "inserting":
            with connection.execute_wrapper(stop_in_the_middle):
                posted = add(movements=1_001)
        else:
            posted = add(int(number))
            say("held")
            wait()
    say("posted", posted)


def compact() -> None:
    """Carry the copy forward to the newest posting."""
    from lienminh.figures.engine import copy

    say("copied", copy.extend(copy.current()).watermark)


def stop_compaction(step: str) -> None:
    """Carry the copy forward, but stop before its first, second or third file takes its place."""
    replacements, replace = count(1), Path.replace

    def stop(path: Path, target: Path) -> Path:
        if next(replacements) == int(step):
            say("held")
            wait()
        return replace(path, target)

    Path.replace = stop  # type: ignore[method-assign,assignment]
    compact()


def figures(known_at: int | None = None) -> list[Any]:
    """The cooperatives founded and those there are, as known at a posting or now."""
    from lienminh.figures.answers import answer
    from lienminh.figures.questions import Question
    from lienminh.places.queries import find
    from lienminh.rules.periods import Period

    place, period = find("Bình Phước", day=STATED), Period.parse("2024")
    return [
        answer(Question(indicator=code, place=place, period=period, known_at=known_at)).value
        for code in ("cooperatives.founded", "cooperatives.total")
    ]


def ask() -> None:
    """Answer once, and again whenever the test says so."""
    say("answers", json.dumps(figures()))
    while sys.stdin.readline():
        say("answers", json.dumps(figures()))


def watch(seconds: str) -> None:
    """Ask without a pause; end in an error at the first wrong answer."""
    from lienminh.figures.engine.copy import newest

    asked, until = 0, time.monotonic() + float(seconds)
    say("begin")
    while time.monotonic() < until:
        before = newest().number
        known_at = 1 + asked % before
        if figures(known_at) != [known_at, known_at]:
            sys.exit(f"as known at #{known_at} the answers are {figures(known_at)}")
        now = figures()
        after = newest().number
        if not all(before <= value <= after for value in now):
            sys.exit(f"between #{before} and #{after} the answers are {now}")
        asked += 1
    say("asked", asked)


def churn(seconds: str) -> None:
    """Post and carry the copy forward without a pause, now and then making it anew."""
    from lienminh.figures.engine import copy

    until = time.monotonic() + float(seconds)
    say("begin")
    while time.monotonic() < until:
        number = add()
        if number % 5 == 0:
            (copy.folder() / "manifest.json").unlink()
        copy.extend(copy.current())
    say("posted", number)


def take_in(file: str) -> None:
    """Take a workbook in, two records at a time; stop in the middle of the second chunk's acts."""
    from django.core.management import call_command
    from django.db import connection

    from lienminh.registry.workbooks import taking_in

    taking_in.CHUNK = 2  # type: ignore[misc]
    chunks = count(1)

    def stop_in_the_second(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if sql.startswith("INSERT INTO registry_act") and next(chunks) == 2:
            say("held")
            wait()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(stop_in_the_second):
        call_command("import", "registry", file)


def pragmas() -> None:
    """SQLite's safety as this process runs with it; then hold an empty transaction."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    say("pragmas", json.dumps(found))
    with transaction.atomic():
        say("held")
        wait()


COMMANDS: dict[str, Callable[..., None]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        prepare,
        post,
        hold,
        compact,
        stop_compaction,
        ask,
        watch,
        churn,
        take_in,
        pragmas,
    )
}

if __name__ == "__main__":
    django.setup()
    COMMANDS[sys.argv[1]](*sys.argv[2:])
