"""Charges of a file: estimated, set, paid; the payment step in all its cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from demo import samples
from documents import uploads
from notices.models import Notice
from permits import selectors
from permits.content.certificates import receipt_content
from permits.models import Application, Charge, ChargeCorrection
from permits.presenters.charges import account, fee_rows
from permits.services import applications, charges, disposal, filling, payments, visits
from standards.domain.steps import StepKind
from standards.models import FeeRule
from standards.services.publishing import publish_version
from tests.factories.permits import (
    Cast,
    make_accepted,
    make_cast,
    make_draft_application,
    make_submitted,
)
from tests.factories.standards import (
    PUBLISHED_AT,
    STEPS,
    make_draft,
    make_fact,
    make_fee,
    make_procedure,
    make_service,
)
from workflow.domain.errors import DomainError

pytestmark = pytest.mark.django_db
FILE, CHECK, INSPECT, *REST = STEPS
PAY = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
ENTERED = {"kind": FeeRule.Kind.ENTERED, "minimum": 100_000, "maximum": 900_000, "step": "3"}


def cast_of(*fees: dict[str, object], steps: tuple = (FILE, CHECK, INSPECT, PAY, *REST)) -> Cast:
    """Return a cast whose standard charges ``fees``; there is a fact ``luas``, answered 72."""
    cast = make_cast()
    service = make_service(cast.office)
    draft = make_draft(service, make_procedure(cast.office, steps))
    make_fact(draft, "luas", label="Luas bangunan", kind="luas")
    for fields in fees:
        make_fee(draft, str(fields.pop("if", "")), **fields)
    version = publish_version(draft, actor=None, at=PUBLISHED_AT)
    return Cast(**{**cast.__dict__, "service": service, "version": version})


def rows(application: Application) -> list[tuple[int | None, bool]]:
    return [(row.amount, row.is_set) for row in application.charges.order_by("rule__order")]


def test_estimates_follow_the_answers_and_are_set_with_the_acceptance(monday):
    cast = cast_of(
        {"label": "Tetap", "amount": 50_000},
        {"label": "Luas", "kind": "per_satuan", "amount": 1_500, "units": "luas", "multiple": 1000},
        {"label": "Asing", "amount": 7, "if": "tenaga_asing = ya"},
    )
    sent = make_submitted(cast, monday)
    assert rows(sent) == [(50_000, False), (108_000, False)]
    sent.answers["luas"] = "10"
    charges.estimate(sent)
    charges.estimate(sent)  # twice changes nothing
    assert rows(sent) == [(50_000, False), (15_000, False)]
    sent = samples.act(samples.reload(sent), monday)
    assert rows(sent) == [(50_000, True), (108_000, True)]


def test_nothing_to_pay_lets_the_payment_fall_away(monday):
    cast = cast_of({"amount": 7, "if": "tenaga_asing = ya"})
    file = samples.advance(make_accepted(cast, monday), StepKind.DRAFT, monday)
    assert rows(file) == []
    assert file.steps.get(step__kind=StepKind.PAY).outcome == "dilewati"
    assert not Notice.objects.filter(template="permits/payment_due").exists()


def test_too_little_stays_and_too_much_goes_on(monday):
    cast = cast_of({"amount": 150_000})
    file = samples.advance(make_accepted(cast, monday), StepKind.PAY, monday)
    (notice,) = Notice.objects.filter(template="permits/payment_due", recipient=cast.applicant)
    assert notice.context["amount"] == "Rp\u00a0150.000"
    assert notice.context["due"] == "Rabu, 16 Desember 2026"  # thirty days, the office's rule
    assert file.charges.get().due_on == date(2026, 12, 16)
    samples.pay(file, monday, 100_000)
    assert selectors.balance(file).unpaid == 50_000
    assert samples.reload(file).current_step_id == file.current_step_id
    with pytest.raises(DomainError, match="payment_repeated"):
        payments.record_payment(
            file, actor=cast.at("front-office"), at=monday, amount=100_000,
            paid_on=file.payments.get().paid_on, proof=_same(file),
        )  # fmt: skip
    samples.pay(file, monday, 60_000)
    file = samples.reload(file)
    assert file.current_step.step.kind == StepKind.DRAFT
    assert selectors.balance(file).excess == 10_000
    assert file.charges.get().paid_on == monday.date()
    with pytest.raises(DomainError):
        visits.pass_on(file, actor=cast.at("back-office"), at=monday)


def test_a_file_that_comes_back_paid_goes_on_without_a_second_payment(client, monday, time_machine):
    time_machine.move_to(monday)
    cast = cast_of({"amount": 150_000})
    file = samples.advance(make_accepted(cast, monday), StepKind.PAY, monday)
    officer = cast.at("front-office")
    with pytest.raises(DomainError, match="not_paid_yet"):
        visits.pass_on(file, actor=officer, at=monday)
    samples.pay(file, monday, 150_000)
    paid = file.current_step.step_id
    visits.send_back(
        samples.reload(file), actor=cast.at("back-office"), at=monday, note="Bukti kabur",
        target=paid,
    )  # fmt: skip
    file = samples.reload(file)
    client.force_login(officer)
    page = client.get(file.get_desk_url()).content.decode()
    assert "Tidak ada yang masih harus dibayar" in page
    assert 'name="paid_on"' not in page
    client.post(reverse("permits:pass_on", args=[file.public_id]), {"visit": file.current_step_id})
    assert samples.reload(file).current_step.step.kind == StepKind.DRAFT
    assert file.payments.count() == 1


def test_a_file_that_waits_for_its_payment_since_before_the_charges_is_charged_once(monday):
    cast = cast_of({"amount": 150_000})
    file = samples.advance(make_accepted(cast, monday), StepKind.PAY, monday)
    Charge.objects.all().delete()
    Notice.objects.all().delete()
    assert [payments.charge_waiting_files(monday).done for _turn in range(2)] == [1, 0]
    assert rows(file) == [(150_000, True)]
    (notice,) = Notice.objects.filter(template="permits/payment_due", recipient=cast.applicant)
    assert notice.context["amount"] == "Rp\u00a0150.000"


def test_nothing_is_asked_before_all_is_set_nor_of_a_file_that_ended(monday):
    cast = cast_of({"amount": 150_000}, dict(ENTERED))
    file = make_accepted(cast, monday)
    assert account(file).unpaid == ""
    charge = file.charges.get(rule__step="3")
    payments.set_charges(file, actor=cast.at("tim-teknis"), at=monday, amounts={charge.pk: 100_000})
    file = samples.act(samples.reload(file), monday)
    assert account(file).unpaid == "Rp\u00a0250.000"
    samples.pay(file, monday, 50_000)
    applications.withdraw_application(file, actor=cast.applicant, at=monday, note="Batal")
    found = account(samples.reload(file))
    assert (found.unpaid, [line.meaning for line in found.lines]) == ("", ["neutral", "neutral"])


def test_the_estimate_stands_before_the_sending_and_on_what_was_sent(client, monday, time_machine):
    time_machine.move_to(monday)
    cast = cast_of({"label": "Luas", "kind": "per_satuan", "amount": 1_500, "units": "luas"})
    draft = make_draft_application(cast, monday)
    client.force_login(cast.applicant)
    words = "Rp\u00a0108.000 (perkiraan)"
    url = reverse("permits:review", args=[draft.public_id])
    assert words in client.get(url).content.decode()
    file = samples.submit(draft, monday)
    assert file.printouts.get().content["fees"] == [["Luas", words]]
    file = samples.act(samples.reload(file), monday)
    file.answers["luas"] = "10"  # changed after the acceptance: what was set stays
    assert fee_rows(file) == [["Luas", "Rp\u00a0108.000 (sudah ditetapkan)"]]


def test_a_due_day_that_is_over_when_it_is_asked_for_moves(monday):
    cast = cast_of(dict(ENTERED))
    file = make_accepted(cast, monday)
    charge, today = file.charges.get(), monday.date()
    payments.set_charges(
        file, actor=cast.at("tim-teknis"), at=monday, amounts={charge.pk: 100_000}, due_on=today
    )
    samples.act(samples.reload(file), monday + timedelta(days=3))
    charge.refresh_from_db()
    assert charge.due_on == today + timedelta(days=33)


def test_a_set_charge_is_corrected_with_a_reason_until_it_is_paid(client, monday, time_machine):
    time_machine.move_to(monday)
    cast = cast_of({"amount": 150_000})
    file = samples.advance(make_accepted(cast, monday), StepKind.PAY, monday)
    charge, officer = file.charges.get(), cast.at("front-office")
    client.force_login(officer)
    url = reverse("permits:correct_charge", args=[file.public_id])
    sent = {"visit": file.current_step_id, "charge": charge.pk, "amount": "150.000"}
    same = client.post(url, {**sent, "reason": "Salah tulis"}).content.decode()
    assert "sama dengan jumlah yang berlaku" in same
    client.post(url, {**sent, "amount": "90.000", "reason": " "})
    assert not ChargeCorrection.objects.exists()
    client.post(url, {**sent, "amount": "90.000", "reason": "Luas salah dihitung"})
    charge.refresh_from_db()
    assert charge.amount == 90_000
    amounts = Notice.objects.filter(template="permits/payment_due").order_by("pk")
    assert [row.context["amount"] for row in amounts] == ["Rp\u00a0150.000", "Rp\u00a090.000"]
    history = client.get(reverse("permits:history", args=[file.public_id])).content.decode()
    assert "dari Rp\u00a0150.000 menjadi Rp\u00a090.000" in history
    assert "Luas salah dihitung" in history
    samples.pay(file, monday, 50_000)
    payments.correct_charge(
        file, actor=officer, at=monday, charge=charge.pk, amount=50_000, reason="Keringanan"
    )
    visits.pass_on(samples.reload(file), actor=officer, at=monday)
    charge.refresh_from_db()
    assert charge.paid_on == monday.date()
    with pytest.raises(DomainError, match="not_your_desk"):
        payments.correct_charge(
            file, actor=officer, at=monday, charge=charge.pk, amount=1, reason="Lagi"
        )
    assert not selectors.correctable(samples.reload(file))


def test_a_correction_stays_within_the_limits_of_the_rule(monday):
    cast = cast_of(dict(ENTERED))
    file = make_accepted(cast, monday)
    charge, officer = file.charges.get(), cast.at("tim-teknis")
    right: dict[str, Any] = {"charge": charge.pk, "amount": 100_000, "reason": "Salah tulis"}
    with pytest.raises(DomainError, match="charge_not_correctable"):  # it is an estimate
        payments.correct_charge(file, actor=officer, at=monday, **right)
    payments.set_charges(file, actor=officer, at=monday, amounts={charge.pk: 200_000})
    with pytest.raises(DomainError, match="charge_outside"):
        payments.correct_charge(file, actor=officer, at=monday, **{**right, "amount": 99_999})
    payments.correct_charge(file, actor=officer, at=monday, **right)
    charges.estimate(samples.reload(file))  # what was set does not follow the answers
    assert rows(file) == [(100_000, True)]


def test_a_proof_that_another_file_has_is_taken_and_said(client, monday, time_machine):
    time_machine.move_to(monday)
    cast = cast_of({"amount": 150_000})
    other, file = (
        samples.advance(make_accepted(cast, monday), StepKind.PAY, monday) for _turn in range(2)
    )
    samples.pay(other, monday, 150_000)
    client.force_login(cast.at("front-office"))
    content = _same(other).content
    sent = {
        "visit": file.current_step_id, "paid_on": monday.date().isoformat(), "amount": "150.000",
        "proof": SimpleUploadedFile("bukti.pdf", content, "application/pdf"),
    }  # fmt: skip
    answer = client.post(reverse("permits:pay", args=[file.public_id]), sent, follow=True)
    assert f"juga tercatat pada permohonan {other.number}" in answer.content.decode()


def _same(file: Application) -> uploads.Checked:
    stored = file.payments.get()
    content = stored.file.read()
    return uploads.Checked(content, stored.content_type, stored.original_name)


def test_an_officer_sets_what_the_rule_leaves_open_within_its_limits(monday):
    cast = cast_of(dict(ENTERED))
    file = make_accepted(cast, monday)
    officer = cast.at("tim-teknis")
    assert rows(file) == [(None, False)]
    receipt = receipt_content(file, officer=officer, appointment=None, at=monday)
    assert receipt["charges"] == [["Tarif 1", "belum dapat dihitung", ""]]
    with pytest.raises(DomainError, match="charge_not_set"):
        samples.act(file, monday)
    charge = Charge.objects.get(application=file)
    for amount in (99_999, 900_001):
        with pytest.raises(DomainError, match="charge_outside"):
            payments.set_charges(file, actor=officer, at=monday, amounts={charge.pk: amount})
    payments.set_charges(
        file, actor=officer, at=monday, amounts={charge.pk: 250_000}, number="SKRD 1"
    )
    with pytest.raises(DomainError, match="charges_are_set"):
        payments.set_charges(file, actor=officer, at=monday, amounts={charge.pk: 300_000})
    charge.refresh_from_db()
    assert (charge.amount, charge.set_by, charge.number) == (250_000, officer, "SKRD 1")
    file = samples.act(samples.reload(file), monday)
    assert file.current_step.step.kind == StepKind.PAY


def test_a_charge_whose_step_was_left_out_is_set_where_it_is_paid(monday):
    work = (StepKind.WORK, "Back Office", "", 5, "hari_kerja", None, {"optional": True})
    cast = cast_of(dict(ENTERED), steps=(FILE, CHECK, work, PAY, *REST))
    file = make_accepted(cast, monday)
    with pytest.raises(DomainError, match="charge_not_set"):
        visits.skip(file, actor=cast.at("back-office"), at=monday, note="Tidak perlu")
    Charge.objects.filter(application=file).delete()  # as a file from before the charges
    visits.forward(samples.reload(file), actor=cast.at("back-office"), at=monday)
    file = samples.reload(file)
    assert file.current_step.step.kind == StepKind.PAY
    with pytest.raises(DomainError, match="charge_not_set"):
        samples.pay(file, monday, 100_000)
    charge = Charge.objects.get(application=file)
    payments.set_charges(
        file, actor=cast.at("front-office"), at=monday, amounts={charge.pk: 100_000}
    )
    samples.pay(file, monday, 100_000)
    assert samples.reload(file).current_step.step.kind == StepKind.DRAFT


def test_pages_show_the_charge_and_take_the_payment(client, monday, time_machine):
    time_machine.move_to(monday)
    cast = cast_of(dict(ENTERED))
    cast.office.payment_note = "Bank Contoh 123-456"
    cast.office.save()
    file = make_accepted(cast, monday)
    client.force_login(cast.at("tim-teknis"))
    charge = Charge.objects.get(application=file)
    assert (
        "Dari Rp\u00a0100.000 sampai Rp\u00a0900.000."
        in client.get(file.get_desk_url()).content.decode()
    )
    url = reverse("permits:set_charges", args=[file.public_id])
    name, visit = f"amount_{charge.pk}", {"visit": file.current_step_id}
    refused = client.post(url, {**visit, name: "50.000"}).content.decode()
    assert "harus dari Rp\u00a0100.000 sampai Rp\u00a0900.000" in refused
    client.post(url, {**visit, name: "250.000", "number": "SKRD 7"})
    charge.refresh_from_db()
    assert charge.amount == 250_000
    file = samples.act(samples.reload(file), monday)
    client.force_login(cast.applicant)
    page = client.get(file.get_absolute_url()).content.decode()
    for words in ("SKRD 7", "Rp\u00a0250.000", "Bank Contoh 123-456", "Masih harus dibayar"):
        assert words in page
    client.force_login(cast.at("front-office"))
    sent = {
        "visit": file.current_step_id, "paid_on": monday.date().isoformat(), "amount": "250.000",
        "proof": samples.pdf_upload("bukti.pdf"),
    }  # fmt: skip
    url = reverse("permits:pay", args=[file.public_id])
    early = client.post(url, {**sent, "paid_on": "2026-11-15"}).content.decode()
    assert "lebih awal daripada permohonan ini dikirim" in early
    assert "Bukti" in client.post(url, {**sent, "proof": ""}).content.decode()
    sent["proof"] = samples.pdf_upload("bukti.pdf")
    answer = client.post(url, sent, follow=True)
    assert "Pembayaran lunas tercatat" in answer.content.decode()
    payment = file.payments.get()
    proof = reverse("permits:payment_proof", args=[payment.public_id])
    client.force_login(cast.applicant)
    assert client.get(proof).status_code == 200
    client.force_login(cast.stranger)
    assert client.get(proof).status_code == 404


def test_a_destroyed_file_keeps_neither_charges_nor_proofs(monday):
    cast = cast_of({"amount": 150_000})
    file = samples.advance(make_accepted(cast, monday), StepKind.PAY, monday)
    samples.pay(file, monday, 10)
    gone = disposal.Gone()
    disposal._take_papers(file, gone)
    assert gone.files
    assert not file.payments.exists()
    assert not file.charges.exists()


def test_a_draft_has_no_charges(monday):
    cast = cast_of({"amount": 150_000})
    draft = filling.start_draft(cast.service, actor=cast.applicant, at=monday)
    charges.refuse_unset(draft)
    assert not draft.charges.exists()
