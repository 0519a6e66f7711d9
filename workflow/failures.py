"""Stored and logged text of an error: never the values that a database quotes of a refused row."""

from __future__ import annotations

from django.db import DataError


def brief(error: BaseException | None) -> str:
    """Return the kind of an error and its first line; the lines below it quote rows.

    A ``DataError`` repeats the refused value, so only its kind is returned.
    """
    if error is None:
        return ""
    kind, words = type(error).__name__, str(error).partition("\n")[0]
    return f"{kind}: {words}" if words and not isinstance(error, DataError) else kind
