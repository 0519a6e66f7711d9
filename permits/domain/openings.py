"""When opening an applicant's data needs a reason, and how an identity number is masked."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

# kinds of Opening: what the applicant gave. The rest are papers that the office itself has made.
GIVEN: Final = frozenset({"berkas", "kiriman", "nomor", "admin"})
REASON_HOLDS: Final = timedelta(minutes=30)  # as long as an idle session of an officer lives
_SEEN: Final = 4
# a NIK and a family card have 16 digits, an NPWP 15 or 16, a NIB 13
_NUMBER: Final = re.compile(r"\d(?:[ .-]?\d){12,}")
_NAMED: Final = re.compile(r"\b(nik|ktp|kk|nib|npwp|sim|paspor|passport)\b", re.IGNORECASE)
_SHORT: Final = re.compile(r"[A-Z]{0,3}[ .-]?\d[\d .-]{3,}", re.IGNORECASE)
_SIGN: Final = re.compile(r"[^\W_]")


def reason_needed(kind: str, *, at_own_desk: bool) -> bool:
    """Return whether an opening of this kind needs a reason.

    Whose desk has the file works on it, that is the reason; everybody else says why (UU 27/2022
    art. 16 (2) b: processing for a stated purpose).
    """
    return kind in GIVEN and not at_own_desk


def reason_holds(given_at: datetime, at: datetime) -> bool:
    """Return whether a reason given for one application still counts for its next opening."""
    return given_at <= at < given_at + REASON_HOLDS


def masked(label: str, value: str) -> str:
    """Return an answer with its identity numbers masked up to the last four signs.

    A number is known by its length, a shorter one (of a passport, say) by the label.
    """
    if _NAMED.search(label) and _SHORT.fullmatch(value):
        return _hide(value)
    return _NUMBER.sub(lambda found: _hide(found[0]), value)


def _hide(text: str) -> str:
    return _SIGN.sub("•", text[:-_SEEN]) + text[-_SEEN:]
