"""The act that the open step asks for, and whether this officer may do it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from accounts.access import Verdict
from accounts.officers import Officer
from permits import policies
from permits.domain import steps as walk
from permits.models import Application, ApplicationStep
from permits.presenters.wording import TASKS
from permits.selectors import awaits_signature, sop_steps
from standards.domain.steps import StepKind
from standards.models import SopStep
from workflow.refusals import sentence

MAY = {
    StepKind.CHECK: policies.may_check,
    StepKind.WORK: policies.may_pass,
    StepKind.INSPECT: policies.may_inspect,
    StepKind.PAY: policies.may_pass,
    StepKind.DRAFT: policies.may_draft,
    StepKind.INITIAL: policies.may_initial,
    StepKind.SIGN: policies.may_sign,
    StepKind.NUMBER: policies.may_number,
    StepKind.SURVEY: policies.may_pass,
    StepKind.HAND_OVER: policies.may_hand_over,
}
TEMPLATES: dict[str, str] = {
    StepKind.CHECK: "permits/desk/acts/check.html",
    StepKind.WORK: "permits/desk/acts/pass.html",
    StepKind.INSPECT: "permits/desk/acts/inspect.html",
    StepKind.PAY: "permits/desk/acts/pass.html",
    StepKind.DRAFT: "permits/desk/acts/draft.html",
    StepKind.INITIAL: "permits/desk/acts/initial.html",
    StepKind.SIGN: "permits/desk/acts/sign.html",
    StepKind.NUMBER: "permits/desk/acts/number.html",
    StepKind.SURVEY: "permits/desk/acts/pass.html",
    StepKind.HAND_OVER: "permits/desk/acts/hand_over.html",
}
_SENDS_BACK = (StepKind.WORK, StepKind.INSPECT, StepKind.INITIAL, StepKind.SIGN)


@dataclass
class ActPanel:
    """The open step of an application for one officer."""

    application: Application
    officer: Officer

    @property
    def visit(self) -> ApplicationStep | None:
        """The open line of the routing card."""
        return self.application.current_step

    @property
    def step(self) -> SopStep | None:
        """The SOP step at which the application lies."""
        return self.visit.step if self.visit else None

    @property
    def kind(self) -> str:
        """The kind of that step; "" when none is open."""
        return self.step.kind if self.step else ""

    @property
    def task(self) -> str:
        """What the step asks for, in three words; "" while it lies with the applicant."""
        if self.application.desk_id is None or not self.kind:
            return ""
        return str(TASKS.get(StepKind(self.kind), ""))

    @property
    def template(self) -> str:
        """The template of what the step asks for."""
        return TEMPLATES.get(self.kind, "")

    @cached_property
    def verdict(self) -> Verdict | None:
        """Whether this officer may act now; ``None`` when it lies at no desk."""
        if self.application.desk_id is None or self.kind not in MAY:
            return None
        return MAY[StepKind(self.kind)](self.officer.user, self.application)

    @property
    def judging(self) -> bool:
        """Whether this officer may give verdicts on documents now."""
        return self.kind == StepKind.CHECK and bool(self.verdict)

    @property
    def may_receive(self) -> bool:
        """Whether the arrival can still be confirmed."""
        return bool(self.verdict) and self.visit is not None and self.visit.received_at is None

    @property
    def why_not_mine(self) -> str:
        """Why this officer cannot act, in a sentence."""
        if self.verdict is None or self.verdict or awaits_signature(self.application):
            return ""
        return sentence(self.verdict.reason)

    @property
    def step_count(self) -> int:
        """How many steps the SOP has."""
        return len(self.application.procedure.steps.all())

    @cached_property
    def forward_step(self) -> SopStep | None:
        """The step that follows when this one is done."""
        if self.step is None:
            return None
        steps = self.application.procedure.steps.all()
        later = [row for row in steps if row.order > self.step.order]
        return min(later, key=lambda row: row.order, default=None)

    @cached_property
    def back_step(self) -> SopStep | None:
        """The step to which the SOP sends the application back from here."""
        if self.step is None or self.kind not in _SENDS_BACK:
            return None
        steps = sop_steps(self.application.procedure)
        current = next((row for row in steps if row.pk == self.step.pk), None)
        target = walk.back_from(steps, current) if current else None
        if target is None or target.kind is StepKind.FILE:
            return None
        return next(row for row in self.application.procedure.steps.all() if row.pk == target.pk)
