"""`lienminh reference`: the pages of docs/reference, written from the code they describe."""

import inspect
import re
from argparse import Action
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import CommandError, get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Model

import lienminh
from lienminh.config.settings import SETTINGS
from lienminh.demo.cast_files import packaged, read_cast
from lienminh.figures import reasons
from lienminh.figures.models import Indicator
from lienminh.figures.questions import Why
from lienminh.places.source import DATA, GROUPINGS, read_epochs, read_facts
from lienminh.rules.files import yaml_of
from lienminh.web.hooks import integrity

ROOT = Path(lienminh.__file__).parent.parent
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Written by `lienminh reference`; change the code, not this page. -->"
BASIS = {
    "stated": "stated",
    "memory": "remembered, to be verified",
    "infer": "inferred from usage",
}


class Command(BaseCommand):
    help = "Write docs/reference from the code it describes (for those who work on the code)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 when a page differs"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if not (ROOT / "pyproject.toml").is_file():
            raise CommandError("This is not a source checkout; run it where docs/ lies.")
        pages = {FOLDER / name: page for name, page in written().items()}
        stale = [path for path, page in pages.items() if _differs(path, page)]
        if options["check"] and stale:
            names = ", ".join(path.name for path in stale)
            raise CommandError(f"docs/reference is not current ({names}); run lienminh reference.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in stale:
            path.write_text(pages[path], "utf-8")
            self.stdout.write(f"docs/reference/{path.name}")


def _differs(path: Path, page: str) -> bool:
    return not path.is_file() or path.read_text("utf-8") != page


def written() -> dict[str, str]:
    """Every page by its file name."""
    return {
        name: "\n".join([f"# {title}", "", MADE, "", *lines()]).rstrip() + "\n"
        for name, (title, lines) in _PAGES.items()
    }


def _index() -> Iterator[str]:
    yield "What there is, word for word as the code has it."
    yield ""
    yield from (
        f"- [{title}]({name})" for name, (title, _) in _PAGES.items() if name != "README.md"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in row)} |"
    yield ""


