"""The certificate on the page of its application: draft, preview, initials, warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.officers import Officer
from documents.keys import state_of
from permits.content.certificates import is_outdated
from permits.domain.signing import missing_initials, why_not_sign
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    CertificateDraft,
    Initial,
    Inspection,
    Printout,
)
from permits.presenters.signers import signer_remarks
from permits.selectors import (
    awaits_signature,
    certificate_of,
    latest_draft,
    open_refusal,
    paper_at_step,
    permit_text,
    permits_to_close,
    printout,
    sop_steps,
    steps_of_initials,
)
from permits.selectors import further_papers as further_papers_of
from permits.services import further_papers, refusals
from permits.services.drafting import preview_key
from permits.views.desk.bases_panel import BasesPanel
from permits.views.desk.clock_panel import ClockPanel
from permits.views.desk.history_panel import HistoryPanel
from standards.domain.steps import Step, StepKind
from standards.law_wording import change_of
from workflow.models import JobStatus
from workflow.refusals import sentence


@dataclass(frozen=True, slots=True)
class InitialRow:
    """One step of initials in the SOP, done or not."""

    role: str
    initial: Initial | None
    skipped: bool


@dataclass
class CertificatePanel:
    """The certificate of an application from ``for_application_page``."""

    application: Application
    officer: Officer
    bases: BasesPanel
    clock: ClockPanel
    history: HistoryPanel

    @property
    def certificate(self) -> Certificate | None:
        """The certificate, once the head has requested the signature."""
        return certificate_of(self.application)

    @property
    def is_issued(self) -> bool:
        """Whether a paper was issued, which an order can end."""
        paper = self.certificate
        return bool(self.further) or (paper is not None and paper.issued_at is not None)

    @property
    def awaits_signature(self) -> bool:
        """Whether the electronic signature is not made yet."""
        return awaits_signature(self.application)

    @cached_property
    def draft(self) -> CertificateDraft | None:
        """The latest text: of the paper that the step makes, else of the permit."""
        return draft_at_hand(self.application)

    @cached_property
    def preview(self) -> Printout | None:
        """The preview of that text, made by the worker."""
        return preview_of(self.application)

    @property
    def preview_state(self) -> str:
        """Whether the preview is "ready", "waiting" or has "failed"; "" without a text."""
        if self.preview is None:
            return ""
        states = {JobStatus.DONE: "ready", JobStatus.FAILED: "failed"}
        return states.get(JobStatus(self.preview.job_status), "waiting")

    @cached_property
    def ends(self) -> list[Certificate]:
        """The permits that end with the issue of this document, if that is a closing decision."""
        paper = self.certificate
        closes = permit_text(self.application).is_closure if paper is None else paper.is_closure
        return permits_to_close(self.application) if closes else []

    @cached_property
    def _initialled(self) -> tuple[dict[int, Initial], set[int]]:
        """The initials given to the current draft, and the steps left out, by key of the step."""
        draft = self.draft
        initials: dict[int, Initial] = {}
        skipped = set()
        for visit in self.history.visits:
            initial: Initial | None = getattr(visit, "initial", None)
            if initial and draft and (initial.draft_id, initial.digest) == (draft.pk, draft.digest):
                initials[visit.step_id] = initial
            if visit.outcome == ApplicationStep.Outcome.SKIPPED:
                skipped.add(visit.step_id)
        return initials, skipped

    @cached_property
    def _of_initials(self) -> list[Step]:
        """The steps that initial the text at hand."""
        here = paper_at_step(self.application)
        return steps_of_initials(self.application, here.paper if here else None)

    @cached_property
    def initials(self) -> list[InitialRow]:
        """The steps of initials in the order of the SOP."""
        by_step, skipped = self._initialled
        asked = {step.pk for step in self._of_initials}
        return [
            InitialRow(row.role.label, by_step.get(row.pk), row.pk in skipped)
            for row in self.application.procedure.steps.all()
            if row.pk in asked
        ]

    @property
    def why_not_sign(self) -> str:
        """The reason why the text at hand cannot be signed; "" if there is none."""
        by_step, skipped = self._initialled
        missing = missing_initials(self._of_initials, given=by_step.keys(), skipped=skipped)
        draft = self.draft
        cites = draft is not None and draft.paper_id is None  # papers beside it name no grounds
        outdated = draft is not None and cites and is_outdated(draft, self.bases.rows)
        reason = why_not_sign(drafted=draft is not None, missing=missing, outdated=outdated)
        return sentence(reason) if reason else ""

    @cached_property
    def warnings(self) -> list[str]:
        """Warnings for the head before signing."""
        return [
            *self._about_the_signer(),
            *self._about_the_key(),
            *self._late(),
            *self._about_the_standard(),
            *self._about_the_steps(),
        ]

    def _about_the_key(self) -> Iterator[str]:
        office = self.application.office
        key = getattr(office, "signing_key", None)  # read with the application
        if problem := state_of(key, office, self.clock.at).problem:
            yield _("Dokumen akan menunggu setelah Anda menandatangani. %(problem)s") % {
                "problem": problem
            }

    @property
    def paper_warnings(self) -> list[str]:
        """Warnings before a paper beside the permit is signed."""
        return [*self._about_the_signer(), *self._about_the_key()]

    @cached_property
    def further(self) -> list[Certificate]:
        """The signed papers beside the permit."""
        return further_papers_of(self.application)

    def _about_the_signer(self) -> Iterator[str]:
        by_step, _skipped = self._initialled
        user, seat = self.officer.user, self.officer.seats.get(self.application.desk_id or 0)
        own = next((row for row in by_step.values() if row.officer_id == user.pk), None)
        if remarks := signer_remarks(self.application, own, seat, self.officer.at):
            yield remarks

    def _late(self) -> Iterator[str]:
        if self.clock.promise.state == "late":
            yield _("Janji kepada pemohon sudah lewat.")
        slow = [line.step.printed_number for line in self.history.card if line.late]
        if slow:
            yield _("Melewati waktu baku pada langkah %(steps)s.") % {"steps": ", ".join(slow)}

    def _about_the_standard(self) -> Iterator[str]:
        if self.application.procedure.provisional:
            yield _("Alur layanan ini masih sementara: %(reason)s") % {
                "reason": self.application.procedure.provisional_reason
            }
        for regulation in self.bases.repealed:
            named = {"title": regulation.title, "standing": change_of(regulation)}
            yield _("Mengutip %(title)s, yang sudah %(standing)s.") % named

    def _about_the_steps(self) -> Iterator[str]:
        inspections = self.history.inspections
        steps = sop_steps(self.application)
        if inspections and inspections[0].recommendation != Inspection.Recommendation.ELIGIBLE:
            yield _("Berita acara terakhir menyatakan tidak memenuhi syarat.")
        if not inspections and any(row.kind == StepKind.INSPECT for row in steps):
            yield _("SOP memuat peninjauan, tetapi berita acaranya tidak ada.")
        for line in self.history.card:
            turn = line.part or line.visit
            if turn.outcome == ApplicationStep.Outcome.SKIPPED:
                yield _("Langkah %(step)s dilewati: %(note)s") % {
                    "step": line.step.printed_number,
                    "note": turn.note,
                }


def preview_of(application: Application) -> Printout | None:
    """Return the preview of what is to be signed, rendered or queued.

    This is the letter of refusal while a refusal is proposed, else the latest draft.
    """
    if refusal := open_refusal(application):
        return printout(application, refusals.preview_key(refusal))
    draft = draft_at_hand(application)
    if draft is None:
        return None
    key = preview_key(draft) if draft.paper_id is None else further_papers.preview_key(draft)
    return printout(application, key)


def draft_at_hand(application: Application) -> CertificateDraft | None:
    """Return the latest text of the paper that the present step makes, else of the permit."""
    here = paper_at_step(application)
    return here.draft if here is not None else latest_draft(application)
