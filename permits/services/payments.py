"""The payment step: charges are set, the applicant is told what to pay, payments are recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents import scanning, uploads
from documents.scans import ScanStatus
from permits import selectors
from permits.models import Application, Payment
from permits.services import charges, visits
from standards.domain.steps import StepKind
from workflow import admin_tasks, transitions
from workflow.domain.errors import DomainError
from workflow.sweeps import SweepResult, sweep

admin_tasks.add(
    {
        "payment_infected": _(
            "Bukti pembayaran %(name)s pada permohonan %(number)s mengandung virus (%(virus)s) dan "
            "tidak dapat dibuka. Mintalah bukti lain dan catat di berkas."
        )
    }
)


@transaction.atomic
def set_charges(
    application: Application,
    *,
    actor: User,
    at: datetime,
    amounts: Mapping[int, int],
    number: str = "",
    due_on: date | None = None,
    visit: int | None = None,
) -> Application:
    """Set the charges of the open step (SKRD); at the payment step the applicant is told at once.

    Raises ``DomainError``: step_moved, charges_are_set, and as ``charges.set_charges`` does.
    """
    fresh, current, appointment = visits.at_step(application, (), actor=actor, at=at, visit=visit)
    if not selectors.begun(fresh):
        raise DomainError("rows_missing")
    charges.estimate(fresh)
    done = charges.set_charges(
        fresh,
        current,
        amounts,
        actor=actor,
        appointment=appointment,
        at=at,
        number=number,
        due_on=due_on,
    )
    if not done:
        raise DomainError("charges_are_set")
    if current.step.kind == StepKind.PAY:
        charges.ask_payment(fresh, at=at)
    return fresh


@transaction.atomic
def correct_charge(
    application: Application,
    *,
    actor: User,
    at: datetime,
    charge: int,
    amount: int,
    reason: str,
    visit: int | None = None,
) -> Application:
    """Correct a set charge until it is paid; whoever is asked to pay is told the new sum.

    Raises ``DomainError``: step_moved, not_your_desk, and as ``charges.correct`` does.
    """
    fresh, _current, appointment = visits.at_step(application, (), actor=actor, at=at, visit=visit)
    charges.correct(fresh, charge, amount, reason, actor=actor, appointment=appointment, at=at)
    if selectors.asks_payment(fresh):
        charges.ask_payment(fresh, at=at)
    return fresh


def record_payment(
    application: Application,
    *,
    actor: User,
    at: datetime,
    paid_on: date,
    amount: int,
    proof: uploads.Checked,
    visit: int | None = None,
) -> Payment:
    """Record a payment; the file goes on once everything is paid, also when more was paid.

    Less than what is owed is kept, and the step stays open. The proof is stored before the row is
    created: a crash may leave a file without a row, which the sweep deletes, never the reverse.
    Raises ``DomainError``: date_ahead, paid_before_sent, charge_not_set, payment_repeated,
    file_infected, step_moved.
    """
    _refuse_day(application, paid_on, at)
    scan = scanning.first_status(proof.content)
    stored = uploads.store(f"payments/{application.public_id}", proof)
    return keep_payment(
        application,
        actor=actor,
        at=at,
        paid_on=paid_on,
        amount=amount,
        proof=proof,
        stored=stored,
        scan=scan,
        visit=visit,
    )


def keep_payment(
    application: Application,
    *,
    actor: User,
    at: datetime,
    paid_on: date,
    amount: int,
    proof: uploads.Checked,
    stored: str,
    scan: ScanStatus,
    visit: int | None = None,
) -> Payment:
    """Create the row of a payment whose proof is ``stored`` under that name; see above.

    Raises ``DomainError``: date_ahead, paid_before_sent, charge_not_set, payment_repeated,
    step_moved.
    """
    _refuse_day(application, paid_on, at)
    with transaction.atomic():
        fresh, current, appointment = visits.at_step(
            application, (StepKind.PAY,), actor=actor, at=at, visit=visit
        )
        charges.settle(fresh, at=at)
        charges.refuse_unset(fresh)
        same = {"sha256": proof.sha256, "amount": amount, "paid_on": paid_on}
        if fresh.payments.filter(**same).exists():
            raise DomainError("payment_repeated")
        scanning.notify_worker_if_waiting(scan)
        payment = Payment.objects.create(
            application=fresh,
            visit=current,
            **same,
            file=stored,
            original_name=proof.name,
            content_type=proof.content_type,
            size=len(proof.content),
            scan=scan,
            recorded_by=actor,
            recorded_at=at,
        )
        if not selectors.balance(fresh).unpaid:
            charges.mark_paid(fresh, paid_on)
            visits.forward(fresh, actor=actor, at=at, appointment=appointment)
    return payment


def _refuse_day(application: Application, paid_on: date, at: datetime) -> None:
    """Raise ``DomainError`` if nobody can have paid on that day."""
    office, sent_at = application.office, application.submitted_at
    if paid_on > office.local_date(at):
        raise DomainError("date_ahead")
    if sent_at is not None and paid_on < office.local_date(sent_at):
        raise DomainError("paid_before_sent")


def charge_waiting_files(at: datetime) -> SweepResult:
    """Charge files that came to their payment step before files had charges; tell their applicants.

    Each under its lock and only while it has none: run twice or late, nothing is charged again.
    """

    def charge(pk: int) -> bool:
        with transaction.atomic():
            fresh = transitions.lock(Application.objects.get(pk=pk))
            visit = fresh.current_step
            if visit is None or visit.step.kind != StepKind.PAY or fresh.charges.exists():
                return False
            charges.settle(fresh, at=at)
            if not fresh.charges.exists():
                return False
            charges.ask_payment(fresh, at=at)
            return True

    waiting = Application.objects.filter(current_step__step__kind=StepKind.PAY, charges=None)
    return sweep("permits.charge_waiting_files", waiting.values_list("pk", flat=True), charge)


def payment_infected(payment: Payment, virus: str, at: datetime) -> None:
    """Open a task: the officer asks for another proof."""
    application = transitions.lock(payment.application)
    admin_tasks.open_task(
        f"payment-infected:{payment.pk}",
        "payment_infected",
        at=at,
        office=application.office,
        path=application.get_desk_url(),
        name=payment.original_name,
        number=application.number or "-",
        virus=virus,
    )


def register() -> None:
    """Have proofs scanned."""
    scanning.register(Payment, payment_infected)
