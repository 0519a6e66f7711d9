"""For whom somebody has applied before."""

from __future__ import annotations

from typing import Final

from accounts.models import User
from permits.models import Application

_OFFERED: Final = 5  # holders, the latest first
_LOOKED_AT: Final = 50  # applications


def earlier_holders(user: User) -> list[Application]:
    """Return the latest application of ``user`` for each holder."""
    latest: dict[tuple[str, ...], Application] = {}
    named = Application.objects.of(user).exclude(holder_name="").order_by("-pk")
    for row in named[:_LOOKED_AT]:
        holder = (row.holder_name, row.national_id, row.business_number)
        latest.setdefault(holder, row)
    return list(latest.values())[:_OFFERED]
