"""Permissions on surveys, with the reason of a denial."""

from __future__ import annotations

from datetime import datetime

from accounts.access import ALLOWED, Verdict, denied
from accounts.models import User
from accounts.selectors import seat_in
from surveys import selectors
from surveys.domain.invitations import may_enter_paper as why_not
from surveys.models import Invitation


def may_enter_paper(user: User, invitation: Invitation, at: datetime) -> Verdict:
    """Enter the paper questionnaire of a file: an officer of its office who did not work on it."""
    file = invitation.application
    if seat_in(user, file.office_id, at) is None:
        return denied("survey_not_your_office")
    why = why_not(user.pk, selectors.worked_on(file), file.applicant_id)
    return denied(why) if why else ALLOWED
