"""The papers of an application beside the permit: what its present step does with one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from permits.models import Application, ApplicationStep, Certificate, CertificateDraft
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
    if visit is None or not _is_work(visit):
        return None
    number = visit.step.printed_number
    for paper in application.version.papers.all():
        if number in (paper.written_at, paper.signed_at):
            return _at_step(application, paper, signs=number == paper.signed_at)
    return None


def _at_step(application: Application, paper: Paper, *, signs: bool) -> PaperAtStep | None:
    if paper.when and not holds(paper.when, asked_facts(application).values):
        return None
    made = [row for row in application.certificates.all() if row.paper_id == paper.pk]
    certificate = next((row for row in made if row.state in _COUNTS), None)
    if certificate is not None and (certificate.signed_at is not None or not signs):
        return None
    draft = paper_draft(application, paper)
    if signs and draft is None:
        return None
    return PaperAtStep(paper, signs, draft, certificate)


def papers_at_steps(applications: Iterable[Application]) -> dict[int, PaperAtStep]:
    """Return the papers of the present steps by key of the application, for lists.

    The number of queries does not depend on how many applications there are.
    """
    work = [row.pk for row in applications if row.current_step and _is_work(row.current_step)]
    if not work:
        return {}
    number = OuterRef("current_step__step__printed_number")
    papers = Paper.objects.order_by("order", "pk")
    named = papers.filter(Q(written_at=number) | Q(signed_at=number), version=OuterRef("version"))
    further = Certificate.objects.exclude(paper=None).defer("content")
    rows = (
        Application.objects.filter(Exists(named), pk__in=work)
        .select_related("current_step__step")
        .prefetch_related(
            Prefetch("version__papers", papers),
            "procedure",
            Prefetch("drafts", CertificateDraft.objects.exclude(paper=None).defer("content")),
            Prefetch("certificates", further),
        )
    )
    found = {row.pk: paper_at_step(row) for row in rows}
    return {key: here for key, here in found.items() if here is not None}


def _is_work(visit: ApplicationStep) -> bool:
    return visit.step.kind == StepKind.WORK


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
