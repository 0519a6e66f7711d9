"""Reading our own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "workflow",
    "notices",
    "authority",
    "standards",
    "permits",
    "complaints",
    "surveys",
    "boards",
    "reports",
    "archives",
    "documents",
    "demo",
    "portal",
)


def modules(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of every module of our apps, migrations left out."""
    for app in folders or APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def calls(source: str) -> Iterator[ast.Call]:
    """Yield every call in ``source``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node
