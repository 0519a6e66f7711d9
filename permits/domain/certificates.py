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


class Standing(StrEnum):
    """What a certificate is worth."""

    PENDING = "pending"  # signed perhaps, but not issued
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing(state: str, valid_until: date | None, today: date) -> Standing:
    """Return what a certificate is worth ``today``; its last day itself still counts."""
    if state == CertificateState.REVOKED:
        return Standing.REVOKED
    if state != CertificateState.ISSUED:
        return Standing.PENDING
    if valid_until is not None and valid_until < today:
        return Standing.EXPIRED
    return Standing.VALID
