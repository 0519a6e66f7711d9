"""Maklumat, public consultations and proofs of an office."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Office, User
from demo.samples import pdf_upload
from documents import uploads
from standards.models import OfficeDocument, OfficeProof, PublicConsultation, ServicePledge
from standards.services.publicity import keep_document
from tests.factories.permits import NOON


def make_pledge(office: Office, **facts: Any) -> ServicePledge:
    """Return a maklumat of ``office`` that was set, unless ``facts`` say otherwise."""
    return ServicePledge.objects.create(
        **{
            "office": office,
            "number": office.pledges.count() + 1,
            "status": ServicePledge.Status.PUBLISHED,
            "text": "Kami sanggup melayani sesuai standar pelayanan yang ditetapkan.",
            "signed_on": date(2026, 1, 5),
            "signed_by": "Siti Aminah",
            "signed_by_position": "Kepala Dinas",
            "effective_on": date(2026, 1, 5),
            "places": "Loket\nSitus web",
            **facts,
        }
    )


def make_consultation(office: Office, **facts: Any) -> PublicConsultation:
    """Return a public consultation of ``office``."""
    return PublicConsultation.objects.create(
        **{
            "office": office,
            "held_on": date(2026, 10, 20),
            "place": "Aula kantor",
            "topic": "Standar pelayanan",
            "groups": "Pelaku usaha\nAkademisi",
            "attendance": 31,
            "outcome": "Jangka waktu disepakati.",
            **facts,
        }
    )


def make_proof(office: Office, **facts: Any) -> OfficeProof:
    """Return a proof of ``office`` for the yearly evaluation, without its file."""
    title = "Keputusan tentang jam pelayanan"
    day = date(2026, 1, 5)
    return OfficeProof.objects.create(
        **{"office": office, "kind": "jam", "title": title, "dated_on": day, **facts}
    )


def make_office_document(office: Office, actor: User, name: str = "bukti.pdf") -> OfficeDocument:
    """Return a paper that ``actor`` uploaded for ``office``."""
    return keep_document(office, uploads.check(pdf_upload(name)), actor=actor, at=NOON)