def _code(words: Iterable[object]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _commands() -> Iterator[str]:
    yield "Bad input and faults end in one sentence and exit status 1. A question that nothing"
    yield "answers is neither: it says why and exits 0."
    yield ""
    ours = {name: room for name, room in get_commands().items() if room.startswith("lienminh.")}
    for name, room in sorted(ours.items()):
        command = load_command_class(room, name)
        yield from [f"## lienminh {name}", "", command.help, ""]
        options = _options(command, name)
        if options:
            yield from _table(["option", "meaning", "default"], map(_option, options))
    yield from ["## Of Django", ""]
    yield "`lienminh migrate` brings a database to this version, `lienminh shell` opens Python with"
    yield "the models at hand. `lienminh help` lists the others."


def _options(command: BaseCommand, name: str) -> list[Action]:
    """The command's own options, without those of every Django command."""
    common = {action.dest for action in BaseCommand().create_parser("lienminh", name)._actions}
    parser = command.create_parser("lienminh", name)
    return [action for action in parser._actions if action.dest not in common]


def _option(action: Action) -> tuple[str, str, str]:
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    shown = " ".join(filter(None, [*action.option_strings[:1], str(value)]))
    told = (action.help or "").replace(" (default: all)", "")
    repeat = " (repeatable)" if isinstance(action.default, list) else ""
    required = "required" if action.required else ""
    plain = isinstance(action.default, str) and action.default != ""
    return f"`{shown}`", told + repeat, f"`{action.default}`" if plain else required


def _settings() -> Iterator[str]:
    yield "Settings are read from the environment and from nowhere else."
    yield ""
    yield from _table(
        ["variable", "meaning", "when unset"],
        ((f"`{s.name}`", s.help, f"`{s.default}`" if s.default else "") for s in SETTINGS),
    )


def _indicators() -> Iterator[str]:
    catalogue = _packaged_yaml("lienminh.figures", "catalogue/indicators.yaml")
    yield "What can be asked. Amounts are whole numbers of the unit; percent are kept in"
    yield "hundredths. Units are described among the [parameters](parameters.md)."
    yield ""
    yield from _table(
        ["indicator", "Vietnamese", "English", "unit", "measure", "counts", "about", "keys"],
        (
            (
                f"`{code}`",
                *entry["label"],
                entry["unit"],
                entry["measure"] + (f" of {_code(entry['ratio'])}" if "ratio" in entry else ""),
                entry.get("counts", Indicator.Counts.UNITS),
                entry.get("about", Indicator.About.PLACE),
                _code(entry.get("keys", [])),
            )
            for code, entry in catalogue.items()
        ),
    )
    yield from _choices(Indicator)
    yield from _cell_keys(catalogue)


def _cell_keys(catalogue: dict[str, Any]) -> Iterator[str]:
    yield from ["## Keys of breakdowns", ""]
    yield "Asked with `--where key=value`; several values of one key in one cell are `a+b`."
    yield "Parts are added only over a key that the indicator declares a partition, or that a"
    yield "source declares one for the figures it states together."
    yield ""
    keys = _packaged_yaml("lienminh.figures", "catalogue/keys.yaml")
    schemes = {
        subject.value: [subject.label_vi, subject.label_en]
        for _, told in read_cast(packaged())
        for subject in told.subjects
        if subject.value
    }
    for key, entry in keys.items():
        yield from [f"### `{key}`: {', '.join(entry['label'])}", ""]
        over = [code for code, told in catalogue.items() if key in told.get("partitions", [])]
        yield f"A partition of {_code(over)}." if over else "A partition of nothing."
        yield ""
        if key == "scheme":
            yield "Schemes are named when they are entered. Those of the demo:"
            yield ""
        values = entry["values"] or schemes
        rows = ((f"`{value}`", *labels) for value, labels in values.items())
        yield from _table(["value", "Vietnamese", "English"], rows)


def _parameters() -> Iterator[str]:
    yield "Law and usage as data. Each file lies in `lienminh/rules/parameters/`; a decree adds a"
    yield "date and changes none. The source says how sure the value is."
    yield ""
    folder = files("lienminh.rules").joinpath("parameters")
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".yaml"):
            continue
        told = yaml_of(file)
        source, dates = told["source"], list(told.get("values", ()))
        yield from [f"## `{file.name.removesuffix('.yaml')}`", "", told["description"], ""]
        yield f"- Source: {source['title']} ({BASIS[source['basis']]})"
        yield f"- Unit: {told['unit'] or 'none'}"
        yield f"- Valid: {', '.join(f'from {day}' for day in dates) or 'undated'}"
        yield ""
    yield from ["## Units", ""]
    units = yaml_of(folder.joinpath("units.yaml"))["table"]
    yield from _table(
        ["unit", "Vietnamese", "English", "kind", "turns"],
        (
            (
                f"`{u}`",
                t["word"],
                ", ".join(dict.fromkeys(t["english"])),
                t["kind"],
                t.get("turns", ""),
            )
            for u, t in units.items()
        ),
    )


