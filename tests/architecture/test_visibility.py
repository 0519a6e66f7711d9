"""In views rows are only read through a filter of visibility."""

from __future__ import annotations

import ast

from tests.architecture.source import modules

FILTERS = {"visible_to", "sent_to", "public", "of", "for_catalogue"}


def unfiltered(source: str) -> list[int]:
    """Return the lines where ``.objects`` is not followed at once by such a filter."""
    tree = ast.parse(source)
    followed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in FILTERS
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_default_manager")
        and id(node) not in followed
    ]


def test_views_filter_by_visibility():
    found = {
        f"{path}:{line}"
        for path, text in modules()
        if "/views" in f"/{path}"
        for line in unfiltered(text)
    }
    assert not found


def test_the_rule_bites():
    assert unfiltered("Application.objects.get(pk=1)") == [1]
    assert unfiltered("Application.objects.visible_to(user).get(pk=1)") == []
