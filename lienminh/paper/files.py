"""Files that appear whole or not at all, and packages whose bytes depend on their contents only."""

import os
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from lienminh.rules.errors import Refused

_FIRST_ZIP_YEAR = 1980


def put(path: Path, content: bytes) -> None:
    """Write beside the place, then move; Refused when the folder cannot be written."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            waiting.write_bytes(content)
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            f"Cannot write {path}: {error.strerror}. Choose a folder that exists and is writable."
        ) from error


def packed_alike(package: bytes, day: date) -> bytes:
    """The same zip package, its members dated `day`: equal contents give equal bytes."""
    stamp = (max(day.year, _FIRST_ZIP_YEAR), day.month, day.day, 0, 0, 0)
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            info = zipfile.ZipInfo(member, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return buffer.getvalue()
