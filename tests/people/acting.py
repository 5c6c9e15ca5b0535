"""The cast of the web app: accounts with mandates, each in a word."""

from datetime import date

from lienminh.people.actions import give_mandate, open_account
from lienminh.people.models import User
from lienminh.places.models import Place

PASSWORD = "một mật khẩu dài"
BINH_PHUOC, LANG_SON = "p70-2008", "p20-2008"


def account(
    name: str,
    role: str = "",
    ref: str = "vn",
    *,
    first_day: date = date(2023, 1, 1),
    last_day: date | None = None,
) -> User:
    """An account, with a mandate when a role is given."""
    opened = open_account(name=name, password=PASSWORD, by=None)
    if role:
        place = Place.objects.get(ref=ref)
        give_mandate(
            account=opened, role=role, place=place, first_day=first_day, last_day=last_day, by=None
        )
    return opened


def officer(ref: str = BINH_PHUOC) -> User:
    return account(f"officer-{ref}", "officer", ref)


def department() -> User:
    return account("department", "department")


def leader(ref: str = "vn") -> User:
    return account(f"leader-{ref}", "leader", ref)
