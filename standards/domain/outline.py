"""An outline is plain text: one item a line, nested by two spaces, with the printed markers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKER = re.compile(
    r"^(\(?[A-Za-z]\.\d{1,2}\.?|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]+|[-•*])\s+(.*)$"
)


@dataclass(slots=True)
class Item:
    """One line with its printed marker ("" for running text) and the lines below it."""

    marker: str
    text: str
    children: list[Item] = field(default_factory=list)


def parse(body: str) -> list[Item]:
    """Return the tree of ``body``. Deeper indentation than one level steps in by one only."""
    top: list[Item] = []
    trail: list[tuple[int, Item]] = []
    for line in body.expandtabs(2).splitlines():
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        match = _MARKER.match(line.strip())
        item = Item(match[1], match[2]) if match else Item("", line.strip())
        while trail and trail[-1][0] >= indent:
            trail.pop()
        (trail[-1][1].children if trail else top).append(item)
        trail.append((indent, item))
    return top
