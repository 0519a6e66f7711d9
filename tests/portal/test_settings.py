"""Settings: right, absent with a default, or no start at all."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import env
from portal.settings.security import DEVELOPMENT_COMPLAINT_KEY, DEVELOPMENT_SECOND_FACTOR_KEY

ROOT = Path(__file__).resolve().parents[2]


# --- readers -------------------------------------------------------------------------------------


def test_text_needs_a_value_or_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    with pytest.raises(ImproperlyConfigured, match="X is not set"):
        env.text("X")
    assert env.text("X", "default") == "default"
    monkeypatch.setenv("X", "")
    with pytest.raises(ImproperlyConfigured, match="X is not set"):
        env.text("X")
    monkeypatch.setenv("X", "value")
    assert env.text("X", "default") == "value"


def test_text_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from file\n")
    monkeypatch.setenv("X_FILE", str(secret))
    monkeypatch.delenv("X", raising=False)
    assert env.text("X") == "from file"
    monkeypatch.setenv("X", "both")
    with pytest.raises(ImproperlyConfigured, match="keep one"):
        env.text("X")


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_unreadable_or_empty_file_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    monkeypatch.delenv("X", raising=False)
    monkeypatch.setenv("X_FILE", str(secret))
    with pytest.raises(ImproperlyConfigured, match="X_FILE"):
        env.text("X", "a default does not hide the fault")


@pytest.mark.parametrize(
    ("value", "default", "read"),
    [
        ("1", False, True),
        ("Ya", False, True),
        ("TRUE", False, True),
        ("0", True, False),
        ("tidak", True, False),
        ("", True, True),
        ("", False, False),
        (None, True, True),
    ],
)
def test_flag(
    monkeypatch: pytest.MonkeyPatch, value: str | None, default: bool, read: bool
) -> None:
    monkeypatch.delenv("X", raising=False)
    if value is not None:
        monkeypatch.setenv("X", value)
    assert env.flag("X", default) is read


@pytest.mark.parametrize("value", ["maybe", "2", "truee"])
def test_flag_refuses_other_words(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match="neither yes nor no"):
        env.flag("X")


@pytest.mark.parametrize("value", ["ten", "1.5", "-1", "1_000", "٣"])
def test_number_refuses_nonsense(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match="not a whole number"):
        env.number("X", 1)


@pytest.mark.parametrize("value", ["100", "100/0", "100/x", "1/2/3", "-1/5"])
def test_a_pair_refuses_nonsense(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert env.pair("X", (7, 8)) == (7, 8)
    monkeypatch.setenv("X", "10/200")
    assert env.pair("X", (7, 8)) == (10, 200)
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match="X="):
        env.pair("X", (7, 8))


def test_number_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert env.number("X", 7) == 7
    assert env.words("X") == []
    monkeypatch.setenv("X", "25")
    assert env.number("X", 7) == 25
    monkeypatch.setenv("X", " a.id, b.id ,,")
    assert env.words("X") == ["a.id", "b.id"]


def test_folder_must_be_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "var/private")
    with pytest.raises(ImproperlyConfigured, match="not an absolute path"):
        env.folder("X")
    monkeypatch.setenv("X", "/srv/private")
    assert env.folder("X") == Path("/srv/private")


@pytest.mark.parametrize("url", ["nonsense", "foo://host/x", "postgresql://u:s3cret@h:port/x"])
def test_unreadable_database_address_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database("sqlite:///:memory:")
    assert "DATABASE_URL" in str(refusal.value)
    assert url not in str(refusal.value)


def test_sqlite_writes_wait_instead_of_failing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'x.sqlite3'}")
    default = env.database("unused")["default"]
    assert (tmp_path / "new").is_dir()
    options = default["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"


def test_postgresql_keeps_its_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@db.example/portal")
    default = env.database("unused")["default"]
    assert default["ENGINE"] == "django.db.backends.postgresql"
    assert default["CONN_MAX_AGE"] == 60
    assert default["CONN_HEALTH_CHECKS"] is True


# --- production ----------------------------------------------------------------------------------


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """An environment that production accepts; every test spoils one thing."""
    for name in ("private", "signing", "trust", "var"):
        (tmp_path / name).mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "k3Vq-" * 12,
        "ALLOWED_HOSTS": "izin.example.go.id",
        "SITE_URL": "https://izin.example.go.id",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "COMPLAINT_KEYS": base64.urlsafe_b64encode(bytes(range(32))).decode(),
        "SECOND_FACTOR_KEYS": base64.urlsafe_b64encode(bytes(range(32, 64))).decode(),
        "PRIVATE_ROOT": str(tmp_path / "private"),
        "SIGNING_DIR": str(tmp_path / "signing"),
        "TRUST_DIR": str(tmp_path / "trust"),
        "VAR_DIR": str(tmp_path / "var"),
    }


def python(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Run Python in the repository with exactly this environment."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def refusal(environment: dict[str, str], module: str = "portal.settings.production") -> str:
    """Load a module as a server would; return why it refused, or nothing."""
    done = python(environment, "-c", f"import {module}")
    assert (done.returncode == 0) == ("ImproperlyConfigured" not in done.stderr), done.stderr
    return done.stderr if done.returncode else ""


def test_production_accepts_what_is_right(production: dict[str, str]) -> None:
    assert refusal(production) == ""


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "SITE_URL",
        "DATABASE_URL",
        "REDIS_URL",
        "COMPLAINT_KEYS",
        "SECOND_FACTOR_KEYS",
        "PRIVATE_ROOT",
        "TRUST_DIR",
    ],
)
def test_production_refuses_a_missing_setting(production: dict[str, str], name: str) -> None:
    del production[name]
    assert f"{name} is not set" in refusal(production)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "short", "40 characters"),
        ("SECRET_KEY", "development-only-not-a-secret-" * 2, "40 characters"),
        ("DEBUG", "1", "DEBUG must not be set"),
        ("DEMO", "ya", "DEMO must not be set"),
        ("ALLOWED_HOSTS", "*", "without *"),
        ("ALLOWED_HOSTS", " , ", "must name the hosts"),
        ("SITE_URL", "http://izin.example.go.id", "https://"),
        ("PRIVATE_ROOT", "var/private", "not an absolute path"),
        ("COMPLAINT_KEYS", "too-short", "32 bytes"),
        ("COMPLAINT_KEYS", DEVELOPMENT_COMPLAINT_KEY, "development key"),
        ("SECOND_FACTOR_KEYS", "too-short", "32 bytes"),
        ("SECOND_FACTOR_KEYS", DEVELOPMENT_SECOND_FACTOR_KEY, "development key"),
        ("DEBUG", "perhaps", "neither yes nor no"),
        ("PROXY_COUNT", "one", "not a whole number"),
        ("BEHIND_PROXY", "yes", "PROXY_COUNT must say"),
    ],
)
def test_production_refuses_a_dangerous_setting(
    production: dict[str, str], name: str, value: str, reason: str
) -> None:
    production[name] = value
    assert reason in refusal(production)


def test_production_asks_for_the_second_factor_whatever_is_set(
    production: dict[str, str],
) -> None:
    production["SECOND_FACTOR_REQUIRED"] = "no"
    said = python(
        production,
        "-c",
        "from portal.settings import production as p;"
        "print(p.SECOND_FACTOR_REQUIRED, p.STAFF_IDLE_SECONDS, p.PASSWORD_RESET_TIMEOUT,"
        " p.ACCOUNT_REAUTHENTICATION_TIMEOUT, p.MFA_SUPPORTED_TYPES)",
    )
    assert said.stdout.split(maxsplit=4)[:4] == ["True", "1800", "3600", "300"]
    for kind in ("totp", "webauthn", "recovery_codes"):
        assert kind in said.stdout


@pytest.mark.parametrize(
    ("said", "awaited"),
    [("", "True []"), ("age1x", "True ['age1x']"), ("none", "False []")],
)
def test_production_awaits_backups_unless_the_operator_wants_none(
    production: dict[str, str], said: str, awaited: str
) -> None:
    production["BACKUP_RECIPIENTS"] = said
    code = "from portal.settings.production import *; print(BACKUPS_AWAITED, BACKUP_RECIPIENTS)"
    assert python(production, "-c", code).stdout.strip() == awaited


# --- what the settings cannot see: the database is empty here, so every start is refused ----------


def test_web_does_not_start_while_a_check_fails(production: dict[str, str]) -> None:
    production["PRIVATE_ROOT"] = str(Path(production["VAR_DIR"]) / "static" / "private")
    said = refusal(production, "portal.wsgi")
    assert "portal.E003" in said  # the database cannot be asked for demo people
    assert "portal.E007" in said  # private files under the public folder


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_worker_and_beat_do_not_start_either(production: dict[str, str], part: str) -> None:
    words = ("-m", "celery", "-A", "portal", part, *(("--pool", "solo") * (part == "worker")))
    done = python(production, *words)
    assert done.returncode != 0
    assert "portal.E003" in done.stderr


def test_check_deploy_says_the_same(production: dict[str, str]) -> None:
    assert "portal.E003" in python(production, "manage.py", "check", "--deploy").stderr


# One request as a visitor of production would send it, to a page that needs no database.
_PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
host = {"SERVER_NAME": "izin.example.go.id"}
over_tls = Client().get("/robots.txt", secure=True, **host)
in_clear = Client().get("/robots.txt", **host)
cookies = {
    name: [getattr(settings, f"{name}_COOKIE_{part}") for part in
           ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")]
    for name in ("SESSION", "CSRF")
}
cookies["others"] = [settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_COOKIE_SECURE,
                     settings.THEME_COOKIE_NAME, settings.DEVICE_COOKIE_NAME,
                     settings.COMPLAINT_COOKIE_NAME]
print(json.dumps([dict(over_tls.headers), in_clear.status_code, in_clear.get("Location"), cookies]))
"""


def test_production_keeps_cookies_and_pages_to_tls(production: dict[str, str]) -> None:
    done = python(production, "-c", _PRODUCTION)
    assert done.returncode == 0, done.stderr
    headers, status, location, cookies = json.loads(done.stdout.splitlines()[-1])
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert (status, location) == (301, "https://izin.example.go.id/robots.txt")
    assert cookies["SESSION"] == ["__Host-session", True, True, "Lax", "/", None]
    assert cookies["CSRF"] == ["__Host-csrf", True, True, "Lax", "/", None]
    assert cookies["others"] == [
        "__Host-language", True, "__Host-theme", "__Host-device", "__Secure-pengaduan"
    ]  # fmt: skip
