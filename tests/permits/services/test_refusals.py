"""A refusal: proposed by a desk, decided by the desk that signs, a letter that can be verified."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from demo import samples
from documents.verification import examine
from notices.models import Notice
from permits import policies, selectors
from permits.domain.lifecycle import Status
from permits.models import Certificate, CertificateNumber, Refusal
from permits.services import applications, certificates, refusals, visits
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint
from tests.factories.permits import at_step, lose_keys, make_keys, make_submitted
from tests.factories.standards import position_of
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
BEFORE_SIGNING = [StepKind.CHECK, StepKind.INSPECT, StepKind.DRAFT, StepKind.INITIAL]


def brought_to(cast, kind, at):
    return make_submitted(cast, at) if kind is StepKind.CHECK else at_step(cast, kind, at)


@pytest.mark.parametrize("kind", BEFORE_SIGNING)
def test_a_desk_proposes_and_the_signing_desk_gets_the_file(cast, monday, kind):
    application = brought_to(cast, kind, monday)
    status = application.status
    proposed = samples.propose_refusal(application, monday)
    assert proposed.status == status  # nobody has refused yet
    assert proposed.current_step.step.kind == StepKind.SIGN
    assert proposed.desk == position_of(cast.office, "kepala-dinas")
    assert application.steps.get(pk=application.current_step_id).outcome == "usul_tolak"
    assert not Notice.objects.filter(template="permits/rejected").exists()


def test_a_proposal_needs_reason_and_ground(cast, monday):
    application = make_submitted(cast, monday)
    for reason, ground in (("", "Perwali 1"), ("Di luar wilayah", " ")):
        with pytest.raises(DomainError, match="note_missing"):
            refusals.propose_refusal(
                application, actor=cast.at("front-office"), at=monday, reason=reason, ground=ground
            )
    assert not Refusal.objects.exists()


def test_only_the_signed_letter_refuses(cast, monday):
    lose_keys(cast)
    proposed = samples.propose_refusal(make_submitted(cast, monday), monday)
    head = cast.at("kepala-dinas")
    letter = refusals.confirm_refusal(proposed, actor=head, at=monday)
    assert refusals.confirm_refusal(proposed, actor=head, at=monday).pk == letter.pk
    certificates.sign_due(monday)
    assert samples.reload(proposed).status == Status.SUBMITTED  # there is no key: it waits
    with pytest.raises(DomainError, match="already_signed"):
        applications.withdraw_application(
            samples.reload(proposed), actor=cast.applicant, at=monday, note="Batal"
        )

    make_keys(cast)
    later = monday + timedelta(days=1)
    certificates.sign_due(later)
    application = samples.reload(proposed)
    assert application.status == Status.REJECTED
    assert application.desk is None
    assert application.closed_at == later
    record = application.records.last()
    assert (record.actor, record.capacity) == (head, "Kepala dinas")
    letter.refresh_from_db()
    assert letter.state == Certificate.State.ISSUED
    assert letter.number.state == CertificateNumber.State.ISSUED
    assert letter.content["date"] == "17 November 2026"  # the day it was signed
    assert letter.refusal.objection_until == date(2026, 12, 16)
    with default_storage.open(str(letter.file)) as file:
        assert examine(file.read()).valid
    notice = Notice.objects.get(template="permits/rejected")
    assert notice.context["ground"] == letter.refusal.ground
    assert notice.context["remedies"] == letter.content["remedies"]


def test_the_letter_names_ground_objection_and_ombudsman(cast, monday):
    make_keys(cast)
    application = samples.refuse(make_submitted(cast, monday), monday, reason="Di luar wilayah.")
    content = application.certificate.content
    assert content["reason"] == "Di luar wilayah."
    assert content["ground"] == "Persyaratan umum angka 1 standar pelayanan"
    said = " ".join(content["remedies"])
    expected = (
        "Undang-Undang Nomor 30 Tahun 2014",
        "Kepala dinas paling lama 21 hari kerja",
        "Selasa, 15 Desember 2026",
        "banding",
        "Ombudsman Republik Indonesia",
    )
    assert [words for words in expected if words not in said] == []


def test_the_head_refuses_without_a_proposal(cast, monday):
    make_keys(cast)
    application = at_step(cast, StepKind.SIGN, monday)
    refusals.refuse_application(
        application, actor=cast.at("kepala-dinas"), at=monday, reason="Lahan sengketa.",
        ground="Putusan pengadilan",
    )  # fmt: skip
    certificates.sign_due(monday)
    application = samples.reload(application)
    assert application.status == Status.REJECTED
    assert selectors.clock(application, monday).state == "selesai"


def test_a_proposal_that_is_sent_back_returns_to_its_desk(cast, monday):
    application = at_step(cast, StepKind.INSPECT, monday)
    proposed = samples.propose_refusal(application, monday)
    head = cast.at("kepala-dinas")
    visits.send_back(proposed, actor=head, at=monday, note="Beri kesempatan melengkapi")
    application = samples.reload(application)
    assert application.current_step.step.kind == StepKind.INSPECT
    refusal = Refusal.objects.get()
    assert (refusal.decision, refusal.decided_by) == ("dikembalikan", head)
    assert refusal.decision_note == "Beri kesempatan melengkapi"
    with pytest.raises(DomainError, match="refusal_missing"):
        refusals.confirm_refusal(at_step(cast, StepKind.SIGN, monday), actor=head, at=monday)
    samples.propose_refusal(application, monday)  # a second proposal is another row
    assert Refusal.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Refusal.objects.filter(pk=refusal.pk).update(reason="Lain")
    with pytest.raises(DatabaseError), transaction.atomic():
        Refusal.objects.filter(pk=refusal.pk).delete()


def test_before_acceptance_a_proposal_goes_back_to_the_check_alone(cast, monday):
    proposed = samples.propose_refusal(make_submitted(cast, monday), monday)
    assert [step.kind for step in selectors.steps_before(proposed)] == [StepKind.CHECK]


def test_nobody_decides_on_their_own_proposal(cast, monday):
    officer = cast.at("front-office")
    appoint(officer, position_of(cast.office, "kepala-dinas"))
    proposed = samples.propose_refusal(make_submitted(cast, monday), monday)
    assert policies.may_decide_refusal(officer, proposed, monday).reason == "refusal_four_eyes"
    with pytest.raises(DomainError, match="refusal_four_eyes"):
        refusals.confirm_refusal(proposed, actor=officer, at=monday)
    assert policies.may_decide_refusal(cast.at("kepala-dinas"), proposed, monday)


def test_while_a_refusal_is_proposed_nothing_is_signed(cast, monday):
    application = at_step(cast, StepKind.INITIAL, monday)
    proposed = samples.propose_refusal(application, monday)
    head = cast.at("kepala-dinas")
    assert policies.may_sign(head, proposed, monday).reason == "refusal_open"
    with pytest.raises(DomainError, match="refusal_open"):
        certificates.sign_certificate(
            proposed, actor=head, at=monday, digest=selectors.latest_draft(proposed).digest
        )


def test_the_applicant_may_still_withdraw_and_the_proposal_lapses(cast, monday):
    proposed = samples.propose_refusal(make_submitted(cast, monday), monday)
    applications.withdraw_application(proposed, actor=cast.applicant, at=monday, note="Batal")
    assert Refusal.objects.get().decision == "gugur"


def test_letters_of_refusal_take_their_numbers_from_the_book_of_letters(cast, monday):
    make_keys(cast)
    numbers = [
        samples.refuse(
            make_submitted(cast, monday), monday, reason="Di luar wilayah."
        ).certificate.number
        for _one in range(2)
    ]
    assert [number.register.kind for number in numbers] == ["surat", "surat"]
    assert [number.value for number in numbers] == [1, 2]
