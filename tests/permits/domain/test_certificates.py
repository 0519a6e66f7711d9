"""What a certificate is worth on a day."""

from __future__ import annotations

from datetime import date

import pytest

from permits.domain.certificates import (
    ENDED,
    CertificateState,
    OrderKind,
    Validity,
    validity,
    why_no_order,
    why_no_replacement,
)
from permits.models import Certificate, CertificateOrder

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
        (CertificateState.VOIDED, LAST, date(2026, 11, 16), Validity.VOIDED),
        (CertificateState.VOIDED, None, date(2028, 1, 1), Validity.VOIDED),
        (CertificateState.REPLACED, LAST, date(2026, 11, 16), Validity.REPLACED),
        (CertificateState.REPLACED, LAST, date(2028, 1, 1), Validity.REPLACED),
        (CertificateState.DROPPED, LAST, date(2026, 11, 16), Validity.PENDING),
    ],
)
def test_standing(
    state: CertificateState, valid_until: date | None, today: date, expected: Validity
) -> None:
    assert validity(state, valid_until, today) is expected


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (CertificateState.REQUESTED, "not_issued_yet"),
        (CertificateState.SIGNED, "not_issued_yet"),
        (CertificateState.ISSUED, ""),
        (CertificateState.REVOKED, "paper_ended"),
        (CertificateState.VOIDED, "paper_ended"),
        (CertificateState.REPLACED, "paper_ended"),
        (CertificateState.DROPPED, "not_issued_yet"),
    ],
)
def test_an_order_ends_an_issued_paper_and_nothing_else(
    state: CertificateState, reason: str
) -> None:
    assert why_no_order(state) == reason


def test_only_a_permit_is_replaced() -> None:
    assert why_no_replacement(is_permit=True) == ""
    assert why_no_replacement(is_permit=False) == "not_a_permit"


def test_every_order_leaves_a_state_that_is_ended() -> None:
    assert {kind.value for kind in OrderKind} == {state.value for state in ENDED}


def test_the_rows_have_the_same_states() -> None:
    assert set(Certificate.State.values) == set(CertificateState)
    assert set(CertificateOrder.Kind.values) == set(OrderKind)
