"""The stored content of the papers beside the permit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from documents.content import in_indonesian, letterhead
from permits.content import certificates
from permits.content.places import filled_text
from permits.models import Application, Certificate, CertificateNumber
from standards.models import Paper
from workflow.domain.dates import long_date


@in_indonesian
def draft_content(
    application: Application,
    paper: Paper,
    text: str,
    *,
    attendees: str = "",
    ended: Certificate | None = None,
) -> dict[str, Any]:
    """Return the paper before number, date and signer are known.

    ``attendees`` of minutes are printed below the text; ``ended`` is the one that it follows.
    """
    return {
        "title": paper.title,
        "kind": paper.kind,
        "office": letterhead(application.office),
        "number": "",
        "place": application.office.city,
        "date": "",
        "holder": [[_("Nama"), application.holder_name]],
        "addressee": filled_text(application, paper.addressee),
        "statement": text,
        "attendees": _lines(attendees),
        "replaces": _follows(ended) if ended else "",
        "on_behalf_of": paper.on_behalf_of,
        "signer": {},
        "verification": {},
        "draft": True,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _follows(ended: Certificate) -> str:
    words = {"number": ended.number.text, "day": ended.content.get("date", "")}
    order = ended.ended_by
    if order is None:
        return ""
    words |= {"decree": order.decree_number, "decreed": long_date(order.decree_date)}
    return (
        _(
            "Menggantikan dokumen Nomor %(number)s tanggal %(day)s, yang tidak berlaku lagi "
            "berdasarkan Keputusan Nomor %(decree)s tanggal %(decreed)s."
        )
        % words
    )


@in_indonesian
def final_content(
    content: dict[str, Any],
    number: CertificateNumber,
    *,
    signer: User,
    appointment: Appointment | None,
    token: str,
    code: str,
    day: date,
) -> dict[str, Any]:
    """Return the draft's text completed with number, date, signer and verification address."""
    lines = certificates.signer_lines(signer, appointment)
    return {
        **content,
        "draft": False,
        "number": number.text,
        "date": long_date(day),
        "signer": {**lines, "on_behalf_of": content["on_behalf_of"]},
        "verification": certificates.verification(token, code),
    }
