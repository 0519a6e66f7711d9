"""Who may make and publish standards."""

from __future__ import annotations

from accounts.access import ALLOWED, Verdict, denied
from accounts.models import User
from standards.models import Procedure, StandardVersion


def may_publish_version(user: User, version: StandardVersion) -> Verdict:
    """A permission of its own: who writes a standard need not be who sets it."""
    if version.is_published:
        return denied("standard_published")
    return _allowed(user, "standards.publish_standardversion")


def may_copy_version(user: User, version: StandardVersion) -> Verdict:
    """A user who may add a version may copy an older one."""
    return _allowed(user, "standards.add_standardversion")


def may_copy_procedure(user: User, procedure: Procedure) -> Verdict:
    """A user who may add a procedure may copy another one."""
    return _allowed(user, "standards.add_procedure")


def _allowed(user: User, permission: str) -> Verdict:
    return ALLOWED if user.has_perm(permission) else denied("not_a_standards_clerk")
