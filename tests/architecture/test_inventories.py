"""docs/inventories.md names every key, log and term that the settings have."""

from __future__ import annotations

import re

from portal.settings import base
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/inventories.md").read_text(encoding="utf-8")


def test_every_key_of_the_settings_is_in_the_inventory() -> None:
    named = re.findall(
        r"\| `([A-Z_]*(?:KEYS?|PASSPHRASE|RECIPIENTS))` \|",
        (ROOT / "docs/operations.md").read_text(encoding="utf-8"),
    )
    assert {"SECRET_KEY", "COMPLAINT_KEYS", "SECOND_FACTOR_KEYS"} <= set(named)
    assert [name for name in named if f"`{name}`" not in PAGE] == []


def test_classes_of_data_and_their_protection_are_said() -> None:
    for name in ("sealed", "personal", "secret", "internal", "public"):
        assert re.search(rf"(?m)^\| {name} \| .+ \| .+ \|$", PAGE), name


def test_the_days_of_logs_are_those_of_their_rotation() -> None:
    rotation = (ROOT / "deploy/logrotate/portal").read_text(encoding="utf-8")
    kept = re.search(r"rotate (\d+)", rotation)
    assert kept is not None
    assert f"| {kept[1]} days (`deploy/logrotate`) |" in PAGE


def test_sessions_are_said_as_they_are_set() -> None:
    assert base.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert base.STAFF_IDLE_SECONDS == 30 * 60
    for words in ("twelve hours", "thirty minutes", "not limited"):
        assert words in PAGE


def test_the_days_for_weak_packages_are_said() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "within 7 days" in page
    assert "within 30 days" in page
