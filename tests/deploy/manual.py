"""The steps of docs/operations.md as lines that can be typed."""

from __future__ import annotations

import re

from tests.servers import ROOT

MANUAL = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """Return one section of the manual, up to the next heading."""
    return re.split(r"(?m)^##", MANUAL.split(f" {title}\n", 1)[1])[0]


def lines_of(title: str) -> list[str]:
    """Return what one types in a section, in order: the indented blocks without remarks."""
    typed = re.findall(r"(?m)^(?: {4}| {7})(?! )(\S.*)$", section(title))
    return [line.split("  #")[0].strip() for line in typed]
