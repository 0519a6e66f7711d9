"""The papers of an application beside the permit: what its present step does with one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from permits.models import Application, ApplicationStep, Certificate, CertificateDraft
from permits.querysets import ApplicationQuerySet
from permits.selectors.facts import asked_facts
from standards.domain.conditions import holds
from standards.domain.steps import StepKind
from standards.models import Paper

State = Certificate.State
_COUNTS = (State.REQUESTED, State.SIGNED, State.ISSUED)


@dataclass(frozen=True, slots=True)
class PaperAtStep:
    """The paper that the present step writes or, if ``signs``, signs.

    ``ended`` is the last one that an order ended: it is made anew when a text is written again.
    """

    paper: Paper
    signs: bool
    draft: CertificateDraft | None
    certificate: Certificate | None
    ended: Certificate | None = None

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
    ended = max((row for row in made if row.is_ended), key=lambda row: row.pk, default=None)
    draft = paper_draft(application, paper)
    if draft is not None and any(row.draft_id == draft.pk for row in made if row.is_ended):
        draft = None  # its paper was ended: it is not signed a second time
    if signs and draft is None:
        return None
    return PaperAtStep(paper, signs, draft, certificate, ended)


def papers_at_steps(applications: Iterable[Application]) -> dict[int, PaperAtStep]:
    """Return the papers of the present steps by key of the application, for lists.

    The number of queries does not depend on how many applications there are.
    """
    work = [row.pk for row in applications if row.current_step and _is_work(row.current_step)]
    return papers_of(Application.objects.filter(pk__in=work)) if work else {}


def papers_of(applications: ApplicationQuerySet) -> dict[int, PaperAtStep]:
    """Return the same of a query set; only files at a step that a paper names are read."""
    number = OuterRef("current_step__step__printed_number")
    papers = Paper.objects.order_by("order", "pk")
    named = papers.filter(Q(written_at=number) | Q(signed_at=number), version=OuterRef("version"))
    further = Certificate.objects.exclude(paper=None).defer("content")
    rows = (
        applications.filter(Exists(named), current_step__step__kind=StepKind.WORK)
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
    """Return the latest text of ``paper``, whatever became of it."""
    drafts = [row for row in application.drafts.all() if row.paper_id == paper.pk]
    return max(drafts, key=lambda row: row.revision, default=None)


def further_papers(application: Application) -> list[Certificate]:
    """Return the signed papers beside the permit, in the order in which they were signed."""
    if not application.version.papers.all():
        return []
    rows = Certificate.objects.filter(application=application.pk).further().public()
    return list(rows.select_related("number", "ended_by").order_by("signed_at", "pk"))


def made_at_visits(application: Application) -> dict[int, list[tuple[str, str, User]]]:
    """Return what was done with papers beside the permit, by key of the visit.

    Each is (``"write"`` or ``"sign"``, title of the paper, who did it), in the order of the acts.
    """
    found: dict[int, list[tuple[str, str, User]]] = defaultdict(list)
    if not application.version.papers.all():
        return found
    drafts = CertificateDraft.objects.filter(application=application.pk).exclude(paper=None)
    visits = list(application.steps.select_related("step"))
    for draft in drafts.select_related("paper", "written_by").order_by("written_at"):
        for visit in visits:
            if _written_at(draft, visit):
                act = ("write", str(draft.content.get("title", "")), draft.written_by)
                if act not in found[visit.pk]:
                    found[visit.pk].append(act)
    rows = Certificate.objects.filter(application=application.pk).further()
    for paper in rows.select_related("signer").order_by("requested_at"):
        found[paper.visit_id].append(("sign", str(paper.content.get("title", "")), paper.signer))
    return found


def _written_at(draft: CertificateDraft, visit: ApplicationStep) -> bool:
    if draft.paper is None or visit.step.printed_number != draft.paper.written_at:
        return False
    over = visit.finished_at is not None and draft.written_at > visit.finished_at
    return visit.handed_over_at <= draft.written_at and not over
