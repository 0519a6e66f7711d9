"""Permissions on complaints: each function returns a ``Verdict``, denied with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.access import ALLOWED, Verdict, denied
from accounts.domain.four_eyes import breaks_four_eyes
from accounts.models import Office, User
from accounts.selectors import held
from complaints import selectors
from complaints.domain.ladder import OUTSIDE, Approver
from complaints.domain.lifecycle import CLASSIFIABLE, CLOSED, Status
from complaints.models import Complaint, MonthlyReport, Role
from reports.selectors import authors_of

HEAD = Approver.OFFICE_HEAD


def _against(user: User, complaint: Complaint) -> bool:
    """Whether ``user`` is a subject of the complaint (uses prefetched ``subjects``)."""
    return any(person.pk == user.pk for person in complaint.subjects.all())


def may_enter(user: User, office: Office, at: datetime) -> Verdict:
    """Enter a report from another channel into the register: complaint officers."""
    if Role.OFFICER in selectors.roles_of(user, office, at):
        return ALLOWED
    return denied("not_a_complaint_officer")


def may_read_book(user: User, office: Office, at: datetime) -> Verdict:
    """Read the complaint book and the monthly reports: any role in complaints at the office."""
    if selectors.roles_of(user, office, at):
        return ALLOWED
    return denied("no_part_in_complaints")


def may_print_identities(user: User, office: Office, at: datetime) -> Verdict:
    """Print the book with identities (``may_open_identity`` decides for each complaint)."""
    if selectors.roles_of(user, office, at) & {HEAD, Role.OFFICER}:
        return ALLOWED
    return denied("identity_not_yours")


def may_compile(user: User, office: Office, at: datetime) -> Verdict:
    """Compile the monthly report and initial it as its compiler."""
    return may_enter(user, office, at)


def may_check(user: User, report: MonthlyReport, at: datetime) -> Verdict:
    """Approve or return a report: the secretary, unless they wrote any version of it."""
    if Role.SECRETARY not in selectors.roles_of(user, report.office, at):
        return denied("not_the_secretary")
    if breaks_four_eyes(user.pk, authors_of(report)):
        return denied("report_own")
    return ALLOWED


def may_hand_over(user: User, report: MonthlyReport, at: datetime) -> Verdict:
    """Hand over the approved report to the head: complaint officers and the secretary."""
    if selectors.roles_of(user, report.office, at) & {Role.OFFICER, Role.SECRETARY}:
        return ALLOWED
    return denied("not_a_complaint_officer")


def may_handle(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Study, classify, draft and send: only the owner of an open complaint."""
    if (verdict := may_own(user, complaint, at)) and complaint.owner_id != user.pk:
        return denied("not_the_owner")
    if verdict and complaint.status in CLOSED:
        return denied("complaint_closed")
    return verdict


def may_classify(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Set weight, category and subjects, request APIP: the owner, until an answer is drafted."""
    verdict = may_handle(user, complaint, at)
    if verdict and complaint.status not in CLASSIFIABLE:
        return denied("out_of_turn")
    return verdict


def may_ask_apip(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Request APIP: as ``may_classify``, unless a request is pending or was approved."""
    verdict = may_classify(user, complaint, at)
    if verdict and any(row.agreed is not False for row in complaint.apip_requests.all()):
        return denied("apip_agreed_already")
    return verdict


def may_own(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Be the owner: a complaint officer or the head, if they are no subject of the complaint."""
    if _against(user, complaint):
        return denied("complained_about")
    roles = selectors.roles_of(user, complaint.office, at)
    return ALLOWED if roles & {Role.OFFICER, HEAD} else denied("not_a_complaint_officer")


def may_name_owner(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Assign a new owner: the owner or the head; any officer if there is no valid owner."""
    if not (verdict := may_own(user, complaint, at)):
        return verdict
    if complaint.status in CLOSED:
        return denied("complaint_closed")
    if complaint.owner_id == user.pk or may_head(user, complaint, at):
        return ALLOWED
    owner = complaint.owner
    roles = selectors.roles_of(owner, complaint.office, at) if owner else set()
    return denied("not_the_owner") if roles & {Role.OFFICER, HEAD} else ALLOWED


def may_head(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Decide as the head of office: APIP, and approvals at the level of the head."""
    if _against(user, complaint):
        return denied("complained_about")
    if HEAD not in selectors.roles_of(user, complaint.office, at):
        return denied("complaint_not_the_head")
    return ALLOWED


def may_decide_apip(
    user: User, complaint: Complaint, at: datetime, *, head_barred: bool | None = None
) -> Verdict:
    """Decide on a request to involve APIP: the head.

    If the head is a subject of the complaint, the superior decides outside the portal, and the
    owner records the decision with its document. ``head_barred`` says whether that is so, if the
    caller has read it.
    """
    if head_barred is None:
        head_barred = selectors.head_is_complained_about(complaint, at)
    if head_barred:
        return may_handle(user, complaint, at)
    return may_head(user, complaint, at)


def may_agree(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Approve or return the draft: the holder of the current level.

    Levels outside the office are recorded by the owner or the head, with person and document.
    """
    if _against(user, complaint):
        return denied("complained_about")
    answer = selectors.latest_answer(complaint)
    level = selectors.next_level(answer) if answer else None
    if complaint.status != Status.DRAFTED or answer is None or level is None:
        return denied("nothing_to_agree")
    if level in OUTSIDE:
        records = may_handle(user, complaint, at) or may_head(user, complaint, at)
        return ALLOWED if records else denied("not_the_owner")
    if breaks_four_eyes(user.pk, selectors.authors_of(complaint)):
        return denied("answer_four_eyes")
    if complaint.desk_id is None or complaint.desk_id not in held(user, at):
        return denied("not_your_level")
    return ALLOWED


def may_open_identity(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Open the identity of the complainant: the owner and the head, never a subject.

    A hidden identity is closed to all users who have worked on the application.
    """
    return _may_open(
        user,
        complaint,
        against=_against(user, complaint),
        handled=complaint.hide_identity and selectors.handled(user, complaint),
        roles=selectors.roles_of(user, complaint.office, at),
    )


def identities_open_to(
    user: User, complaints: Sequence[Complaint], office: Office, at: datetime
) -> set[int]:
    """Return the keys of the complaints of ``office`` for which ``may_open_identity`` allows."""
    complaints = [complaint for complaint in complaints if complaint.deleted_at is None]
    keys = [complaint.pk for complaint in complaints]
    against = set(
        Complaint.subjects.through.objects.filter(user=user, complaint__in=keys).values_list(
            "complaint", flat=True
        )
    )
    applications = {
        complaint.application_id
        for complaint in complaints
        if complaint.hide_identity and complaint.application_id
    }
    handled = selectors.handled_among(user, applications)
    roles = selectors.roles_of(user, office, at)
    return {
        complaint.pk
        for complaint in complaints
        if complaint.office_id == office.pk
        and _may_open(
            user,
            complaint,
            against=complaint.pk in against,
            handled=complaint.hide_identity and complaint.application_id in handled,
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


def may_read_files(user: User, complaint: Complaint, at: datetime) -> Verdict:
    """Open attachments. They may reveal a hidden identity, so the same rule applies."""
    if complaint.hide_identity or complaint.confidential:
        return may_open_identity(user, complaint, at)
    return ALLOWED
