"""The files taken in, kept under their SHA-256 in the home: for their owner alone, never served."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings

from lienminh.registry.workbooks.reading import LARGEST, refusal

PIECE: Final = 2**20


def kept(pieces: Iterable[bytes]) -> str:
    """Keep a file and give its SHA-256; Refused when it is larger than what is read."""
    folder = Path(settings.UPLOADS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, content = hashlib.sha256(), bytearray()
    for piece in pieces:
        digest.update(piece)
        content += piece
        if len(content) > LARGEST:
            raise refusal("size")
    path = path_of(digest.hexdigest())
    if not path.exists():
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.replace(path)
    return digest.hexdigest()


def kept_file(path: Path) -> str:
    """Keep a copy of a file of this machine."""
    with path.open("rb") as file:
        return kept(iter(lambda: file.read(PIECE), b""))


def path_of(sha256: str) -> Path:
    """Where a file lies."""
    return Path(settings.UPLOADS_DIR) / sha256
