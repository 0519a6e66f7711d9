"""The stored content of documents: plain JSON, so that a document can be rendered again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Appointment, Capacity, User
from accounts.selectors import capacity_text
from documents.content import in_indonesian, letterhead, promised_day
from permits import selectors
from permits.content.places import filled_text, in_words
from permits.domain.printed import grouped
from permits.models import Application, ApplicationDeadline, CertificateDraft, CertificateNumber
from permits.presenters import charges, deadlines
from permits.survey_pages import Paper, survey_link
from standards.domain.built_in import KIND_OF_APPLICATION, representative
from standards.law_wording import short_change
from standards.models import LegalBasis
from workflow.domain.clock import DayKind
from workflow.domain.dates import long_date, moment, weekday_date
from workflow.domain.workdays import WEEKEND


def holder_rows(application: Application) -> list[list[str]]:
    """Return the identity of the holder; the national id is masked on a public document."""
    masked = application.national_id[:6] + "******" + application.national_id[-4:]
    rows = [
        [_("Nama"), application.holder_name],
        [_("Penanggung jawab"), application.responsible_name],
        [_("NIK penanggung jawab"), masked if application.national_id else ""],
        ["NIB", application.business_number],
        [_("Alamat"), application.address],
    ]
    return [row for row in rows if row[1]]


def _representative_rows(application: Application) -> list[list[str]]:
    found = representative(application.answers)
    if found is None:
        return []
    until = [[_("Surat kuasa berlaku sampai"), long_date(found.until)]] if found.until else []
    return [[_("Diwakili oleh"), found.name], *until]


def _kind_rows(application: Application) -> list[list[str]]:
    kind = application.answers.get(KIND_OF_APPLICATION)
    return [[_("Jenis permohonan"), kind]] if kind else []


def _previous_rows(application: Application) -> list[list[str]]:
    number = selectors.previous_number(application)
    return [[_("Izin sebelumnya"), number]] if number else []


@in_indonesian
def draft_content(
    application: Application, statement: str = "", text: selectors.PermitText | None = None
) -> dict[str, Any]:
    """Return the text of the certificate before number, date and signer are known.

    ``text`` is what the permit of the application says, unless a preview wants another one.
    """
    text = text or selectors.permit_text(application)
    service = application.service
    answers = selectors.answers_of(application)
    data = [
        [row.label, in_words(row, str(answers[row.key]))]
        for row in selectors.asked_facts(application).rows
        if row.on_certificate and answers.get(row.key)
    ]
    if service.kbli is not None:
        data.insert(0, ["KBLI", f"{service.kbli.code} {service.kbli.title}"])
    return {
        "title": text.title,
        "subtitle": "",
        "office": letterhead(application.office),
        "number": "",
        "grounds": grounds(selectors.cited_bases(application)),
        "statement": statement or filled_text(application, text.statement),
        "holder": holder_rows(application),
        "data_title": "",
        "data": data,
        "conditions": [],
        "validity": "" if text.is_closure else _validity_text(text.validity_months),
        "place": application.office.city,
        "date": "",
        "signer": on_behalf(text.on_behalf_of),
        "verification": {},
        "draft": True,
    }


def grounds(bases: Iterable[LegalBasis]) -> list[str]:
    """Return the legal grounds as a new certificate names them: repealed ones are marked.

    ``bases`` come from ``cited_bases``.
    """
    return [_ground(basis) for basis in bases]


def _ground(basis: LegalBasis) -> str:
    text, regulation = basis.text, basis.regulation
    if regulation is None or regulation.stands:
        return text
    stem = text.rstrip(" ;.")
    mark = _("(telah %(standing)s)") % {"standing": short_change(regulation)}
    return f"{stem} {mark}{text[len(stem) :].strip()}"


@in_indonesian
def is_outdated(draft: CertificateDraft, bases: Iterable[LegalBasis]) -> bool:
    """Whether a ground of ``draft`` was repealed since it was written: it must be written anew.

    ``bases`` come from ``cited_bases``.
    """
    return bool(draft.content.get("grounds") != grounds(bases))


def _validity_text(months: int | None) -> str:
    if months is None:
        return _("Berlaku selama tidak ada perubahan data atau pencabutan.")
    return _("Berlaku %(months)s bulan sejak tanggal ditetapkan.") % {"months": months}


def digest(content: dict[str, Any]) -> str:
    """Return the digest of a draft, which initials and signature refer to."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def on_behalf(position: str) -> dict[str, str]:
    """Return what a draft says of its signer: for whom the permit is signed, if for somebody."""
    return {"on_behalf_of": position} if position else {}


