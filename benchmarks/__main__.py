"""`python -m benchmarks [NAME …] [--home FOLDER]`: run some or all of the benchmarks."""

import argparse
import importlib
import os
import tempfile
from pathlib import Path

import django

NAMES = (
    "rollup",
    "table",
    "posting",
    "copying",
    "demo",
    "pages",
    "reading",
    "registry_import",
    "registry_search",
)
WITHOUT_LEDGER = {"reading"}


def main() -> None:
    """Build the synthetic home when it is missing, then run what was named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "bench-home")
    parser.add_argument("--once", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(NAMES):
        parser.error(
            f"there is no benchmark {', '.join(sorted(unknown))}; they are: {', '.join(NAMES)}"
        )
    os.environ["LIENMINH_HOME"] = str(chosen.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "lienminh.config.settings"
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    if chosen.once:
        importlib.import_module("benchmarks.once").main(chosen.once)
        return
    if set(chosen.names or NAMES) - WITHOUT_LEDGER:
        importlib.import_module("benchmarks.ledger").ensure(chosen.home)
    for name in chosen.names or NAMES:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
