"""Documentation is under test: nothing public is unnamed, no link is dead, no example is stale.

`UPDATE_DOCS=1` writes what the examples print now into the pages; read the diff.
"""

import ast
import os
import re
import shlex
from collections.abc import Iterable, Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command, get_commands
from pytest_django import Settings

import lienminh
from lienminh.config.management.commands.reference import written
from lienminh.config.settings import SETTINGS
from lienminh.rules.errors import Refused
from lienminh.work import home

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")])
PAGES += sorted(DOCS.rglob("*.md"))
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
# Paths of a machine, and hosts that only the builder of a page had.
FORBIDDEN = re.compile(
    r"(?<![\w.])/(work|tmp|root|home)\b|index-url|localhost|\bpypi\b", re.IGNORECASE
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ (?:\.venv/bin/)?lienminh ")
ANYTHING = "…"


def _all_text() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


def _catalogue(name: str) -> dict[str, Any]:
    text = files("lienminh.figures").joinpath("catalogue", f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _unnamed(names: Iterable[str], text: str) -> list[str]:
    return [name for name in names if f"`{name}`" not in text]


def _rooms() -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "lienminh").glob("*/__init__.py"))


# -- nothing public is unnamed ---------------------------------------------------------------------


def test_every_setting_is_named() -> None:
    assert not _unnamed((setting.name for setting in SETTINGS), _all_text())


def test_every_command_is_named() -> None:
    ours = [name for name, room in get_commands().items() if room.startswith("lienminh.")]
    assert not [name for name in ours if f"## lienminh {name}\n" not in _all_text()]


def test_every_indicator_key_and_value_is_named() -> None:
    keys = _catalogue("keys")
    names = [*_catalogue("indicators"), *keys]
    names += [value for entry in keys.values() for value in entry["values"]]
    assert not _unnamed(names, _all_text())


def test_every_parameter_is_named() -> None:
    folder = files("lienminh.rules").joinpath("parameters")
    names = [item.name.removesuffix(".yaml") for item in folder.iterdir() if ".yaml" in item.name]
    assert names
    assert not _unnamed(names, _all_text())


@pytest.mark.parametrize("page", ["README.md", "docs/explain/architecture.md"])
def test_every_room_is_on_the_map(page: str) -> None:
    assert not _unnamed(_rooms(), (ROOT / page).read_text("utf-8"))


def test_every_finding_of_check_has_a_section_that_says_what_to_do() -> None:
    found = re.findall(r"`(\w+\.E[0-9]{3})`", written()["checks.md"])
    guide = (DOCS / "howto" / "check-and-mend.md").read_text("utf-8")
    assert found
    assert not [finding for finding in found if f"### {finding}: " not in guide]


def test_every_decision_is_listed() -> None:
    folder = DOCS / "explain" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")
    assert not [page.name for page in folder.glob("0*.md") if f"({page.name})" not in listed]


def test_the_reference_is_current() -> None:
    call_command("reference", check=True)


def test_the_newest_version_in_the_changelog_is_that_of_the_package() -> None:
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first
    assert first[1] == lienminh.__version__


# -- pages hold together ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_relative_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    missing = [link for link in targets if not (page.parent / link.partition("#")[0]).exists()]
    assert not missing


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = LINK.findall(page.read_text("utf-8"))
        waiting += [(page.parent / link).resolve() for link in links if "://" not in link]
    assert not set(PAGES) - reached


@pytest.mark.parametrize("name", NAMES)
def test_no_page_names_a_place_of_this_machine(name: str) -> None:
    found = FORBIDDEN.search((ROOT / name).read_text("utf-8"))
    assert not found, f"{name} says {found and found[0]!r}"


def test_the_front_page_stays_short() -> None:
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert any("Read next" in line for line in readme[:42])
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 90
    pictures = list((DOCS / "start").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size <= 200_000 for picture in pictures)


# -- examples print what the pages show ------------------------------------------------------------


@pytest.fixture
def demo_home(five_reviews: None, db: None, settings: Settings, tmp_path: Path) -> None:
    """A home such as `make demo` leaves behind, but for the dossiers."""
    settings.HOME = tmp_path / "home"
    home.prepare(world="real")


def _blocks(page: Path, language: str) -> Iterator[str]:
    for found in BLOCK.finditer(page.read_text("utf-8")):
        if found[1] == language:
            yield found[2]


def _examples(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines shown beneath it."""
    lines = block.splitlines()
    starts = [index for index, line in enumerate(lines) if PROMPT.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start], lines[start + 1 : end]


def _run(line: str) -> list[str]:
    """What a command line prints, as a user sees it."""
    words = shlex.split(PROMPT.sub("", line))
    out = StringIO()
    try:
        call_command(*words, stdout=out)
    except Refused as refusal:
        return [f"lienminh: {refusal}"]
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the page shows what was printed; `…` alone on a line stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == ANYTHING else re.escape(f"{line}\n") for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _mended(block: str) -> str:
    """The block with what its commands print now, but where the page abridges it."""
    lines: list[str] = []
    for command, shown in _examples(block):
        lines += [command, *(shown if ANYTHING in shown else _run(command))]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("name", [name for name in NAMES if "$ " in (ROOT / name).read_text()])
@pytest.mark.usefixtures("demo_home")
def test_every_example_prints_what_the_page_shows(name: str) -> None:
    page = ROOT / name
    if os.environ.get("UPDATE_DOCS"):
        text = page.read_text("utf-8")
        for block in _blocks(page, "console"):
            text = text.replace(f"```console\n{block}```", f"```console\n{_mended(block)}```")
        page.write_text(text, "utf-8")
    stale = [
        (command, printed)
        for block in _blocks(page, "console")
        for command, shown in _examples(block)
        if not _agrees(shown, printed := _run(command))
    ]
    assert not stale


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "```python" in (ROOT / name).read_text()]
)
@pytest.mark.usefixtures("demo_home")
def test_every_python_example_runs(name: str) -> None:
    names: dict[str, Any] = {}
    for block in _blocks(ROOT / name, "python"):
        exec(compile(ast.parse(block), name, "exec"), names)
