"""The articles of the five reviews, where a folder of their texts is at hand.

The texts are not part of the project: LIENMINH_SOURCE_TEXTS names the folder that has them. What
the cast says otherwise than the reader is what a person has to know, and stands in CORRECTED.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

from lienminh.demo.cast_files import FigureIn, ReviewIn, packaged, read_cast

FOLDER: Final = os.environ.get("LIENMINH_SOURCE_TEXTS", "")
PATHS: Final = sorted(Path(FOLDER).glob("*.txt")) if FOLDER else []
PLACES: Final = {
    "000": "g-phia-nam",
    "001": "g-trung-du-bac-bo",
    "002": "vn",
    "003": "p20-2008",
    "004": "p70-2008",
}
# The texts say "hiện nay", "trong tháng tới", "sau 2 năm": which days are meant, a person knows.
CORRECTED: Final = {"to_issue", "total", "active", "minority_classes", "minority_trainees"}


def digest_of(path: Path) -> str:
    """What a text is known by."""
    return hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()


def cast() -> dict[Path, ReviewIn]:
    """Each text with the review that is told by it."""
    by_digest = {digest_of(path): path for path in PATHS}
    told = [review for _, review in read_cast(packaged())]
    return {by_digest[document.content_sha256]: review for review in told
            for document in review.documents if document.content_sha256 in by_digest}  # fmt: skip


def figures_of(review: ReviewIn) -> tuple[FigureIn, ...]:
    """The figures that a review states."""
    return review.figures.items if review.figures else ()


def days_of(figure: FigureIn) -> str:
    """The days that its statement is for."""
    return str(figure.as_of or figure.period)
