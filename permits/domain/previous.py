"""The permit that an extension, a change or a closure is about."""

from __future__ import annotations

from typing import Final

from permits.domain.certificates import ENDED, CertificateState

ENDED_BEFORE: Final = "previous_ended"


def why_not_previous(state: str, *, is_permit: bool, same_service: bool) -> str:
    """Return the code of the reason why no application can follow a paper; "" if one can.

    A permit whose time is over can be extended late or closed: the office decides on that.
    """
    if not is_permit:
        return "previous_not_a_permit"
    if not same_service:
        return "previous_of_other_service"
    if state in ENDED:
        return ENDED_BEFORE
    return "" if state == CertificateState.ISSUED else "previous_not_issued"
