"""What officers wrote about a file in their work, for the copy of the person whom it is about.

UU 27/2022 arts. 5-7: a person may see what is kept about them, whoever wrote it. Officers stand
with their desk or position. Not in it: legal holds, which belong to a case (art. 15), and
complaints, which belong to whoever complained (ADR 0015).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archives.content.values import Row, instant
from permits.models import (
    Application,
    ApplicationStep,
    CertificateDraft,
    CertificateOrder,
    StepPart,
)
from permits.presenters import facts
from permits.selectors import orders_of

PREFETCHED = (
    "verdicts__requirement",
    "verdicts__visit__step__role",
    "answer_verdicts__visit__step__role",
    "recorded_facts__visit__step__role",
    "inspections__photos",
    "parts__visit__step",
    "parts__role",
    "parts__document",
    "inspections__visit__step__role",
    "steps__step__role",
    "steps__documents",
    "charges__corrections",
    "payments",
    "drafts__initials",
    "refusals",
    "clock_events",
)


def officers_notes(application: Application, asked: Any) -> Row:
    """Return every word of officers about ``application``; ``asked`` are the facts it asks for."""
    labels = {
        str(row["key"]): str(row["label"])
        for rows in (
            facts.identity_facts(application),
            facts.form_facts(application, asked),
            facts.answer_facts(application, asked),
        )
        for row in rows
    }
    recorded = {row.key: row.label for row in application.version.facts.all()}
    return {
        "penilaian_berkas": [
            {
                "persyaratan": row.requirement.text,
                "hasil": row.get_result_display(),
                "alasan": row.reason,
                "meja": _desk(row.visit),
                "pada": instant(row.at),
            }
            for row in application.verdicts.all()
        ],
        "penilaian_isian": [
            {
                "isian": labels.get(row.key, row.key),
                "nilai": row.value,
                "hasil": row.get_result_display(),
                "alasan": row.reason,
                "meja": _desk(row.visit),
                "pada": instant(row.at),
            }
            for row in application.answer_verdicts.all()
        ],
        "dicatat_petugas": [
            {
                "isian": recorded.get(row.key, row.key),
                "nilai": row.value,
                "meja": _desk(row.visit),
                "pada": instant(row.at),
            }
            for row in application.recorded_facts.all()
        ],
        "langkah": [
            {
                "langkah": f"{row.step.printed_number} {row.step.role.label}".strip(),
                "diterima": instant(row.received_at),
                "selesai": instant(row.finished_at),
                "oleh": row.capacity,
                "hasil": row.get_outcome_display(),
                "catatan": row.note,
                "surat": [
                    {
                        "keterangan": paper.title,
                        "berkas": paper.original_name,
                        "jenis_berkas": paper.content_type,
                        "sidik": paper.sha256,
                    }
                    for paper in row.papers
                ],
            }
            for row in application.steps.all()
        ],
        "bagian_pelaksana": [_part(row) for row in application.parts.all()],
        "tinjauan_lapangan": [
            {
                "tanggal": row.inspected_on.isoformat(),
                "tempat": row.place,
                "tim": row.team,
                "temuan": row.findings,
                "rekomendasi": row.get_recommendation_display(),
                "foto": [photo.caption or "tanpa keterangan" for photo in row.photos.all()],
                "ditulis": instant(row.written_at),
            }
            for row in application.inspections.all()
        ],
        "tagihan": [
            {
                "untuk": row.label,
                "jumlah": row.amount,
                "ditetapkan": instant(row.set_at),
                "oleh": row.set_capacity,
                "nomor": row.number,
                "dibayar_paling_lambat": row.due_on.isoformat() if row.due_on else "",
                "dibayar_pada": row.paid_on.isoformat() if row.paid_on else "",
                "ralat": [
                    {
                        "sebelumnya": change.before,
                        "menjadi": change.after,
                        "alasan": change.reason,
                        "oleh": change.capacity,
                        "diralat": instant(change.corrected_at),
                    }
                    for change in row.corrections.all()
                ],
            }
            for row in application.charges.all()
        ],
        "pembayaran": [
            {
                "dibayar_pada": row.paid_on.isoformat(),
                "jumlah": row.amount,
                "bukti": row.original_name,
                "jenis_berkas": row.content_type,
                "sidik": row.sha256,
                "dicatat": instant(row.recorded_at),
            }
            for row in application.payments.all()
        ],
        "konsep": [_draft(row) for row in application.drafts.all()],
        "usul_penolakan": [
            {
                "alasan": row.reason,
                "dasar": row.ground,
                "diusulkan": instant(row.proposed_at),
                "oleh": row.proposed_capacity,
                "putusan": row.get_decision_display(),
                "diputus": instant(row.decided_at),
                "catatan_putusan": row.decision_note,
            }
            for row in application.refusals.all()
        ],
        "usul_pengakhiran": [_order(row) for row in orders_of(application)],
        "jam_layanan": [
            {
                "kejadian": row.kind,
                "pada": instant(row.at),
                "alasan": row.reason,
                "dasar": row.ground,
            }
            for row in application.clock_events.all()
        ],
        "penyerahan": _handed_over(application),
    }


def _part(row: StepPart) -> Row:
    document = getattr(row, "document", None)
    return {
        "langkah": f"{row.visit.step.printed_number} {row.role.label}".strip(),
        "diminta": instant(row.asked_at),
        "selesai": instant(row.finished_at),
        "oleh": row.capacity,
        "hasil": row.get_outcome_display(),
        "pendapat": row.get_opinion_display(),
        "catatan": row.note,
        "berkas": document.original_name if document else "",
        "jenis_berkas": document.content_type if document else "",
        "sidik": document.sha256 if document else "",
    }


def _desk(visit: ApplicationStep) -> str:
    return visit.step.role.label


def _draft(row: CertificateDraft) -> Row:
    return {
        "revisi": row.revision,
        "ditulis": instant(row.written_at),
        "judul": row.content.get("title", ""),
        "pernyataan": row.content.get("statement", ""),
        "isi": [
            {"nama": label, "isi": text}
            for label, text in _rows(row.content.get("holder"), row.content.get("data"))
        ],
        "paraf": [
            {"oleh": initial.capacity, "pada": instant(initial.at)}
            for initial in row.initials.all()
        ],
    }


def _rows(*lists: list[list[str]] | None) -> Iterable[list[str]]:
    return [row for rows in lists for row in rows or []]


def _order(row: CertificateOrder) -> Row:
    """An order about a paper of the file, also one that was not agreed to."""
    return {
        "dokumen": str(row.certificate),
        "jenis": row.get_kind_display(),
        "alasan": row.reason,
        "dasar": row.ground,
        "ditemukan": row.found_on.isoformat(),
        "nomor_keputusan": row.decree_number,
        "tanggal_keputusan": row.decree_date.isoformat(),
        "diusulkan": instant(row.proposed_at),
        "oleh": row.proposed_capacity,
        "putusan": row.get_decision_display(),
        "diputus": instant(row.decided_at),
        "diputus_oleh": row.decided_capacity,
        "catatan_putusan": row.decision_note,
    }


def _handed_over(application: Application) -> Row | None:
    row = getattr(application, "hand_over", None)
    if row is None:
        return None
    return {
        "cara": row.get_method_display(),
        "penerima": row.receiver,
        "pada": instant(row.at),
    }
