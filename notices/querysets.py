"""Named filters of messages."""

from __future__ import annotations

from typing import Self

from accounts.models import User
from workflow.models import JobQuerySet


class NoticeQuerySet(JobQuerySet):
    """Messages: owed work, and what a person finds in the account."""

    def visible_to(self, user: User) -> Self:
        """What a person may read: the messages to them, each once, whatever way it also went."""
        return self.filter(recipient=user, in_account=True)

    def unread(self) -> Self:
        """Messages not yet opened in the account."""
        return self.filter(in_account=True, read_at=None)
