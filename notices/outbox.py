"""The outbox: a message is a row written in the transaction of the act it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.models import User
from notices.models import Notice
from workflow.bell import ring

RENDERED = "rendered"


def post(
    key: str,
    template: str,
    *,
    to: User,
    at: datetime,
    about: str = "",
    attachments: Sequence[tuple[str, str, str]] = (),
    **context: Any,
) -> Notice:
    """Owe ``to`` one message; the same ``key`` twice is one message.

    ``context`` holds plain JSON values only: the words are chosen when the mail leaves. So are the
    ``attachments``, each (path in the private storage, file name, media type): the file may be made
    after the post, and the mail waits for it.
    """
    notice, _created = Notice.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "template": template, "recipient": to, "address": to.email, "context": context,
            "about": about, "created_at": at, "next_try_at": at,
            "attachments": [list(one) for one in attachments],
        },
    )  # fmt: skip
    ring("notices.deliver_due")
    return notice


def post_rendered(*, address: str, subject: str, body: str, at: datetime) -> Notice:
    """Owe ``address`` a message that is already worded (account mails); cleared once sent."""
    notice = Notice.objects.create(
        dedupe_key=f"rendered:{secrets.token_hex(16)}", template=RENDERED, address=address,
        context={"subject": subject, "body": body}, created_at=at, next_try_at=at,
    )  # fmt: skip
    ring("notices.deliver_due")
    return notice
