"""docs/inventories.md names every key, log and term that the settings have."""

from __future__ import annotations

import base64
import re

from allauth.mfa.totp.internal.auth import generate_totp_secret

from documents.key_files import KEY_SIZE
from documents.signing import SMALLEST_EC_KEY, SMALLEST_RSA_KEY
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


def test_every_key_has_its_life_in_the_policy() -> None:
    policy = (ROOT / "docs/keys.md").read_text(encoding="utf-8")
    lives = dict(
        re.findall(r"(?m)^\| (.+?) \| (.+ \| .+ \| .+ \| .+) \|$", policy.split("## Each")[1])
    )
    table = PAGE.split("## Keys and algorithms")[1].split("\n## ")[0]
    for names in re.findall(r"(?m)^\| ([^|]*`[^|]+) \|", table):
        for name in re.findall("`([^`]+)`", names):
            assert any(f"`{name}`" in key for key in lives), name
    for part in ("Made", "Given", "Kept", "Replaced", "Ended", "Compromised"):
        assert f"**{part}**" in policy


def test_every_command_of_the_policy_is_there() -> None:
    policy = (ROOT / "docs/keys.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:reseal|make|take)_\w+)`", policy))
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    assert len(named) >= 4
    assert named - commands == set()


def test_what_seals_and_proves_has_128_bits() -> None:
    assert len(base64.urlsafe_b64decode(base.DEVELOPMENT_COMPLAINT_KEY)) * 8 == 2 * 128  # and HMAC
    assert len(base64.b32decode(generate_totp_secret())) * 8 >= 128
    assert (SMALLEST_RSA_KEY, SMALLEST_EC_KEY) == (3072, 256)
    assert KEY_SIZE >= SMALLEST_RSA_KEY
    suites = (ROOT / "deploy/nginx/portal.conf").read_text(encoding="utf-8")
    assert re.search(r"ssl_ciphers +ECDHE\+AESGCM:ECDHE\+CHACHA20;", suites)
