"""The charges and payments of a file as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from permits.domain.lifecycle import ENDED
from permits.models import Application, Payment
from permits.selectors import answers_of, asks_payment, charges_of, expected_charges, payments_of
from workflow.formats import money


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One charge; ``meaning`` colours its state."""

    label: str
    amount: str
    state: str
    meaning: str
    number: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """What a file is charged and has paid; ``unpaid`` and ``excess`` are "" where there is none.

    Nothing is owed of a file that ended, nor asked for while another charge has yet to be set.
    """

    lines: list[ChargeLine]
    payments: list[Payment]
    total: str
    unpaid: str
    excess: str
    provisional: bool


def account(application: Application) -> Account | None:
    """Return the account of a file; ``None`` if it is charged nothing."""
    charges = charges_of(application)
    if not charges:
        return None
    payments = payments_of(application)
    charged = sum(row.amount or 0 for row in charges if row.is_set)
    paid = sum(row.amount for row in payments)
    provisional = any(not row.is_set for row in charges)
    ended = application.status in ENDED
    asked = not ended and (not provisional or asks_payment(application))
    lines = []
    for row in charges:
        state = (
            ("good", _("Lunas"))
            if row.paid_on
            else ("neutral" if ended else "attention", _("Sudah ditetapkan"))
            if row.is_set
            else ("neutral", _("Perkiraan"))
        )
        amount = _amount(row.amount)
        due_on = None if ended or row.paid_on else row.due_on
        lines.append(ChargeLine(row.label, amount, state[1], state[0], row.number, due_on))
    return Account(
        lines=lines,
        payments=payments,
        total=money(sum(row.amount or 0 for row in charges)),
        unpaid=money(charged - paid) if asked and charged > paid else "",
        excess=money(paid - charged) if paid > charged > 0 else "",
        provisional=provisional,
    )


def printed(application: Application) -> list[list[str]]:
    """Return the charges for a paper: what for, how much, and whether it is an estimate."""
    return [
        [row.label, _amount(row.amount), "" if row.is_set or row.amount is None else _("perkiraan")]
        for row in charges_of(application)
    ]


def _amount(amount: int | None) -> str:
    return _("belum dapat dihitung") if amount is None else money(amount)


def fee_rows(application: Application) -> list[list[str]]:
    """Return label and amount in words of what the answers are charged now; what was set stays.

    Asked before the answers are sent, when there are no charges or those of the answers before.
    """
    fixed = {row.rule_id: row for row in charges_of(application) if row.is_set}
    rows = [
        (
            row.rule.order,
            row.label,
            _("%(amount)s (sudah ditetapkan)") % {"amount": money(row.amount)},
        )
        for row in fixed.values()
    ]
    for charge in expected_charges(application.version, answers_of(application)):
        if charge.row.pk not in fixed:
            words = (
                _amount(None)
                if charge.amount is None
                else _("%(amount)s (perkiraan)") % {"amount": money(charge.amount)}
            )
            rows.append((charge.row.order, charge.row.label, words))
    return [[label, words] for _order, label, words in sorted(rows)]
