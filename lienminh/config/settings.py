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
    Setting("LIENMINH_HOSTS", "", "Names the site answers to beside this machine's, with commas."),
    Setting("DATABASE_URL", "", "postgresql://user:password@host:port/name; empty means SQLite."),
)


def _env(name: str) -> str:
    default = next(s.default for s in SETTINGS if s.name == name)
    return os.environ.get(name) or default


HOME = Path(_env("LIENMINH_HOME")).absolute()
COPY_DIR = HOME / "copy"
REVIEWS_DIR = HOME / "reviews"
UPLOADS_DIR = HOME / "uploads"


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
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "lienminh.web",
    "lienminh.places",
    "lienminh.people",
    "lienminh.work",
    "lienminh.documents",
    "lienminh.figures",
    "lienminh.registry",
    "lienminh.conferences",
    "lienminh.reviews",
    "lienminh.intake",
    "lienminh.demo",
    "lienminh.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lienminh.web.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lienminh.web.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "lienminh.config.urls"
WSGI_APPLICATION = "lienminh.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lienminh.web.shell.shell",
                "lienminh.work.shell.world",
            ],
            "builtins": ["django.templatetags.i18n", "lienminh.web.templatetags.shell"],
        },
    }
]
AUTH_USER_MODEL = "people.User"


def _secret_key() -> str:
    """The key of the home, made with it (work.home); before there is a home nothing is signed."""
    try:
        return (HOME / "secret.key").read_text("ascii").strip()
    except OSError:
        return "no-home-yet"


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", *filter(None, _env("LIENMINH_HOSTS").split(","))]
DEBUG = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lienminh.web.refusals.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# The home holds what is made from the packages once: fonts for the web, and all static files.
ASSETS_DIR = HOME / "assets"
STATIC_ROOT = HOME / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ASSETS_DIR]

STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # ASSETS_DIR is made with the home

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
FORMAT_MODULE_PATH = "lienminh.web.formats"
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "web" / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
