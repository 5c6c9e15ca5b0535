"""Reading the files of a package: what is wrong with one is said in a sentence that names it."""

from importlib.resources.abc import Traversable
from typing import Any

import yaml

from lienminh.rules.errors import Refused


def text_of(file: Traversable) -> str:
    """The text of a file; Refused when it is missing or not UTF-8."""
    try:
        return file.read_text("utf-8")
    except OSError as fault:
        sentence = " ".join(str(fault).split())
        raise Refused(f"{file.name} cannot be read ({sentence}); restore it.") from fault
    except UnicodeDecodeError as fault:
        raise Refused(f"{file.name} is not UTF-8 text at byte {fault.start}; fix it.") from None


def yaml_of(file: Traversable) -> Any:
    """The content of a YAML file; Refused when it cannot be read as such."""
    try:
        return yaml.safe_load(text_of(file))
    except yaml.YAMLError as fault:
        sentence = " ".join(str(fault).split())
        raise Refused(f"{file.name} cannot be read as YAML ({sentence}); restore it.") from fault


def require(where: str, facts: object, *keys: str) -> None:
    """Refuse a part of a YAML file that is no mapping or lacks a key, naming both."""
    present = set(facts) if isinstance(facts, dict) else set()
    if missing := [key for key in keys if key not in present]:
        raise Refused(f"{where} lacks {', '.join(missing)}; restore the file.")
