"""Permissions on surveys, with the reason of a denial."""

from __future__ import annotations

from datetime import datetime

from accounts.access import ALLOWED, Verdict, denied
from accounts.models import User
from accounts.selectors import seat_in
from reports import policies as reports
from surveys import selectors
from surveys.domain.invitations import may_enter_paper as why_not
from surveys.models import FollowUp, Invitation


def may_enter_paper(user: User, invitation: Invitation, at: datetime) -> Verdict:
    """Enter the paper questionnaire of a file: an officer of its office who did not work on it."""
    file = invitation.application
    if seat_in(user, file.office_id, at) is None:
        return denied("survey_not_your_office")
    why = why_not(user.pk, selectors.worked_on(file), file.applicant_id)
    return denied(why) if why else ALLOWED


def may_answer_here(opener: int | None, invitation: Invitation) -> Verdict:
    """Answer on a tablet that ``opener`` (key) has opened: who worked on the file opened none.

    Else they could enter the judgement of their own work.
    """
    if opener in selectors.worked_on(invitation.application):
        return denied("survey_tablet_own_work")
    return ALLOWED


def may_finish(user: User, row: FollowUp, at: datetime) -> Verdict:
    """Record that a follow-up is done: who is in charge of it, or who compiles reports."""
    if row.owner_id == user.pk and seat_in(user, row.office_id, at) is not None:
        return ALLOWED
    return reports.may_compile(user, row.office, at)
