"""An office in whose SOP another agency has a desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Office, Position, User
from standards.models import Procedure
from tests.factories.accounts import make_office, make_officer, make_position, make_user
from tests.factories.permits import DESKS, Cast
from tests.factories.standards import (
    STEPS,
    make_procedure,
    make_service,
    make_standard,
    position_of,
)


@dataclass(frozen=True)
class Partner:
    """The technical agency: its body, its desk and its officers."""

    body: Office
    desk: Position
    officer: User
    superior: User
    stranger: User  # at a desk of another body


def with_body(office: Office, procedure: Procedure, label: str, body: Office) -> Position:
    """Put a desk of ``body`` behind a column of the SOP."""
    head = make_position(body, "kepala")
    desk = make_position(body, "tata-ruang", name="Kepala Seksi Tata Ruang", superior=head)
    procedure.roles.filter(label=label).update(position=desk)
    return desk


def make_partner_cast(steps: tuple[Any, ...] = STEPS) -> tuple[Cast, Partner]:
    """Return an office whose technical examination is done by the public works agency."""
    office = make_office()
    body = make_office(partner_of=office, short_name="Dinas PUPR", name="Dinas Pekerjaan Umum")
    service, procedure = make_service(office), make_procedure(office, steps)
    desk = with_body(office, procedure, "Tim Teknis", body)
    version = make_standard(service, procedure)
    officers = {
        code: make_officer(position_of(office, code), full_name=f"Petugas {code}") for code in DESKS
    }
    applicant, stranger = make_user(full_name="Siti Pemohon"), make_user()
    cast = Cast(office, version.service, version, applicant, stranger, officers)
    other = make_office(partner_of=office)
    assert desk.superior is not None
    partner = Partner(
        body,
        desk,
        make_officer(desk, full_name="Tono Teknis"),
        make_officer(desk.superior),
        make_officer(make_position(other)),
    )
    return cast, partner
