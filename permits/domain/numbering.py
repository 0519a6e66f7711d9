"""Numbers of certificates and applications: from a pattern, the office, the day and a counter."""

from __future__ import annotations

import re
import secrets
from datetime import date

from workflow.domain.errors import DomainError

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACE = re.compile(r"\{(nomor|bulan|bulan_romawi|tahun)(?::0?(\d))?\}")
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I


def format_number(pattern: str, value: int, day: date) -> str:
    """Fill ``{nomor:04} {bulan} {bulan_romawi} {tahun}``; nothing else is interpreted.

    Raises ``DomainError("number_pattern_wrong")`` for an unknown placeholder or without a number.
    """

    def fill(match: re.Match[str]) -> str:
        name, width = match[1], int(match[2] or 0)
        if name == "nomor":
            return str(value).zfill(width)
        if name == "bulan":
            return str(day.month).zfill(width or 2)
        return _ROMAN[day.month - 1] if name == "bulan_romawi" else str(day.year)

    filled = _PLACE.sub(fill, pattern)
    if "{" in filled or "}" in filled or "{nomor" not in pattern:
        raise DomainError("number_pattern_wrong", pattern=pattern)
    return filled


def tracking_code() -> str:
    """Return a code of 80 random bits without ambiguous letters."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))
