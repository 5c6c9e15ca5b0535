"""The home of an installation: one folder with its database, copy, files and dossiers."""

import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from lienminh import __version__
from lienminh.rules.errors import Refused
from lienminh.work.models import Installation

MARK = "home.json"


def prepare(*, world: str) -> None:
    """Make the home and its database ready for a world ('real' or 'synthetic').

    An empty or missing folder becomes a home; one's own is used again. Anything else is Refused and
    left as it is: another world's or installation's home, a newer version's, or foreign files.
    """
    home = Path(settings.HOME)
    mark = _read_mark(home)
    if mark is None:
        _refuse_foreign_files(home)
        mark = {"installation": secrets.token_hex(8), "world": world, "version": __version__}
    _refuse_other(mark, home, world=world)
    _refuse_newer_database()
    there = _installation_of_database()
    if there and there != mark["installation"]:
        raise Refused(
            f"The database belongs to another installation than the home {home}; "
            "set LIENMINH_HOME and DATABASE_URL to two that belong together."
        )
    _make(home)
    call_command("migrate", verbosity=0, interactive=False)
    _make_key(home / "secret.key")
    Installation.objects.get_or_create(ref=mark["installation"], defaults={"world": world})
    (home / MARK).write_text(json.dumps(mark | {"version": __version__}, indent=1) + "\n", "utf-8")


def require() -> None:
    """Refused unless the home is there and its database is of this version."""
    home = Path(settings.HOME)
    mark = _read_mark(home)
    if mark is None:
        raise Refused(
            f"There is no Liên Minh home at {home}; run `lienminh demo --no-serve` to make one, "
            "or set LIENMINH_HOME to where it is."
        )
    _refuse_newer_home(mark, home)
    _refuse_newer_database()
    if _installation_of_database() != mark["installation"]:
        raise Refused(
            f"The database does not belong to the home {home}; "
            "check LIENMINH_HOME and DATABASE_URL."
        )


def _read_mark(home: Path) -> dict[str, Any] | None:
    try:
        mark = json.loads((home / MARK).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise Refused(
            f"The file {home / MARK} cannot be read ({fault}); mend or move it."
        ) from None
    if not isinstance(mark, dict) or not {"installation", "world", "version"} <= set(mark):
        raise Refused(f"The file {home / MARK} is not a Liên Minh home's; mend or move it.")
    return mark


def _refuse_foreign_files(home: Path) -> None:
    if home.exists() and not home.is_dir():
        raise Refused(f"The home {home} is a file; set LIENMINH_HOME to a folder.")
    if home.is_dir() and any(home.iterdir()):
        raise Refused(
            f"The folder {home} is not empty and is not a Liên Minh home; "
            "set LIENMINH_HOME to an empty folder."
        )


def _refuse_other(mark: dict[str, Any], home: Path, *, world: str) -> None:
    if mark["world"] != world:
        raise Refused(
            f"The home {home} holds the {mark['world']} world; the {world} one needs a home of its "
            "own: set LIENMINH_HOME to another folder."
        )
    _refuse_newer_home(mark, home)


def _refuse_newer_home(mark: dict[str, Any], home: Path) -> None:
    if _version(mark["version"]) > _version(__version__):
        raise Refused(
            f"The home {home} was made by version {mark['version']}, newer than {__version__}; "
            "install that version."
        )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in str(text).split(".") if part.isdigit())


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise Refused(
            f"The home {home} cannot be written to ({fault.strerror}); "
            "mend its rights or set LIENMINH_HOME to another folder."
        ) from None


def _make_key(path: Path) -> None:
    """The key that signs sessions, readable by its owner alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), "ascii")


def _refuse_newer_database() -> None:
    """A database migrated by a newer version has migrations this one does not know."""
    try:
        loader = MigrationExecutor(connection).loader
    except OperationalError:
        return  # no database yet
    rooms = {app for app, _ in loader.disk_migrations}
    unknown = {
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in rooms and (app, name) not in loader.disk_migrations
    }
    if unknown:
        raise Refused(
            f"The database was migrated by a newer version ({', '.join(sorted(unknown))}); "
            "install that version."
        )


def _installation_of_database() -> str | None:
    try:
        if Installation._meta.db_table not in connection.introspection.table_names():
            return None
    except OperationalError:
        return None
    return Installation.objects.values_list("ref", flat=True).first()
