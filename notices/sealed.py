"""Sealed addresses: not stored in the outbox, resolved by a registered function when sending.

A notice to a person with a protected identity has ``sealed:<keeper>:<key>`` as its address.
Errors while sending are stored without the address, which a mail server repeats in its reply.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Keeper = Callable[[str, str, datetime], str]
_PREFIX = "sealed"
_KEEPERS: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Register ``keeper(key, channel, at)``, which resolves the addresses under ``name``."""
    _KEEPERS[name] = keeper


def seal(name: str, key: str) -> str:
    """Return the placeholder address that is stored in the outbox."""
    return f"{_PREFIX}:{name}:{key}"


def is_sealed(address: str) -> bool:
    """Whether the address is sealed."""
    return address.startswith(f"{_PREFIX}:")


def unseal(address: str, channel: str, at: datetime) -> str:
    """Return the real address; "" if it is no longer known."""
    _prefix, name, key = address.split(":", 2)
    return _KEEPERS[name](key, channel, at)
