"""`lienminh check`: integrity in words; silent when all is well."""

from typing import Any

from django.core.management.base import BaseCommand

from lienminh.rules.errors import Refused
from lienminh.web.hooks import integrity
from lienminh.work import home


class Command(BaseCommand):
    help = "Check the ledger, its guards and its copy, and the places; exit 1 on any finding."
    requires_system_checks = []

    def handle(self, *_: Any, **__: Any) -> None:
        home.require()
        self.check(display_num_errors=False)
        findings = integrity.run_checks()
        for finding in findings:
            self.stdout.write(f"{finding.id}: {finding.msg}\n    {finding.hint}")
        if findings:
            raise Refused(f"{len(findings)} finding(s); see above for what to do.")
