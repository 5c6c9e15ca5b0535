"""From what somebody sends to texts: each file by itself, so that a bad one stops no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from lienminh.intake import apart
from lienminh.intake.actions import take_text
from lienminh.intake.models import Text
from lienminh.intake.queries import visible_to
from lienminh.intake.refusing import Unreadable
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.rules.errors import Refused

LARGEST: Final = 32 * 2**20
_FORMS: Final = {
    ".docx": Text.Form.WORD,
    ".pdf": Text.Form.PDF,
    ".xlsx": Text.Form.WORKBOOK,
    ".html": Text.Form.PAGE,
    ".htm": Text.Form.PAGE,
}


@dataclass(frozen=True)
class Received:
    """What became of one file: its text, whether it was there before, or why it is not read."""

    name: str
    text: Text | None = None
    is_known: bool = False
    why: str = ""


def receive(
    files: "Iterable[UploadedFile[bytes]]", pasted: str, *, place: Place, by: User
) -> list[Received]:
    """Take each in, in the order they were sent."""
    received = [_file(one, place, by) for one in files]
    if pasted.strip():
        content = pasted.replace("\r\n", "\n")
        received.append(_taken(_("văn bản dán vào"), content, Text.Form.PASTED, place, by))
    return received


def _file(file: "UploadedFile[bytes]", place: Place, by: User) -> Received:
    name = PurePath(file.name or "").name
    suffix = PurePath(name).suffix.lower()
    try:
        if (file.size or 0) > LARGEST:
            raise Unreadable("size", "the file is too large.")
        content = apart.text_in(file.read(), suffix)
    except Unreadable as fault:
        return Received(name, why=fault.told)
    return _taken(name, content, _FORMS.get(suffix, Text.Form.PLAIN), place, by)


def _taken(name: str, content: str, form: str, place: Place, by: User) -> Received:
    before = set(visible_to(by).values_list("pk", flat=True))
    try:
        text = take_text(content=content, form=form, file_name=name, place=place, by=by)
    except Refused as refusal:
        return Received(name, why=str(refusal))
    return Received(name, text, is_known=text.pk in before)
