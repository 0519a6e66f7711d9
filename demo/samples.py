"""Playing files through the portal's own services: for the demo, for audits and for tests.

Everything goes the way people go: no row is written around a service.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max

from accounts.models import Appointment, User
from documents import uploads
from permits import selectors
from permits.domain.samples import HOLDER, sample
from permits.models import Application, Certificate, Inspection, StepPart
from permits.services import (
    applications,
    certificates,
    checking,
    documents,
    drafting,
    filling,
    further_papers,
    inspections,
    parts,
    payments,
    refusals,
    step_files,
)
from standards.domain.facts import FactKind, choices_of
from standards.domain.papers import PaperAct
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.models import Fact, Service
from workflow.domain.errors import DomainError
from workflow.models import JobStatus

_PATIENCE = 150.0  # seconds: longer than the worker may take for one task


def pdf_upload(name: str = "berkas.pdf", words: str = "") -> SimpleUploadedFile:
    """Return a real one-page PDF whose title holds ``words``."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = words or name
        pdf.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def png_upload(name: str = "foto.png") -> SimpleUploadedFile:
    """Return a real small picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def officer_at(application: Application, at: datetime) -> User:
    """Return who holds the desk on which the file lies."""
    if application.desk is None:
        raise DomainError("not_at_a_desk")
    day = application.office.local_date(at)
    holder: Appointment = application.desk.appointments.in_force(day).select_related("user")[0]
    return holder.user


def fill(application: Application, at: datetime, *, mark: str = "") -> Application:
    """Answer no to every question, fill the form, upload and declare what is required.

    ``mark`` is written into every personal field, file name and file.
    """
    spaced = f" {mark}" if mark else ""
    application = filling.save_form(
        application,
        at=at,
        identity={
            name: f"{value}{spaced}" if " " in value else value for name, value in HOLDER.items()
        },
        answers=_answers(application.version.facts.filter(asked_at=""), spaced),
    )
    lines = [line for line in selectors.checklist(application).lines() if line.applies]
    declared = [line.requirement.pk for line in lines if line.need is Need.DECLARE]
    application = filling.save_declarations(application, declared, at=at)
    for line in lines:
        if line.need is Need.UPLOAD and line.missing:
            document = pdf_upload(f"berkas{spaced}.pdf", mark)
            documents.attach(
                application, line.requirement.pk, document, actor=application.applicant, at=at
            )
    return application


def _answers(rows: Iterable[Fact], mark: str = "") -> dict[str, str]:
    return {row.key: sample(row.kind, choices_of(row.choices_text), mark) for row in rows}


def _documents(rows: Iterable[Fact]) -> dict[str, uploads.Checked]:
    return {
        row.key: uploads.check(pdf_upload("lampiran.pdf", row.label))
        for row in rows
        if row.kind == FactKind.DOCUMENT
    }


def draft(service: Service, applicant: User, at: datetime, *, mark: str = "") -> Application:
    """Return a filled draft."""
    return fill(filling.start_draft(service, actor=applicant, at=at), at, mark=mark)


def submit(application: Application, at: datetime) -> Application:
    """Send the draft (or the completed file)."""
    send = (
        applications.submit_application
        if application.submitted_at is None
        else applications.resubmit_application
    )
    return send(application, actor=application.applicant, at=at, declared_true=True)


def judge(application: Application, at: datetime, *, refuse: bool = False) -> None:
    """Give a verdict on every unchecked document; or on every document, the first one refused."""
    officer = officer_at(application, at)
    checklist = selectors.checklist(application)
    for index, line in enumerate(checklist.checkable() if refuse else checklist.unchecked()):
        bad = refuse and index == 0
        if line.document is not None:
            documents.note_opened(line.document, actor=officer, at=at)
        checking.give_verdict(
            application,
            line.requirement.pk,
            "tidak_sesuai" if bad else "sesuai",
            actor=officer,
            at=at,
            reason="Tidak terbaca" if bad else "",
        )


def return_for_completion(application: Application, at: datetime) -> Application:
    """Refuse the first document that may still be refused and return the application."""
    judge(application, at, refuse=True)
    return applications.return_application(application, actor=officer_at(application, at), at=at)


def act(application: Application, at: datetime) -> Application:
    """Complete the open step as the officer of its desk; return the application reread."""
    if application.current_step is None:
        raise DomainError("not_at_a_desk")
    application = give_parts(application, at)
    assert application.current_step is not None  # noqa: S101  parts move no file
    officer = officer_at(application, at)
    text = drafting.current_draft(application)
    kind = StepKind(application.current_step.step.kind)
    if kind is StepKind.CHECK:
        judge(application, at)
        applications.declare_complete(application, actor=officer, at=at)
    elif kind is StepKind.INSPECT:
        inspections.record_inspection(
            application,
            actor=officer,
            at=at,
            place=application.address,
            team="Tim teknis",
            inspected_on=_today(application, at),
            findings="Sesuai dengan permohonan.",
            recommendation=Inspection.Recommendation.ELIGIBLE,
            answers=_answers(selectors.facts_to_record(application)),
            documents=_documents(selectors.facts_to_record(application)),
            photos=[(uploads.check(png_upload(), images_only=True), "Tampak depan")],
        )
    elif kind is StepKind.PAY:
        pay(application, at)
    elif kind is StepKind.DRAFT:
        drafting.write_draft(application, actor=officer, at=at)
        drafting.finish_draft(application, actor=officer, at=at)
    elif kind is StepKind.INITIAL and text is not None:
        drafting.initial_draft(application, actor=officer, at=at, digest=text.digest)
    elif kind is StepKind.SIGN and text is not None:
        certificates.sign_certificate(application, actor=officer, at=at, digest=text.digest)
        _sign(application, at)
    elif kind is StepKind.NUMBER:
        certificates.issue_certificate(application, actor=officer, at=at)
    elif kind is StepKind.HAND_OVER:
        certificates.hand_over(
            application, actor=officer, at=at, receiver=application.responsible_name
        )
    elif not finish_paper(application, at):
        set_charges(application, at)
        write_paper(application, at)
        rows = selectors.facts_to_record(application)
        step_files.pass_on(
            application,
            actor=officer,
            at=at,
            answers=_answers(rows),
            documents=_documents(rows),
        )
    return reload(application)


def set_charges(application: Application, at: datetime) -> None:
    """Set what is to be set at the open step as the officer of its desk: the least that is allowed.

    What the officer of a step does not enter is computed.
    """
    rows = selectors.to_set(application)
    if rows:
        least = {row.pk: row.rule.minimum or 0 for row in rows if row.officer_enters}
        officer = officer_at(application, at)
        payments.set_charges(application, actor=officer, at=at, amounts=least)


def write_paper(application: Application, at: datetime) -> None:
    """Write the paper that the open step writes, if there is one, as the officer of its desk."""
    here = selectors.paper_at_step(application)
    if here is not None and here.act is PaperAct.WRITE:
        officer = officer_at(application, at)
        further_papers.write_paper(application, actor=officer, at=at)


def finish_paper(application: Application, at: datetime) -> bool:
    """Initial or sign the paper of the open step, which ends it; return whether there is one."""
    here = selectors.paper_at_step(application)
    if here is None or here.draft is None or here.act is PaperAct.WRITE:
        return False
    officer, digest = officer_at(application, at), here.draft.digest
    if here.act is PaperAct.INITIAL:
        further_papers.initial_paper(application, actor=officer, at=at, digest=digest)
        return True
    further_papers.sign_paper(application, actor=officer, at=at, digest=digest)
    _sign(application, at)
    return True


def give_parts(application: Application, at: datetime) -> Application:
    """Give every part that others owe at the open step, as who holds the position.

    When the rows that run side by side are done, its further performers may be asked.
    """
    day = application.office.local_date(at)
    while owed := selectors.missing_parts(application):
        part = owed[0]
        rows = [] if part.step is None else selectors.facts_to_record(application, part.step)
        holder = part.position.appointments.in_force(day).select_related("user")[0]
        parts.give_part(
            application,
            actor=holder.user,
            at=at,
            part=part.pk,
            opinion=StepPart.Opinion.NO_OBJECTION,
            answers=_answers(rows),
            documents=_documents(rows),
        )
        application = reload(application)
    return application


def pay(application: Application, at: datetime, amount: int | None = None) -> None:
    """Record a payment of all that is owed, or of ``amount``, as the officer of the desk."""
    payments.record_payment(
        application,
        actor=officer_at(application, at),
        at=at,
        paid_on=_today(application, at),
        amount=amount or selectors.balance(application).unpaid,
        proof=uploads.check(pdf_upload("bukti.pdf", f"{amount}")),
        visit=application.current_step_id,
    )


def propose_refusal(
    application: Application, at: datetime, *, reason: str = "Di luar kewenangan kantor ini."
) -> Application:
    """Propose to refuse the application as the officer of its desk; return it reread."""
    refusals.propose_refusal(
        application,
        actor=officer_at(application, at),
        at=at,
        reason=reason,
        ground="Persyaratan umum angka 1 standar pelayanan",
    )
    return reload(application)


def refuse(application: Application, at: datetime, *, reason: str) -> Application:
    """Propose to refuse, and let the signing desk confirm it; return the application reread."""
    proposed = propose_refusal(application, at, reason=reason)
    refusals.confirm_refusal(proposed, actor=officer_at(proposed, at), at=at)
    _sign(application, at)
    return reload(application)


def _sign(application: Application, at: datetime) -> None:
    """Sign what was asked for. A worker that runs beside this may have taken it: wait for it."""
    certificates.sign_due(at)
    waiting = Certificate.objects.filter(application=application, signed_at=None)
    until = time.monotonic() + _PATIENCE
    while waiting.filter(job_status=JobStatus.QUEUED).exists() and time.monotonic() < until:
        time.sleep(0.2)
        certificates.sign_due(at)


def _today(application: Application, at: datetime) -> date:
    return application.office.local_date(at)


def advance(application: Application, until: StepKind | None, at: datetime) -> Application:
    """Walk the file through the desks to a step of kind ``until`` (``None``: to the end).

    Nothing is earlier than what a worker beside this has recorded in between.
    """
    application = reload(application)
    while application.current_step and application.current_step.step.kind != until:
        before = application.current_step_id
        at = max(at, application.records.aggregate(last=Max("at", default=at))["last"])
        application = act(application, at)
        if application.current_step_id == before:
            raise DomainError("step_moved")
    return application


def reload(application: Application) -> Application:
    """Return the application reread from the database."""
    return Application.objects.get(pk=application.pk)