def _places() -> Iterator[str]:
    facts = read_facts()
    yield from [facts["note"].strip(), "", "## Borders", ""]
    yield from _table(
        ["from", "units", "source", "how sure"],
        (
            (
                told["first_day"],
                ", ".join(f"{count} {level}" for level, count in told["counts"].items()),
                told["source"]["title"],
                BASIS[told["source"]["basis"]],
            )
            for told in facts["epochs"]
        ),
    )
    for epoch in read_epochs()[1:]:
        links = Counter((link.old[0], link.extent) for link in epoch.links)
        yield from [f"Successions on {epoch.first_day}, by how much of the old unit went:", ""]
        rows = ((level, extent, count) for (level, extent), count in sorted(links.items()))
        yield from _table(["level", "extent", "successions"], rows)
    orphans = sum(map(len, facts["without_successor"]))
    yield f"{orphans} old communes have no successor in the source, and none is guessed."
    yield "Codes are reused by other units; a place is named by its ref, such as `p70-2008`."
    yield ""
    yield from ["## Changes within the lists", ""]
    yield from _table(
        ["unit", "until", "was", "source", "how sure"],
        (
            (
                f"`{e['ref']}`",
                e["until"],
                " ".join(filter(None, [e.get("kind"), e.get("name")])),
                e["source"]["title"],
                BASIS[e["source"]["basis"]],
            )
            for e in facts["earlier"]
        ),
    )
    yield from _groupings()


def _groupings() -> Iterator[str]:
    yield from ["## Groupings", ""]
    yield "A grouping without a stated list of members has no total: none is computed."
    yield ""
    rows: list[Sequence[object]] = []
    for told in yaml_of(DATA / GROUPINGS):
        name = f"{told['name']} (`g-{told['code']}`)"
        for listed in told.get("lists", ()):
            span = f"{listed['first_day']} – {listed.get('last_day', '')}"
            sure = BASIS[listed["source"]["basis"]]
            rows.append((name, told["kind"], span, ", ".join(listed["members"]), sure))
        if "lists" not in told:
            rows.append((name, told["kind"], "", "no list is stated", ""))
    yield from _table(["grouping", "kind", "days", "members", "how sure"], rows)


def _words() -> Iterator[str]:
    yield "The words that a field of a record may hold, by room. *Entry* is a line of the ledger."
    yield ""
    for config in apps.get_app_configs():
        if config.name.startswith("lienminh."):
            for model in config.get_models():
                yield from _choices(model)


def _reasons() -> Iterator[str]:
    yield "A well-formed question that nothing answers has no value and one of these reasons."
    yield "In braces stands what a reason names."
    yield ""
    named = (why for why in vars(reasons).values() if isinstance(why, Why))
    plain = ([re.sub(r":%[^}]*", "", sentence) for sentence in why] for why in named)
    yield from _table(["`why`", "Vietnamese"], plain)


def _choices(model: type[Model]) -> Iterator[str]:
    """The enumerations of a model's own fields, with the first sentence that describes it."""
    fields = [field for field in model._meta.concrete_fields if field.choices]
    if not fields:
        return
    summary = (inspect.getdoc(model) or "").splitlines()[0]
    room = model._meta.app_label
    yield from [f"## {model.__name__} ({room})", "", summary, ""]
    for field in fields:
        yield from _table(
            [f"`{field.name}`", "meaning"], ((f"`{v}`", t) for v, t in field.flatchoices)
        )


def _checks() -> Iterator[str]:
    yield "What `lienminh check` asks of a home. What each finding means and what to do:"
    yield "[check and mend](../howto/check-and-mend.md)."
    yield ""
    rows = []
    for check in integrity.registered_checks:
        room = check.__module__.split(".")[1]
        asked = (inspect.getdoc(check) or "").splitlines()[0]
        found = sorted(set(re.findall(r"E[0-9]{3}", inspect.getsource(check))))
        rows += [(f"`{room}.{number}`", asked) for number in found]
    yield from _table(["finding", "what must hold"], sorted(rows))


def _packaged_yaml(package: str, path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml_of(files(package).joinpath(path))
    return loaded


_PAGES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "README.md": ("Reference", _index),
    "commands.md": ("Commands", _commands),
    "settings.md": ("Settings", _settings),
    "indicators.md": ("Indicators and breakdowns", _indicators),
    "parameters.md": ("Parameters", _parameters),
    "places.md": ("Places", _places),
    "words.md": ("States and enumerations", _words),
    "reasons.md": ("Why there is no figure", _reasons),
    "checks.md": ("Integrity checks", _checks),
}
