"""How long whoever tries passwords waits before the next try."""

from datetime import date, timedelta
from typing import Literal

from lienminh.rules.parameters import value_on

Counted = Literal["account", "address"]


def wait_after(tries: int, counted: Counted, day: date) -> timedelta:
    """The wait after so many tries without success; none for the first few, and never long."""
    rule = value_on("sign_in", day)[counted]
    over = tries - rule["free"]
    return timedelta(seconds=rule["waits"][min(over, len(rule["waits"]) - 1)] if over >= 0 else 0)


def forgotten_after(day: date) -> timedelta:
    """After so long without a try, counting begins anew."""
    return timedelta(seconds=value_on("sign_in", day)["forgotten_after"])
