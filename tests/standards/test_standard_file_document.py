"""docs/standard-file.md says the same keys, kinds and defaults as the code, with examples."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from standards.domain.standard_file import FORMAT, PARTS, Key, Kind, Part

TEXT = (Path(settings.BASE_DIR) / "docs" / "standard-file.md").read_text(encoding="utf-8")
PYTHON = {Kind.WHOLE: int, Kind.FLAG: bool, Kind.TEXTS: list, Kind.NAMES: list}


def rows(part: str) -> list[list[str]]:
    """Return the cells of the table of ``part``."""
    section = TEXT.split(f"\n### {part}\n")[1].split("\n### ")[0]
    return [
        re.split(r" \| ", line.strip("| "))
        for line in section.splitlines()
        if line.startswith("| `")
    ]


def said_default(key: Key) -> str:
    if key.required:
        return "required"
    if key.kind is Kind.FLAG:
        return str(key.default).lower()
    written = key.kind in (Kind.TEXT, Kind.WHOLE) and key.default not in (None, "")
    return f"`{key.default}`" if written else ""


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_the_document_is_the_code(part: Part):
    found = rows(part.name)
    wanted = [(f"`{key.name}`", str(key.kind), said_default(key)) for key in part.keys]
    assert [(row[0], row[1], row[2].strip()) for row in found] == wanted
    for row, key in zip(found, part.keys, strict=True):
        example = tomllib.loads(f"x = {row[-1].strip('` ')}")["x"]
        assert isinstance(example, PYTHON.get(key.kind, object))
        known = [] if isinstance(key.known, str) else [name for name in key.known if name]
        assert not known or example in known
        assert all(f"`{name}`" in row[3] for name in known)


def test_the_document_names_the_format():
    assert f"`format = {FORMAT}`" in TEXT
