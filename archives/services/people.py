"""What people change in their own account."""

from __future__ import annotations

from accounts.models import User
from archives.policies import may_change_account
from workflow.domain.errors import DomainError


def change_account(user: User, *, full_name: str, phone: str) -> None:
    """Correct name and telephone of the account (UU 27/2022 art. 6).

    What stands in a sent application stays as it was sent. Raises ``DomainError``:
    named_by_decree.
    """
    verdict = may_change_account(user)
    if not verdict:
        raise DomainError(verdict.reason)
    user.full_name, user.phone = full_name, phone
    user.save(update_fields=["full_name", "phone", "phone_e164"])
