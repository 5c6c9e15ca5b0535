"""Every Vietnamese text that is looked up in a catalogue: `python tools/messages.py [--check]`.

Vietnamese is the msgid. Templates are cut by Django's own lexer, so a msgid is exactly what Django
looks up (`%(name)s` for a variable, %% for a per cent sign); Python is read as a syntax tree; what
is looked up by a variable comes from the tables it is taken from. Without --check all msgids are
listed with their places; with it, only what is missing from the English catalogue or unused in it.
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.pofile import read_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

from lienminh.rules.typed import SIZES, Sentence

ROOT: Final = Path(__file__).resolve().parent.parent
CODE: Final = ROOT / "lienminh"
CATALOGUE: Final = CODE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"

_SINGLE: Final = {"gettext", "gettext_lazy", "gettext_noop"}
_PLURAL: Final = {"ngettext", "ngettext_lazy"}
_TRANSLATE: Final = {"translate", "trans"}
_BLOCK: Final = {"blocktranslate", "blocktrans"}
_END: Final = {f"end{name}" for name in _BLOCK}
_QUOTED: Final = re.compile(r"""(["'])(.*?)\1""")
_UNDERSCORE: Final = re.compile(r"""_\((["'])(.*?)\1\)""")


class Message(NamedTuple):
    """A text as it is looked up, and its plural where it counts something."""

    text: str
    plural: str = ""


class Untranslatable(Exception):
    """A text that is put together before it is looked up, so that no catalogue can hold it."""


def messages_in_use() -> dict[Message, list[str]]:
    """Every message of the code, with the places (`file:line`) that look it up."""
    found: dict[Message, list[str]] = defaultdict(list)
    for path in sorted(CODE.rglob("*.html")):
        for line, message in in_template(path.read_text("utf-8")):
            found[message].append(f"{path.relative_to(ROOT)}:{line}")
    for path in sorted(CODE.rglob("*.py")):
        for line, message in in_python(path.read_text("utf-8"), path):
            found[message].append(f"{path.relative_to(ROOT)}:{line}")
    for sentence in Sentence:
        found[Message(str(sentence))].append("lienminh/rules/typed.py")
    for word in SIZES:
        found[Message(word)].append("lienminh/rules/typed.py")
    return dict(found)


def in_template(source: str) -> Iterator[tuple[int, Message]]:
    """The messages of a template, with their lines."""
    block: list[Token] = []
    for token in Lexer(source).tokenize():
        name = token.contents.partition(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if name in _END:
            yield block[0].lineno or 0, _of_block(block)
            block = []
        elif block or name in _BLOCK:
            block.append(token)
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            first = token.contents.partition(" ")[2].lstrip() if name in _TRANSLATE else ""
            literals = [_QUOTED.match(first), *_UNDERSCORE.finditer(token.contents)]
            for literal in filter(None, literals):
                yield token.lineno or 0, Message(_doubled(literal[2]))


def _of_block(tokens: Sequence[Token]) -> Message:
    """The message of {% blocktranslate %} …, its opening token first."""
    trimmed = "trimmed" in tokens[0].split_contents()
    forms = [""]
    for token in tokens[1:]:
        if token.token_type is TokenType.BLOCK:
            forms.append("")
        elif token.token_type is TokenType.VAR:
            forms[-1] += f"%({token.contents})s"
        elif token.token_type is TokenType.TEXT:
            forms[-1] += _doubled(token.contents)
    return Message(*(trim_whitespace(form) if trimmed else form for form in forms))


def _doubled(text: str) -> str:
    return text.replace("%", "%%")


def in_python(source: str, path: Path) -> Iterator[tuple[int, Message]]:
    """The messages of a module, with their lines; Untranslatable for one built beforehand."""
    tree = ast.parse(source)
    names = _translators(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        called = node.func.attr if isinstance(node.func, ast.Attribute) else names.get(called, "")
        wanted = 1 if called in _SINGLE else 2 if called in _PLURAL else 0
        given = node.args[:wanted]
        if any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in given):
            raise Untranslatable(f"{path}:{node.lineno}: look the text up first, then fill it in.")
        texts = [str(one.value) for one in given if isinstance(one, ast.Constant)]
        if texts:
            yield node.lineno, Message(*texts)


def _translators(tree: ast.Module) -> dict[str, str]:
    """The names by which a module calls Django's functions, and the functions."""
    return {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
    }


def messages_translated() -> dict[Message, tuple[str, ...]]:
    """The English catalogue: each message and its translation, in both numbers where it counts."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {Message(*_texts(entry.id)): _texts(entry.string) for entry in catalogue if entry.id}


def _texts(given: Sequence[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())


def main(arguments: Sequence[str]) -> int:
    """List, or check; 1 when the catalogue and the code differ."""
    parser = argparse.ArgumentParser(description="List the texts to be translated.")
    parser.add_argument("--check", action="store_true", help="only what is missing or unused")
    options = parser.parse_args(arguments)
    used = messages_in_use()
    if not options.check:
        for message, places in used.items():
            print(f"{message.text!r}  {' '.join(places)}")
        return 0
    translated = {message for message, texts in messages_translated().items() if all(texts)}
    for message in used.keys() - translated:
        print(f"missing: {message.text!r}  {' '.join(used[message])}")
    for message in translated - used.keys():
        print(f"unused: {message.text!r}")
    return int(used.keys() != translated)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
