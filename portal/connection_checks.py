"""What leaves this machine is encrypted, and the other side proves who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks

_LAX = re.compile(r"ssl_cert_reqs=(?!(cert_)?required(&|$))|ssl_check_hostname=false")
_THIS_MACHINE = {"", "localhost", "127.0.0.1", "::1"}

_Apps = Sequence[AppConfig] | None
_Messages = list[checks.CheckMessage]


def is_near(host: str) -> bool:
    """Whether what is said to ``host`` stays on this machine.

    That is the machine itself, a socket, and the hosts of ``PRIVATE_HOSTS``: other containers of
    it.
    """
    return host in _THIS_MACHINE or host.startswith("/") or host in settings.PRIVATE_HOSTS


@checks.register(deploy=True)
def connections_are_encrypted(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Name each service on another machine that is spoken to in clear, or without knowing it."""
    return [
        checks.Error(
            f"{name} names another machine ({host}), and what is said on the way can be read or "
            "answered by others.",
            hint=f"{hint} A container of this very machine: name it in PRIVATE_HOSTS.",
            id="portal.E024",
        )
        for name, host, hint in _open_connections()
    ]


def _open_connections() -> Iterator[tuple[str, str, str]]:
    """Yield setting, host and remedy of each connection that is not encrypted."""
    databases: dict[str, dict[str, Any]] = {
        "DATABASE_URL": settings.DATABASES["default"],
        "BACKUP_DATABASE_URL": settings.BACKUP_DATABASE,
    }
    for name, database in databases.items():
        host = str(database.get("HOST", ""))
        if not is_near(host) and database.get("OPTIONS", {}).get("sslmode") != "verify-full":
            yield name, host, "Add ?sslmode=verify-full&sslrootcert=FILE to the address."
    redis = urlsplit(settings.REDIS_URL)
    if not is_near(redis.hostname or "") and (
        redis.scheme != "rediss" or _LAX.search(redis.query.lower())
    ):
        yield "REDIS_URL", redis.hostname or "", "Begin with rediss://, and let it check."
    if not is_near(settings.EMAIL_HOST) and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield "EMAIL_HOST", settings.EMAIL_HOST, "Set EMAIL_USE_TLS=yes or EMAIL_USE_SSL=yes."
    box = urlsplit(settings.MAILBOX_URL)
    if not is_near(box.hostname or "") and box.scheme != "imaps":
        yield "MAILBOX_URL", box.hostname or "", "Begin with imaps://."
    scanner = settings.CLAMD_ADDRESS.rpartition(":")[0]
    if not is_near(scanner):
        yield "CLAMD_ADDRESS", scanner, "Run clamd here: it cannot encrypt."
