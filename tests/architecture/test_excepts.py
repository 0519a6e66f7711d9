"""Whatever may be raised is caught only where others decide what that is."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import modules

CATCHES_ALL = {
    "complaints/services/attachments.py",  # a malformed file once more, being cleaned
    "documents/uploads.py",  # a malformed file, read by other people's programs
    "documents/workbooks.py",  # the same of a workbook
    "documents/verification.py",  # a hostile file: nothing it provokes is a yes
    "portal/health.py",  # whatever the broker does, the page must answer
    "workflow/worker.py",  # the message to the worker is no part of the promise
    "workflow/sweeps.py",  # a broken row must not stop the others
}


def caught(source: str) -> list[int]:
    """Return the lines that catch everything."""
    wide = ("Exception", "BaseException")
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or any(isinstance(n, ast.Name) and n.id in wide for n in ast.walk(node.type))
        )
    ]


def test_everything_is_caught_only_where_it_must_be():
    found = {path for path, source in modules() if caught(source)}
    assert found == CATCHES_ALL


@pytest.mark.parametrize(
    "words", ["except:", "except Exception:", "except (ValueError, Exception) as e:"]
)
def test_the_rule_bites(words):
    assert caught(f"try:\n    pass\n{words}\n    pass\n") == [3]
    assert not caught("try:\n    pass\nexcept ValueError:\n    pass\n")
