"""What a certificate is worth on a day."""

from __future__ import annotations

from datetime import date

import pytest

from permits.domain.certificates import CertificateState, Standing, standing
from permits.models import Certificate

LAST = date(2027, 11, 16)


@pytest.mark.parametrize(
    ("state", "valid_until", "today", "expected"),
    [
        (CertificateState.REQUESTED, LAST, date(2026, 11, 16), Standing.PENDING),
        (CertificateState.SIGNED, LAST, date(2026, 11, 16), Standing.PENDING),
        (CertificateState.SIGNED, LAST, date(2028, 1, 1), Standing.PENDING),
        (CertificateState.ISSUED, LAST, date(2026, 11, 16), Standing.VALID),
        (CertificateState.ISSUED, LAST, LAST, Standing.VALID),
        (CertificateState.ISSUED, LAST, date(2027, 11, 17), Standing.EXPIRED),
        (CertificateState.ISSUED, None, date(2099, 1, 1), Standing.VALID),
        (CertificateState.REVOKED, LAST, date(2026, 11, 16), Standing.REVOKED),
        (CertificateState.REVOKED, LAST, date(2028, 1, 1), Standing.REVOKED),
    ],
)
def test_standing(
    state: CertificateState, valid_until: date | None, today: date, expected: Standing
) -> None:
    assert standing(state, valid_until, today) is expected


def test_the_rows_have_the_same_states() -> None:
    assert set(Certificate.State.values) == set(CertificateState)
