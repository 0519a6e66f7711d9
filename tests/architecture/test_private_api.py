"""What other packages keep to themselves is left to them; two exceptions give a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import APPS, modules

EXCEPTIONS = {
    # the only way to see that a cleaner of /tmp deleted the fonts under a running worker
    ("documents/rendering.py", "_folder"),
    # the interface by which kombu has its transports written
    ("workflow/filesystem_broker.py", "_get"),
}


def private(source: str) -> Iterator[str]:
    """Yield what ``source`` uses of the insides of other packages.

    These are imports of ``internal`` or underscored modules and names, ``getattr(it, "_name")``,
    and methods of a base class with an underscore.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = [*node.module.split("."), *(alias.name for alias in node.names)]
            if parts[0] not in (*APPS, "__future__"):
                yield from (part for part in parts if part == "internal" or _hidden(part))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
            called = node.value.func
            if isinstance(called, ast.Name) and called.id == "super" and _hidden(node.attr):
                yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = node.args[1:2] if node.func.id == "getattr" else []
            names = (str(one.value) for one in named if isinstance(one, ast.Constant))
            yield from filter(_hidden, names)


def _hidden(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_nothing_private_of_other_packages_is_used():
    found = {(path, name) for path, text in modules() for name in private(text)}
    assert found == EXCEPTIONS


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from allauth.mfa.totp.internal.auth import TOTP", ["internal"]),
        ("from django.forms.models import _helper", ["_helper"]),
        ("class A(B):\n    def f(self):\n        return super()._post_clean()", ["_post_clean"]),
        ('getattr(fonts, "_folder", None)', ["_folder"]),
        ("from accounts.models import User, _own", []),
        ("class A(B):\n    def __init__(self):\n        super().__init__()", []),
    ],
)
def test_the_rule_bites(source: str, names: list[str]) -> None:
    assert list(private(source)) == names
