"""`lienminh import registry FILE`: take a workbook in, or say what is wrong with it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lienminh.figures.moments import day_of
from lienminh.registry.models import Import, Kind
from lienminh.registry.workbooks import actions, taking_in
from lienminh.registry.workbooks.findings import Findings, Weight
from lienminh.registry.workbooks.plans import look
from lienminh.registry.workbooks.uploads import kept_file, path_of
from lienminh.rules.errors import Refused
from lienminh.work import home


class Command(BaseCommand):
    help = "Take organisations into the registry from a workbook: .xlsx, .xls or .csv."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("what", choices=["registry"], help="what is taken in: registry")
        add("file", type=Path, help="the workbook")
        add("--sheet", default="", metavar="NAME", help="the sheet (else the first with a table)")
        add("--province", default="", metavar="NAME", help="where rows that name no province lie")
        add("--kind", default="", help=f"what rows are that do not say: {', '.join(Kind.values)}")
        add("--day", default="", metavar="DAY", help="the day the list is of (else today)")
        add("--year", default="", help="the year whose members, capital … are taken in too")
        add("--money", default="", help="the đồng a number counts where heads do not say: 1000000")
        add("--good-rows", action="store_true", help="take in the right rows though some are wrong")
        add("--check", action="store_true", help="say what is wrong and take nothing in")

    def handle(self, *_: Any, **options: Any) -> None:
        home.require()
        imported = _begun(options)
        if imported.state == Import.State.DONE:
            self.stdout.write(f"Đã nhập: {imported.taken} tổ chức.")
            return
        if options["check"]:
            imported, plan = taking_in.check(imported, by=None)
            self._tell(plan.findings)
            if wrong := plan.findings.counts[Weight.WRONG]:
                raise Refused(f"{wrong} problem(s); nothing was taken in.")
            self.stdout.write(f"Nhập được: {imported.mapping['good']} tổ chức.")
            return
        try:
            imported = taking_in.take_in(imported, good_only=options["good_rows"], by=None)
        finally:
            imported.refresh_from_db()
            self._tell(Findings.of(imported.problems))
        self.stdout.write(f"Đã nhập: {imported.taken} tổ chức.")

    def _tell(self, findings: Findings) -> None:
        for one in findings.listed:
            self.stdout.write(f"{one.cell}: {one.sentence}")


def _begun(options: dict[str, Any]) -> Import:
    if options["kind"] and options["kind"] not in Kind.values:
        raise Refused(f"'{options['kind']}' is not a kind; use one of {', '.join(Kind.values)}.")
    if not options["file"].is_file():
        raise Refused(f"There is no file {options['file']}.")
    sha256 = kept_file(options["file"])
    seen = look(path_of(sha256), options["sheet"])
    imported = actions.begin(sha256=sha256, name=options["file"].name, sheet=seen.sheet, by=None)
    if imported.state != Import.State.MAPPING:
        return imported
    for name in ("year", "money"):
        if options[name] and not options[name].isdecimal():
            raise Refused(f"--{name} takes a whole number, not '{options[name]}'.")
    defaults = {name: options[name] for name in ("kind", "province", "year", "money")}
    if options["day"]:
        defaults["day"] = day_of(options["day"]).isoformat()
    return actions.settle(
        imported, heads=seen.heads, columns=seen.columns, defaults=defaults, by=None
    )
