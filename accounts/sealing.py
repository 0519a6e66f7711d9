"""Secrets in the database are sealed with keys that are not in the database."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


@lru_cache(maxsize=8)
def box(keys: tuple[str, ...]) -> MultiFernet:
    """Return what seals with the first key and opens with each of them.

    A key is 32 random bytes in URL-safe base64 (``portal.settings.env.keys``). What no key opens
    raises ``cryptography.fernet.InvalidToken``.
    """
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in keys])
