"""What the shell says of the home: whether its world is synthetic."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from lienminh.work.home import MARK


def world(request: HttpRequest) -> dict[str, bool]:
    """For every page: a synthetic world is named on each of them."""
    return {"synthetic": is_synthetic(str(settings.HOME))}


@cache
def is_synthetic(home: str) -> bool:
    """Whether the home holds invented organisations; a home never changes its world."""
    try:
        mark = json.loads((Path(home) / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(mark, dict) and mark.get("world") == "synthetic"
