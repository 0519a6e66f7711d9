"""What a certificate is worth on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class CertificateState(StrEnum):
    """What the portal has done with a certificate."""

    REQUESTED = "diminta"
    SIGNED = "ditandatangani"
    ISSUED = "terbit"
    REVOKED = "dicabut"


class Validity(StrEnum):
    """What a certificate is worth."""

    PENDING = "pending"  # signed perhaps, but not issued
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def validity(state: str, valid_until: date | None, today: date) -> Validity:
    """Return what a certificate is worth ``today``; its last day itself still counts."""
    if state == CertificateState.REVOKED:
        return Validity.REVOKED
    if state != CertificateState.ISSUED:
        return Validity.PENDING
    if valid_until is not None and valid_until < today:
        return Validity.EXPIRED
    return Validity.VALID
