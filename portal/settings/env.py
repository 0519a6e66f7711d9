"""Typed readers of the environment: a value is right, absent with a default, or the start stops."""

import base64
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_MISSING = object()
_TRUE = {"1", "true", "yes", "on", "ya"}
_FALSE = {"0", "false", "no", "off", "tidak"}


def text(name: str, default: str | Path | object = _MISSING) -> str:
    """Return ``name``, or the content of the file named by ``<name>_FILE``, or ``default``.

    An empty value counts as absent. Both at once is an error: it would be unclear which one holds.
    """
    value = os.environ.get(name, "")
    if path := os.environ.get(f"{name}_FILE"):
        if value:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one")
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error}") from error
        if not value:
            raise ImproperlyConfigured(f"{name}_FILE: {path} is empty")
    if value:
        return value
    if default is _MISSING:
        raise ImproperlyConfigured(f"{name} is not set")
    return str(default)


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no value; anything but the known words stops the start."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no")


def number(name: str, default: int) -> int:
    """Return a whole number, never a negative one."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def keys(name: str) -> list[str]:
    """Return a comma-separated list of keys: 32 random bytes each, in URL-safe base64."""
    values = words(name)
    for key in values:
        try:
            right = len(base64.urlsafe_b64decode(key)) == 32
        except ValueError:
            right = False
        if not right:  # a secret: it is not repeated
            raise ImproperlyConfigured(f"{name} must hold keys of 32 bytes in URL-safe base64")
    return values


def folder(name: str) -> Path:
    """Return an absolute path; a relative one would change with the working directory."""
    path = Path(text(name))
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name}={str(path)!r} is not an absolute path")
    return path


def gateway(name: str) -> str:
    """Return the address of a service that gets personal data: https, or this very machine."""
    value = text(name, "")
    parts = urlsplit(value)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if value and not (here or (parts.scheme == "https" and parts.hostname)):
        raise ImproperlyConfigured(f"{name} must begin with https://")
    return value


def database(default_url: str) -> dict[str, dict[str, object]]:
    """Return DATABASES from ``DATABASE_URL``; SQLite gets WAL and IMMEDIATE (ADR 0002)."""
    import dj_database_url

    try:
        parsed = dj_database_url.parse(text("DATABASE_URL", default_url))
    except (ValueError, KeyError) as error:  # the address may hold a password: it is not repeated
        raise ImproperlyConfigured("DATABASE_URL cannot be read as an address") from error
    database: dict[str, object] = dict(parsed)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(str(database["NAME"])).parent.mkdir(parents=True, exist_ok=True)
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        database["CONN_MAX_AGE"] = None
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return {"default": database}
