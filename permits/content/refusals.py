"""The stored content of the letter of refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.selectors import capacity_text
from documents.content import in_indonesian, letterhead, promised_day
from permits.content import certificates
from permits.content.places import filled_text
from permits.models import CertificateNumber, Refusal
from permits.presenters.remedies import remedies
from workflow.domain.dates import long_date


@in_indonesian
def draft_content(refusal: Refusal) -> dict[str, Any]:
    """Return the letter before number, date and signer are known."""
    application = refusal.application
    office, version = application.office, application.version
    submitted_at = application.submitted_at or refusal.proposed_at
    return {
        "title": version.refusal_title or _("Surat penolakan permohonan"),
        "subject": version.refusal_title,
        "statement": filled_text(application, version.refusal_statement),
        "office": letterhead(office),
        "number": "",
        "place": office.city,
        "date": "",
        "holder": [[_("Nama"), application.holder_name]],
        "responsible": application.responsible_name,
        "address": application.address,
        "service": application.service.name,
        "application_number": application.number,
        "submitted": long_date(office.local_date(submitted_at)),
        "reason": refusal.reason,
        "ground": refusal.ground,
        "remedies": remedies(str(office.positions.filter(is_head=True).first() or ""), ""),
        "signer": certificates.on_behalf(version.refusal_on_behalf_of),
        "verification": {},
        "draft": True,
    }


@in_indonesian
def final_content(
    refusal: Refusal,
    number: CertificateNumber,
    *,
    signer: User,
    appointment: Appointment | None,
    token: str,
    code: str,
) -> dict[str, Any]:
    """Return the letter with number, signer and verification address; ``dated`` adds the rest."""
    draft = draft_content(refusal)
    return {
        **draft,
        "draft": False,
        "number": number.text,
        "signer": {**certificates.signer_lines(signer, appointment), **draft["signer"]},
        "objection_to": capacity_text(appointment),
        "verification": certificates.verification(token, code),
    }


@in_indonesian
def dated(
    content: dict[str, Any], day: date, objection_until: date, *, provisional: bool
) -> dict[str, Any]:
    """Return the letter with the day on which it is signed and the last day of an objection."""
    until = promised_day(objection_until, provisional=provisional)
    return {
        **content,
        "date": long_date(day),
        "remedies": remedies(content["objection_to"], until),
    }
