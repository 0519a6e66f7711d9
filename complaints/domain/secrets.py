"""The secret with which a complainant comes back: shown once, kept only as its digest."""

from __future__ import annotations

import hashlib
import re
import secrets

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 of them, none alike: five bits each
_LENGTH = 28  # 140 bits
_GROUP = 4


def new_secret() -> str:
    """Return 140 random bits in seven groups that can be written down."""
    letters = "".join(secrets.choice(_LETTERS) for _one in range(_LENGTH))
    return "-".join(letters[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))


def digest(secret: str) -> str:
    """Return the digest of what was typed, whatever spacing or case; of anything, also nonsense.

    A plain SHA-256 is enough: 140 random bits cannot be tried through.
    """
    letters = re.sub(r"[\s\-–.]", "", secret.upper())
    return hashlib.sha256(letters.encode()).hexdigest()
