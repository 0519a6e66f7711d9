"""Carriers of messages: the mail server, and HTTP gateways to telephones (docs/messages.md)."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from notices.models import Channel
from workflow.sweeps import PermanentFailure, RetryLater

_CONNECT, _ANSWER = 3, 10  # seconds
_LONGEST_ANSWER = 64 * 1024
_LATER = {408, 425, 429}


@dataclass(frozen=True, slots=True)
class Message:
    """One message for a carrier. ``key`` is the same for each attempt (idempotency key)."""

    key: str
    to: str
    subject: str
    text: str
    html: str = ""
    language: str = "id"
    files: Sequence[tuple[str, bytes, str]] = field(default_factory=tuple)


class Unreachable(RetryLater):
    """The carrier itself is unavailable, for every message."""


class Carrier(Protocol):
    """Sends a message and returns the id that the carrier assigned.

    Raises ``RetryLater`` or ``PermanentFailure``.
    """

    def send(self, message: Message) -> str: ...

    def close(self) -> None: ...


class Account:
    """The message list of the account: nothing is transmitted."""

    def send(self, message: Message) -> str:
        return ""

    def close(self) -> None:
        return None


class Mail:
    """The mail server of the settings; one connection for many mails."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def send(self, message: Message) -> str:
        """Send one mail; a permanent rejection by the server is a ``PermanentFailure``."""
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        message_id = f"<{message.key}@{host}>"
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            settings.DEFAULT_FROM_EMAIL,
            [message.to],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
            connection=self._connection,
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        for name, content, media_type in message.files:
            mail.attach(name, content, media_type)
        try:
            self._connection.open()
            mail.send()
        except (SMTPException, OSError) as error:
            self.close()
            _judge(error)
        return message_id

    def close(self) -> None:
        try:
            self._connection.close()
        except (SMTPException, OSError):
            return  # closed already


def _judge(error: Exception) -> None:
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        if all(code >= 500 for code in codes):
            raise PermanentFailure(reason) from error
        raise RetryLater(reason) from error
    if isinstance(error, SMTPDataError):
        raise (PermanentFailure if error.smtp_code >= 500 else RetryLater)(reason) from error
    raise Unreachable(reason) from error


@dataclass(frozen=True, slots=True)
class Gateway:
    """An HTTP gateway to telephones: one POST with JSON for each message.

    With ``template`` it is WhatsApp's Cloud API, which accepts only approved templates: here one
    with a single text parameter that holds the whole message.
    """

    url: str
    token: str
    sender: str
    template: str = ""

    def send(self, message: Message) -> str:
        """Send one message; only a success status counts as accepted."""
        status, answer = self._ask(message)
        if 200 <= status < 300:
            return _number(answer)
        if status in _LATER:
            raise RetryLater(f"HTTP {status}")
        if status >= 500:
            raise Unreachable(f"HTTP {status}")
        raise PermanentFailure(f"HTTP {status} {_printable(answer)}".strip())

    def close(self) -> None:
        return None

    def _for_gateway(self, message: Message) -> dict[str, Any]:
        return {"id": message.key, "to": message.to, "from": self.sender, "text": message.text}

    def _for_cloud_api(self, message: Message) -> dict[str, Any]:
        text = {"type": "text", "text": message.text}
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.to.removeprefix("+"),
            "type": "template",
            "template": {
                "name": self.template,
                "language": {"code": message.language},
                "components": [{"type": "body", "parameters": [text]}],
            },
        }

    def _ask(self, message: Message) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        maker = (
            http.client.HTTPSConnection if parts.scheme == "https" else (http.client.HTTPConnection)
        )
        connection = maker(parts.hostname or "", parts.port, timeout=_CONNECT)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        body = self._for_cloud_api(message) if self.template else self._for_gateway(message)
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": message.key,
        }
        try:
            connection.connect()
            connection.sock.settimeout(_ANSWER)
            connection.request("POST", path, json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            return answer.status, answer.read(_LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()


def _number(answer: bytes) -> str:
    """Return the gateway's id of the message, "" if there is none."""
    try:
        reply: Any = json.loads(answer)
    except ValueError:
        return ""
    if isinstance(reply, dict) and isinstance(reply.get("messages"), list) and reply["messages"]:
        reply = reply["messages"][0]  # as WhatsApp's Cloud API answers
    return str(reply.get("id", ""))[:200] if isinstance(reply, dict) else ""


def _printable(answer: bytes) -> str:
    text = answer[:200].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def configured(channel: Channel) -> bool:
    """Whether the channel is configured in the settings."""
    return channel not in _GATEWAYS or bool(_GATEWAYS[channel]().url)


def carrier(channel: Channel) -> Carrier:
    """Return the carrier of a channel as configured in the settings."""
    if channel is Channel.EMAIL:
        return Mail()
    if channel is Channel.ACCOUNT:
        return Account()
    gateway = _GATEWAYS[channel]()
    if not gateway.url:
        raise Unreachable(f"{channel}: no gateway")
    return gateway


_GATEWAYS = {
    Channel.SMS: lambda: Gateway(
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN, settings.SMS_SENDER
    ),
    Channel.WHATSAPP: lambda: Gateway(
        settings.WHATSAPP_GATEWAY_URL,
        settings.WHATSAPP_GATEWAY_TOKEN,
        settings.WHATSAPP_SENDER,
        settings.WHATSAPP_TEMPLATE,
    ),
}
