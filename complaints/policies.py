"""May this person do this to this complaint? Yes, or no with the reason."""

from __future__ import annotations

from collections.abc import Sequence

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


def may_read_book(user: User, office: Office) -> Verdict:
    """Read the complaint book and the monthly reports: who has a part in complaints there."""
    if selectors.roles_of(user, office, timezone.now()):
        return ALLOWED
    return denied("no_part_in_complaints")


def may_print_identities(user: User, office: Office) -> Verdict:
    """Ask for the book with the identities that one may open (``may_open_identity`` for each)."""
    if selectors.roles_of(user, office, timezone.now()) & {HEAD, Role.OFFICER}:
        return ALLOWED
    return denied("identity_not_yours")


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
    return _may_open(
        user,
        complaint,
        against=complaint.subjects.filter(pk=user.pk).exists(),
        handled=complaint.hide_identity and selectors.handled(user, complaint),
        roles=selectors.roles_of(user, complaint.office, timezone.now()),
    )


def identities_open_to(user: User, complaints: Sequence[Complaint], office: Office) -> set[int]:
    """Return the keys of those complaints of ``office`` of which ``may_open_identity`` says yes."""
    keys = [complaint.pk for complaint in complaints]
    against = set(
        Complaint.subjects.through.objects.filter(user=user, complaint__in=keys)
        .values_list("complaint", flat=True)
    )  # fmt: skip
    files = {one.application_id for one in complaints if one.hide_identity and one.application_id}
    handled = selectors.handled_among(user, files)
    roles = selectors.roles_of(user, office, timezone.now())
    return {
        one.pk
        for one in complaints
        if one.office_id == office.pk
        and _may_open(
            user,
            one,
            against=one.pk in against,
            handled=one.hide_identity and one.application_id in handled,
            roles=roles,
        )
    }


def _may_open(
    user: User, complaint: Complaint, *, against: bool, handled: bool, roles: set[str]
) -> Verdict:
    if against:
        return denied("complained_about")
    if handled:
        return denied("identity_hidden_from_unit")
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
