"""What is read or written of an object is declared: a row loaded the plain way breaks no page.

The types are checked (mypy); a comment may hide an attribute from that check only with its reason.
"""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import modules

HIDDEN = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*type:\s*ignore\[[^\]]*\battr-defined\b")
ALLOWED = {
    "permits/views/trials/walk.py": "View.as_view sets view_initkwargs; the types lack it",
    "standards/forms/procedures.py": "the types want a subclass of the field for one label",
    "workflow/models/records.py": "the types do not see the key of a relation to itself",
    "workflow/once.py": "a mark on the request, which Django's documentation does likewise",
}


def hidden(source: str) -> int:
    """Return how many lines hide an attribute from the check of types."""
    return sum(bool(HIDDEN.search(line)) for line in source.splitlines())


def test_no_attribute_is_hidden_without_a_reason():
    found = {path: count for path, text in modules() if (count := hidden(text))}
    assert found == dict.fromkeys(ALLOWED, 1)


@pytest.mark.parametrize(
    ("line", "bites"),
    [
        ("row.rank = 1  # type: ignore[attr-defined]", True),
        ("row.rank = 1  # type: ignore[misc, attr-defined]", True),
        ("row.rank = 1  # type: ignore", True),
        ("row.rank = 1  # type: ignore[misc]", False),
    ],
)
def test_the_rule_bites(line, bites):
    assert bool(hidden(line)) is bites
