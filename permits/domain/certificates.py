"""What a certificate is worth on a day, and the orders that end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class CertificateState(StrEnum):
    """The state of a certificate in the portal."""

    REQUESTED = "diminta"
    SIGNED = "ditandatangani"
    ISSUED = "terbit"
    REVOKED = "dicabut"
    VOIDED = "dibatalkan"
    REPLACED = "diganti"
    DROPPED = "gugur"  # a replacing paper that was not signed before its order fell


class OrderKind(StrEnum):
    """What an order does to a certificate; the value is the state in which it leaves it.

    Revoked: valid until then (UU 30/2014 art. 64). Voided: from the start (art. 66, 70). Replaced:
    an error in the paper, which another paper mends (art. 63).
    """

    REVOKE = "dicabut"
    VOID = "dibatalkan"
    REPLACE = "diganti"


ENDED: Final = frozenset(
    {CertificateState.REVOKED, CertificateState.VOIDED, CertificateState.REPLACED}
)
# working days since the ground was found: UU 30/2014 art. 63 (4), 64 (4) and 66 (4)
ORDER_WORKDAYS: Final = 5


@dataclass(frozen=True, slots=True)
class OrderBasis:
    """What every order needs: why, by which law and by which decree.

    ``found_on`` is the day on which the office found the ground.
    """

    reason: str
    ground: str
    found_on: date
    decree_number: str
    decree_date: date


class Validity(StrEnum):
    """Whether a certificate is valid."""

    PENDING = "pending"  # not issued yet, though it may be signed
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    VOIDED = "voided"
    REPLACED = "replaced"


_BY_ORDER: Final = {
    CertificateState.REVOKED: Validity.REVOKED,
    CertificateState.VOIDED: Validity.VOIDED,
    CertificateState.REPLACED: Validity.REPLACED,
}


def validity(state: str, valid_until: date | None, today: date) -> Validity:
    """Return the validity of a certificate ``today``; ``valid_until`` is the last valid day.

    An order counts before the last day: a revoked certificate is revoked, expired or not.
    """
    known = CertificateState(state)
    if known in _BY_ORDER:
        return _BY_ORDER[known]
    if known is not CertificateState.ISSUED:
        return Validity.PENDING
    if valid_until is not None and valid_until < today:
        return Validity.EXPIRED
    return Validity.VALID


def ends_by_signature(*, decides: bool, asked_by_holder: bool) -> bool:
    """Return whether a signed decision that closes a permit ends it without a second confirmation.

    ``decides``: its signer decided on the permit, or is the superior who may revoke it (UU 30/2014
    art. 64 (3)). ``asked_by_holder``: the account that holds the permit asked for it. Otherwise
    an order is proposed to the head of the office.
    """
    return decides and asked_by_holder


def why_no_order(state: str) -> str:
    """Return the code of the reason why no order can end a paper; "" if one can.

    A letter of refusal is a decision like a permit: it is revoked or voided in the same way.
    """
    if state in ENDED:
        return "paper_ended"
    return "" if state == CertificateState.ISSUED else "not_issued_yet"


def why_no_replacement(*, is_permit: bool) -> str:
    """Return the code of the reason why a paper is not replaced by another; "" if it can be.

    A wrong letter of refusal is voided, and the application is decided on anew.
    """
    return "" if is_permit else "not_a_permit"
