"""The secret in the link of an invitation: sent once, stored only as a digest."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """Return a secret of 128 random bits, as it stands in an address."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> str:
    """Return the digest of a secret. A plain SHA-256 suffices: 128 random bits resist guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()
