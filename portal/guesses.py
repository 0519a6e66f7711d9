"""How often an account may be guessed at: ten times an hour, from however many addresses.

Passwords and codes of the second factor are counted apart, and both apart for each device known to
the account (``portal.devices``). A right one is not counted. The counters are rows: all processes
count together, and no other request can push a counter out before its hour is over.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal import devices
from workflow import throttling

LIMIT: Final = 10
PERIOD: Final = timedelta(hours=1)
PASSWORD: Final = "password"  # noqa: S105  what is guessed at, not one
CODE: Final = "code"


def take(request: HttpRequest, email: str, kind: str) -> bool:
    """Count a try at the account of an e-mail address, before what was typed is looked at.

    ``kind`` is ``PASSWORD`` or ``CODE``. Returns whether the try may be made.
    """
    return throttling.take(_key(request, email, kind), LIMIT, timezone.now(), PERIOD)


def give_back(request: HttpRequest, email: str, kind: str) -> None:
    """Take the try back: what was typed was right."""
    throttling.give_back(_key(request, email, kind))


def _key(request: HttpRequest, email: str, kind: str) -> str:
    """Return the name of the counter, which tells no address."""
    account = devices.guessed_account(request, email)
    return f"{kind}:{salted_hmac(__name__, account, algorithm='sha256').hexdigest()}"
