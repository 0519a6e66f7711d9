"""Names as everybody may read them."""

from __future__ import annotations


def initials_only(name: str) -> str:
    """Return a name reduced to the first letter of each word: "B*** S***"."""
    return " ".join(f"{word[0]}***" for word in name.split())


def is_named(name: str, *, is_body: bool, responsible: str) -> bool:
    """Whether the public register names the holder of a permit.

    A business or institution is named, a natural person is not (UU 27/2022 art. 4 and 16): nor one
    who chose "business or institution" and is responsible for themselves.
    """
    return is_body and name.casefold() != responsible.casefold()
