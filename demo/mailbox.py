"""The mails of the demo: files that Django's file backend wrote instead of sending."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

SHOWN = 50
_RULE = re.compile(rb"^-{79}\n", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Part:
    """Running text, or a link into this portal (``href`` is a path, never a host)."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it would have arrived."""

    subject: str
    to: str
    sent_at: datetime | None
    body: list[Part]


def read_box(folder: Path, hosts: set[str]) -> list[Mail]:
    """Return the newest mails in ``folder``, newest first; links to ``hosts`` can be followed."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    mails: list[Mail] = []
    for file in files[:SHOWN]:
        written = [part for part in _RULE.split(file.read_bytes()) if part.strip()]
        mails += [_mail(part, hosts) for part in reversed(written)]
    return mails[:SHOWN]


def _mail(written: bytes, hosts: set[str]) -> Mail:
    message = BytesParser(policy=policy.default).parsebytes(written)
    assert isinstance(message, EmailMessage)  # noqa: S101  what policy.default makes
    return Mail(
        subject=str(message.get("Subject", "")),
        to=str(message.get("To", "")),
        sent_at=_moment(str(message.get("Date", ""))),
        body=linked(_text(message), hosts),
    )


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    if body is None:
        return ""
    try:
        return str(body.get_content()).strip()
    except (LookupError, UnicodeError):  # an unknown character set in a broken mail
        return ""


def _moment(text: str) -> datetime | None:
    try:
        sent_at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)  # Django writes "-0000"


def linked(text: str, hosts: set[str]) -> list[Part]:
    """Cut ``text`` into running text and links; a link elsewhere stays text."""
    parts: list[Part] = []
    end = 0
    for found in _LINK.finditer(text):
        link = found[0].rstrip(".,;:)")
        if href := _inside(link, hosts):
            parts += [Part(text[end : found.start()]), Part(link, href)]
            end = found.start() + len(link)
    return [part for part in [*parts, Part(text[end:])] if part.text]


def _inside(link: str, hosts: set[str]) -> str:
    try:
        found = urlsplit(link)
    except ValueError:
        return ""
    if found.netloc not in hosts:
        return ""
    path = "/" + found.path.lstrip("/")  # "//elsewhere" would leave this portal
    return f"{path}?{found.query}" if found.query else path
