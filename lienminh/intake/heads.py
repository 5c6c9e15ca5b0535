"""What a text says of itself at its head: kind, title, number and day, for a person to correct."""

import re
from datetime import date
from typing import Final, NamedTuple

from lienminh.documents.models import Document
from lienminh.rules.reading.dating import day_of
from lienminh.rules.reading.writing import write
from lienminh.rules.text import clean, fold, normalise

HEAD: Final = 60  # lines
FEWEST_WORDS, LONGEST_TITLE, TITLE_LINES = 5, 200, 3
KINDS: Final = {
    "bao cao": Document.Kind.REPORT,
    "ke hoach": Document.Kind.PLAN,
    "nghi quyet": Document.Kind.RESOLUTION,
    "de an": Document.Kind.SCHEME,
    "chuong trinh": Document.Kind.PROGRAMME,
}
_NUMBER = re.compile(r"\bSố\s*:?\s*([0-9]{1,5}\s*/\s*[0-9A-ZĐa-z][\w.&-]*(?:/[\w.&-]+)*)")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|°C")


class Head(NamedTuple):
    """What the head says; the title is '' where no line is like one."""

    kind: str
    title: str
    number: str
    day: date | None


def head_of(text: str) -> Head:
    """What a text is called, as far as its first lines tell."""
    lines = [normalise(clean(line)) for line in text.split("\n", HEAD)[:HEAD]]
    number = next((found[1] for line in lines if (found := _NUMBER.search(line))), "")
    kind, title = _official(lines) or (Document.Kind.ARTICLE, _headline(lines))
    day = day_of(write(text))
    return Head(kind, title[:LONGEST_TITLE], normalise(number).replace(" ", "")[:80], day)


def _official(lines: list[str]) -> tuple[str, str] | None:
    """BÁO CÁO on a line of its own, and the lines below it up to an empty one."""
    for index, line in enumerate(lines):
        if (kind := KINDS.get(fold(line).strip(" :"))) and line.isupper():
            below: list[str] = []
            for after in lines[index + 1 :]:
                if not after and below:
                    break
                below += [after] if after else []
            told = " ".join(below[:TITLE_LINES])
            return kind, normalise(f"{line.capitalize()} {told[:1].lower()}{told[1:]}")
    return None


def _headline(lines: list[str]) -> str:
    """The first line like a title: several words, no clock, no sentence."""
    for line in lines:
        words = [word for word in line.split() if word[:1].isalpha()]
        is_title = len(words) >= FEWEST_WORDS and len(line) <= LONGEST_TITLE
        if is_title and not _CLOCK.search(line) and line[-1] not in ".,;:":
            return line
    return ""