def signer_lines(signer: User, appointment: Appointment | None) -> dict[str, str]:
    """Return what stands under the signature."""
    acting = appointment is not None and appointment.capacity != Capacity.DEFINITIVE
    return {
        "on_behalf_of": "",
        "prefix": str(appointment.get_capacity_display()) if appointment and acting else "",
        "position": appointment.position.name if appointment else "",
        "name": signer.full_name,
        "rank": signer.rank,
        "nip": signer.employee_number,
    }


def verification(token: str, code: str) -> dict[str, str]:
    """Return the address behind the QR code, the printed code and the page that takes it."""
    return {
        "url": settings.SITE_URL + reverse("permits:verified", args=[token]),
        "code": grouped(code),
        "page": urlsplit(settings.SITE_URL).netloc + reverse("permits:verify"),
    }


@in_indonesian
def final_content(
    draft: CertificateDraft,
    number: CertificateNumber,
    *,
    signer: User,
    appointment: Appointment | None,
    token: str,
    code: str,
    day: date,
    valid_until: date | None,
) -> dict[str, Any]:
    """Return the draft's text completed with number, date, signer and verification address."""
    content = dict(draft.content)
    content.update(
        draft=False,
        number=number.text,
        date=long_date(day),
        signer={**signer_lines(signer, appointment), **content["signer"]},
        verification=verification(token, code),
        survey=survey_link(Paper.CERTIFICATE, draft.application),
    )
    if valid_until is not None:
        content["validity"] = _("Berlaku sampai dengan %(day)s.") % {"day": long_date(valid_until)}
    return content


@in_indonesian
def receipt_content(
    application: Application, *, officer: User, appointment: Appointment | None, at: datetime
) -> dict[str, Any]:
    """Return the content of the receipt (tanda terima): what was received and the promised date."""
    office = application.office
    state = selectors.clock(application, at)
    skipped = [
        f"{weekday_date(day.on)}: {day.reason}"
        for day in state.days()
        if day.kind is DayKind.FREE and day.reason != WEEKEND
    ]
    counting = [
        _("Jangka waktu dihitung sejak berkas dinyatakan lengkap dan benar; hari itu hari ke-0."),
        *(_("Tidak dihitung: %(day)s") % {"day": text} for text in skipped),
    ]
    return {
        "office": letterhead(office),
        "number": application.number,
        "tracking": {
            "url": settings.SITE_URL + reverse("permits:track"),
            "code": application.tracking_code,
        },
        "survey": survey_link(Paper.RECEIPT, application),
        "service": application.service.name,
        "applicant": [
            *holder_rows(application),
            *_representative_rows(application),
            *_kind_rows(application),
            *_previous_rows(application),
        ],
        "received": moment(application.submitted_at, office.zone),  # type: ignore[arg-type]
        "complete": moment(at, office.zone),
        "term": deadlines.term_in_words(application),
        "promised": promised_day(state.due_on, provisional=state.provisional),
        "counting": counting,
        "fee": _("Tidak dipungut biaya") if selectors.nothing_to_pay(application) else "",
        "charges": charges.printed(application),
        "documents": [
            {
                "number": line.requirement.printed_number,
                "requirement": line.requirement.text,
                "file": ", ".join(row.original_name for row in line.documents),
                "verdict": _("Sesuai") if line.accepted else "",
                "note": "",
            }
            for line in selectors.checklist(application).checkable()
        ],
        "channels": [[row.label, row.value] for row in office.channels.all() if row.value][:6],
        "officer": {"name": officer.full_name, "position": capacity_text(appointment)},
        "place": office.city,
        "date": long_date(office.local_date(at)),
        "draft": False,
    }


def promised_words(application: Application) -> str:
    """Return the promised date as text, or "" if there is none."""
    return promised_day(application.due_on, provisional=is_estimate(application))


def is_estimate(application: Application) -> bool:
    """Return whether the promised date falls in a year without a holiday decree."""
    term = application.deadlines.filter(kind=ApplicationDeadline.Kind.SERVICE).last()
    return term is not None and term.provisional
