"""The law is data: every parameter has its source, and no number hides in a rule."""

import ast
import unicodedata
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from lienminh import rules
from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table, value_on

ROOT = Path(rules.__path__[0])
PARAMETERS = sorted((ROOT / "parameters").glob("*.yaml"))
TEXTS = sorted(ROOT.rglob("*.yaml"))
RULES = sorted(ROOT.rglob("*.py"))
NUMBERS_THAT_EXPLAIN_THEMSELVES = {0, 1, 12, 100}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PARAMETERS, ids=lambda path: path.stem)
def test_a_parameter_says_what_it_is_and_where_it_comes_from(path: Path) -> None:
    parameter = read(path)
    assert parameter["description"].strip()
    assert "unit" in parameter
    assert set(parameter["source"]) == {"title", "link", "basis"}
    assert parameter["source"]["title"].strip()
    assert parameter["source"]["basis"] in {"stated", "memory", "infer"}
    assert ("values" in parameter) != ("table" in parameter)
    assert all(type(day) is date for day in parameter.get("values", {}))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_vietnamese_in_the_data_is_composed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def function_numbers(tree: ast.Module) -> Iterator[ast.Constant]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda))
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex):
                yield node


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_bare_number_stands_in_a_rule(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        f"line {node.lineno}: {node.value!r}"
        for node in function_numbers(tree)
        if node.value not in NUMBERS_THAT_EXPLAIN_THEMSELVES
    ]
    assert not bare, "name it or make it a parameter"


def test_the_value_in_force_is_that_of_the_latest_date_not_after_the_day() -> None:
    first = value_on("document_date", date(2015, 1, 1))
    assert first == value_on("document_date", date(2020, 3, 4))
    assert value_on("document_layout", date(2024, 1, 1))["page"] == {"width": 210, "height": 297}


def test_a_day_before_the_first_value_is_refused() -> None:
    with pytest.raises(Refused, match="no value on 2020-03-04: its first begins on 2020-03-05"):
        value_on("document_layout", date(2020, 3, 4))


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(Refused, match="There is no parameter thresholds"):
        table("thresholds")


def test_a_caller_cannot_change_the_law_for_others() -> None:
    table("units")["cooperative"]["word"] = "khác"
    assert table("units")["cooperative"]["word"] == "hợp tác xã"


def test_the_rules_carry_their_data_with_them() -> None:
    assert (resources.files("lienminh.rules.parameters") / "units.yaml").is_file()
    assert (resources.files("lienminh.rules") / "cases" / "sums.yaml").is_file()
