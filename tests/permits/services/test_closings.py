"""The issue of a decision that closes a permit ends that permit, by the two who made it."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta

import pytest
from django.core import mail
from time_machine import travel

from demo import paper_samples, samples
from notices.services import deliver_due
from permits.models import Application, Certificate, CertificateOrder
from permits.services import certificates
from standards.domain.built_in import ApplicationKind
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint
from tests.factories.filing import signed_in
from tests.factories.kinds import follow, make_draft_of_kinds, published
from tests.factories.permits import NOON, Cast, make_issued
from tests.factories.standards import position_of
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
CLOSURE = ApplicationKind.CLOSURE
Decision = CertificateOrder.Decision
State = Certificate.State


@pytest.fixture(scope="module")
def _made(module_world: None) -> tuple[Cast, int]:
    with travel(NOON, tick=False):
        cast = published(*make_draft_of_kinds())
        return cast, make_issued(cast).pk


@pytest.fixture
def cast(_made, db, monday, time_machine) -> Cast:
    """An office whose closures end in a decision of their own: made once for the module."""
    time_machine.move_to(monday, tick=False)
    return deepcopy(_made[0])


@pytest.fixture
def permit(_made, cast) -> Certificate:
    """The permit that is closed: issued once for the module."""
    return Certificate.objects.get(application=_made[1])


def changed(cast: Cast, permit: Certificate, at: datetime) -> Certificate:
    """Return the permit that follows ``permit`` after a change."""
    after = follow(cast, at, ApplicationKind.CHANGE, permit).certificate
    assert after is not None
    return after


def state(permit: Certificate | None) -> str:
    assert permit is not None
    return Certificate.objects.get(pk=permit.pk).state


def test_the_permit_is_revoked_by_who_wrote_and_who_signed_the_decision(cast, permit, monday):
    numbering = follow(cast, monday, CLOSURE, permit, StepKind.NUMBER)
    assert state(permit) == State.ISSUED
    decision = samples.advance(numbering, StepKind.HAND_OVER, monday).certificate
    order = CertificateOrder.objects.get()
    assert state(permit) == State.REVOKED
    assert (order.certificate, order.decision) == (permit, Decision.CONFIRMED)
    assert (order.proposed_by, order.decided_by) == (decision.draft.written_by, decision.signer)
    assert order.proposed_by != order.decided_by
    assert (order.decree_number, order.decided_at) == (str(decision.number), decision.requested_at)
    assert order.reason == f"Diakhiri atas permohonan pemegang nomor {numbering.number}."
    assert order.ground == (
        "“Keputusan Penutupan” menurut standar pelayanan layanan ini, versi 2, "
        "berlaku sejak 1 Februari 2026"
    )
    assert order.objection_until is not None
    deliver_due(monday)
    assert any(f"Izin {permit} dicabut" in str(one.subject) for one in mail.outbox)


def test_a_head_who_also_enters_the_number_ends_it(cast, permit, monday):
    numbering = follow(cast, monday, CLOSURE, permit, StepKind.NUMBER)
    head = paper_samples.head_of(numbering, monday)
    assert numbering.certificate.signer == head
    appoint(head, position_of(cast.office, "back-office"))
    certificates.issue_certificate(numbering, actor=head, at=monday)
    assert state(permit) == State.REVOKED
    order = CertificateOrder.objects.get()
    assert order.decided_by == head
    assert order.proposed_by != head


def test_pressing_twice_ends_it_once(cast, permit, monday):
    numbering = follow(cast, monday, CLOSURE, permit, StepKind.NUMBER)
    officer = samples.officer_at(numbering, monday)
    certificates.issue_certificate(numbering, actor=officer, at=monday)
    with pytest.raises(DomainError, match="step_moved"):
        certificates.issue_certificate(
            numbering, actor=officer, at=monday, visit=numbering.current_step_id
        )
    assert CertificateOrder.objects.count() == 1


def test_a_permit_that_was_revoked_meanwhile_stays_as_it_is(cast, permit, monday):
    numbering = follow(cast, monday, CLOSURE, permit, StepKind.NUMBER)
    paper_samples.revoke(permit.application, monday)
    first = CertificateOrder.objects.get()
    file = samples.advance(numbering, StepKind.HAND_OVER, monday)
    assert file.certificate.state == State.ISSUED
    assert CertificateOrder.objects.get() == first


def test_the_paper_that_replaced_the_named_one_is_ended(cast, permit, monday):
    numbering = follow(cast, monday, CLOSURE, permit, StepKind.NUMBER)
    after = paper_samples.replace(permit.application, monday, "BKK SMK Contoh Jaya").certificate
    samples.advance(numbering, StepKind.HAND_OVER, monday)
    assert state(permit) == State.REPLACED
    assert state(after) == State.REVOKED


def test_a_replacement_that_is_being_signed_falls(cast, permit, monday, monkeypatch):
    numbering = follow(cast, monday, CLOSURE, permit, StepKind.NUMBER)
    order = paper_samples.propose_replacement(permit.application, monday, "BKK SMK Contoh Jaya")
    monkeypatch.setattr(certificates, "sign_due", lambda at: None)
    paper_samples.confirm(order, monday)
    monkeypatch.undo()
    certificates.issue_certificate(
        numbering, actor=samples.officer_at(numbering, monday), at=monday
    )
    order.refresh_from_db()
    assert (state(permit), order.decision) == (State.REVOKED, Decision.DROPPED)


def test_what_the_permit_extended_is_ended_as_well(cast, permit, monday):
    """A closed business is not shown as allowed by the paper of before its extension."""
    longer = changed(cast, permit, monday)
    assert state(permit) == State.ISSUED
    decision = follow(cast, monday, CLOSURE, longer).certificate
    assert (state(longer), state(permit)) == (State.REVOKED, State.REVOKED)
    orders = CertificateOrder.objects.order_by("pk")
    assert [order.certificate for order in orders] == [longer, permit]
    assert {order.decree_number for order in orders} == {str(decision.number)}


def test_only_what_came_before_the_named_permit_is_ended(cast, permit, monday):
    longer = changed(cast, permit, monday)
    follow(cast, monday, CLOSURE, permit)
    assert (state(permit), state(longer)) == (State.REVOKED, State.ISSUED)


def test_a_permit_of_another_account_before_it_is_only_proposed(cast, permit, monday):
    """Anybody can name a number: whoever holds it keeps it until the head decides."""
    other = Cast(
        cast.office, cast.service, cast.version, cast.stranger, cast.applicant, cast.officers
    )
    longer = changed(other, permit, monday)
    follow(other, monday, CLOSURE, longer)
    assert (state(longer), state(permit)) == (State.REVOKED, State.ISSUED)
    assert CertificateOrder.objects.get(certificate=permit).is_open


def test_permits_that_name_each_other_end_once(cast, permit, monday):
    """A number typed by mistake may lead in a circle."""
    longer = changed(cast, permit, monday)
    first = permit.application
    answers = {
        **first.answers,
        "jenis_permohonan": "Perubahan",
        "izin_sebelumnya": str(longer.number),
    }
    Application.objects.filter(pk=first.pk).update(answers=answers)
    follow(cast, monday, CLOSURE, longer)
    assert (state(longer), state(permit)) == (State.REVOKED, State.REVOKED)
    assert CertificateOrder.objects.count() == 2


def test_a_proposal_that_waits_is_closed(cast, permit, monday):
    waiting = paper_samples.propose_ending(permit.application, monday)
    decision = follow(cast, monday, CLOSURE, permit).certificate
    waiting.refresh_from_db()
    assert waiting.decision == Decision.DROPPED
    assert str(decision.number) in waiting.decision_note
    assert state(permit) == State.REVOKED


def test_another_account_than_the_holders_only_has_it_proposed(cast, permit, monday):
    other = Cast(
        cast.office, cast.service, cast.version, cast.stranger, cast.applicant, cast.officers
    )
    decision = follow(other, monday, CLOSURE, permit).certificate
    order = CertificateOrder.objects.get()
    assert order.is_open
    assert state(permit) == State.ISSUED
    assert order.proposed_by == decision.draft.written_by
    assert "pemegang" not in order.reason
    paper_samples.confirm(order, monday + timedelta(minutes=5))
    assert state(permit) == State.REVOKED


def test_a_closure_of_a_permit_on_paper_ends_nothing(cast, permit, monday):
    issued = follow(cast, monday, CLOSURE, "503/1/LAMA/2019")
    assert issued.certificate.is_closure
    assert not CertificateOrder.objects.exists()


def test_who_signs_reads_which_permit_ends(cast, permit, monday):
    signing = follow(cast, monday, CLOSURE, permit, StepKind.SIGN)
    page = signed_in(paper_samples.head_of(signing, monday)).get(signing.get_desk_url())
    assert f"Izin nomor {permit.number}" in page.content.decode()
