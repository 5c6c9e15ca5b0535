"""The year of data: organisations state their year as it stands two weeks before it ends.

Source: Circular 09/2024/TT-BKHĐT, as parameters/return_items.yaml holds it.
"""

from datetime import date, timedelta
from typing import Final

from lienminh.rules.parameters import table
from lienminh.rules.periods import Period

ONE_DAY: Final = timedelta(days=1)


def year_of_data(year: int) -> tuple[Period, Period]:
    """The calendar year that yearly data are for, and the days they cover."""
    covers = Period(_begins(year - 1), _begins(year) - ONE_DAY)
    return Period.parse(str(year)), covers


def last_day_told(last: date) -> date:
    """The last day that data for a period ending on a day tell of: 14 December for 31 December."""
    whole, covers = year_of_data(last.year)
    return covers.last if last == whole.last else last


def _begins(year: int) -> date:
    month, day = table("return_items")["year_starts"]
    return date(year, month, day)
