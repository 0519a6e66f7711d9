"""The kinds of proposals, by their code."""

from __future__ import annotations

from authority.kinds import access, appointments, positions
from authority.kinds.base import Kind
from authority.models import KindOf, Proposal

KINDS: dict[str, Kind] = {
    KindOf.APPOINT: appointments.APPOINT,
    KindOf.AMEND: appointments.AMEND,
    KindOf.RIGHTS: access.RIGHTS,
    KindOf.EMAIL: access.EMAIL,
    KindOf.PASSWORD: access.PASSWORD,
    KindOf.SECOND_FACTOR: access.SECOND_FACTOR,
    KindOf.POSITION: positions.POSITION,
    KindOf.HEAD: positions.HEAD,
}


def register(code: KindOf, kind: Kind) -> None:
    """Add the kind of an app that stands above (``AppConfig.ready``)."""
    KINDS[code] = kind


def kind_of(proposal: Proposal) -> Kind:
    """Return the kind of ``proposal``."""
    return KINDS[proposal.kind]
