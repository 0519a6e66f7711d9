"""In views people come to rows only through a door."""

from __future__ import annotations

import ast

from tests.architecture.source import modules

DOORS = {"visible_to", "sent_to", "public", "of", "for_catalogue"}


def without_door(source: str) -> list[int]:
    """Return the lines where ``.objects`` is not followed at once by a door."""
    tree = ast.parse(source)
    followed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in DOORS
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_default_manager")
        and id(node) not in followed
    ]


def test_views_use_the_doors():
    found = {
        f"{path}:{line}"
        for path, text in modules()
        if "/views" in f"/{path}"
        for line in without_door(text)
    }
    assert not found


def test_the_rule_bites():
    assert without_door("Application.objects.get(pk=1)") == [1]
    assert without_door("Application.objects.visible_to(user).get(pk=1)") == []
