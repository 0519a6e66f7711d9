"""What kinds of rows and columns are called in the difference between two versions."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy

from standards.models import Fact, Paper, Requirement, SopStep


class Words(NamedTuple):
    """How a kind of row is spoken of."""

    new: Any
    gone: Any
    row: Any
    renumbered: Any


KINDS: dict[str, Words] = {
    "fee": Words(
        gettext_lazy("Tarif baru: %(title)s"),
        gettext_lazy("Tarif dihapus: %(title)s"),
        gettext_lazy("Tarif %(title)s"),
        gettext_lazy("Urutan tarif berubah"),
    ),
    "fact": Words(
        gettext_lazy("Isian baru: %(title)s"),
        gettext_lazy("Tidak ditanyakan lagi: %(title)s"),
        gettext_lazy("Isian %(title)s"),
        gettext_lazy("Urutan isian berubah"),
    ),
    "term": Words(
        gettext_lazy("Jangka waktu lain, baru: %(title)s"),
        gettext_lazy("Jangka waktu lain dihapus: %(title)s"),
        gettext_lazy("Jangka waktu lain, %(title)s"),
        gettext_lazy("Urutan jangka waktu lain berubah"),
    ),
    "permit": Words(
        gettext_lazy("Dokumen izin lain, baru: %(title)s"),
        gettext_lazy("Dokumen izin lain dihapus: %(title)s"),
        gettext_lazy("Dokumen izin lain, %(title)s"),
        gettext_lazy("Urutan dokumen izin lain berubah"),
    ),
    "eligibility": Words(
        gettext_lazy("Tidak dapat lagi diajukan: %(title)s"),
        gettext_lazy("Dapat diajukan kembali, kalimat ini dihapus: %(title)s"),
        gettext_lazy("Yang tidak dapat diajukan, %(title)s"),
        gettext_lazy("Urutan yang tidak dapat diajukan berubah"),
    ),
    "paper": Words(
        gettext_lazy("Dokumen baru: %(title)s"),
        gettext_lazy("Dokumen dihapus: %(title)s"),
        gettext_lazy("Dokumen %(title)s"),
        gettext_lazy("Urutan dokumen berubah"),
    ),
    "group": Words(
        gettext_lazy("Kelompok persyaratan baru: %(title)s"),
        gettext_lazy("Kelompok persyaratan dihapus: %(title)s"),
        gettext_lazy("Kelompok persyaratan %(title)s"),
        gettext_lazy("Nomor atau urutan kelompok persyaratan berubah"),
    ),
    "requirement": Words(
        gettext_lazy("Persyaratan baru: %(title)s"),
        gettext_lazy("Tidak diminta lagi: %(title)s"),
        gettext_lazy("Persyaratan %(title)s"),
        gettext_lazy("Nomor atau urutan persyaratan berubah"),
    ),
    "component": Words(
        gettext_lazy("Komponen baru: %(title)s"),
        gettext_lazy("Komponen dihapus: %(title)s"),
        gettext_lazy("Komponen %(title)s"),
        gettext_lazy("Nomor atau urutan komponen berubah"),
    ),
    "procedure": Words(
        gettext_lazy("Prosedur (SOP) baru: %(title)s"),
        gettext_lazy("Prosedur (SOP) tidak dipakai lagi: %(title)s"),
        gettext_lazy("Prosedur %(title)s"),
        gettext_lazy("Urutan prosedur berubah"),
    ),
    "role": Words(
        gettext_lazy("pelaksana baru: %(title)s"),
        gettext_lazy("pelaksana dihapus: %(title)s"),
        gettext_lazy("pelaksana %(title)s"),
        gettext_lazy("urutan pelaksana berubah"),
    ),
    "step": Words(
        gettext_lazy("langkah baru: %(title)s"),
        gettext_lazy("langkah dihapus: %(title)s"),
        gettext_lazy("langkah %(title)s"),
        gettext_lazy("nomor atau urutan langkah berubah"),
    ),
    "legal_basis": Words(
        gettext_lazy("Dasar hukum baru: %(title)s"),
        gettext_lazy("Dasar hukum dihapus: %(title)s"),
        gettext_lazy("Dasar hukum %(title)s"),
        gettext_lazy("Nomor atau urutan dasar hukum berubah"),
    ),
}
OTHER = Words(
    gettext_lazy("Baris baru: %(title)s"),
    gettext_lazy("Baris dihapus: %(title)s"),
    gettext_lazy("Baris %(title)s"),
    gettext_lazy("Urutan baris berubah"),
)

COLUMNS: dict[str, Any] = {
    "term": gettext_lazy("Jangka waktu"),
    "target_amount": gettext_lazy("Target internal"),
    "product": gettext_lazy("Produk layanan"),
    "certificate_title": gettext_lazy("Judul dokumen izin"),
    "certificate_statement": gettext_lazy("Isi dokumen izin"),
    "certificate_on_behalf_of": gettext_lazy("a.n. pada dokumen izin"),
    "number_pattern": gettext_lazy("Pola nomor dokumen"),
    "refusal_title": gettext_lazy("Judul surat penolakan"),
    "refusal_statement": gettext_lazy("Isi surat penolakan"),
    "refusal_on_behalf_of": gettext_lazy("a.n. pada surat penolakan"),
    "refusal_number_pattern": gettext_lazy("Pola nomor surat penolakan"),
    "validity_months": gettext_lazy("Masa berlaku (bulan)"),
    "heading": gettext_lazy("Judul tercetak"),
    "preamble": gettext_lazy("Pendahuluan"),
    "tariff": gettext_lazy("jumlah"),
    "step": gettext_lazy("ditetapkan pada langkah"),
    "ground": gettext_lazy("dasar hukum"),
    "text": gettext_lazy("bunyi"),
    "sentence": gettext_lazy("kalimat"),
    "amount": gettext_lazy("jumlah"),
    "label": gettext_lazy("nama"),
    "title": gettext_lazy("judul"),
    "name": gettext_lazy("nama"),
    "activity": gettext_lazy("kegiatan"),
    "lead": gettext_lazy("kalimat pengantar"),
    "body": gettext_lazy("uraian"),
    "kind": gettext_lazy("jenis"),
    "required": gettext_lazy("wajib diisi"),
    "mandatory": gettext_lazy("wajib"),
    "optional": gettext_lazy("jika diperlukan"),
    "on_certificate": gettext_lazy("tercetak pada dokumen izin"),
    "asked_at": gettext_lazy("diisi pada langkah"),
    "carried": gettext_lazy("dibawa dari izin sebelumnya"),
    "help_text": gettext_lazy("petunjuk"),
    "choices_text": gettext_lazy("pilihan"),
    "when": gettext_lazy("berlaku"),
    "group": gettext_lazy("kelompok"),
    "parent": gettext_lazy("butir induk"),
    "role": gettext_lazy("pelaksana"),
    "recorded_by": gettext_lazy("dicatat oleh"),
    "performers": gettext_lazy("pelaksana lain"),
    "parallel": gettext_lazy("dikerjakan bersamaan"),
    "standard_time": gettext_lazy("waktu baku"),
    "clock": gettext_lazy("jam layanan"),
    "completeness": gettext_lazy("kelengkapan"),
    "output": gettext_lazy("keluaran"),
    "condition": gettext_lazy("syarat langkah"),
    "returns_to": gettext_lazy("jika tidak memenuhi, kembali ke"),
    "remark": gettext_lazy("keterangan"),
    "sop_number": gettext_lazy("nomor SOP"),
    "total_text": gettext_lazy("jumlah waktu tercetak"),
    "provisional_reason": gettext_lazy("alasan masih sementara"),
    "position": gettext_lazy("jabatan"),
    "statement": gettext_lazy("isi"),
    "is_closure": gettext_lazy("mengakhiri izin"),
    "addressee": gettext_lazy("tujuan"),
    "on_behalf_of": gettext_lazy("atas nama"),
    "written_at": gettext_lazy("disusun pada langkah"),
    "initialed_at": gettext_lazy("diparaf pada langkah"),
    "signed_at": gettext_lazy("ditandatangani pada langkah"),
    "regulation": gettext_lazy("rujukan ke daftar peraturan"),
}
CHOICES = {
    ("fact", "kind"): Fact.Kind,
    ("paper", "kind"): Paper.Kind,
    ("requirement", "kind"): Requirement.Kind,
    ("step", "kind"): SopStep.Kind,
    ("step", "clock"): SopStep.Clock,
}
