"""The page of one complaint at the desk: what was promised, what happened, what is answered.

The page is made of panels, each with the values of one part; the template decides nothing.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.functional import cached_property

from accounts.access import Verdict
from accounts.officers import Officer
from complaints import policies
from complaints.domain.lifecycle import CLOSED, OPEN
from complaints.models import Complaint
from complaints.presenters.desk import shown_at, status_text
from complaints.views.desk.answer_panels import AnswerPanel, ApipPanel, StudyPanel
from complaints.views.desk.complaint_panels import (
    HistoryPanel,
    IdentityPanel,
    RelatedPanel,
    ReportPanel,
    StandardPanel,
    TermsPanel,
)
from complaints.views.desk.staff import Staff


class ComplaintPage:
    """What ``officer`` sees of ``complaint``, in its parts."""

    def __init__(self, complaint: Complaint, officer: Officer) -> None:
        self.complaint = complaint
        self.user = officer.user
        self.at = officer.at
        self.staff = Staff(complaint, officer.at)
        self.history = HistoryPanel(complaint)
        self.report = ReportPanel(complaint, officer, self.history)
        self.terms = TermsPanel(complaint, officer, self.history)
        self.standard = StandardPanel(complaint, officer, self.terms)
        self.study = StudyPanel(complaint)
        self.answer = AnswerPanel(complaint)
        self.apip = ApipPanel(complaint, officer, self.staff)
        self.identity = IdentityPanel(complaint, officer, self.history)
        self.related = RelatedPanel(complaint, officer)

    @cached_property
    def status_text(self) -> tuple[str, str]:
        """Meaning and words of its state; only who acts next is told what to do."""
        acts = self.may_agree if self.complaint.desk_id else self.may_handle
        return status_text(
            self.complaint.status,
            mine=bool(acts),
            being_sent=bool(self.answer.sending),
            apip_asked=False,
        )

    @property
    def closed_at(self) -> date | datetime | None:
        """When it was closed; of a nameless report the day."""
        at = self.complaint.closed_at
        return shown_at(self.complaint, at) if at else None

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.complaint.status in CLOSED

    @property
    def is_open_complaint(self) -> bool:
        """Whether it is handled as a complaint and not answered yet."""
        return self.complaint.status in OPEN

    @cached_property
    def may_handle(self) -> Verdict:
        """Whether this officer studies, drafts and sends."""
        return policies.may_handle(self.user, self.complaint, self.at)

    @cached_property
    def may_agree(self) -> Verdict:
        """Whether it is this officer's turn to agree."""
        return policies.may_agree(self.user, self.complaint, self.at)

    @cached_property
    def may_name_owner(self) -> Verdict:
        """Whether this officer names another owner."""
        return policies.may_name_owner(self.user, self.complaint, self.at)

    @property
    def head_complained_about(self) -> bool:
        """Whether the head may not judge it, so that somebody above must."""
        return self.staff.head_barred
