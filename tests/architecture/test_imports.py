"""Imports that import-linter cannot see: circles for types, and modules of Django by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import modules

# import-linter knows other packages as a whole, and all of our code needs some of Django
OF_REQUESTS = ("django.http", "django.shortcuts", "django.forms", "django.template.response")
BELOW_VIEWS = (
    "services",
    "selectors",
    "policies",
    "presenters",
    "content",
    "models",
    "querysets",
    "domain",
)


def imported(source: str) -> Iterator[str]:
    """Yield what a module imports, also for types only and inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sees_requests(path: str, source: str) -> list[str]:
    """Return what a module below the views imports of requests, responses and forms."""
    room = path.removesuffix(".py").split("/")[1]
    if room not in BELOW_VIEWS:
        return []
    return [
        name
        for name in imported(source)
        if f"{name}.".startswith(tuple(f"{one}." for one in OF_REQUESTS))
    ]


def circle(sources: Mapping[str, str]) -> list[str]:
    """Return the modules of one circle of imports; empty if there is none."""
    names = {_dotted(path): path for path in sources}
    graph = {
        name: {found for one in imported(sources[path]) if (found := _module(one, names)) != name}
        - {""}
        for name, path in names.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _module(name: str, names: Mapping[str, str]) -> str:
    """Return our module that ``name`` is, or is a part of."""
    return next((one for one in (name, name.rpartition(".")[0]) if one in names), "")


def test_nothing_below_the_views_sees_a_request_or_a_form():
    found = {path: seen for path, text in modules() if (seen := sees_requests(path, text))}
    assert found == {}


def test_no_modules_import_each_other():
    assert circle(dict(modules())) == []


@pytest.mark.parametrize(
    ("path", "bites"),
    [("permits/services/a.py", True), ("notices/services.py", True), ("permits/views/a.py", False)],
)
def test_the_rule_of_requests_bites(path: str, bites: bool) -> None:
    assert bool(sees_requests(path, "from django.http import QueryDict")) is bites


def test_the_rule_of_circles_bites() -> None:
    late = "def f():\n    from a.two import g"
    assert set(circle({"a/one.py": late, "a/two.py": "from a import one"})) == {"a.one", "a.two"}
    assert circle({"a/one.py": "from a.two import g", "a/two.py": "import re"}) == []
