"""The action of the open step, and whether this officer may do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.access import Verdict
from accounts.models import User
from accounts.officers import Officer
from permits import policies
from permits.domain import sop
from permits.models import Application, ApplicationStep, Refusal, StepPart
from permits.selectors import (
    PaperAtStep,
    awaits_signature,
    begun,
    open_refusal,
    paper_at_step,
    part_of,
    parts_here,
    sop_steps,
    step_to_return_to,
)
from permits.step_kinds import (
    BESIDE_WORK,
    GIVE_PART,
    REFUSAL_WORK,
    DeskWork,
    desk_work,
    paper_work,
)
from standards.domain.steps import Step, StepKind
from standards.models import SopStep
from standards.selectors import facts_of
from standards.wording import condition_sentence
from workflow.refusals import sentence


@dataclass
class ActPanel:
    """The open step of an application for one officer.

    Why so many: one property for each thing that the head and the form of the step show.
    """

    application: Application
    officer: Officer

    @property
    def visit(self) -> ApplicationStep | None:
        """The open line of the routing card."""
        return self.application.current_step

    @property
    def step(self) -> SopStep | None:
        """The SOP step of the open visit."""
        return self.visit.step if self.visit else None

    @property
    def row(self) -> SopStep | None:
        """The row of the SOP on which this officer works: of their part, else of the visit."""
        if self.part is not None and not self.verdict:
            return self.part.step or self.step
        return self.step

    @property
    def condition(self) -> str:
        """On which answers that row hangs, in a sentence; "" if it is one of every file."""
        return self._condition_of(self.row)

    @property
    def part_condition(self) -> str:
        """The same of the row whose part this officer can give now."""
        return self._condition_of(self.part.step if self.part is not None else None)

    def _condition_of(self, step: SopStep | None) -> str:
        if step is None or not step.when:
            return ""
        facts = {fact.key: fact for fact in facts_of(self.application.version)}
        return condition_sentence([step.when], facts)

    @property
    def kind(self) -> str:
        """The kind of that step; "" when none is open."""
        return self.step.kind if self.step else ""

    @cached_property
    def refusal(self) -> Refusal | None:
        """The proposal to refuse that waits for the decision."""
        return open_refusal(self.application)

    @cached_property
    def paper(self) -> PaperAtStep | None:
        """The paper beside the permit that this step writes, initials or signs."""
        return paper_at_step(self.application)

    @cached_property
    def parts(self) -> list[StepPart]:
        """The parts that others give at the open step."""
        return parts_here(self.application)

    @cached_property
    def part(self) -> StepPart | None:
        """The part that this officer can give now."""
        may = policies.may_give_part(self.officer.user, self.application, self.officer.at)
        return part_of(self.application, self.officer.seats) if may else None

    @property
    def missing(self) -> str:
        """Whose parts are not in yet, one after the other; the step cannot be finished before."""
        return ", ".join(part.name for part in self.parts if part.is_open)

    @property
    def work(self) -> DeskWork | None:
        """The work of an officer at that step; ``None`` if it is at no desk."""
        if self.refusal is not None:
            return REFUSAL_WORK
        if self.application.desk_id is not None and not begun(self.application):
            return BESIDE_WORK
        if self.paper is not None and self.application.desk_id is not None:
            return paper_work(self.paper.act)
        return desk_work(self.kind) if self.application.desk_id is not None else None

    @property
    def task(self) -> str:
        """The short name of that work; "" while it is the applicant's turn."""
        if self.part is not None and not self.verdict:
            return str(GIVE_PART)
        return str(self.work.task) if self.work else ""

    @property
    def template(self) -> str:
        """The template of that work."""
        return self.work.template if self.work else ""

    @cached_property
    def verdict(self) -> Verdict | None:
        """Whether this officer may act now; ``None`` if it is at no desk."""
        if self.work is None:
            return None
        may: Callable[[User, Application, datetime], Verdict] = getattr(policies, self.work.policy)
        return may(self.officer.user, self.application, self.officer.at)

    @property
    def judging(self) -> bool:
        """Whether this officer may give verdicts on documents now."""
        return self.kind == StepKind.CHECK and bool(self.verdict)

    @property
    def may_receive(self) -> bool:
        """Whether the receipt can still be confirmed."""
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
        steps = sop_steps(self.application)
        return self._row(sop.after(steps, self._current(steps, self.step)))

    @cached_property
    def back_step(self) -> SopStep | None:
        """The step to which the SOP sends the application back from here."""
        return self._row(step_to_return_to(self.application))

    def _current(self, steps: Sequence[Step], row: SopStep) -> Step:
        return sop.same(steps, row.pk, StepKind(row.kind))

    def _row(self, step: Step | None) -> SopStep | None:
        if step is None:
            return None
        return next(row for row in self.application.procedure.steps.all() if row.pk == step.pk)
