"""The chapters of a report as templates show them: each chart as the numbers of its drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflow import charts


def with_charts(chapters: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the chapters with a ``chart`` in each block that is one."""
    return [{**one, "blocks": [_shown(block) for block in one["blocks"]]} for one in chapters]


def _shown(block: Mapping[str, Any]) -> dict[str, Any]:
    if block["kind"] == "bars":
        return {**block, "chart": charts.bars([tuple(row) for row in block["rows"]])}
    if block["kind"] == "line":
        return {**block, "chart": charts.line([tuple(row) for row in block["rows"]])}
    if block["kind"] == "quotes":
        return {**block, "rows": [row for row in block["rows"] if row["words"].strip()]}
    return dict(block)
