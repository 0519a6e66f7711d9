"""The papers of an application beside the permit: what its present step does with one."""

from __future__ import annotations

from dataclasses import dataclass

from permits.models import Application, Certificate, CertificateDraft
from permits.selectors.facts import asked_facts
from standards.domain.conditions import holds
from standards.domain.steps import StepKind
from standards.models import Paper

State = Certificate.State
_COUNTS = (State.REQUESTED, State.SIGNED, State.ISSUED)


@dataclass(frozen=True, slots=True)
class PaperAtStep:
    """The paper that the present step writes or, if ``signs``, signs."""

    paper: Paper
    signs: bool
    draft: CertificateDraft | None
    certificate: Certificate | None

    @property
    def awaits_signature(self) -> bool:
        """Whether the electronic signature is requested and not made yet."""
        return self.certificate is not None and self.certificate.signed_at is None


def paper_at_step(application: Application) -> PaperAtStep | None:
    """Return the paper of the present step; ``None`` at a step that makes none.

    A paper whose condition does not hold, whose writing was skipped, or which is signed already
    asks nothing more: then the step is passed on like any other.
    """
    visit = application.current_step
    if visit is None or visit.step.kind != StepKind.WORK:
        return None
    number = visit.step.printed_number
    for paper in application.version.papers.all():
        if number in (paper.written_at, paper.signed_at):
            return _at_step(application, paper, signs=number == paper.signed_at)
    return None


def _at_step(application: Application, paper: Paper, *, signs: bool) -> PaperAtStep | None:
    if not holds(paper.when, asked_facts(application).values):
        return None
    made = Certificate.objects.filter(application=application.pk, paper=paper, state__in=_COUNTS)
    certificate = made.first()
    if certificate is not None and (certificate.signed_at is not None or not signs):
        return None
    draft = paper_draft(application, paper)
    if signs and draft is None:
        return None
    return PaperAtStep(paper, signs, draft, certificate)


def paper_draft(application: Application, paper: Paper) -> CertificateDraft | None:
    """Return the latest text of ``paper``."""
    drafts = [row for row in application.drafts.all() if row.paper_id == paper.pk]
    return max(drafts, key=lambda row: row.revision, default=None)


def further_papers(application: Application) -> list[Certificate]:
    """Return the signed papers beside the permit, in the order in which they were signed."""
    if not application.version.papers.all():
        return []
    rows = Certificate.objects.filter(application=application.pk).further().public()
    return list(rows.select_related("number").order_by("signed_at", "pk"))
