"""Settings: everything comes from the environment, each with its help in SETTINGS."""

import os
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lienminh.rules.errors import Refused


class Setting(NamedTuple):
    """An environment variable: its name, its value when unset, what it is for."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("LIENMINH_HOME", "./var", "Folder of the database, the copy, files and dossiers."),
    Setting("DATABASE_URL", "", "postgresql://user:password@host:port/name; empty means SQLite."),
)


def _env(name: str) -> str:
    default = next(s.default for s in SETTINGS if s.name == name)
    return os.environ.get(name) or default


HOME = Path(_env("LIENMINH_HOME")).absolute()
COPY_DIR = HOME / "copy"
REVIEWS_DIR = HOME / "reviews"


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "lienminh.sqlite3",
        "OPTIONS": {
            # Writers queue before they read: posting numbers follow commits (figures.actions).
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-65536;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise Refused(
            "DATABASE_URL is not of the form postgresql://user:password@host:port/name; "
            "correct it, or unset it to use SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


DATABASES = {"default": _postgresql(url) if (url := _env("DATABASE_URL")) else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "lienminh.web",
    "lienminh.places",
    "lienminh.people",
    "lienminh.work",
    "lienminh.documents",
    "lienminh.figures",
    "lienminh.conferences",
    "lienminh.reviews",
    "lienminh.demo",
    "lienminh.config",
]
AUTH_USER_MODEL = "people.User"

# Nothing is signed before there is a web app; Django only asks that the key is not empty.
SECRET_KEY = "nothing-is-signed-yet"  # noqa: S105  not a secret

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
