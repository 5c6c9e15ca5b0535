"""Taking a workbook in, from its plan to its last chunk, and on from where it was interrupted."""

import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from time import monotonic
from typing import Final

from django.utils.translation import gettext as _

from lienminh.people.models import User
from lienminh.registry.models import Import
from lienminh.registry.workbooks import actions
from lienminh.registry.workbooks.findings import Weight
from lienminh.registry.workbooks.plans import Plan, plan
from lienminh.rules.errors import Refused

CHUNK: Final = 5_000  # records that are taken in together


def check(imported: Import, *, by: User | None) -> tuple[Import, Plan]:
    """Read all rows and keep what is found in them."""
    found = plan(imported, by=by)
    return actions.note_plan(imported, found, by=by), found


@contextmanager
def _uncollected() -> Iterator[None]:
    """A plan of many thousand records is not searched for garbage over and over: there is none."""
    was_collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collected:
            gc.enable()


@_uncollected()
def take_in(
    imported: Import, *, good_only: bool, by: User | None, seconds: float = math.inf
) -> Import:
    """Take in the rows that are right, or Refused where all are wanted and some are not.

    What an earlier attempt took in stays as it is; the rest follows, as far as `seconds` allow.
    """
    until = monotonic() + seconds
    if imported.state == Import.State.DONE:
        return imported
    resumed = imported.state == Import.State.RUNNING
    found = plan(imported, by=by)
    if not resumed:
        imported = actions.note_plan(imported, found, by=by)
    if not (resumed or good_only) and (wrong := found.findings.counts[Weight.WRONG]):
        raise Refused(_("Có %d chỗ sai, chưa nhập dòng nào; hãy sửa tệp rồi nhập lại.") % wrong)
    left = iter([record for record in found.records if record.row > imported.done])
    while chunk := list(islice(left, CHUNK)):
        imported = actions.take_chunk(imported, after=imported.done, records=chunk, by=by)
        if imported.done != chunk[-1].row:
            raise Refused(_("Tệp này đang được nhập ở một nơi khác; hãy chờ nơi ấy nhập xong."))
        if monotonic() > until and imported.done < found.records[-1].row:
            return imported
    return actions.finish(imported, by=by)
