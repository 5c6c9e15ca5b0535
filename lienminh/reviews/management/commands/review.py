"""`lienminh review SLUG`: write the dossier of one review."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from lienminh.reviews.dossier import WRITERS, write_dossier
from lienminh.reviews.queries import find_review
from lienminh.work import home


class Command(BaseCommand):
    help = "Write the dossier of a review, its numbers answered from the ledger as it stands now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the review's slug, or the number before it, such as 004")
        parser.add_argument(
            "--formats",
            default=",".join(WRITERS),
            help=f"some of {','.join(WRITERS)}, with commas between (default: all)",
        )
        parser.add_argument(
            "--out",
            type=Path,
            default=settings.REVIEWS_DIR,
            metavar="DIR",
            help="folder for the files (default: HOME/reviews)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        home.require()
        formats = [name.strip() for name in options["formats"].split(",") if name.strip()]
        review = find_review(options["slug"])
        for path in write_dossier(review, formats=formats, folder=options["out"]):
            self.stdout.write(str(path))
