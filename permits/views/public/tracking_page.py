"""What a stranger sees of a file."""

from __future__ import annotations


def masked(name: str) -> str:
    """Return a name of which a stranger learns no more than the first letters."""
    return " ".join(f"{word[0]}***" for word in name.split())
