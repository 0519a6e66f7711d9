"""Addresses that are not stored in the outbox; a resolver reads them when the message is sent.

A notice to a person whose identity is stored elsewhere has ``sealed:<resolver>:<key>`` for an
address. Errors of sending are stored without it: a mail server repeats the address it refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

AddressResolver = Callable[[str, str, datetime], str]
_PREFIX = "sealed"
_RESOLVERS: dict[str, AddressResolver] = {}


def register_resolver(name: str, resolver: AddressResolver) -> None:
    """Use ``resolver(key, channel, at)`` for the addresses under ``name``."""
    _RESOLVERS[name] = resolver


def seal(name: str, key: str) -> str:
    """Return what the outbox stores instead of an address."""
    return f"{_PREFIX}:{name}:{key}"


def is_sealed(address: str) -> bool:
    """Whether the address is stored elsewhere."""
    return address.startswith(f"{_PREFIX}:")


def unseal(address: str, channel: str, at: datetime) -> str:
    """Return the true address; "" if it is deleted."""
    _prefix, name, key = address.split(":", 2)
    return _RESOLVERS[name](key, channel, at)
