"""The accounts that a demo home has: made with it, named on its sign-in page and nowhere else."""

import json
import os
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.people.actions import give_mandate, open_account, set_password
from lienminh.people.hooks import Account
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.web.words import Vietnamese, filled

FILE: Final = "accounts.json"
OPENED: Final = date(2023, 1, 1)


class Role(NamedTuple):
    """Whom an account is for, its mandate, and the name of the place where `who` says it."""

    name: str
    who: Promise
    role: str
    place: str
    called: str = ""


OF_PROVINCE: Final = _("Cán bộ Liên minh HTX tỉnh %(place)s")
KEEPER = Role("vca", _("Cán bộ một ban của Liên minh HTX Việt Nam"), "department", "vn")
LEADER = Role("lanh-dao", _("Lãnh đạo Liên minh HTX Việt Nam"), "leader", "vn")
CAST: Final = (
    KEEPER,
    Role("binh-phuoc", OF_PROVINCE, "officer", "p70-2008", "Bình Phước"),
    Role("lang-son", OF_PROVINCE, "officer", "p20-2008", "Lạng Sơn"),
    LEADER,
)
MEMBER = Role("hop-tac-xa", _("Người của một hợp tác xã (giả lập) ở %(place)s"), "", "", "Hà Nội")
"""It has no mandate: it speaks for one organisation."""
SYNTHETIC_CAST: Final = (
    KEEPER,
    Role("ha-noi", _("Cán bộ Liên minh HTX thành phố %(place)s"), "officer", "p01-2008", "Hà Nội"),
    Role("cao-bang", OF_PROVINCE, "officer", "p04-2008", "Cao Bằng"),
    Role("tuyen-quang", OF_PROVINCE, "officer", "p08-2025", "Tuyên Quang"),
    LEADER,
    MEMBER,
)


def make_accounts(cast: Sequence[Role] = CAST, *, by: User | None = None) -> None:
    """Open the accounts that are missing, each with a password of this home alone."""
    passwords = _passwords()
    there = {account.username: account for account in User.objects.all()}
    for role in cast:
        if role.name not in there or role.name not in passwords:
            password = passwords[role.name] = secrets.token_urlsafe(9)
            _keep(passwords)  # before the account has it: a password lost is an account lost
            if role.name in there:
                set_password(account=there[role.name], password=password, by=by)
            else:
                there[role.name] = open_account(name=role.name, password=password, by=by)
        if role.role:
            place = Place.objects.get(ref=role.place)
            known = there[role.name]
            give_mandate(account=known, role=role.role, place=place, first_day=OPENED, by=by)


def on_sign_in() -> list[Account]:
    """What the sign-in page of this home names: nothing unless the home is a demo's."""
    passwords = _passwords()
    return [
        Account(
            who=filled(str(role.who), place=Vietnamese(role.called)),
            name=role.name,
            password=passwords[role.name],
        )
        for role in dict.fromkeys((*CAST, *SYNTHETIC_CAST))
        if role.name in passwords
    ]


def _file() -> Path:
    return Path(settings.HOME) / FILE


def _passwords() -> dict[str, str]:
    try:
        read = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(word) for name, word in read.items()} if isinstance(read, dict) else {}


def _keep(passwords: dict[str, str]) -> None:
    """Readable by its owner alone from the first byte on."""
    unfinished = _file().with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(passwords, indent=1) + "\n")
    unfinished.replace(_file())
