"""What an application is charged: what its standard makes of the answers, and what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from permits.models import Application, Charge, Payment
from permits.selectors.facts import asked_of
from permits.selectors.progress import is_free
from standards.domain import fees
from standards.domain.steps import StepKind
from standards.models import FeeRule, StandardVersion


@dataclass(frozen=True, slots=True)
class ExpectedCharge:
    """What one rule charges; ``amount`` in rupiah, ``None`` while it cannot be known."""

    row: FeeRule
    amount: int | None


def expected_charges(version: StandardVersion, answers: Mapping[str, str]) -> list[ExpectedCharge]:
    """Return what somebody with these answers (texts by key) is charged, in the printed order."""
    asked = asked_of(version, answers)
    rows = list(version.fees.all())
    keys = {row.key for row in asked.rows}
    found = fees.charges([row.rule() for row in rows], asked.values, keys)
    return [ExpectedCharge(rows[due.place], due.amount) for due in found]


def charges_of(application: Application) -> list[Charge]:
    """Return the charges of a file in the printed order, each with its rule; [] of a free one."""
    if is_free(application.version):
        return []
    return list(application.charges.select_related("rule", "set_by").order_by("rule__order", "pk"))


def payments_of(application: Application) -> list[Payment]:
    """Return the recorded payments of a file in their order; [] of a free one."""
    if is_free(application.version):
        return []
    return list(application.payments.select_related("recorded_by").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Balance:
    """Whole rupiah: what was set, what was paid, and what is still an estimate."""

    charged: int
    paid: int
    open: tuple[Charge, ...]

    @property
    def unpaid(self) -> int:
        """What is still to be paid of what was set."""
        return max(self.charged - self.paid, 0)

    @property
    def excess(self) -> int:
        """What was paid beyond what was set."""
        return max(self.paid - self.charged, 0)


def balance(application: Application) -> Balance:
    """Return what is owed; charges that a later step sets are not yet asked for."""
    charges = charges_of(application)
    return Balance(
        charged=sum(row.amount or 0 for row in charges if row.is_set),
        paid=sum(row.amount for row in payments_of(application)),
        open=tuple(to_set(application, charges)),
    )


def to_set(application: Application, charges: list[Charge] | None = None) -> list[Charge]:
    """Return the estimates that are to be set at the open step, or should have been before it.

    A step that names the charge may have been left out of the walk; the next one sets it.
    """
    visit = application.current_step
    rows = charges_of(application) if charges is None else charges
    rows = [row for row in rows if not row.is_set]
    if visit is None or not rows:
        return []
    orders = {row.printed_number: row.order for row in application.procedure.steps.all()}
    paying = visit.step.kind == StepKind.PAY
    return [
        row
        for row in rows
        if (orders.get(row.rule.step, 0) <= visit.step.order if row.rule.step else paying)
    ]


def nothing_to_pay(application: Application) -> bool:
    """Whether no payment is ever asked: the standard is free, or it charges this file nothing."""
    if is_free(application.version):
        return True
    return application.submitted_at is not None and not application.charges.exists()


def pays_here(application: Application) -> bool:
    """Whether something is to be paid, or set and then paid, at the open payment step."""
    if is_free(application.version):
        return False
    state = balance(application)
    return bool(state.unpaid or state.open)


def asks_payment(application: Application) -> bool:
    """Whether the applicant is asked to pay now: at the payment step, once all is set there."""
    visit = application.current_step
    paying = visit is not None and visit.step.kind == StepKind.PAY
    return paying and not to_set(application)


def correctable(application: Application) -> list[Charge]:
    """Return what was set and is not paid, while the file is under way."""
    if application.current_step is None:
        return []
    return [row for row in charges_of(application) if row.is_set and row.paid_on is None]


def files_with_proof(application: Application, sha256: str) -> list[str]:
    """Return the numbers of the other files of the office that have the same proof of payment."""
    rows = Payment.objects.filter(application__office=application.office_id, sha256=sha256)
    others = rows.exclude(application=application).order_by("application__number")
    numbers = others.values_list("application__number", flat=True).distinct()
    return [number for number in numbers if number]
