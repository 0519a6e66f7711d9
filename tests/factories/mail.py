"""A mail server that is down."""

from __future__ import annotations

from django.core.mail.backends.base import BaseEmailBackend


class DownBackend(BaseEmailBackend):
    """Refuses every message as a dead server does."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("mail server is down")
