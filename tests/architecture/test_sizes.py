"""No module and no class is so big that nobody reads it whole."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import modules

MOST_LINES = 400
MOST_METHODS = 15
REASON = "Why so many:"  # in the docstring of a class that has more


def too_long(source: str) -> bool:
    """Whether a module has more lines than it may."""
    return len(source.splitlines()) > MOST_LINES


def crowded(source: str) -> list[str]:
    """Return the classes with too many public methods and properties, and no reason for them."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and len(_public(node)) > MOST_METHODS
        and REASON not in (ast.get_docstring(node) or "")
    ]


def _public(node: ast.ClassDef) -> set[str]:
    return {
        part.name
        for part in node.body
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
        and not part.name.startswith("_")
    }


def test_no_module_is_too_long():
    assert {path for path, text in modules() if too_long(text)} == set()


def test_no_class_has_too_many_public_methods():
    found = {f"{path}: {name}" for path, text in modules() for name in crowded(text)}
    assert found == set()


@pytest.mark.parametrize(("lines", "bites"), [(MOST_LINES, False), (MOST_LINES + 1, True)])
def test_the_length_rule_bites(lines, bites):
    assert too_long("x = 1\n" * lines) is bites


def test_the_class_rule_bites():
    methods = "".join(f"    def m{n}(self): ...\n" for n in range(MOST_METHODS + 1))
    assert crowded(f"class Big:\n{methods}") == ["Big"]
    assert crowded(f'class Big:\n    """Big. {REASON} one a row."""\n{methods}') == []
    assert crowded(f"class Fair:\n{methods.replace('def m0', 'def _m0')}") == []
