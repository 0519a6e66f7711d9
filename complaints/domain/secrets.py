"""The secret code of a complainant: shown once, stored only as a digest."""

from __future__ import annotations

import hashlib
import re
import secrets

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 distinct characters, five bits each
_LENGTH = 28  # 140 bits
_GROUP = 4


def new_secret() -> str:
    """Return 140 random bits in seven groups that can be written down."""
    letters = "".join(secrets.choice(_LETTERS) for _one in range(_LENGTH))
    return "-".join(letters[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))


def digest(secret: str) -> str:
    """Return the digest of a typed secret; spaces, hyphens and case are ignored.

    Invalid input has a digest too. A plain SHA-256 suffices: 140 random bits resist brute force.
    """
    letters = re.sub(r"[\s\-–.]", "", secret.upper())
    return hashlib.sha256(letters.encode()).hexdigest()
