"""`lienminh read`: the figures of texts, one JSON object a line, or a table to read."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from lienminh.intake.reading import Proposal, propose, shown
from lienminh.intake.texts import text_of
from lienminh.rules.errors import Refused


class Command(BaseCommand):
    help = "Read figures out of documents (.txt, .html, .docx, .pdf, .xlsx); nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("files", nargs="+", metavar="FILE", help="documents to read")
        add("--jsonl", action="store_true", help="one JSON object a line, with every field")
        add("--all", action="store_true", help="also what is probably no figure")
        add("--text", action="store_true", help="print the text that the offsets index, no more")

    def handle(self, *_: Any, **options: Any) -> None:
        refused = []
        for name in options["files"]:
            try:
                self._one(name, options)
            except Refused as refusal:
                refused.append(f"{Path(name).name}: {refusal}")
        if refused:
            raise Refused(" ".join(refused))

    def _one(self, name: str, options: dict[str, Any]) -> None:
        text = text_of(Path(name))
        if options["text"]:
            self.stdout.write(text, ending="")
            return
        proposals = propose(text)
        for one in proposals if options["all"] else shown(proposals):
            self.stdout.write(_line(one, name, as_json=options["jsonl"]))


def _line(one: Proposal, name: str, *, as_json: bool) -> str:
    told = one.as_json(Path(name).name)
    if as_json:
        return json.dumps(told, ensure_ascii=False)
    fields: Iterable[str] = (
        " ".join(f"{told['qualifier'] or ''} {told['span']}".split()),
        told["indicator"] or f"{told['unit']}, {told['measure']}",
        told["place"] or "?",
        " – ".join(dict.fromkeys(told["period"])) if told["period"] else "?",
        f"{one.figure.confidence}%",
    )
    return f"{told['file']}:{told['start']}  " + "  ·  ".join(fields)
