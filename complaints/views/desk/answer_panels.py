"""The parts of the page of a complaint that lead to its answer: study, draft, APIP."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import cached_property

from accounts.access import Verdict
from accounts.officers import Officer
from complaints import policies, selectors
from complaints.domain.ladder import OUTSIDE, Approver
from complaints.domain.lifecycle import Status
from complaints.domain.study import Step
from complaints.domain.study import missing as missing_steps
from complaints.models import (
    Answer,
    AnswerLetter,
    ApipRequest,
    Approval,
    Complaint,
    Rating,
    StudyStep,
    Weight,
)
from complaints.models import Approver as ApproverLabel
from complaints.services import study
from complaints.views.desk.staff import Staff


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One step of the study."""

    step: str
    label: str
    row: StudyStep | None
    needed: bool


class StudyPanel:
    """The checklist of the study in this round."""

    def __init__(self, complaint: Complaint) -> None:
        self._complaint = complaint

    @cached_property
    def lines(self) -> list[StudyLine]:
        """The checklist of this round."""
        one = self._complaint
        rows = {row.step: row for row in one.study.all() if row.round == one.round}
        needed = missing_steps((), at_once=one.weight == Weight.LIGHT)
        return [
            StudyLine(str(step), str(step.label), rows.get(step), Step(step) in needed)
            for step in StudyStep.Step
        ]

    @property
    def written(self) -> list[StudyLine]:
        """What has been written down."""
        return [line for line in self.lines if line.row is not None]

    @property
    def missing(self) -> list[str]:
        """The steps that must still be done."""
        return [line.label for line in self.lines if line.needed and line.row is None]

    @property
    def complete(self) -> bool:
        """Whether everything is there that a draft is made of."""
        return bool(self._complaint.problem) and not self.missing


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the ladder for the draft that is shown."""

    label: str
    outside: bool
    approval: Approval | None
    turn: bool


class AnswerPanel:
    """The draft or the answer: its text, the ladder, its letter and its delivery."""

    def __init__(self, complaint: Complaint) -> None:
        self._complaint = complaint

    @cached_property
    def latest(self) -> Answer | None:
        """The last draft of this round, or the answer that was sent."""
        return selectors.latest_answer(self._complaint)

    @property
    def rating(self) -> str:
        """How the complainant rated the answer; "" before."""
        given = self.latest.rating if self.latest else None
        return str(Rating(given).label) if given else ""

    @cached_property
    def level(self) -> Approver | None:
        """Who must agree next."""
        if self.latest is None or self._complaint.status != Status.DRAFTED:
            return None
        return selectors.next_level(self.latest)

    @property
    def outside(self) -> bool:
        """Whether the next level stands outside the office and is recorded by its paper."""
        return self.level in OUTSIDE

    @cached_property
    def levels(self) -> list[Level]:
        """The ladder of the draft with what each level said."""
        if self.latest is None:
            return []
        said = {row.level: row for row in self.latest.approvals.all()}
        return [
            Level(
                str(ApproverLabel(name).label), name in OUTSIDE, said.get(name), name == self.level
            )
            for name in self.latest.levels
        ]

    @cached_property
    def returned(self) -> Approval | None:
        """The note with which the last draft came back."""
        if self.latest is None or self._complaint.status != Status.STUDIED:
            return None
        refused = [row for row in self.latest.approvals.all() if not row.agreed]
        return refused[-1] if refused else None

    @cached_property
    def letter(self) -> AnswerLetter | None:
        """The letter of the answer that is shown."""
        return selectors.letter_of(self.latest) if self.latest else None

    @property
    def sending(self) -> bool:
        """Whether the portal is delivering the answer."""
        return bool(self.latest and self.latest.sent_through and self.latest.sent_at is None)

    @cached_property
    def ending(self) -> str:
        """How every answer ends."""
        return study.ending_of(self._complaint)


class ApipPanel:
    """Whether the inspectorate (APIP) is to be involved."""

    def __init__(self, complaint: Complaint, officer: Officer, staff: Staff) -> None:
        self._complaint = complaint
        self._officer = officer
        self._staff = staff

    @cached_property
    def requests(self) -> list[ApipRequest]:
        """Requests to involve APIP, the last one first."""
        return list(self._complaint.apip_requests.all())[::-1]

    @property
    def waits(self) -> bool:
        """Whether a request waits for the head."""
        return any(row.agreed is None for row in self.requests)

    @cached_property
    def may_decide(self) -> Verdict:
        """Whether this officer consents to asking APIP."""
        return policies.may_decide_apip(
            self._officer.user,
            self._complaint,
            self._officer.at,
            head_barred=self._staff.head_barred,
        )
