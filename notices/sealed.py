"""Addresses that stand nowhere in the outbox: found when the message leaves, by who keeps them.

A notice to somebody whose identity is kept elsewhere has ``sealed:<keeper>:<key>`` for an address.
Whatever goes wrong while sending is kept without it: a mail server repeats the address it refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Keeper = Callable[[str, str, datetime], str]
_PREFIX = "sealed"
_KEEPERS: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Have ``keeper(key, channel, at)`` asked for the addresses under ``name``."""
    _KEEPERS[name] = keeper


def seal(name: str, key: str) -> str:
    """Return what stands in the outbox instead of an address."""
    return f"{_PREFIX}:{name}:{key}"


def is_sealed(address: str) -> bool:
    """Whether the address is kept elsewhere."""
    return address.startswith(f"{_PREFIX}:")


def unseal(address: str, channel: str, at: datetime) -> str:
    """Return the true address; "" if nobody knows it any more."""
    _prefix, name, key = address.split(":", 2)
    return _KEEPERS[name](key, channel, at)
