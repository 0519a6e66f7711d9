"""May this person do this? Always with the reason."""

from __future__ import annotations

from datetime import datetime

from accounts.access import ALLOWED, Verdict, denied
from accounts.domain.two_people import Why, second_person
from accounts.models import Office, User
from accounts.selectors import leads_in
from archives.models import DataRequest, Disposal, LegalHold
from archives.selectors import heads
from permits.domain.lifecycle import Status
from permits.models import Application

_NOT_SECOND = {
    Why.INACTIVE: "not_an_archivist",
    Why.OWN_PROPOSAL: "disposal_own_proposal",
    Why.OWN_MATTER: "disposal_own_matter",
}


def may_change_account(user: User) -> Verdict:
    """The names of officers stand on decrees and signed papers: an administrator changes them."""
    if user.is_staff or user.appointments.exists():
        return denied("named_by_decree")
    return ALLOWED


def may_erase_account(user: User) -> Verdict:
    """Sent files are archives of the office; who serves or served stands in its records."""
    if user.is_staff or user.appointments.exists():
        return denied("account_serves")
    if Application.objects.filter(applicant=user).exclude(status=Status.DRAFT).exists():
        return denied("account_has_files")
    if DataRequest.objects.of(user).open().exists():
        return denied("account_has_requests")
    if LegalHold.objects.filter(person=user).exists():
        return denied("account_held")
    return ALLOWED


def may_answer(user: User, request: DataRequest, at: datetime) -> Verdict:
    """The head and those who lead others in the office answer, never about themselves."""
    if request.answered_at is not None:
        return denied("request_answered")
    if request.person_id == user.pk:
        return denied("own_request")
    if request.office_id not in leads_in(user, at):
        return denied("not_an_archivist")
    return ALLOWED


def may_propose(user: User, office: Office, at: datetime) -> Verdict:
    """The head and those who lead others in the office propose what is due."""
    return ALLOWED if office.pk in leads_in(user, at) else denied("not_an_archivist")


may_hold = may_propose  # the same people place and lift holds


def may_decide(user: User, disposal: Disposal, at: datetime) -> Verdict:
    """Another person than the proposer decides; one of the two is the head.

    Never on own files, nor on complaints about oneself.
    """
    if disposal.state != Disposal.State.PROPOSED:
        return denied("disposal_decided")
    verdict = may_propose(user, disposal.office, at)
    if not verdict:
        return verdict
    concerned = set(disposal.items.values_list("application__applicant", flat=True))
    concerned |= set(disposal.items.values_list("complaint__subjects", flat=True))
    why = second_person(
        user.pk, active=user.is_active, proposer=disposal.proposed_by_id, concerned=concerned
    )
    if why:
        return denied(_NOT_SECOND[why])
    both = {user.pk, disposal.proposed_by_id}
    if both.isdisjoint(person.pk for person in heads(disposal.office, at)):
        return denied("head_missing")
    return ALLOWED
