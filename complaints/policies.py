"""May this person do this to this complaint? Yes, or no with the reason."""

from __future__ import annotations

from django.utils import timezone

from accounts.access import ALLOWED, Verdict, denied
from accounts.models import Office, User
from complaints import selectors
from complaints.domain.lifecycle import CLOSED
from complaints.models import Complaint, Role

HEAD = "kepala_dinas"


def may_enter(user: User, office: Office) -> Verdict:
    """Write what came by another channel into the register."""
    if Role.OFFICER in selectors.roles_of(user, office, timezone.now()):
        return ALLOWED
    return denied("not_a_complaint_officer")


def may_handle(user: User, complaint: Complaint) -> Verdict:
    """Study, classify, draft, send: its owner alone, so that one person answers for it."""
    if (verdict := may_own(user, complaint)) and complaint.owner_id != user.pk:
        return denied("not_the_owner")
    if verdict and complaint.status in CLOSED:
        return denied("complaint_closed")
    return verdict


def may_own(user: User, complaint: Complaint) -> Verdict:
    """Answer for it: a complaint officer of the office who is not complained about."""
    if complaint.subjects.filter(pk=user.pk).exists():
        return denied("complained_about")
    if Role.OFFICER not in selectors.roles_of(user, complaint.office, timezone.now()):
        return denied("not_a_complaint_officer")
    return ALLOWED


def may_head(user: User, complaint: Complaint) -> Verdict:
    """Decide as the head of office: APIP, and what only the head agrees to."""
    if complaint.subjects.filter(pk=user.pk).exists():
        return denied("complained_about")
    if HEAD not in selectors.roles_of(user, complaint.office, timezone.now()):
        return denied("complaint_not_the_head")
    return ALLOWED


def may_open_identity(user: User, complaint: Complaint) -> Verdict:
    """Learn who complained: the owner and the head, never who is complained about.

    A hidden identity is hidden from everybody who has worked on the file, whatever they hold.
    """
    if complaint.subjects.filter(pk=user.pk).exists():
        return denied("complained_about")
    if complaint.hide_identity and selectors.handled(user, complaint):
        return denied("identity_hidden_from_unit")
    roles = selectors.roles_of(user, complaint.office, timezone.now())
    if HEAD in roles or (complaint.owner_id == user.pk and Role.OFFICER in roles):
        return ALLOWED
    if not complaint.confidential and Role.OFFICER in roles:
        return ALLOWED
    return denied("identity_not_yours")


def may_read_files(user: User, complaint: Complaint) -> Verdict:
    """Open attachments: what hides its sender may show them on the first page."""
    if complaint.hide_identity or complaint.confidential:
        return may_open_identity(user, complaint)
    return ALLOWED
