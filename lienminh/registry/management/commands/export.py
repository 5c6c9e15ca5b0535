"""`lienminh export registry FILE`: give the registry out as a workbook."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lienminh.figures.moments import day_of
from lienminh.places.queries import find
from lienminh.registry.models import Collective
from lienminh.registry.queries import inside, there
from lienminh.registry.workbooks.writing import write
from lienminh.work import home


class Command(BaseCommand):
    help = "Give the registry out as a workbook, .xlsx or .csv, in the shape in which it is read."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("what", choices=["registry"], help="what is given out: registry")
        add("file", type=Path, help="the workbook to write")
        add("--place", default="", metavar="NAME", help="only what has its seat in this place")
        add("--day", default="", metavar="DAY", help="as it was on this day (else today)")

    def handle(self, *_: Any, **options: Any) -> None:
        home.require()
        day = day_of(options["day"]) if options["day"] else timezone.localdate()
        records = there(Collective.objects.all())
        if options["place"]:
            records = inside(records, find(options["place"], day=day))
        number = write(records, options["file"], day=day)
        self.stdout.write(f"{options['file']}: {number} tổ chức.")
