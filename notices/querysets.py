"""Named filters of messages."""

from __future__ import annotations

from typing import Self

from accounts.models import User
from workflow.models import JobQuerySet


class NoticeQuerySet(JobQuerySet):
    """Messages: jobs of the outbox, and entries of an account."""

    def visible_to(self, user: User) -> Self:
        """Messages to ``user``, each once, without its copies on other channels."""
        return self.filter(recipient=user, in_account=True)

    def unread(self) -> Self:
        """Messages not yet opened in the account."""
        return self.filter(in_account=True, read_at=None)
