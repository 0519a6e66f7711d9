"""Papers with sample facts: asked for by an administrator, rendered by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Appointment, Office, User
from accounts.selectors import held
from permits import selectors
from permits.content import certificates as content
from permits.content import further_papers as paper_content
from permits.content import refusals as refusal_content
from permits.content.places import filled_text
from permits.content.trials import MARK, TOKEN, marked
from permits.domain import sop
from permits.domain.numbering import format_number
from permits.domain.samples import sample
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    CertificateDraft,
    CertificateNumber,
    Printout,
    Refusal,
    SamplePaper,
)
from permits.services import applications, checking, numbers, refusals, rehearsals, visits
from standards.domain.facts import choices_of
from standards.domain.steps import StepKind
from standards.models import Paper, SopStep, StandardVersion
from workflow.domain.errors import DomainError
from workflow.sweeps import RetryLater, SweepResult, drain_queue, run_job
from workflow.worker import notify_on_commit

BATCH = 50
_KEPT = timedelta(days=1)


def ask_for(
    version: StandardVersion, template: str, text: dict[str, Any], at: datetime
) -> SamplePaper:
    """Return the paper with the content ``text``; it is enqueued once. Those of earlier days go."""
    paper, _made = SamplePaper.objects.get_or_create(
        version=version,
        template=template,
        digest=content.digest(text),
        defaults={"content": text, "created_at": at, "next_try_at": at},
    )
    SamplePaper.objects.filter(version=version, created_at__lt=at - _KEPT).exclude(
        pk=paper.pk
    ).delete()
    notify_on_commit("permits.print_due")
    return paper


def print_samples(at: datetime) -> SweepResult:
    """Run the queued jobs: render papers with sample facts."""
    papers = SamplePaper.objects.all()
    ready = papers.ready(at).order_by("pk").values_list("pk", flat=True)
    return drain_queue(
        "permits.print_samples",
        lambda: ready[:BATCH],
        lambda pk: run_job(papers, pk, _print, at=at),
    )


def _print(paper: SamplePaper) -> Callable[[], None]:
    from documents.rendering import RenderError, render_pdf

    try:
        pdf = render_pdf(paper.template, paper.content)
    except RenderError as error:
        raise RetryLater(str(error)) from error

    def store() -> None:
        SamplePaper.objects.filter(pk=paper.pk).update(pdf=pdf)

    return store


def contents_of(version: StandardVersion, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Return template and content of every paper of the draft ``version``, with sample facts.

    Raises ``DomainError``: standard_incomplete, and whatever refuses the walk to the receipt.
    """
    with rehearsals.rehearsal(version, at) as stage:
        stage.publish()
        application = _accepted(stage, at)
        receipt = application.printouts.get(kind=Printout.Kind.RECEIPT).content
        _record_samples(application)
        signer, appointment = _signer(stage, application, at)
        version = application.version
        rules = version.permits.order_by("order", "pk")
        texts = [selectors.permit_under(rule, version) for rule in (None, *rules)]
        number, day = numbers.reserve(application, at=at), application.office.local_date(at)
        permits = [
            content.final_content(
                CertificateDraft(
                    application=application,
                    content=content.draft_content(application, text=text),
                ),
                _sample_number(text, day) or number,
                signer=signer,
                appointment=appointment,
                token=TOKEN,
                code=MARK,
                day=day,
                valid_until=text.valid_until(day),
            )
            for text in texts
        ]
        letter = _refusal(application, signer, appointment, at)
        further = [
            (SamplePaper.Template.FURTHER, _further(stage, application, paper, at))
            for paper in application.version.papers.order_by("order", "pk")
        ]
        found = [
            (SamplePaper.Template.RECEIPT, receipt),
            *((SamplePaper.Template.CERTIFICATE, permit) for permit in permits),
            (SamplePaper.Template.REFUSAL, letter),
            *further,
        ]
    return [(str(template), marked(text)) for template, text in found]


