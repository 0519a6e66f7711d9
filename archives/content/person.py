"""What the portal keeps about one person, as one document: the copy of "Data saya".

Its shape is documented in docs/data-protection.md and has a number. Complaints are not in it: they
are not stored with an account (ADR 0015).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from allauth.account.models import EmailAddress

from accounts.models import User
from archives.content.officers_notes import PREFETCHED, officers_notes
from archives.content.values import Row, instant
from archives.models import DataRequest
from archives.schedule import files_of
from archives.selectors import factors_of, logins_of
from documents.content import in_indonesian
from notices.models import Notice, Preference
from permits import selectors
from permits.models import Application, Certificate
from permits.presenters import facts

FORMAT: Final = "portal-perizinan/data-saya"
VERSION: Final = 1


@in_indonesian
def copy_of(user: User, at: datetime) -> Row:
    """Return everything about ``user`` as plain JSON values; instants in ISO 8601 with zone."""
    return {
        "format": FORMAT,
        "versi": VERSION,
        "dibuat": instant(at),
        "akun": _account(user),
        "permohonan": [_application(row) for row in _applications(user)],
        "pesan": [_message(row) for row in Notice.objects.visible_to(user).order_by("pk")],
        "pilihan_pesan": [
            {"jenis": row.kind, "email": row.mail, "sms": row.sms, "whatsapp": row.whatsapp}
            for row in Preference.objects.filter(user=user).order_by("kind")
        ],
        "masuk": [
            {"pada": instant(row.attempt_time), "alamat": row.ip_address, "alat": row.user_agent}
            for row in logins_of(user)
        ],
        "permintaan": [_request(row) for row in _requests(user)],
        "tidak_termuat": [
            "Pengaduan: tidak disimpan bersama akun, sehingga tidak dapat dicari dari akun ini.",
            "Isi berkas yang diunggah: dapat diunduh di halaman permohonannya.",
            "Foto tinjauan lapangan: dapat diminta kepada kantor lewat halaman Data saya.",
            "Penahanan arsip untuk suatu perkara (UU 27/2022 Pasal 15).",
        ],
    }


def _account(user: User) -> Row:
    return {
        "nama": user.full_name,
        "email": user.email,
        "telepon": user.phone,
        "nip": user.employee_number,
        "pangkat": user.rank,
        "dibuat": instant(user.date_joined),
        "masuk_terakhir": instant(user.last_login),
        "alamat_email": [
            {"alamat": row.email, "dipastikan": row.verified, "utama": row.primary}
            for row in EmailAddress.objects.filter(user=user).order_by("pk")
        ],
        "verifikasi_dua_langkah": [
            {"jenis": row.type, "dipasang": instant(row.created_at)} for row in factors_of(user)
        ],
        "jabatan": [
            {
                "kantor": row.position.office.name,
                "jabatan": row.position.name,
                "kedudukan": row.get_capacity_display(),
                "mulai": row.started_on.isoformat(),
                "sampai": row.ended_on.isoformat() if row.ended_on else None,
            }
            for row in user.appointments.all()
        ],
    }


def _applications(user: User) -> Iterable[Application]:
    rows = files_of(user).select_related(
        "office", "service", "version", "certificate__number", "certificate__ended_by"
    )
    return rows.prefetch_related(
        "documents__requirement",
        "documents__opened_by",
        "openings__person",
        "records",
        "version__facts",
        *PREFETCHED,
    ).order_by("pk")


def _application(row: Application) -> Row:
    certificate = row.certificate
    asked = selectors.checklist(row).asked
    return {
        "nomor": row.number,
        "kode_lacak": row.tracking_code,
        "kantor": row.office.name,
        "layanan": row.service.name,
        "keadaan": row.get_status_display(),
        "dibuat": instant(row.created_at),
        "dikirim": instant(row.submitted_at),
        "ditutup": instant(row.closed_at),
        "pemegang_izin": _facts(facts.identity_facts(row)),
        "isian": _facts(facts.form_facts(row, asked)),
        "jawaban": _facts(facts.answer_facts(row, asked)),
        "berkas": [
            {
                "persyaratan": document.requirement.text,
                "nama": document.original_name,
                "jenis": document.content_type,
                "ukuran": document.size,
                "sha256": document.sha256,
                "diunggah": instant(document.uploaded_at),
                "diganti": instant(document.superseded_at),
                "pertama_dibuka_petugas": instant(document.opened_at),
            }
            for document in row.documents.all()
        ],
        "dibuka": [
            {
                "pada": instant(opening.at),
                "oleh": opening.capacity or opening.person.full_name,
                "jenis": opening.get_kind_display(),
                "yang_dibuka": opening.what,
                "alasan": opening.reason,
            }
            for opening in row.openings.all()
        ],
        "riwayat": [
            {"pada": instant(record.at), "kejadian": record.event, "catatan": record.note}
            for record in row.records.all()
        ],
        "catatan_petugas": officers_notes(row, asked),
        "dokumen_izin": _paper(certificate) if certificate and certificate.issued_at else None,
        "dokumen_yang_digantikan": [_paper(old) for old in selectors.earlier_papers(row)]
        if certificate
        else [],
    }


def _paper(certificate: Certificate) -> Row:
    order = certificate.ended_by
    return {
        "judul": certificate.title or "",
        "nomor": certificate.number.text,
        "keadaan": certificate.get_state_display(),
        "ditandatangani": instant(certificate.signed_at),
        "berlaku_dari": certificate.valid_from.isoformat(),
        "berlaku_sampai": certificate.valid_until.isoformat() if certificate.valid_until else None,
        "diakhiri": {
            "pada": instant(order.effective_at),
            "alasan": order.reason,
            "dasar_hukum": order.ground,
            "nomor_keputusan": order.decree_number,
            "tanggal_keputusan": order.decree_date.isoformat(),
        }
        if order
        else None,
    }


def _requests(user: User) -> Iterable[DataRequest]:
    rows = DataRequest.objects.of(user).select_related("office", "application")
    return list(rows.order_by("pk"))


def _request(row: DataRequest) -> Row:
    return {
        "permintaan": row.get_kind_display(),
        "kantor": row.office.name,
        "permohonan": row.application.number if row.application else None,
        "isi": row.text,
        "diajukan": instant(row.asked_at),
        "dijawab": instant(row.answered_at),
        "hasil": row.get_outcome_display(),
        "jawaban": row.answer,
    }


def _facts(rows: Iterable[Row]) -> list[Row]:
    return [{"nama": str(row["label"]), "isi": _text(row["value"])} for row in rows]


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _message(row: Notice) -> Row:
    return {
        "jenis": row.title,
        "dibuat": instant(row.created_at),
        "dikirim": instant(row.sent_at),
        "dibaca": instant(row.read_at),
        "saluran": row.get_channel_display(),
        "alamat": row.address,
        "perihal": row.subject,
        "isi": row.body,
    }
