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


def pair(name: str, default: tuple[int, int]) -> tuple[int, int]:
    """Return two whole numbers above zero, written "100/200"."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    parts = value.split("/")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ImproperlyConfigured(f"{name}={value!r} is not two whole numbers like 100/200")
    first, second = (int(part) for part in parts)
    if not (first and second):
        raise ImproperlyConfigured(f"{name}={value!r}: 0 would refuse every file")
    return first, second


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


def own_keys(name: str, development_key: str) -> list[str]:
    """Return ``keys(name)``, which must be set and may not hold the key of the demo."""
    text(name)
    values = keys(name)
    if development_key in values:
        raise ImproperlyConfigured(f"{name} still holds the development key")
    return values


def folder(name: str) -> Path:
    """Return an absolute path; a relative one would change with the working directory."""
    path = Path(text(name))
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name}={str(path)!r} is not an absolute path")
    return path


def socket(name: str) -> str:
    """Return the path of a socket or ``host:port``; "" when there is none."""
    value = text(name, "")
    host, _colon, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and port.isascii() and port.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} is neither an absolute path nor host:port")
    return value


def gateway(name: str) -> str:
    """Return the address of a service that gets personal data: https, or this very machine."""
    value = text(name, "")
    parts = urlsplit(value)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if value and not (here or (parts.scheme == "https" and parts.hostname)):
        raise ImproperlyConfigured(f"{name} must begin with https://")
    return value


def web_address(name: str) -> str:
    """Return the address of a service that gets nothing secret: http or https."""
    value = text(name, "")
    parts = urlsplit(value)
    if value and not (parts.scheme in ("http", "https") and parts.hostname):
        raise ImproperlyConfigured(f"{name} must begin with http:// or https://")
    return value


def database_address(name: str, default_url: str = "") -> dict[str, object]:
    """Return the parts of the address of a database, as Django names them; {} when absent."""
    import dj_database_url

    try:
        url = text(name, default_url)
        return dict(dj_database_url.parse(url)) if url else {}
    except (ValueError, KeyError) as error:  # the address may hold a password: it is not repeated
        raise ImproperlyConfigured(f"{name} cannot be read as an address") from error


def database(default_url: str) -> dict[str, dict[str, object]]:
    """Return DATABASES from ``DATABASE_URL``; SQLite gets WAL and IMMEDIATE (ADR 0002)."""
    database = database_address("DATABASE_URL", default_url)
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
