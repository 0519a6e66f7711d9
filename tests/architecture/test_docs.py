"""What the documents name in our code is there: modules by path, functions and classes by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import APPS, ROOT, modules

DOCS = sorted((ROOT / "docs").rglob("*.md")) + [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
_NAMED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(
    rf"(?:{'|'.join((*APPS, 'templates', 'tests', 'scripts'))})/[\w/.-]+\.(?:py|html|toml)"
)
_DOTTED = re.compile(rf"(?:{'|'.join(APPS)})(?:\.\w+)+(?:\(\))?")
_OTHER = re.compile(r"\w+\.(?:js|css|add_\w+)")  # static files, permissions of Django

_CODE = "\n".join(text for _path, text in modules())


def missing(text: str) -> Iterator[str]:
    """Yield what ``text`` names between backticks and what our code does not have.

    A document that is superseded tells of its time and is not read.
    """
    if re.search(r"^Status: .*superseded by", text, re.M | re.I):
        return
    for name in _NAMED.findall(text):
        if _PATH.fullmatch(name):
            is_there = (ROOT / name).exists()
        elif _DOTTED.fullmatch(name) and not _OTHER.fullmatch(name):
            is_there = _has(name.removesuffix("()"))
        else:
            continue
        if not is_there:
            yield name


def _has(dotted: str) -> bool:
    """Whether our code has the name: a module, what one defines or imports, a model, a task."""
    parts = dotted.split(".")
    if len(parts) == 2 and re.search(rf'"{re.escape(dotted)}"|^class {parts[1]}\(', _CODE, re.M):
        return True
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        files = [place / "__init__.py", place.with_suffix(".py")]
        if source := next((file for file in files if file.is_file()), None):
            rest = parts[length:]
            return not rest or rest[0] in _names(source)
    return False


def _names(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).rpartition(".")[2])
    return found


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_what_a_document_names_is_there(file: Path) -> None:
    assert list(missing(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("`permits/policies.py` and `permits.policies.may_sign()`", []),
        ("`permits/gone.py`", ["permits/gone.py"]),
        ("`permits.policies.may_fly`", ["permits.policies.may_fly"]),
        ("Status: accepted. Superseded by 0099\n\n`permits/gone.py`", []),
    ],
)
def test_the_rule_bites(text: str, names: list[str]) -> None:
    assert list(missing(text)) == names
