"""`lienminh demo`: a home with the five real reviews, their figures as tables, their dossiers."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from lienminh.demo import federation
from lienminh.demo.accounts import SYNTHETIC_CAST, make_accounts
from lienminh.demo.actions import load_cast
from lienminh.demo.tables import figures_table
from lienminh.figures.actions import load_catalogue
from lienminh.people.actions import load_organisations
from lienminh.places.actions import load_places
from lienminh.reviews.dossier import WRITERS, write_dossier
from lienminh.work import home


class Command(BaseCommand):
    help = "Make or reuse a home; load five real review conferences, or invent a federation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-serve", action="store_true", help="end after writing, without serving the web app"
        )
        parser.add_argument(
            "--world",
            choices=["real", "synthetic"],
            default="real",
            help="the five real reviews, or an invented federation (default: real)",
        )
        parser.add_argument(
            "--size",
            type=int,
            default=federation.COOPERATIVES,
            metavar="N",
            help=f"cooperatives of a synthetic federation (default: {federation.COOPERATIVES})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        home.prepare(world=options["world"])
        load_places()
        load_organisations()
        load_catalogue()
        if options["world"] == "synthetic":
            make_accounts(SYNTHETIC_CAST)
            self._invent(options["size"])
        else:
            make_accounts()
            self._retell()
        if not options["no_serve"]:
            call_command("serve")

    def _invent(self, size: int) -> None:
        imported = federation.make(size)
        self.stdout.write(f"Dữ liệu giả lập: {imported.taken} tổ chức trong sổ đăng ký.")
        self.stdout.write("Tài khoản để xem thử đứng ở trang đăng nhập.")

    def _retell(self) -> None:
        for review in load_cast():
            self.stdout.write(f"\n{figures_table(review)}")
            write_dossier(review, formats=tuple(WRITERS), folder=settings.REVIEWS_DIR)
        self.stdout.write(f"\nHồ sơ hội nghị ({', '.join(WRITERS)}): {settings.REVIEWS_DIR}")
