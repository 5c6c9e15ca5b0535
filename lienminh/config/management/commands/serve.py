"""`lienminh serve`: the web app on this machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces

from lienminh.rules.errors import Refused
from lienminh.web.assets import make_assets
from lienminh.work import home

THREADS = 4  # of a worker; each keeps its own view of the ledger open, so there are few
IDLE = 600  # seconds until an idle thread ends, the most there is: a new one must first open it


class Command(BaseCommand):
    help = "Serve the web app on 127.0.0.1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *_: Any, **options: Any) -> None:
        home.require()
        port = options["port"]
        if not 0 < port < 65536:
            raise Refused(f"{port} is not a port; use one between 1 and 65535.")
        make_assets()
        self.stdout.write(f"http://127.0.0.1:{port}  (Ctrl+C để dừng)")
        self.stdout.flush()
        Granian(
            "lienminh.config.wsgi:application",
            address="127.0.0.1",
            port=port,
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=THREADS,
            blocking_threads_idle_timeout=IDLE,
            log_access=False,
        ).serve()
