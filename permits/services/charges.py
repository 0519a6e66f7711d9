"""Charges of a file: estimated when it is sent, set at acceptance or by an officer at a step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q

from accounts.models import Appointment, User
from accounts.selectors import capacity_text
from permits import selectors
from permits.domain.certificates import ENDED
from permits.models import (
    Application,
    ApplicationStep,
    Certificate,
    Charge,
    ChargeCorrection,
)
from permits.services.messages import notify_payment_due
from standards.domain.fees import MOST, FeeKind, allowed
from standards.domain.papers import PaperKind
from workflow.domain.errors import DomainError
from workflow.formats import money


def estimate(application: Application) -> None:
    """Bring the estimates in line with the answers; what was set stays. May be called again."""
    if selectors.is_free(application.version):
        return
    answers = selectors.answers_of(application)
    expected = selectors.expected_charges(application.version, answers)
    present = {row.rule_id: row for row in application.charges.all()}
    for charge in expected:
        row = present.pop(charge.row.pk, None)
        if row is None:
            Charge.objects.create(
                application=application,
                rule=charge.row,
                label=charge.row.label,
                amount=charge.amount,
            )
        elif not row.is_set and row.amount != charge.amount:
            row.amount = charge.amount
            row.save(update_fields=["amount"])
    for row in present.values():
        if not row.is_set:
            row.delete()


def settle(application: Application, *, at: datetime) -> None:
    """Set what no officer has to set: rules without a step whose amount is known."""
    estimate(application)
    for row in selectors.charges_of(application):
        if not row.is_set and not row.rule.step and row.amount is not None:
            row.set_at = at
            row.save(update_fields=["set_at"])


def set_charges(
    application: Application,
    visit: ApplicationStep,
    amounts: Mapping[int, int],
    *,
    actor: User,
    appointment: Appointment | None,
    at: datetime,
    number: str = "",
    due_on: date | None = None,
) -> list[Charge]:
    """Set every charge that is to be set at the open step; return them.

    ``amounts`` are those that an officer enters, by charge. ``application`` is locked. Raises
    ``DomainError``: charge_amount_missing(item), charge_outside(item, low, high).
    """
    rows = selectors.to_set(application)
    for row in rows:
        if row.officer_enters:
            row.amount = _entered(row, amounts.get(row.pk))
        row.set_at, row.set_by, row.visit = at, actor, visit
        row.set_capacity = capacity_text(appointment)
        row.number, row.due_on = number, due_on
        row.save()
    return rows


def take_number(assessment: Certificate) -> None:
    """Note the number of a signed assessment (SKRD) at the charges that are to be paid by it.

    A number that an officer typed stays; that of an assessment which was ended does not.
    """
    application = assessment.application
    ended = Certificate.objects.further().filter(
        application=application, paper__kind=PaperKind.ASSESSMENT, state__in=sorted(ENDED)
    )
    open_ones = application.charges.filter(set_at__isnull=False, paid_on=None)
    open_ones.filter(Q(number="") | Q(number__in=ended.values("number__text"))).update(
        number=assessment.number.text
    )


def ask_payment(application: Application, *, at: datetime) -> None:
    """Tell the applicant what is to be paid; what has no due day ahead gets that of the office.

    A charge may be set long before it is asked for: its day may be missing or over by then.
    """
    today = application.office.local_date(at)
    due_on = today + timedelta(days=application.office.payment_days)
    open_ones = application.charges.filter(set_at__isnull=False, paid_on=None)
    open_ones.filter(Q(due_on=None) | Q(due_on__lt=today)).update(due_on=due_on)
    notify_payment_due(application, at)


def correct(
    application: Application,
    charge: int,
    amount: int,
    reason: str,
    *,
    actor: User,
    appointment: Appointment | None,
    at: datetime,
) -> None:
    """Give a set charge that is not paid another amount. ``application`` is locked.

    Pressed twice, the second finds the amount as it is. Raises ``DomainError``: note_missing,
    charge_not_correctable, charge_same_amount, charge_outside(item, low, high).
    """
    if not reason.strip():
        raise DomainError("note_missing")
    row = next((row for row in selectors.correctable(application) if row.pk == charge), None)
    if row is None:
        raise DomainError("charge_not_correctable")
    if row.amount == amount:
        raise DomainError("charge_same_amount")
    if row.rule.kind == FeeKind.ENTERED:
        _entered(row, amount)
    ChargeCorrection.objects.create(
        charge=row,
        before=row.amount or 0,
        after=amount,
        reason=reason,
        corrected_by=actor,
        capacity=capacity_text(appointment),
        corrected_at=at,
    )
    row.amount = amount
    row.save(update_fields=["amount"])


def _entered(charge: Charge, amount: int | None) -> int:
    if amount is None:
        raise DomainError("charge_amount_missing", item=charge.label)
    rule = charge.rule.rule()
    if not allowed(rule, amount):
        low, high = money(rule.minimum), money(rule.maximum or MOST)
        raise DomainError("charge_outside", item=charge.label, low=low, high=high)
    return amount


def refuse_unset(application: Application) -> None:
    """Raise ``DomainError("charge_not_set", item)`` while the open step has a charge to set."""
    if selectors.is_free(application.version):
        return
    rows = selectors.to_set(application)
    if rows:
        raise DomainError("charge_not_set", item=rows[0].label)


def note_paid(application: Application) -> None:
    """Note as paid what earlier payments cover since a charge was corrected downwards."""
    last = application.payments.order_by("paid_on").last()
    if last is not None:
        mark_paid(application, last.paid_on)


def mark_paid(application: Application, day: date) -> None:
    """Note that everything that was set is paid."""
    application.charges.filter(set_at__isnull=False, paid_on=None).update(paid_on=day)
