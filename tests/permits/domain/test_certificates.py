"""What a certificate is worth on a day."""

from __future__ import annotations

from datetime import date

import pytest

from permits.domain.certificates import CertificateState, Validity, validity
from permits.models import Certificate

LAST = date(2027, 11, 16)


@pytest.mark.parametrize(
    ("state", "valid_until", "today", "expected"),
    [
        (CertificateState.REQUESTED, LAST, date(2026, 11, 16), Validity.PENDING),
        (CertificateState.SIGNED, LAST, date(2026, 11, 16), Validity.PENDING),
        (CertificateState.SIGNED, LAST, date(2028, 1, 1), Validity.PENDING),
        (CertificateState.ISSUED, LAST, date(2026, 11, 16), Validity.VALID),
        (CertificateState.ISSUED, LAST, LAST, Validity.VALID),
        (CertificateState.ISSUED, LAST, date(2027, 11, 17), Validity.EXPIRED),
        (CertificateState.ISSUED, None, date(2099, 1, 1), Validity.VALID),
        (CertificateState.REVOKED, LAST, date(2026, 11, 16), Validity.REVOKED),
        (CertificateState.REVOKED, LAST, date(2028, 1, 1), Validity.REVOKED),
    ],
)
def test_standing(
    state: CertificateState, valid_until: date | None, today: date, expected: Validity
) -> None:
    assert validity(state, valid_until, today) is expected


def test_the_rows_have_the_same_states() -> None:
    assert set(Certificate.State.values) == set(CertificateState)
