"""docs/values.md names every rule between values: of forms, and of the database."""

from __future__ import annotations

import re

from django.apps import apps
from django.db.models import CheckConstraint

from tests.architecture.source import APPS, ROOT, modules

PAGE = (ROOT / "docs/values.md").read_text(encoding="utf-8")
COMPARES = re.compile(r"(?m)^    def clean\(self\) -> (?:dict\[str, Any\]|None):$")


def comparing() -> set[str]:
    """Return the modules in which a form or a model compares several of its values."""
    return {path for path, text in modules() if COMPARES.search(text)}


def conditions() -> set[str]:
    """Return the names of all conditions that the database keeps."""
    return {
        constraint.name
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in APPS
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    }


def named(section: str) -> set[str]:
    """Return the first cells of the table under a heading."""
    _before, text = PAGE.split(f"## {section}\n")
    return set(re.findall(r"(?m)^\| `([\w./]+)` \| .+ \|$", text.split("\n## ")[0]))


def test_every_form_that_compares_values_is_on_the_page() -> None:
    assert named("Said by forms") == comparing()


def test_every_condition_of_the_database_is_on_the_page() -> None:
    assert named("Refused by the database") == conditions()
