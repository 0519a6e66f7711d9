"""Templates with placeholders: names in braces from a fixed list, substituted once.

A template is written by an administrator and must not be executable: ``{nama}`` is looked up in the
list of its kind. There are no attributes, indexes or formats, and substituted values are not
searched for placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def names(template: str) -> list[str]:
    """Return the names in braces, in the order of their first appearance."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(template)))


def unknown(template: str, known: Collection[str]) -> list[str]:
    """Return the names in braces that are not in ``known``."""
    return [name for name in names(template) if name not in known]


def stray(template: str) -> bool:
    """Whether a brace is left that belongs to no placeholder, as in ``{{ nama }}`` or ``{nama``."""
    rest = _PLACEHOLDER.sub("", template)
    return "{" in rest or "}" in rest


def unprintable(text: str) -> bool:
    """Whether ``text`` has control characters besides new line and tab."""
    return _CONTROL.search(text) is not None


def fill(template: str, values: Mapping[str, str]) -> str:
    """Substitute each placeholder once; unknown names are left unchanged."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)


def without_empty(template: str, values: Mapping[str, str]) -> str:
    """Remove each line whose placeholders all have empty values."""

    def says_something(line: str) -> bool:
        placeholders = names(line)
        return not placeholders or any(values.get(name, name).strip() for name in placeholders)

    return "\n".join(line for line in template.splitlines() if says_something(line))


def one_line(text: str) -> str:
    """Return ``text`` without any kind of line break: a subject is a header."""
    return " ".join(text.split())


def cut(text: str, length: int) -> str:
    """Return at most ``length`` characters, with dots where something is left out."""
    return text if len(text) <= length else text[: length - 3].rstrip() + "..."
