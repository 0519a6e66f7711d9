"""Who may make and publish the standards of an office: its administrators with the permission."""

from __future__ import annotations

from accounts.access import ALLOWED, Verdict, denied
from accounts.administered import keeps, offices_kept
from accounts.models import User
from authority.selectors import administers
from standards.models import Procedure, StandardVersion


def may_publish_version(user: User, version: StandardVersion) -> Verdict:
    """Propose to set it: a permission of its own, for administrators; a second one confirms."""
    if version.is_published:
        return denied("standard_published")
    if not administers(user):
        return denied("not_an_administrator")
    return _allowed(user, "standards.publish_standardversion", version.service.office_id)


def may_copy_version(user: User, version: StandardVersion) -> Verdict:
    """A user who may add a version may copy an older one."""
    return _allowed(user, "standards.add_standardversion", version.service.office_id)


def may_copy_procedure(user: User, procedure: Procedure) -> Verdict:
    """A user who may add a procedure may copy another one."""
    return _allowed(user, "standards.add_procedure", procedure.office_id)


def may_import(user: User) -> Verdict:
    """A user who may add versions and procedures, for the offices that are kept by the user."""
    wanted = ("standards.add_standardversion", "standards.add_procedure")
    if user.has_perms(wanted) and offices_kept(user).exists():
        return ALLOWED
    return denied("not_a_standards_clerk")


def _allowed(user: User, permission: str, office_id: int) -> Verdict:
    if user.has_perm(permission) and keeps(user, office_id):
        return ALLOWED
    return denied("not_a_standards_clerk")
