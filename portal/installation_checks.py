"""What an installation is asked before it opens: loud warnings, and a trial of signing and mail.

The trial runs in ``manage.py check --deploy`` alone: a start must neither wait nor send.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone

from portal.checks import TRIAL

RENEWED_WITHIN = timedelta(days=183)  # SECURITY.md, "Packages"
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

_Apps = Sequence[AppConfig] | None
_Messages = list[checks.CheckMessage]


@checks.register(deploy=True)
def visitors_have_addresses(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Behind a proxy that is not counted all visitors share one address, and its limits."""
    if settings.PROXY_COUNT:
        return []
    return [
        checks.Warning(
            "PROXY_COUNT is not set: behind a proxy all visitors would have one address.",
            hint="With nginx before the portal: BEHIND_PROXY=yes, PROXY_COUNT=1.",
            id="portal.W014",
        )
    ]


@checks.register(deploy=True)
def redis_asks_for_a_password(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Whoever reaches an open Redis can give the workers tasks."""
    address = urlsplit(settings.REDIS_URL)
    local = address.scheme == "redis+socket" or (address.hostname or "") in _THIS_MACHINE
    if not settings.REDIS_URL or address.password or local:
        return []
    return [
        checks.Error(
            f"REDIS_URL names another machine ({address.hostname}) without a password.",
            hint="Set requirepass there, and redis://:password@host:6379/0 here, inside TLS.",
            id="portal.E012",
        )
    ]


@checks.register(deploy=True)
def packages_are_not_old(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Say when the packages are older than SECURITY.md promises; no reason not to start."""
    renewed = packages_renewed_on(settings.BASE_DIR / "requirements.in")
    if timezone.localdate() - renewed <= RENEWED_WITHIN:
        return []
    return [
        checks.Warning(
            f"The packages of this version were chosen on {renewed}, more than six months ago.",
            hint="Upgrade to a newer version of the portal: docs/operations.md.",
            id="portal.W022",
        )
    ]


def packages_renewed_on(file: Path) -> date:
    """Return the day that ``requirements.in`` gives; raises ``ValueError`` when it gives none."""
    [day] = re.findall(r"(?m)^# renewed (\d{4}-\d{2}-\d{2})$", file.read_text(encoding="utf-8"))
    return date.fromisoformat(day)


@checks.register(TRIAL, deploy=True)
def every_office_has_a_key(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Name the offices that cannot sign."""
    from documents.samples import offices_without_key

    try:
        codes = offices_without_key()
    except DatabaseError:  # reported by another check
        return []
    return [
        checks.Warning(
            f"No signing key is known for {', '.join(codes)}: what they approve waits.",
            hint="docs/operations.md, the ceremony of the signing key.",
            id="portal.W015",
        )
        for codes in ([codes] if codes else [])
    ]


@checks.register(TRIAL, deploy=True)
def a_sample_is_signed(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Have a sample signed by the signing worker for each office that has a key, and verify it."""
    from portal.trial import sample_faults

    if settings.DEMO:
        return []
    try:
        faults = list(sample_faults(timezone.now()))
    except DatabaseError:  # reported by another check
        return []
    return [checks.Error(fault.what, hint=fault.hint, id="portal.E022") for fault in faults]


@checks.register(TRIAL, deploy=True)
def a_mail_is_read_back(app_configs: _Apps, **kwargs: Any) -> _Messages:
    """Send a mail to the box of the check and read it there."""
    from portal.trial import mail_faults

    if settings.DEMO:
        return []
    found: _Messages = [
        checks.Error(fault.what, hint=fault.hint, id="portal.E023") for fault in mail_faults()
    ]
    if not settings.MAILBOX_URL:
        found.append(
            checks.Warning(
                "Nobody knows whether mails arrive: the mail server answers, no more was tried.",
                hint="Set MAILBOX_URL (imaps://…), a box of your own: docs/operations.md.",
                id="portal.W021",
            )
        )
    return found
