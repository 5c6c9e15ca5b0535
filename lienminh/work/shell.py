"""What is said of the home wherever it shows: whether its world is synthetic."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.work.home import MARK

SYNTHETIC: Final = _(
    "Dữ liệu giả lập: mọi tổ chức và con số ở đây đều do máy tạo ra, không phải số liệu thật."
)


def world(request: HttpRequest) -> dict[str, Promise | str]:
    """For every page: a synthetic world is named on each of them."""
    return {"synthetic": warning()}


def warning() -> Promise | str:
    """What every page, export and document of a synthetic world says first; else nothing."""
    return SYNTHETIC if is_synthetic(str(settings.HOME)) else ""


@cache
def is_synthetic(home: str) -> bool:
    """Whether the home holds invented organisations; a home never changes its world."""
    try:
        mark = json.loads((Path(home) / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(mark, dict) and mark.get("world") == "synthetic"
