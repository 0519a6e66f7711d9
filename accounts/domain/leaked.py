"""Passwords that leaked: a sorted list of digests, looked up on disk.

The list is a file of lines in order, each a SHA-1 in hexadecimal, with or without ``:how often``:
what the downloader of Have I Been Pwned writes. It has tens of gigabytes and is never read whole.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import BinaryIO, Final

_LINE: Final = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\s*")
_PLACES: Final = 64  # looked at to see whether a file is such a list


def is_listed(password: str, digests: BinaryIO) -> bool:
    """Return whether the digest of a password stands in the list.

    Raises ``OSError``. About 40 places of the file are read, however long it is.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    low, high = 0, digests.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        start = _next_line(digests, middle)
        if start >= high:
            high = middle
            continue
        found = digests.readline()[:40].upper()
        if found == wanted:
            return True
        if found < wanted:
            low = digests.tell()
        else:
            high = middle
    return False


def is_list(digests: BinaryIO) -> bool:
    """Return whether a file looks like such a list: at some places its lines are digests in order.

    Raises ``OSError``.
    """
    size, last = digests.seek(0, os.SEEK_END), b""
    for nth in range(_PLACES):
        if _next_line(digests, size * nth // _PLACES) >= size:
            break
        line = digests.readline().upper()
        if not _LINE.fullmatch(line) or line[:40] < last:
            return False
        last = line[:40]
    return last != b""


def _next_line(digests: BinaryIO, place: int) -> int:
    """Go to the first line that begins at ``place`` or behind it; return where that is."""
    digests.seek(max(place - 1, 0))
    if place:
        digests.readline()
    return digests.tell()
