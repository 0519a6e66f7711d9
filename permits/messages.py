"""The kinds of messages about applications, with their placeholders."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors import held, leads
from notices.kinds import Audience, Kind, Placeholder, belongs, register
from permits.models import Application

_FILE = (
    Placeholder("nama", "name", _("nama penerima"), "Siti Aminah"),
    Placeholder("layanan", "service", _("nama layanan"), "Tanda Daftar Bursa Kerja Khusus"),
    Placeholder("nomor", "number", _("nomor permohonan"), "PKU/2026/000123"),
    Placeholder("kode", "code", _("kode lacak"), "K7QX-2M9D"),
    Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh"),
    Placeholder("tautan", "path", _("tautan ke halaman berkas"), "/permohonan/contoh/", link=True),
)
_DAY = Placeholder("janji", "promised", _("tanggal janji"), "Jumat, 27 November 2026")
_UNTIL = Placeholder("sampai", "until", _("hari terakhir"), "Rabu, 30 Desember 2026")
_NOTE = Placeholder("catatan", "note", _("catatan petugas"), "Mohon dilengkapi segera.")
_HOLDER = Placeholder("pemegang", "holder", _("pemegang izin"), "SMK Contoh Jaya")
_TERM = Placeholder("jangka", "term", _("jangka waktu yang dimaksud"), "Penyelesaian layanan")
_PLACE = Placeholder("posisi", "place", _("di mana berkas berada"), "Tim Teknis")

_ORDER = (
    Placeholder("izin", "certificate", _("nomor dokumen izin"), "503/001/BKK/2026"),
    Placeholder("pengganti", "replacement", _("nomor dokumen pengganti"), "503/007/BKK/2026"),
    Placeholder("sejak", "since", _("berlaku sejak"), "Kamis, 19 November 2026 pukul 10.20 WIB"),
    Placeholder("alasan", "reason", _("alasan keputusan"), "Data sekolah tidak benar."),
    Placeholder("dasar", "ground", _("dasar hukum keputusan"), "UU 30/2014 Pasal 64"),
    Placeholder("keputusan", "decree", _("nomor keputusan"), "800/12/DPMPTSP/2026"),
    Placeholder("tanggal", "decreed", _("tanggal keputusan"), "19 November 2026"),
    Placeholder(
        "upaya",
        "remedies",
        _("keberatan dan upaya lain"),
        ("Keberatan paling lama 21 hari kerja.", "Pengaduan kepada Ombudsman."),
    ),
)


def _applicant(
    code: str, name: object, *more: Placeholder, urgent: bool = False, meaning: str = "neutral"
) -> Kind:
    facts = (*_FILE, _DAY, _UNTIL, *more)
    return Kind(f"permits/{code}", name, Audience.APPLICANT, facts, urgent, meaning)  # type: ignore[arg-type]


def _officer(
    code: str, name: object, *more: Placeholder, audience: Audience = Audience.OFFICER
) -> Kind:
    facts = (*_FILE, _DAY, _HOLDER, _TERM, _PLACE, *more)
    return Kind(f"permits/{code}", name, audience, facts, meaning="attention")  # type: ignore[arg-type]


def _applies(user: User, at: datetime) -> bool:
    """Whether ``user`` receives messages to applicants: whoever has a file, or serves nowhere."""
    return Application.objects.of(user).exists() or not held(user, at)


belongs(Audience.APPLICANT, _applies)
belongs(Audience.SUPERIOR, leads)
belongs(Audience.OFFICER, lambda user, at: bool(held(user, at)))


register(
    _applicant("received", _("Permohonan diterima")),
    _applicant(
        "returned",
        _("Berkas dikembalikan untuk dilengkapi"),
        Placeholder(
            "kekurangan",
            "faults",
            _("daftar kekurangan"),
            ("Fotokopi KTP - Tidak terbaca", "Surat permohonan - Belum ditandatangani"),
        ),
        _NOTE,
        urgent=True,
        meaning="attention",
    ),
    _applicant(
        "infected",
        _("Berkas mengandung virus"),
        Placeholder("berkas", "file", _("nama berkas"), "KTP.pdf"),
        urgent=True,
        meaning="late",
    ),
    _applicant("resubmitted", _("Perbaikan diterima")),
    _applicant("accepted", _("Berkas dinyatakan lengkap dan benar")),
    _applicant(
        "payment_due",
        _("Retribusi harus dibayar"),
        Placeholder("jumlah", "amount", _("jumlah yang harus dibayar"), "Rp 150.000"),
        Placeholder("paling_lambat", "due", _("dibayar paling lambat"), "Senin, 30 November 2026"),
        Placeholder("cara", "how", _("cara membayar"), "Bank Contoh 123-456 a.n. Kas Daerah."),
        urgent=True,
        meaning="attention",
    ),
    _applicant(
        "paper_signed",
        _("Surat atau ketetapan dari kantor"),
        Placeholder("judul", "title", _("judul dokumen"), "Surat Ketetapan Retribusi Daerah"),
        Placeholder("surat", "letter", _("nomor surat"), "094/012/DPMPTSP/2026"),
        meaning="attention",
    ),
    _applicant(
        "paper_ended",
        _("Surat atau ketetapan dicabut"),
        Placeholder("judul", "title", _("judul dokumen"), "Surat Ketetapan Retribusi Daerah"),
        *_ORDER,
        urgent=True,
        meaning="attention",
    ),
    _applicant(
        "ready",
        _("Dokumen terbit"),
        Placeholder("izin", "certificate", _("nomor dokumen izin"), "503/001/BKK/2026"),
        meaning="good",
    ),
    _applicant(
        "rejected",
        _("Permohonan ditolak"),
        Placeholder("catatan", "note", _("alasan penolakan"), "Bukan sekolah kejuruan."),
        Placeholder("dasar", "ground", _("dasar penolakan"), "Peraturan Wali Kota Nomor 1"),
        Placeholder("surat", "letter", _("nomor surat"), "503/012/DPMPTSP/2026"),
        Placeholder(
            "upaya",
            "remedies",
            _("keberatan dan upaya lain"),
            ("Keberatan paling lama 21 hari kerja.", "Pengaduan kepada Ombudsman."),
        ),
        urgent=True,
        meaning="late",
    ),
    *(
        _applicant(code, name, *_ORDER, urgent=True, meaning=meaning)
        for code, name, meaning in (
            ("revoked", _("Dokumen izin dicabut"), "late"),
            ("voided", _("Dokumen izin dibatalkan"), "late"),
            ("replaced", _("Dokumen izin diganti"), "attention"),
            ("refusal_ended", _("Penolakan dicabut atau dibatalkan"), "attention"),
        )
    ),
    _applicant(
        "moved",
        _("Tanggal janji berubah"),
        Placeholder("semula", "earlier", _("tanggal janji semula"), "Kamis, 26 November 2026"),
        meaning="attention",
    ),
    _applicant(
        "rescheduled",
        _("Jangka waktu permohonan diubah"),
        Placeholder("semula", "earlier", _("tanggal janji semula"), "Kamis, 26 November 2026"),
        _NOTE,
        meaning="attention",
    ),
    _applicant("confirmed", _("Tanggal janji sudah pasti"), meaning="good"),
    _applicant(
        "breached",
        _("Kantor terlambat"),
        Placeholder("sebab", "reason", _("langkah yang terlambat"), "Tim Teknis: peninjauan"),
        Placeholder("perkiraan", "expected", _("perkiraan baru"), "Rabu, 2 Desember 2026"),
        _PLACE,
        urgent=True,
        meaning="late",
    ),
    _applicant("silent", _("Permohonan menunggu Anda lengkapi"), urgent=True, meaning="attention"),
    _applicant("lapsed", _("Permohonan gugur"), _NOTE, urgent=True, meaning="late"),
    _applicant("collect_soon", _("Dokumen belum diambil"), meaning="attention"),
    _applicant(
        "uncollected",
        _("Surat: produk layanan belum diambil"),
        Placeholder("surat", "letter", _("nomor surat"), "503/012/DPMPTSP/2026"),
        _HOLDER,
        meaning="attention",
    ),
    _applicant("expiring", _("Izin segera berakhir"), meaning="attention"),
    _applicant("expired", _("Izin berakhir"), meaning="late"),
    _applicant(
        "draft_expiring", _("Konsep permohonan segera dihapus"), urgent=True, meaning="attention"
    ),
    _applicant(
        "standard_moved",
        _("Standar layanan berubah selagi Anda mengisi"),
        Placeholder(
            "perubahan",
            "changes",
            _("apa yang berubah"),
            ("Persyaratan baru: “Denah lokasi”.", "Jangka waktu: 7 menjadi 5 hari kerja."),
        ),
        Placeholder("berlaku", "since", _("sejak kapan berlaku"), "Senin, 1 Februari 2027"),
        urgent=True,
        meaning="attention",
    ),
    _applicant("draft_deleted", _("Konsep permohonan dihapus")),
    Kind(
        "permits/desk_moved",
        _("Tanggal janji berkas di meja Anda bergeser"),
        Audience.OFFICER,
        (
            Placeholder("nama", "name", _("nama penerima"), "Siti Aminah"),
            Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh"),
            Placeholder("jumlah", "total", _("banyaknya berkas"), "2"),
            Placeholder(
                "berkas",
                "moved",
                _("berkas dengan tanggal semula dan menjadi"),
                ("PKU/2026/000123: Kamis, 26 November 2026 - Jumat, 27 November 2026",),
            ),
            Placeholder("tautan", "path", _("tautan ke daftar kerja"), "/meja/", link=True),
        ),
        meaning="attention",
    ),
    Kind(
        "permits/arrived",
        _("Berkas baru di meja Anda"),
        Audience.OFFICER,
        (
            *_FILE,
            _HOLDER,
            Placeholder("meja", "desk", _("jabatan tempat berkas berada"), "Tim Teknis"),
        ),
        on_request=True,
    ),
    Kind(
        "permits/parts_in",
        _("Semua bagian pelaksana lain sudah masuk"),
        Audience.OFFICER,
        (*_FILE, _HOLDER),
    ),
    _officer("due_soon", _("Berkas di meja Anda segera jatuh tempo")),
    _officer("overdue", _("Berkas di meja Anda terlambat")),
    _officer(
        "escalated",
        _("Laporan keterlambatan kepada atasan"),
        Placeholder("meja", "desk", _("jabatan tempat berkas berada"), "Tim Teknis"),
        Placeholder("jabatan", "position", _("jabatan penerima"), "Sekretaris"),
        audience=Audience.SUPERIOR,
    ),
)
