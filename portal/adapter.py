"""Account mails leave like every other message: through the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone

from notices import outbox


class AccountAdapter(DefaultAccountAdapter):
    """allauth renders a mail, the outbox sends it: a mail server that is down delays no request."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Store the rendered mail as a queued notice."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        outbox.post_rendered(
            address=email, subject=str(message.subject), body=str(message.body), at=timezone.now()
        )

    def get_from_email(self) -> str:
        from django.conf import settings

        return str(settings.DEFAULT_FROM_EMAIL)
