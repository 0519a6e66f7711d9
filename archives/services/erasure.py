"""Erasure of an account that holds no sent file, confirmed by mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core import signing
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from archives.models import DataCopy
from archives.policies import may_erase_account
from notices import outbox
from notices.models import Notice
from permits.models import Application, Document, Printout
from permits.services.applications import delete_draft
from workflow.domain.errors import DomainError

_SALT: Final = "archives.erase_account"
CONFIRMED_WITHIN: Final = timedelta(hours=24)


def ask_to_erase(user: User, *, at: datetime) -> None:
    """Mail the link that confirms the erasure.

    Raises ``DomainError``: the codes of ``may_erase_account``.
    """
    verdict = may_erase_account(user)
    if not verdict:
        raise DomainError(verdict.reason)
    token = signing.dumps(user.pk, salt=_SALT)
    outbox.post(
        f"erase-account:{user.pk}:{at:%Y%m%d%H%M}",
        "archives/confirm_erasure",
        to=user,
        at=at,
        name=user.full_name,
        path=reverse("archives:erase_confirmed", args=[token]),
    )


def is_confirmed(user: User, token: str) -> bool:
    """Whether ``token`` was mailed to ``user`` within the last 24 hours."""
    try:
        return bool(signing.loads(token, salt=_SALT, max_age=CONFIRMED_WITHIN) == user.pk)
    except signing.BadSignature:
        return False


@transaction.atomic
def erase_account(user: User) -> None:
    """Delete the account: drafts with their files, messages, sign-ins, and the person.

    Raises ``DomainError`` (see ``may_erase_account``) if something has been sent meanwhile.
    """
    fresh = User.objects.select_for_update().get(pk=user.pk)
    verdict = may_erase_account(fresh)
    if not verdict:
        raise DomainError(verdict.reason)
    drafts = list(Application.objects.of(fresh))
    _delete_files(fresh, drafts)
    for draft in drafts:
        delete_draft(draft)
    others = EmailAddress.objects.filter(user=fresh).values_list("email", flat=True)
    addresses = {fresh.email, *others}
    Notice.objects.filter(Q(recipient=fresh) | Q(address__in=addresses)).delete()
    for model in (AccessLog, AccessFailureLog, AccessAttempt):
        model.objects.filter(username__in=addresses).delete()
    fresh.delete()


def _delete_files(user: User, drafts: list[Application]) -> None:
    """Delete the stored files once the rows are gone for good."""
    names = [
        *Document.objects.filter(application__in=drafts).values_list("file", flat=True),
        *Printout.objects.filter(application__in=drafts).values_list("file", flat=True),
        *DataCopy.objects.of(user).values_list("file", flat=True),
    ]

    def delete() -> None:
        for name in filter(None, names):
            default_storage.delete(name)

    transaction.on_commit(delete)
