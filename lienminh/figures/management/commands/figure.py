"""`lienminh figure`: one answer, or a table of them."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand

from lienminh.figures import cells
from lienminh.figures.answers import answer, answers
from lienminh.figures.models import CellValue
from lienminh.figures.moments import day_of, posting_at
from lienminh.figures.present import as_json, as_text
from lienminh.figures.questions import Question
from lienminh.places.queries import children_of, find, units_in
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.work import home

LEVELS = ("province", "district", "commune", "child")


class Command(BaseCommand):
    help = "Answer one question to the ledger of figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("indicator", help="code, such as cooperatives.total")
        add("--place", required=True, help="name as people write it, or a ref")
        add("--period", required=True, help="2023, 2023-10, 2023-Q3, 2023-H1, 2023-9M, 2022..2023")
        add("--where", action="append", default=[], metavar="KEY=VALUE", help="a breakdown")
        add("--series", default="actual", help="actual, estimate or plan")
        add("--geography", metavar="DAY", help="see the place in the borders of this day")
        add("--known-at", metavar="WHEN", help="a day, an instant with offset, or #posting")
        add("--stated-by", metavar="DAY", help="leave out what was stated later")
        add("--by", metavar="KEY", help="province, district, commune, child, or a breakdown's key")
        add("--json", action="store_true", help="one JSON object")

    def handle(self, *_: Any, **options: Any) -> None:
        home.require()
        question = _question(options)
        given = answer(question)
        rows = answers(_by(question, options["by"]), detail=True) if options["by"] else []
        if options["json"]:
            shown = as_json(given)
            if options["by"]:
                shown["by"] = {"key": options["by"], "items": [as_json(row) for row in rows]}
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))
            return
        for row in (given, *rows):
            self.stdout.write(as_text(row))


def _question(options: dict[str, Any]) -> Question:
    period = Period.parse(options["period"])
    geography = day_of(options["geography"]) if options["geography"] else None
    return Question(
        indicator=options["indicator"],
        place=find(options["place"], day=geography or period.last),
        period=period,
        cell=cells.canonical(cells.parse(";".join(options["where"]))),
        series=options["series"],
        geography=geography,
        known_at=posting_at(options["known_at"]) if options["known_at"] else None,
        stated_by=day_of(options["stated_by"]) if options["stated_by"] else None,
    )


def _by(question: Question, key: str) -> Sequence[Question]:
    """The same question for each place inside, or for each value of a key."""
    if key in LEVELS:
        day = question.period.last
        borders = question.geography or day
        inside = (
            children_of(question.place, day=day, geography=borders)
            if key == "child"
            else units_in(question.place, level=key, day=borders)
        )
        return [replace(question, place=place) for place in inside]
    values = CellValue.objects.filter(key=key).order_by("value").values_list("value", flat=True)
    if not values:
        raise Refused(f"'{key}' is neither a level ({', '.join(LEVELS)}) nor a breakdown's key.")
    pairs = dict(cells.parse(question.cell))
    return [
        replace(question, cell=cells.canonical({**pairs, key: frozenset({value})}))
        for value in values
    ]
