"""Lists that rooms above fill, so that the pages of accounts never have to know them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An account that may be named on the sign-in page: whose it is, its name and password."""

    who: str
    name: str
    password: str


shown_accounts: list[Callable[[], list[Account]]] = []
"""Each gives the accounts to name on the sign-in page; only a demo home has any."""
