"""Playing files through the portal's own services: for the demo, for audits and for tests.

Everything goes the way people go: no row is written around a service.
"""

from __future__ import annotations

import io
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Appointment, User
from documents import uploads
from permits import selectors
from permits.models import Application, Inspection
from permits.services import (
    applications,
    certificates,
    checking,
    documents,
    drafting,
    filling,
    inspections,
    refusals,
    visits,
)
from standards.domain.requirements import Need
from standards.domain.steps import StepKind
from standards.models import FormField, Service
from workflow.domain.errors import DomainError


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
            "holder_name": f"BKK SMK Contoh{spaced}",
            "responsible_name": f"Siti Pemohon{spaced}",
            "national_id": "1471014507900001",
            "address": f"Jalan Melati Nomor 2{spaced}",
            "phone": "081234567890",
        },
        form_data={f.key: _value(f) + spaced for f in application.version.form_fields.all()},
    )
    questions = application.version.questions.all()
    application = filling.save_answers(application, {q.key: False for q in questions}, at=at)
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


def _value(field: FormField) -> str:
    if field.kind == FormField.Kind.CHOICE:
        return field.choices_text.splitlines()[0].strip()
    return {FormField.Kind.NUMBER: "12", FormField.Kind.DATE: "2026-01-02"}.get(
        FormField.Kind(field.kind), "Contoh isian"
    )


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
            photos=[(uploads.check(png_upload(), images_only=True), "Tampak depan")],
        )
    elif kind is StepKind.DRAFT:
        drafting.write_draft(application, actor=officer, at=at)
        drafting.finish_draft(application, actor=officer, at=at)
    elif kind is StepKind.INITIAL and text is not None:
        drafting.initial_draft(application, actor=officer, at=at, digest=text.digest)
    elif kind is StepKind.SIGN and text is not None:
        certificates.sign_certificate(application, actor=officer, at=at, digest=text.digest)
        certificates.sign_due(at)
    elif kind is StepKind.NUMBER:
        certificates.issue_certificate(application, actor=officer, at=at)
    elif kind is StepKind.HAND_OVER:
        certificates.hand_over(
            application, actor=officer, at=at, receiver=application.responsible_name
        )
    else:
        visits.pass_on(application, actor=officer, at=at)
    return reload(application)


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
    certificates.sign_due(at)
    return reload(application)


def _today(application: Application, at: datetime) -> date:
    return application.office.local_date(at)


def advance(application: Application, until: StepKind | None, at: datetime) -> Application:
    """Walk the file through the desks to a step of kind ``until`` (``None``: to the end)."""
    application = reload(application)
    while application.current_step and application.current_step.step.kind != until:
        before = application.current_step_id
        application = act(application, at)
        if application.current_step_id == before:
            raise DomainError("step_moved")
    return application


def reload(application: Application) -> Application:
    """Return the application reread from the database."""
    return Application.objects.get(pk=application.pk)
