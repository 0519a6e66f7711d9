"""The stored content of documents for a missed deadline: routing card, letter to the holder."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.content import in_indonesian, letterhead
from permits import selectors
from permits.content import certificates
from permits.models import Application
from permits.presenters import deadlines
from permits.presenters.routing_lines import SheetLine, card_of, office_time, sheet_line
from workflow.domain.dates import ZONES, long_date, moment
from workflow.domain.errors import DomainError


@in_indonesian
def routing_card(application: Application, at: datetime) -> dict[str, Any]:
    """Return the content of the routing card (kartu kendali) at the instant ``at``."""
    office = application.office
    card, made = card_of(application, at), selectors.made_at_visits(application)
    accepted = application.accepted_at
    return {
        "office": letterhead(office),
        "number": application.number,
        "service": application.service.name,
        "applicant": application.holder_name,
        "accepted": moment(accepted, office.zone) if accepted else "",
        "promised": certificates.promised_words(application),
        "steps": [
            _step(sheet_line(line, made.get(line.visit.pk, ())), office.zone) for line in card
        ],
        "standard_total": deadlines.term_in_words(application),
        "used_total": office_time(card) if card else "",
        "notes": [],
        "printed": moment(at, office.zone),
        "tracking": {
            "url": settings.SITE_URL + reverse("permits:tracked", args=[application.tracking_code]),
            "code": application.tracking_code,
        },
    }


def _step(line: SheetLine, zone: Any) -> dict[str, Any]:
    def short(at: datetime | None) -> str:
        if at is None:
            return ""
        return f"{at.astimezone(zone):%d-%m-%Y %H.%M} {ZONES.get(zone.key, '')}".strip()

    return {
        "number": line.number,
        "name": line.activity,
        "performer": line.performer,
        "handed_by": line.handed_by,
        "handed_at": short(line.handed_at),
        "received_by": line.finished_by if line.received_with_completion else line.received_by,
        "received_at": _("diterima bersama penyelesaian")
        if line.received_with_completion
        else short(line.received_at),
        "standard": line.standard,
        "used": line.used,
        "late": line.late,
        "note": "\n".join(filter(None, [line.note, *line.papers, *line.parts])),
        "initials": line.initials,
    }


@in_indonesian
def collection_letter(application: Application, number: str, day: date) -> dict[str, Any]:
    """Return the content of the letter that asks the holder to collect the product.

    Raises ``DomainError``: not_issued_yet.
    """
    office = application.office
    certificate = application.certificate
    if certificate is None:
        raise DomainError("not_issued_yet")
    issued_at = certificate.issued_at or certificate.requested_at
    return {
        "office": letterhead(office),
        "number": number,
        "date": long_date(day),
        "place": office.city,
        "holder": application.holder_name,
        "responsible": application.responsible_name,
        "address": application.address,
        "service": application.service.name,
        "application_number": application.number,
        "certificate": {
            "title": certificate.content["title"],
            "number": str(certificate.number),
            "issued": long_date(office.local_date(issued_at)),
        },
        "channels": [[row.label, row.value] for row in office.channels.all() if row.value][:4],
        "position": str(office.positions.filter(is_head=True).first() or ""),
    }
