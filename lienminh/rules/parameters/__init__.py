"""The law and the usages as data: one YAML file a parameter, each with its source.

A dated parameter has `values` by the day each begins; a usage that no decree dates has one `table`.
"""

from copy import deepcopy
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from lienminh.rules.errors import Refused
from lienminh.rules.files import yaml_of


def value_on(name: str, day: date) -> Any:
    """Value of a dated parameter in force on the day; refused when none was yet."""
    values = _parameter(name)["values"]
    begun = [first for first in values if first <= day]
    if not begun:
        raise Refused(f"Parameter {name} has no value on {day}: its first begins on {min(values)}.")
    return deepcopy(values[max(begun)])


def table(name: str) -> Any:
    """Table of an undated parameter."""
    return deepcopy(_parameter(name)["table"])


@cache
def _parameter(name: str) -> dict[str, Any]:
    file = resources.files(__name__) / f"{name}.yaml"
    if not file.is_file():
        raise Refused(f"There is no parameter {name}: see the files of lienminh/rules/parameters.")
    parameter: dict[str, Any] = yaml_of(file)
    return parameter
