"""docs/asvs.md has every line of ASVS 5.0.0 at levels 1 and 2, and names tests that exist."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
STATUSES = {"met", "not met", "not applicable"}

# Of each section the highest number at these levels: in each they come before level 3.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1,
    "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip


def rows() -> list[list[str]]:
    """Return the cells of every line."""
    lines = re.findall(r"(?m)^\| (\d+\.\d+\.\d+ \|.*) \|$", PAGE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def named_tests() -> list[tuple[str, str, str]]:
    """Return line, path and name of every test that the page names."""
    return [
        (row[0], path, name)
        for row in rows()
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row[4])
    ]


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of the functions of a test file; none for a file that is not there."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_line_of_both_levels_is_there_once() -> None:
    expected = [f"{name}.{n}" for name, last in SECTIONS.items() for n in range(1, last + 1)]
    assert [row[0] for row in rows()] == expected
    assert Counter(row[1] for row in rows()) == {"1": 65, "2": 152}


def test_every_line_has_a_status_and_what_holds_or_explains_it() -> None:
    for number, _level, asked, status, why in rows():
        assert status in STATUSES, number
        assert asked, number
        assert why, number
        if status == "met":
            assert "`tests/" in why, number


def test_every_named_test_exists() -> None:
    missing = [row for row in named_tests() if row[2] not in functions(row[1])]
    assert missing == []
    assert len(named_tests()) > 150


def test_the_sums_are_those_of_the_lines() -> None:
    for level in ("1", "2"):
        found = Counter(row[3] for row in rows() if row[1] == level)
        sums = [found[status] for status in ("met", "not met", "not applicable")]
        assert f"| {level} | " + " | ".join(map(str, sums)) + " |" in PAGE


@pytest.mark.parametrize("name", ["test_that_nobody_wrote", ""])
def test_the_rule_bites(name: str) -> None:
    assert name not in functions("tests/architecture/test_asvs.py")
    assert functions("tests/no_such_file.py") == frozenset()
