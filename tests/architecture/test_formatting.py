"""The formatter lays out all code but tables of values."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import modules

MARK = "# fmt: skip"


def laid_out_by_hand(source: str) -> list[int]:
    """Return the lines that keep the formatter away from something that is no table of values."""
    tables = set(_ends(ast.parse(source).body))
    lines = enumerate(source.splitlines(), start=1)
    return [number for number, line in lines if MARK in line and number not in tables]


def _ends(body: list[ast.stmt]) -> Iterator[int | None]:
    """Yield the last lines of the assignments of modules and classes."""
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield node.end_lineno
        if isinstance(node, ast.ClassDef):
            yield from _ends(node.body)


def test_only_tables_of_values_are_laid_out_by_hand():
    found = {path: lines for path, text in modules() if (lines := laid_out_by_hand(text))}
    assert found == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (f"TABLE = (1,\n2)  {MARK}\n", []),
        (f"class Page:\n    columns = (1,\n    2)  {MARK}\n", []),
        (f"call(1,\n2)  {MARK}\n", [2]),
        (f"def act():\n    rows = (1,\n    2)  {MARK}\n", [3]),
    ],
)
def test_the_rule_bites(source, lines):
    assert laid_out_by_hand(source) == lines
