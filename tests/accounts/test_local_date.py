"""The day of an office begins at its own midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import Office

EVENING = datetime(2026, 11, 16, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Jakarta", date(2026, 11, 16)),  # 23.30
        ("Asia/Makassar", date(2026, 11, 17)),  # 00.30
        ("Asia/Jayapura", date(2026, 11, 17)),  # 01.30
    ],
)
def test_local_date(zone: str, day: date) -> None:
    assert Office(time_zone=zone).local_date(EVENING) == day
