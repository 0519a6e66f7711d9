"""Revoking, voiding and replacing a certificate: two people, one valid paper, never undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from demo import paper_samples, samples
from documents import signing
from documents.verification import examine
from notices.models import Channel, Notice
from permits import policies
from permits.domain.certificates import OrderKind
from permits.domain.lifecycle import Status
from permits.models import Certificate, CertificateNumber, CertificateOrder
from permits.services import certificates, deadlines, orders
from standards.domain.steps import StepKind
from tests.factories.accounts import appoint
from tests.factories.permits import (
    at_step,
    lose_keys,
    make_keys,
    make_submitted,
)
from tests.factories.standards import position_of
from workflow import guards
from workflow.audit import extend_chains, verify
from workflow.domain.errors import DomainError
from workflow.models import AdminTask

pytestmark = pytest.mark.django_db
State = Certificate.State
Decision = CertificateOrder.Decision
RIGHT = "BKK SMK Contoh Jaya"


def paper_of(application):
    return samples.reload(application).certificate


def unchanged(row):
    fresh = type(row).objects.get(pk=row.pk)
    return {name: value for name, value in vars(fresh).items() if not name.startswith("_")}


# Two people --------------------------------------------------------------------------------------


def test_a_proposal_changes_nothing_yet(monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    assert order.is_open
    assert order.proposed_capacity
    assert paper_of(completed).state == State.ISSUED
    assert not Notice.objects.filter(template="permits/revoked").exists()


def test_the_head_confirms_what_another_proposed(cast, monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    clerk, head = order.proposed_by, cast.at("kepala-dinas")
    for person, reason in (
        (clerk, "not_the_head_of_papers"),
        (cast.at("sekretaris"), "not_the_head_of_papers"),
        (cast.applicant, "not_the_head_of_papers"),
    ):
        assert policies.may_confirm_order(person, completed, monday).reason == reason
        with pytest.raises(DomainError, match=reason):
            orders.confirm_order(completed, actor=person, at=monday, order=order.pk)
    assert paper_of(completed).state == State.ISSUED
    assert policies.may_confirm_order(head, completed, monday)
    orders.confirm_order(completed, actor=head, at=monday, order=order.pk)
    assert paper_of(completed).state == State.REVOKED


def test_the_head_does_not_confirm_an_own_proposal(cast, monday, completed):
    head = cast.at("kepala-dinas")
    order = orders.propose_ending(
        completed, actor=head, at=monday, kind="dicabut",
        basis=paper_samples.basis(completed, monday),
    )  # fmt: skip
    with pytest.raises(DomainError, match="order_by_two"):
        orders.confirm_order(completed, actor=head, at=monday, order=order.pk)
    assert order not in CertificateOrder.objects.waiting_on(head, [cast.office.pk])
    row = CertificateOrder.objects.filter(pk=order.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(decision=Decision.CONFIRMED, decided_by=head, decided_at=monday)


def test_an_acting_head_confirms_as_such(cast, monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    acting = cast.at("sekretaris")
    assert acting != order.proposed_by
    appoint(acting, position_of(cast.office, "kepala-dinas"), capacity="plh")
    row = orders.confirm_order(completed, actor=acting, at=monday, order=order.pk)
    assert row.decided_capacity == "Plh. Kepala dinas"


def test_nobody_decides_about_an_own_permit(cast, monday):
    head = cast.at("kepala-dinas")
    make_keys(cast)
    own = make_submitted(cast, monday, applicant=head)
    own = samples.advance(own, StepKind.DRAFT, monday)
    assert policies.may_propose_order(head, own, monday).reason == "own_application"


def test_an_officer_of_another_office_proposes_nothing(cast, monday, completed):
    verdict = policies.may_propose_order(cast.stranger, completed, monday)
    assert verdict.reason == "not_an_officer_here"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"reason": " "}, "note_missing"),
        ({"ground": ""}, "note_missing"),
        ({"decree_number": ""}, "note_missing"),
        ({"decree_date": date(2026, 11, 17)}, "date_ahead"),
        ({"found_on": date(2026, 11, 17)}, "date_ahead"),
    ],
)
def test_every_order_needs_ground_and_decree(monday, completed, said, reason):
    with pytest.raises(DomainError, match=reason):
        paper_samples.propose_ending(completed, monday, **said)
    assert not CertificateOrder.objects.exists()


# Revoked and voided ------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "state"), [("dicabut", "dicabut"), ("dibatalkan", "dibatalkan")])
def test_it_is_in_force_at_once(monday, completed, kind, state):
    later = monday + timedelta(days=1)
    order = paper_samples.propose_ending(completed, monday, kind)
    paper_samples.confirm(order, later)
    paper = paper_of(completed)
    assert paper.state == state
    assert paper.ended_by_id == order.pk
    assert paper.ended_by.effective_at == later
    assert paper.ended_by.objection_until == date(2026, 12, 16)  # 21 working days
    assert paper.number.state == CertificateNumber.State.ISSUED  # the number was used


def test_the_holder_is_told_at_once_with_reason_and_objection(cast, monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    paper_samples.confirm(order, monday)
    notice = Notice.objects.get(template="permits/revoked")
    assert (notice.recipient, notice.channel, notice.urgent) == (
        cast.applicant, Channel.EMAIL, True,
    )  # fmt: skip
    facts = notice.context
    assert facts["reason"] == order.reason
    assert facts["ground"] == order.ground
    assert facts["decree"] == order.decree_number
    said = " ".join(facts["remedies"])
    for words in ("Kepala dinas paling lama 21 hari kerja", "Selasa, 15 Desember 2026",
                  "Ombudsman"):  # fmt: skip
        assert words in said
    assert "Penolakan" not in said


def test_an_inactive_holder_is_told_on_paper(cast, monday, completed):
    User.objects.filter(pk=cast.applicant.pk).update(is_active=False)
    paper_samples.revoke(samples.reload(completed), monday)
    assert paper_of(completed).state == State.REVOKED
    assert Notice.objects.get(template="permits/revoked").channel == Channel.ACCOUNT
    task = AdminTask.objects.get(kind="holder_not_told")
    assert task.path == completed.get_paper_url()
    assert task.facts["number"] == str(paper_of(completed).number)


def test_a_permit_not_handed_over_is_closed(monday, issued):
    paper_samples.revoke(issued, monday)
    application = samples.reload(issued)
    assert application.status == Status.COMPLETED
    assert (application.desk, application.current_step) == (None, None)
    assert application.closed_at == monday
    assert application.records.last().event == "akhiri"
    assert not application.deadlines.running().exists()  # nobody is reminded to collect it


def test_reminders_of_the_validity_end(monday, completed):
    deadlines.watch_validity(completed, date(2027, 11, 16), at=monday)
    paper_samples.revoke(completed, monday)
    assert not completed.deadlines.running().exists()


def test_an_expired_permit_can_be_voided(monday, completed):
    Certificate.objects.filter(pk=completed.certificate.pk).update(valid_until=date(2026, 11, 16))
    later = monday + timedelta(days=20)
    paper_samples.revoke(completed, later, OrderKind.VOID)
    assert paper_of(completed).state == State.VOIDED


def test_what_is_not_issued_is_not_revoked(cast, monday):
    signed = at_step(cast, StepKind.NUMBER, monday)
    with pytest.raises(DomainError, match="not_issued_yet"):
        paper_samples.propose_ending(signed, monday)


# A letter of refusal -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [OrderKind.VOID, OrderKind.REVOKE])
def test_a_letter_of_refusal_is_ended_by_two_and_its_file_stays_closed(cast, monday, kind):
    make_keys(cast)
    refused = samples.refuse(make_submitted(cast, monday), monday, reason="Di luar wilayah.")
    order = paper_samples.propose_ending(refused, monday, kind)
    assert paper_of(refused).state == State.ISSUED
    with pytest.raises(DomainError, match="not_the_head_of_papers"):
        orders.confirm_order(refused, actor=order.proposed_by, at=monday, order=order.pk)
    closed_at = refused.closed_at
    fresh = paper_samples.confirm(order, monday + timedelta(days=1))
    assert paper_of(refused).state == kind
    assert paper_of(refused).ended_by == order
    assert (fresh.status, fresh.closed_at) == (Status.REJECTED, closed_at)
    assert policies.may_start_again(cast.applicant, fresh)
    notice = Notice.objects.get(template="permits/refusal_ended", channel=Channel.EMAIL)
    assert notice.recipient == cast.applicant
    assert notice.context["certificate"] == str(paper_of(refused).number)
    with pytest.raises(DomainError, match="paper_ended"):
        paper_samples.propose_ending(fresh, monday)


def test_a_letter_of_refusal_is_not_replaced(cast, monday):
    make_keys(cast)
    refused = samples.refuse(make_submitted(cast, monday), monday, reason="Di luar wilayah.")
    with pytest.raises(DomainError, match="not_a_permit"):
        orders.propose_replacement(
            refused, actor=cast.at("back-office"), at=monday, statement="", holder=[], data=[],
            basis=paper_samples.basis(refused, monday),
        )  # fmt: skip


# Replaced ----------------------------------------------------------------------------------------


def test_the_replacing_paper_is_signed_numbered_and_names_the_old_one(cast, monday, completed):
    old = completed.certificate
    later = monday + timedelta(days=1)
    order = paper_samples.propose_replacement(completed, monday, RIGHT)
    application = paper_samples.confirm(order, later)
    old.refresh_from_db()
    new = application.certificate
    assert (old.state, new.state) == (State.REPLACED, State.ISSUED)
    assert new.number.text != old.number.text
    assert new.number.state == CertificateNumber.State.ISSUED
    assert new.content["holder"][0][1] == RIGHT
    assert f"Menggantikan dokumen Nomor {old.number.text} tanggal" in new.content["replaces"]
    assert order.decree_number in new.content["replaces"]
    assert new.valid_until == old.valid_until
    assert new.signer == cast.at("kepala-dinas")
    assert (new.token, new.code) != (old.token, old.code)
    with default_storage.open(str(new.file)) as file:
        assert examine(file.read()).valid
    assert old.ended_by.replacement == new
    assert application.certificates.filter(state=State.ISSUED).count() == 1
    notice = Notice.objects.get(template="permits/replaced")
    assert notice.context["replacement"] == new.number.text


def test_the_old_paper_is_valid_until_the_new_one_is_signed(cast, monday, completed):
    lose_keys(cast)
    order = paper_samples.propose_replacement(completed, monday, RIGHT)
    application = paper_samples.confirm(order, monday)
    assert application.certificate_id == completed.certificate_id
    assert application.certificate.state == State.ISSUED
    assert not Notice.objects.filter(template="permits/replaced").exists()
    with pytest.raises(DomainError, match="replacement_being_signed"):
        paper_samples.propose_replacement(application, monday, "Lain lagi")
    make_keys(cast)
    later = monday + timedelta(days=1)
    certificates.sign_due(later)
    assert paper_of(completed).content["holder"][0][1] == RIGHT
    assert CertificateOrder.objects.get().effective_at == later


def test_a_revocation_wins_over_a_replacement_being_signed(cast, monday, completed):
    lose_keys(cast)
    replacement = paper_samples.propose_replacement(completed, monday, RIGHT)
    paper_samples.confirm(replacement, monday)
    paper_samples.revoke(samples.reload(completed), monday)
    make_keys(cast)
    certificates.sign_due(monday + timedelta(days=1))
    application = samples.reload(completed)
    assert application.certificate.state == State.REVOKED
    replacement.refresh_from_db()
    assert replacement.decision == Decision.DROPPED
    assert replacement.replacement.state == State.DROPPED
    assert replacement.replacement.signed_at is None
    assert replacement.replacement.number.state == CertificateNumber.State.VOID
    assert replacement.replacement.number.reason
    assert not Notice.objects.filter(template="permits/replaced").exists()


def test_a_worker_that_was_signing_meanwhile_changes_nothing(monday, completed, monkeypatch):
    """The revocation is committed while the worker holds the job: what it signed is not kept."""
    replacement = paper_samples.propose_replacement(completed, monday, RIGHT)
    real = signing.signer_for

    def signer_for(code, *more):
        monkeypatch.setattr(signing, "signer_for", real)
        paper_samples.revoke(samples.reload(completed), monday)
        return real(code, *more)

    monkeypatch.setattr(signing, "signer_for", signer_for)
    paper_samples.confirm(replacement, monday)
    replacement.refresh_from_db()
    assert paper_of(completed).state == State.REVOKED
    assert replacement.replacement.state == State.DROPPED
    assert replacement.replacement.sha256 == ""


def test_a_replacement_corrects_something(monday, completed):
    same = completed.certificate.content["holder"][0][1]
    with pytest.raises(DomainError, match="nothing_corrected"):
        paper_samples.propose_replacement(completed, monday, same)


def test_the_head_signs_the_text_that_was_shown(cast, monday, completed):
    order = paper_samples.propose_replacement(completed, monday, RIGHT)
    with pytest.raises(DomainError, match="draft_changed"):
        orders.confirm_order(
            completed, actor=cast.at("kepala-dinas"), at=monday, order=order.pk, digest="x"
        )
    assert CertificateOrder.objects.get().is_open


def test_a_replacement_can_be_replaced_and_revoked(monday, completed):
    first = paper_samples.replace(completed, monday, RIGHT)
    second = paper_samples.replace(first, monday, "BKK SMK Contoh Raya")
    third = paper_samples.revoke(second, monday)
    states = list(third.certificates.order_by("pk").values_list("state", flat=True))
    assert states == [State.REPLACED, State.REPLACED, State.REVOKED]


def test_a_permit_that_waits_for_collection_is_replaced_and_still_handed_over(cast, monday, issued):
    replaced = paper_samples.replace(issued, monday, RIGHT)
    assert replaced.status == Status.ISSUED
    certificates.collect(replaced, actor=cast.applicant, at=monday)
    assert samples.reload(replaced).status == Status.COMPLETED


# Bad days ----------------------------------------------------------------------------------------


def test_pressed_twice_it_happens_once(cast, monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    with pytest.raises(DomainError, match="order_open"):
        paper_samples.propose_ending(completed, monday)
    head = cast.at("kepala-dinas")
    first = orders.confirm_order(completed, actor=head, at=monday, order=order.pk)
    again = orders.confirm_order(
        completed, actor=head, at=monday + timedelta(hours=1), order=order.pk
    )
    assert again.effective_at == first.effective_at
    assert Notice.objects.filter(template="permits/revoked").count() == 1
    with pytest.raises(DomainError, match="paper_ended"):
        paper_samples.propose_ending(samples.reload(completed), monday)


def test_a_page_of_the_paper_before_is_too_old(cast, monday, completed):
    shown = completed.certificate_id
    replaced = paper_samples.replace(completed, monday, RIGHT)
    with pytest.raises(DomainError, match="paper_moved"):
        orders.propose_ending(
            replaced, actor=cast.at("back-office"), at=monday, kind="dicabut", paper=shown,
            basis=paper_samples.basis(replaced, monday),
        )  # fmt: skip


def test_the_proposer_takes_it_back_and_the_head_does_not_agree(cast, monday, completed):
    for actor, decision in (
        (paper_samples.clerk_of(completed, monday), Decision.WITHDRAWN),
        (cast.at("kepala-dinas"), Decision.DECLINED),
    ):
        order = paper_samples.propose_ending(completed, monday)
        with pytest.raises(DomainError, match="note_missing"):
            orders.close_order(completed, actor=actor, at=monday, order=order.pk, note=" ")
        row = orders.close_order(
            completed, actor=actor, at=monday, order=order.pk, note="Salah berkas"
        )
        assert row.decision == decision
        with pytest.raises(DomainError, match="order_decided"):
            orders.close_order(completed, actor=actor, at=monday, order=order.pk, note="Lagi")
    assert paper_of(completed).state == State.ISSUED
    other = cast.at("tim-teknis")
    if other == paper_samples.clerk_of(completed, monday):
        other = cast.at("back-office")
    order = paper_samples.propose_ending(completed, monday)
    with pytest.raises(DomainError, match="not_the_head_of_papers"):
        orders.close_order(completed, actor=other, at=monday, order=order.pk, note="Tidak")


# What the database refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Lain"}, {"decree_number": "1"}, {"effective_at": None},
        {"decision": "ditarik"}, {"kind": "dibatalkan"}, {"objection_until": None},
    ],
    ids=str,
)  # fmt: skip
def test_an_order_in_force_is_never_changed(monday, completed, change):
    order = paper_samples.propose_ending(completed, monday)
    paper_samples.confirm(order, monday)
    before = unchanged(order)
    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateOrder.objects.filter(pk=order.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateOrder.objects.filter(pk=order.pk)._raw_delete("default")
    assert unchanged(order) == before


def test_an_open_proposal_keeps_its_words_and_is_not_deleted(monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    rows = CertificateOrder.objects.filter(pk=order.pk)
    for change in ({"reason": "Lain"}, {"decree_date": date(2026, 1, 1)}, {"ground": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete("default")


def test_a_revoked_paper_never_becomes_valid_again(monday, completed):
    paper_samples.revoke(completed, monday)
    rows = Certificate.objects.filter(pk=completed.certificate.pk)
    for change in ({"state": "terbit", "ended_by": None}, {"state": "diganti"}, {"sha256": "0"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    assert rows.get().state == State.REVOKED


def test_without_an_order_no_paper_is_ended(monday, completed):
    rows = Certificate.objects.filter(pk=completed.certificate.pk)
    for state in ("dicabut", "dibatalkan", "diganti"):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(state=state)
    order = paper_samples.propose_ending(completed, monday)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(ended_by=order)


def test_a_file_never_has_two_valid_papers(cast, monday, completed):
    lose_keys(cast)
    order = paper_samples.propose_replacement(completed, monday, RIGHT)
    paper_samples.confirm(order, monday)
    order.refresh_from_db()
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=order.replacement.pk).update(state="terbit")


def test_orders_are_in_the_audit_chain(monday, completed):
    order = paper_samples.propose_ending(completed, monday)
    extend_chains(monday)
    paper_samples.confirm(order, monday)
    extend_chains(monday)
    assert not list(verify())
    with connection.cursor() as cursor:
        guards.lift(connection)
        cursor.execute(
            "UPDATE permits_certificateorder SET reason = 'Lain' WHERE id = %s", [order.pk]
        )
        guards.restore(connection)
    assert [problem.source for problem in verify()] == ["permits.CertificateOrder"]
