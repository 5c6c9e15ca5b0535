"""Taking a workbook in, from its plan to its last chunk, and on from where it was interrupted."""

from itertools import groupby

from django.utils.translation import gettext as _

from lienminh.people.models import User
from lienminh.registry.models import Import
from lienminh.registry.workbooks import actions
from lienminh.registry.workbooks.findings import Weight
from lienminh.registry.workbooks.plans import Plan, plan
from lienminh.rules.errors import Refused


def check(imported: Import, *, by: User | None) -> tuple[Import, Plan]:
    """Read all rows and keep what is found in them."""
    found = plan(imported, by=by)
    return actions.note_plan(imported, found, by=by), found


def take_in(imported: Import, *, good_only: bool, by: User | None) -> Import:
    """Take in the rows that are right, or Refused where all are wanted and some are not.

    What an earlier attempt took in stays as it is; the rest follows.
    """
    if imported.state == Import.State.DONE:
        return imported
    resumed = imported.state == Import.State.RUNNING
    found = plan(imported, by=by)
    if not resumed:
        imported = actions.note_plan(imported, found, by=by)
    if not (resumed or good_only) and (wrong := found.findings.counts[Weight.WRONG]):
        raise Refused(_("Có %d chỗ sai, chưa nhập dòng nào; hãy sửa tệp rồi nhập lại.") % wrong)
    chunks = groupby(found.records, key=lambda record: record.row // actions.CHUNK)
    for number, records in chunks:
        imported = actions.take_chunk(imported, number=number, records=list(records), by=by)
    return actions.finish(imported, by=by)
