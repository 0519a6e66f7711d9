"""Orders about certificates, played through the portal's own services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Appointment, User
from permits.domain.certificates import OrderBasis, OrderKind
from permits.models import Application, CertificateOrder
from permits.services import certificates, orders


def clerk_of(application: Application, at: datetime) -> User:
    """Return an officer of the office who does not head it."""
    return _officers(application, at, is_head=False)


def head_of(application: Application, at: datetime) -> User:
    """Return who heads the office."""
    return _officers(application, at, is_head=True)


def _officers(application: Application, at: datetime, *, is_head: bool) -> User:
    office = application.office
    serving = Appointment.objects.in_force(office.local_date(at)).select_related("user")
    there = serving.filter(position__office=office, position__is_head=is_head)
    holder: Appointment = there.order_by("pk")[0]
    return holder.user


def basis(application: Application, at: datetime, **said: Any) -> OrderBasis:
    """Return why an order is made, by which law and decree; ``said`` replaces parts of it."""
    today = application.office.local_date(at)
    facts: dict[str, Any] = {
        "reason": "Data lembaga yang menjadi dasar dokumen ini ternyata tidak benar.",
        "ground": "Cacat substansi, Pasal 64 ayat (1) huruf c UU 30/2014",
        "found_on": today,
        "decree_number": f"800.1/{application.pk}/DPMPTSP/{today.year}",
        "decree_date": today,
    }
    return OrderBasis(**{**facts, **said})


def propose_ending(
    application: Application, at: datetime, kind: str = OrderKind.REVOKE, **said: Any
) -> CertificateOrder:
    """Propose to revoke (or void) the certificate as an officer of the office."""
    return orders.propose_ending(
        application,
        actor=clerk_of(application, at),
        at=at,
        kind=kind,
        basis=basis(application, at, **said),
    )


def propose_replacement(
    application: Application, at: datetime, holder: str, **said: Any
) -> CertificateOrder:
    """Propose a paper that names the holder right."""
    paper = application.certificate
    content: dict[str, Any] = paper.content if paper is not None else {}
    (label, _old), *rest = content["holder"]
    mended = {
        "reason": "Nama lembaga salah tulis.",
        "ground": "Kesalahan redaksional, Pasal 63 ayat (1) huruf b UU 30/2014",
    }
    return orders.propose_replacement(
        application,
        actor=clerk_of(application, at),
        at=at,
        basis=basis(application, at, **{**mended, **said}),
        statement=content["statement"],
        holder=[[label, holder], *rest],
        data=content["data"],
    )


def confirm(order: CertificateOrder, at: datetime) -> Application:
    """Confirm as the head of the office, let the worker sign; return the application reread."""
    application = order.certificate.application
    orders.confirm_order(
        application,
        actor=head_of(application, at),
        at=at,
        order=order.pk,
        digest=order.draft.digest if order.draft else "",
    )
    certificates.sign_due(at)
    return Application.objects.get(pk=application.pk)


def revoke(application: Application, at: datetime, kind: str = OrderKind.REVOKE) -> Application:
    """Revoke (or void) the certificate by order."""
    return confirm(propose_ending(application, at, kind), at)


def replace(application: Application, at: datetime, holder: str) -> Application:
    """Replace the certificate by one that names the holder right."""
    return confirm(propose_replacement(application, at, holder), at)
