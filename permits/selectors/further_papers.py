"""The papers of an application beside the permit: what its present step does with one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from permits.models import Application, ApplicationStep, Certificate, CertificateDraft, Initial
from permits.querysets import ApplicationQuerySet
from permits.selectors.drafts import latest_draft
from permits.selectors.facts import asked_facts
from standards.domain.conditions import holds
from standards.domain.papers import PaperAct, act_at
from standards.domain.steps import StepKind
from standards.models import Paper

PaperDone = tuple[PaperAct, str, User]

State = Certificate.State
_COUNTS = (State.REQUESTED, State.SIGNED, State.ISSUED)


@dataclass(frozen=True, slots=True)
class PaperAtStep:
    """A paper beside the permit and what the present step does with it.

    ``ended`` is the last one that an order ended: it is made anew when a text is written again.
    """

    paper: Paper
    act: PaperAct
    draft: CertificateDraft | None
    certificate: Certificate | None
    ended: Certificate | None = None

    @property
    def awaits_signature(self) -> bool:
        """Whether the electronic signature is requested and not made yet."""
        return self.certificate is not None and self.certificate.signed_at is None

    @property
    def why_not_passed_on(self) -> str:
        """The code of the reason why the step cannot just be passed on; "" if it can."""
        if self.act is PaperAct.WRITE:
            return "draft_missing" if self.draft is None and self.ended is None else ""
        return "paper_unsigned" if self.act is PaperAct.SIGN else "paper_not_initialed"


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
        if (act := act_at(paper, number)) is not None:
            return _at_step(application, paper, act)
    return None


def _at_step(application: Application, paper: Paper, act: PaperAct) -> PaperAtStep | None:
    if paper.when and not holds(paper.when, asked_facts(application).values):
        return None
    made = [row for row in application.certificates.all() if row.paper_id == paper.pk]
    certificate = next((row for row in made if row.state in _COUNTS), None)
    being_signed = certificate is not None and certificate.signed_at is None
    if certificate is not None and not (being_signed and act is PaperAct.SIGN):
        return None
    ended = max((row for row in made if row.is_ended), key=lambda row: row.pk, default=None)
    draft = latest_draft(application, paper)
    if draft is not None and any(row.draft_id == draft.pk for row in made if row.is_ended):
        draft = None  # its paper was ended: it is not signed a second time
    if draft is None and act is not PaperAct.WRITE:
        return None
    return PaperAtStep(paper, act, draft, certificate, ended)


def writing_step(application: Application) -> int | None:
    """Return the key of the step that writes the paper which the present one initials or signs."""
    here = paper_at_step(application)
    if here is None or here.act is PaperAct.WRITE:
        return None
    rows = application.procedure.steps.all()
    found = (row.pk for row in rows if row.printed_number == here.paper.written_at)
    return next(found, None)


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
    at_step = Q(written_at=number) | Q(signed_at=number)
    at_step |= Q(initialed_at__contains=number)  # "1" is in "11": paper_at_step tells them apart
    named = papers.filter(at_step, version=OuterRef("version"))
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


def further_papers(application: Application) -> list[Certificate]:
    """Return the signed papers beside the permit, in the order in which they were signed."""
    if not application.version.papers.all():
        return []
    rows = Certificate.objects.filter(application=application.pk).further().public()
    return list(rows.select_related("number", "ended_by").order_by("signed_at", "pk"))


def made_at_visits(application: Application) -> dict[int, list[PaperDone]]:
    """Return what was done with papers beside the permit, by key of the visit.

    Each is (act, title of the paper, who did it), in the order of the acts.
    """
    found: dict[int, list[PaperDone]] = defaultdict(list)
    if not application.version.papers.all():
        return found
    drafts = CertificateDraft.objects.filter(application=application.pk).exclude(paper=None)
    visits = list(application.steps.select_related("step"))
    for draft in drafts.select_related("paper", "written_by").order_by("written_at"):
        for visit in visits:
            if _written_at(draft, visit):
                done = (PaperAct.WRITE, _title(draft), draft.written_by)
                if done not in found[visit.pk]:
                    found[visit.pk].append(done)
    initials = Initial.objects.filter(draft__in=drafts).select_related("draft", "officer")
    for initial in initials.order_by("at"):
        done = (PaperAct.INITIAL, _title(initial.draft), initial.officer)
        found[initial.visit_id].append(done)
    rows = Certificate.objects.filter(application=application.pk).further()
    for paper in rows.select_related("signer").order_by("requested_at"):
        found[paper.visit_id].append((PaperAct.SIGN, _title(paper), paper.signer))
    return found


def _title(row: CertificateDraft | Certificate) -> str:
    return str(row.content.get("title", ""))


def _written_at(draft: CertificateDraft, visit: ApplicationStep) -> bool:
    if draft.paper is None or visit.step.printed_number != draft.paper.written_at:
        return False
    over = visit.finished_at is not None and draft.written_at > visit.finished_at
    return visit.handed_over_at <= draft.written_at and not over
