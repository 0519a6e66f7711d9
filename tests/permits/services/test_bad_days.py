"""Pressed twice, two officers at once, out of order, a worker that dies, a key that is missing."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError, transaction

from demo import samples
from notices.models import Notice
from notices.services import deliver_due
from permits import policies, selectors
from permits.domain.lifecycle import Status
from permits.models import (
    HOLDER_FIELDS,
    Application,
    Certificate,
    CertificateDraft,
    CertificateNumber,
    Printout,
)
from permits.services import (
    applications,
    certificates,
    documents,
    drafting,
    filling,
    numbers,
    printouts,
    visits,
)
from standards.domain.steps import StepKind
from tests.factories.permits import (
    at_step,
    make_accepted,
    make_completed,
    make_draft_application,
    make_issued,
    make_keys,
    make_submitted,
)
from workflow.domain.errors import DomainError
from workflow.models import JobStatus

pytestmark = pytest.mark.django_db


def full_disk(*args: object, **kwargs: object) -> str:
    """Refuse to store, as a full disk does."""
    raise OSError(28, "No space left on device")


def test_sending_twice_sends_once(cast, monday):
    application = make_draft_application(cast, monday)
    first = samples.submit(application, monday)
    second = samples.submit(application, monday)
    assert first.number == second.number
    assert Notice.objects.filter(template="permits/received").count() == 1
    assert application.steps.count() == 2


def test_declaring_complete_twice_moves_the_file_once(cast, monday):
    application = make_submitted(cast, monday)
    seen = application.current_step_id
    officer = cast.at("front-office")
    samples.judge(application, monday)
    applications.declare_complete(application, actor=officer, at=monday, visit=seen)
    with pytest.raises(DomainError, match="step_moved"):
        applications.declare_complete(application, actor=officer, at=monday, visit=seen)
    assert application.clock_events.count() == 1


def test_two_officers_of_one_desk_cannot_both_act(cast, monday):
    application = at_step(cast, StepKind.INITIAL, monday)
    seen = application.current_step_id
    draft = drafting.current_draft(application)
    secretary = cast.at("sekretaris")
    drafting.initial_draft(application, actor=secretary, at=monday, digest=draft.digest, visit=seen)
    with pytest.raises(DomainError, match="step_moved"):
        drafting.initial_draft(
            application, actor=secretary, at=monday, digest=draft.digest, visit=seen
        )
    assert draft.initials.count() == 1


def test_a_step_out_of_order_is_refused(cast, monday):
    application = make_accepted(cast, monday)
    head = cast.at("kepala-dinas")
    with pytest.raises(DomainError, match="not_this_step|step_moved"):
        certificates.sign_certificate(application, actor=head, at=monday, digest="x")
    assert not Certificate.objects.exists()


def test_an_officer_of_another_desk_is_refused(cast, monday):
    application = make_accepted(cast, monday)
    with pytest.raises(DomainError, match="not_your_desk"):
        visits.receive(application, actor=cast.at("sekretaris"), at=monday)


def test_initials_name_the_text_that_was_shown(cast, monday):
    application = at_step(cast, StepKind.INITIAL, monday)
    with pytest.raises(DomainError, match="draft_changed"):
        drafting.initial_draft(
            application, actor=cast.at("sekretaris"), at=monday, digest="another text"
        )


def test_a_changed_text_needs_new_initials(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    head, drafter = cast.at("kepala-dinas"), cast.at("back-office")
    visits.send_back(application, actor=head, at=monday, note="Perbaiki kalimatnya")
    application = samples.reload(application)
    assert application.current_step.step.kind == StepKind.DRAFT
    draft = drafting.write_draft(
        application, actor=drafter, at=monday, statement="Kalimat yang sudah diperbaiki."
    )
    assert draft.revision == 2
    assert len(selectors.missing_initials(application, draft)) == 1


def test_who_wrote_an_earlier_revision_does_not_sign(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    head, digest = cast.at("kepala-dinas"), drafting.current_draft(application).digest
    CertificateDraft.objects.create(
        application=application, revision=0, content={}, digest="0" * 64, written_by=head,
        written_at=monday,
    )  # fmt: skip
    assert policies.may_sign(head, application, monday).reason == "four_eyes"
    with pytest.raises(DomainError, match="four_eyes"):
        certificates.sign_certificate(application, actor=head, at=monday, digest=digest)
    assert not CertificateNumber.objects.exists()


def test_signing_twice_reserves_one_number(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    digest = drafting.current_draft(application).digest
    head = cast.at("kepala-dinas")
    first = certificates.sign_certificate(application, actor=head, at=monday, digest=digest)
    second = certificates.sign_certificate(application, actor=head, at=monday, digest=digest)
    assert first.pk == second.pk
    assert CertificateNumber.objects.count() == 1


def test_without_the_key_the_certificate_stays_owed_and_is_signed_later(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    shutil.rmtree(settings.SIGNING_DIR, ignore_errors=True)
    digest = drafting.current_draft(application).digest
    certificates.sign_certificate(
        application, actor=cast.at("kepala-dinas"), at=monday, digest=digest
    )
    assert certificates.sign_due(monday).done == 0
    owed = Certificate.objects.get()
    assert (owed.state, owed.job_status) == (Certificate.State.REQUESTED, JobStatus.QUEUED)
    assert "SigningKeyMissing" in owed.last_error
    with pytest.raises(DomainError, match="not_this_step|step_moved"):
        certificates.issue_certificate(application, actor=cast.at("back-office"), at=monday)

    make_keys(cast)
    assert certificates.sign_due(monday + timedelta(hours=2)).done == 1
    owed.refresh_from_db()
    assert owed.state == Certificate.State.SIGNED
    assert samples.reload(application).current_step.step.kind == StepKind.NUMBER


def test_a_worker_that_died_while_rendering_loses_nothing(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    make_keys(cast)
    digest = drafting.current_draft(application).digest
    certificate = certificates.sign_certificate(
        application, actor=cast.at("kepala-dinas"), at=monday, digest=digest
    )
    # the dead worker's claim: a lease that nobody will ever finish
    assert Certificate.objects.claim(certificate.pk, monday, timedelta(minutes=3))
    assert certificates.sign_due(monday + timedelta(minutes=1)).done == 0
    assert certificates.sign_due(monday + timedelta(minutes=4)).done == 1
    certificate.refresh_from_db()
    assert certificate.attempts == 2
    assert CertificateNumber.objects.count() == 1


def test_two_workers_sign_one_certificate_once(cast, monday):
    application = at_step(cast, StepKind.SIGN, monday)
    make_keys(cast)
    digest = drafting.current_draft(application).digest
    certificate = certificates.sign_certificate(
        application, actor=cast.at("kepala-dinas"), at=monday, digest=digest
    )
    assert certificates.sign_due(monday).done == 1
    assert certificates.sign_due(monday).done == 0
    certificate.refresh_from_db()
    assert certificate.attempts == 1


def test_a_full_disk_keeps_the_draft_and_says_so(cast, monday, monkeypatch):
    application = make_draft_application(cast, monday)
    papers = application.documents.count()

    monkeypatch.setattr(FileSystemStorage, "_save", full_disk)
    requirement = selectors.checklist(application).checkable()[0].requirement.pk
    with pytest.raises(DomainError, match="storage_full"):
        documents.attach(
            application, requirement, samples.pdf_upload(), actor=cast.applicant, at=monday
        )
    assert application.documents.count() == papers


def test_a_full_disk_delays_the_papers_only(cast, monday, monkeypatch):
    make_accepted(cast, monday)
    papers = Printout.objects.all()  # what was sent, and the receipt
    with monkeypatch.context() as disk:
        disk.setattr(FileSystemStorage, "_save", full_disk)
        assert printouts.print_due(monday).done == 0
    assert printouts.print_due(monday + timedelta(minutes=1)).done == papers.count() == 2
    assert all(Path(paper.file.path).exists() for paper in papers)


def test_the_four_mails_leave_once_each(cast, monday, mailoutbox):
    application = samples.return_for_completion(make_submitted(cast, monday), monday)
    for line in selectors.checklist(application).refused():
        documents.attach(
            application, line.requirement.pk, samples.pdf_upload("baru.pdf", "baru"),
            actor=cast.applicant, at=monday,
        )  # fmt: skip
    make_keys(cast)
    samples.advance(samples.submit(application, monday), None, monday)
    deliver_due(monday)
    deliver_due(monday)
    kinds = Notice.objects.filter(sent_at__isnull=False).values_list("template", flat=True)
    assert {"permits/received", "permits/returned", "permits/accepted", "permits/ready"} <= set(
        kinds
    )
    assert len(mailoutbox) == len(kinds)


def test_a_mail_server_that_is_down_delays_but_loses_nothing(cast, monday, mailoutbox, settings):
    make_submitted(cast, monday)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.factories.mail.DownBackend"
    assert deliver_due(monday).done == 0
    assert Notice.objects.get().attempts == 1
    settings.EMAIL_BACKEND = working
    assert deliver_due(monday + timedelta(minutes=1)).done == 1
    assert len(mailoutbox) == 1


def test_numbers_are_gapless_when_the_caller_fails(cast, monday):
    assert numbers.take(cast.office, "uji", 2026)[1] == 1
    savepoint = transaction.savepoint()
    assert numbers.take(cast.office, "uji", 2026)[1] == 2
    transaction.savepoint_rollback(savepoint)
    assert numbers.take(cast.office, "uji", 2026)[1] == 2


def test_a_year_begins_with_number_one(cast, monday):
    numbers.take(cast.office, "uji", 2026)
    assert numbers.take(cast.office, "uji", 2027)[1] == 1


def test_collecting_twice_hands_over_once(cast, monday):
    application = make_issued(cast, monday)
    certificates.collect(application, actor=cast.applicant, at=monday)
    certificates.collect(application, actor=cast.applicant, at=monday)
    assert samples.reload(application).status == Status.COMPLETED
    assert application.hand_over.method == "unduh"


@pytest.mark.parametrize("related", ["records", "clock_events"])
def test_evidence_cannot_be_changed_or_deleted(cast, monday, related):
    application = make_accepted(cast, monday)
    rows = getattr(application, related)
    with pytest.raises(DatabaseError, match="tidak dapat diubah"), transaction.atomic():
        rows.update(at=monday + timedelta(days=1))
    with pytest.raises(DatabaseError, match="tidak dapat diubah"), transaction.atomic():
        rows.all()._raw_delete(rows.db)


def test_the_file_keeps_its_version_when_a_new_one_comes_into_force(cast, monday):
    from datetime import date

    from tests.factories.standards import make_standard

    application = make_completed(cast, monday)
    make_standard(cast.service, effective_on=date(2026, 11, 10), term_amount=3)
    fresh = Application.objects.get(pk=application.pk)
    assert fresh.version_id == cast.version.pk


def test_an_untouched_draft_is_taken_up_and_a_filled_one_is_left_alone(cast, monday):
    def start(**like):
        return filling.start_draft(cast.service, actor=cast.applicant, at=monday, **like)

    filled = make_draft_application(cast, monday)
    empty = start()
    assert empty.pk != filled.pk
    assert start().pk == empty.pk
    again = start(like=filled)
    assert again.pk == empty.pk
    assert [getattr(again, name) for name in HOLDER_FIELDS] == [
        getattr(filled, name) for name in HOLDER_FIELDS
    ]
    assert again.answers == {}
    assert start().pk not in (filled.pk, again.pk)