def _sample_number(text: selectors.PermitText, day: date) -> CertificateNumber | None:
    """Return the number of a permit with a pattern of its own."""
    if not text.number_pattern:
        return None
    return CertificateNumber(text=format_number(text.number_pattern, 1, day))


def _accepted(stage: rehearsals.Rehearsal, at: datetime) -> Application:
    """Return an application declared complete and correct: what comes before is passed over."""
    application = stage.begin()
    rehearsals.fill_with_samples(application, at)
    application = Application.objects.get(pk=application.pk)  # requirements hang on its answers
    rehearsals.attach_samples(application, at)
    application = rehearsals.send(application, at)
    check = sop.first(selectors.sop_steps(application), StepKind.CHECK)
    if application.current_step is None or application.current_step.step_id != check.pk:
        visits.close(application, actor=None, at=at, outcome=ApplicationStep.Outcome.SKIPPED)
        visits.enter(application, check, by=None, at=at)
    application = Application.objects.with_related().get(pk=application.pk)
    if application.desk is None:
        raise DomainError("not_at_a_desk")
    officer = stage.officer(application.desk)
    for line in selectors.checklist(application).unchecked():
        checking.give_verdict(
            application, line.requirement.pk, "sesuai", actor=officer, at=at, reason=""
        )
    return applications.declare_complete(application, actor=officer, at=at)


def _record_samples(application: Application) -> None:
    """Answer what officers record at their steps, too."""
    rows = application.version.facts.exclude(asked_at="")
    found = {row.key: sample(row.kind, choices_of(row.choices_text)) for row in rows}
    application.answers = {**found, **application.answers}
    application.save(update_fields=["answers"])


def _signer(
    stage: rehearsals.Rehearsal, application: Application, at: datetime
) -> tuple[User, Appointment | None]:
    """Return who signs in this rehearsal, and in which position."""
    step = application.procedure.steps.filter(kind=StepKind.SIGN).order_by("order").first()
    return _holder(stage, step, at)


def _holder(
    stage: rehearsals.Rehearsal, step: SopStep | None, at: datetime
) -> tuple[User, Appointment | None]:
    if step is None or step.desk is None:
        raise DomainError("procedure_broken", kind="")
    signer = stage.officer(step.desk)
    return signer, held(signer, at).get(step.desk.pk)


def _further(
    stage: rehearsals.Rehearsal, application: Application, paper: Paper, at: datetime
) -> dict[str, Any]:
    """Return a paper beside the permit as signed, also if its condition does not hold here."""
    step = application.procedure.steps.filter(printed_number=paper.signed_at).first()
    signer, appointment = _holder(stage, step, at)
    day = application.office.local_date(at)
    number = _letter_number(paper.number_pattern, application.office, day)
    text = filled_text(application, paper.body)
    with translation.override("id"):
        minutes = paper.kind == Paper.Kind.MINUTES
        present = _("Contoh peserta, jabatan atau instansi") if minutes else ""
    return paper_content.final_content(
        paper_content.draft_content(application, paper, text, attendees=present),
        CertificateNumber(text=number),
        signer=signer,
        appointment=appointment,
        token=TOKEN,
        code=MARK,
        day=day,
    )


def _letter_number(pattern: str, office: Office, day: date) -> str:
    """Return a first number of ``pattern``, or one of the book of letters without it."""
    return format_number(pattern, 1, day) if pattern else numbers.letter_number(office, day)


def _refusal(
    application: Application, signer: User, appointment: Appointment | None, at: datetime
) -> dict[str, Any]:
    with translation.override("id"):
        refusal = Refusal(
            application=application,
            reason=_("Contoh alasan penolakan."),
            ground=_("Contoh dasar penolakan: persyaratan umum angka 1."),
            proposed_at=at,
        )
    day, pattern = application.office.local_date(at), application.version.refusal_number_pattern
    number = _letter_number(pattern, application.office, day)
    text = refusal_content.final_content(
        refusal,
        CertificateNumber(text=number),
        signer=signer,
        appointment=appointment,
        token=TOKEN,
        code=MARK,
    )
    return refusals.dated_content(Certificate(application=application, content=text), at)
