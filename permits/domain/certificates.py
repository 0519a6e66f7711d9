"""The validity of a certificate on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class CertificateState(StrEnum):
    """The state of a certificate in the portal."""

    REQUESTED = "diminta"
    SIGNED = "ditandatangani"
    ISSUED = "terbit"
    REVOKED = "dicabut"


class Validity(StrEnum):
    """Whether a certificate is valid."""

    PENDING = "pending"  # not issued yet, though it may be signed
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def validity(state: str, valid_until: date | None, today: date) -> Validity:
    """Return the validity of a certificate ``today``; ``valid_until`` is the last valid day."""
    if state == CertificateState.REVOKED:
        return Validity.REVOKED
    if state != CertificateState.ISSUED:
        return Validity.PENDING
    if valid_until is not None and valid_until < today:
        return Validity.EXPIRED
    return Validity.VALID
