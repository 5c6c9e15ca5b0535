"""The house holds its own rules: floors, one place for writes, small files, linear migrations."""

import ast
import configparser
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

ROOT = Path(__file__).parent.parent
FILE_LINES, FUNCTION_LINES = 400, 50

LONGER_FILES: set[str] = set()
LONGER_FUNCTIONS: set[str] = set()

# Writes and raw cursors outside a room's actions: file → why it may.
WRITERS = {
    "lienminh/work/home.py": "the one row that ties a database to its home, made before any room",
    "lienminh/figures/drafting.py": "a new breakdown, made only while post() builds its lines",
    "lienminh/figures/inserting.py": "puts the many rows of an action in at once",
    "lienminh/figures/engine/copy.py": "reads the ledger in pages, past the models",
    "lienminh/figures/triggers.py": "the guards of the ledger, made after every migrate",
}
# Calls that only the database's managers, querysets and models know.
ALWAYS = re.compile(
    r"a?(bulk_create|bulk_update|get_or_create|update_or_create)|_raw_delete|save_base"
)
# Calls that other things know too; the database's take no positional argument.
WITHOUT_POSITIONAL = {"save", "asave", "delete", "adelete"}
WITH_KEYWORDS_ONLY = {"create", "acreate", "update", "aupdate"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
RELATED = {"add", "set", "remove", "clear"}


def _modules(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.parent.name != "migrations"
    ]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _floors() -> dict[str, int]:
    """Room → floor, counted from the top, as .importlinter lists them."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    lines = config["importlinter:contract:floors"]["layers"].split("\n")
    rooms = [re.findall(r"\w+", line) for line in lines if line.strip()]
    return {room: floor for floor, names in enumerate(rooms) for room in names}


def _own_models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("lienminh."):
            yield model


def _related_names() -> set[str]:
    """The attributes by which rows of our models reach many others."""
    names = set()
    for model in _own_models():
        names |= {field.name for field in model._meta.many_to_many}
        names |= {
            accessor
            for relation in model._meta.related_objects
            if (accessor := relation.get_accessor_name()) is not None
        }
    return names


def test_foreign_keys_point_down_the_floors() -> None:
    floors = _floors()
    upward = [
        f"{model._meta.label}.{field.name} → {target._meta.label}"
        for model in _own_models()
        for field in model._meta.get_fields()
        if field.concrete
        and isinstance(target := field.related_model, type)
        and (room := target._meta.app_label) != model._meta.app_label
        and room in floors
        and floors[room] <= floors[model._meta.app_label]
    ]
    assert not upward


def test_rooms_are_apps_of_their_own_name() -> None:
    """So that a room's floor is known by the label of its models."""
    labels = {app.name: app.label for app in apps.get_app_configs()}
    ours = {name: label for name, label in labels.items() if name.startswith("lienminh.")}
    assert all(name == f"lienminh.{label}" and label in _floors() for name, label in ours.items())


def _attributes(node: ast.expr) -> Iterator[str]:
    """The names in a chain such as `Place.objects.filter(…)`, from the right."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            yield node.attr
            node = node.value
        else:
            node = node.func


def _is_write(call: ast.Call, related: set[str]) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    verb, receiver = call.func.attr, call.func.value
    chain = list(_attributes(receiver))
    if ALWAYS.fullmatch(verb):
        return True
    if verb in WITHOUT_POSITIONAL:
        return not call.args
    if verb in WITH_KEYWORDS_ONLY:
        return bool(MANAGERS & set(chain)) or (not call.args and bool(call.keywords))
    if verb in RELATED:
        return bool(chain) and chain[0] in related
    return verb == "cursor" and isinstance(receiver, ast.Name) and receiver.id == "connection"


def _writes(source: str) -> list[int]:
    """The lines of a module that write to the database or open a raw cursor."""
    related = _related_names()
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sorted(call.lineno for call in calls if _is_write(call, related))


def test_only_actions_write() -> None:
    writing = {
        _name(path): lines
        for path in _modules("lienminh")
        if path.name != "actions.py" and (lines := _writes(path.read_text("utf-8")))
    }
    assert writing.keys() == WRITERS.keys(), writing


@pytest.mark.parametrize(
    "line",
    [
        "Place.objects.create(ref='x')",
        "rows = Place.objects.filter(ref='x'); rows.update(ref='y')",
        "Place.objects.filter(ref='x').delete()",
        "place.save(update_fields=['ref'])",
        "Place._default_manager.bulk_create(rows)",
        "posting.entries.add(entry, bulk=False)",
        "user.groups.clear()",
        "connection.cursor().execute('DELETE FROM x')",
    ],
)
def test_a_write_is_recognised(line: str) -> None:
    assert _writes(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "document.save(buffer)",
        "digest.update(content)",
        "seen.add(place)",
        "words.update({'a': 1})",
        "triggers.create()",
        "Place.objects.filter(ref='x').first()",
        "duckdb.connect().execute('CREATE TEMP TABLE x (y INTEGER)')",
    ],
)
def test_what_only_looks_like_a_write_is_left_alone(line: str) -> None:
    assert _writes(line) == []


def test_actions_say_who_acts_and_act_whole() -> None:
    """Each public action takes `by=` and runs in one transaction."""
    wrong = []
    for path in _modules("lienminh"):
        if path.name != "actions.py":
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            by = "by" in {argument.arg for argument in node.args.kwonlyargs}
            writes = bool(_writes(ast.unparse(node))) or "transaction.atomic" in ast.unparse(node)
            if writes and not (by and "transaction.atomic" in ast.unparse(node)):
                wrong.append(f"{_name(path)}: {node.name}")
    assert not wrong


def test_files_and_functions_are_short() -> None:
    files, functions = set(), set()
    for path in _modules("lienminh", "tests", "tools", "benchmarks"):
        source = path.read_text("utf-8")
        if source.count("\n") > FILE_LINES:
            files.add(_name(path))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    functions.add(f"{_name(path)}: {node.name}")
    assert files == LONGER_FILES
    assert functions == LONGER_FUNCTIONS


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    output = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=output)
    assert output.getvalue().strip() == "No changes detected"


@pytest.mark.django_db
def test_migrations_are_named_and_linear() -> None:
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("lienminh.")}
    assert not {app for app in loader.detect_conflicts() if app in ours}
    names = {name for app, name in loader.disk_migrations if app in ours}
    assert not [name for name in names if "_auto_" in name]
