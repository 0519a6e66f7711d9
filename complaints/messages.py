"""Kinds of messages about complaints. No fact names the complainant or quotes the complaint."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from complaints.selectors import has_part
from notices.kinds import Audience, Kind, Placeholder, belongs, register

_NUMBER = Placeholder("nomor", "number", _("nomor pengaduan"), "PGD-CONTOH-2026-00012")
_OFFICE = Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh")
_LINK = Placeholder("tautan", "path", _("tautan"), "/pengaduan/lacak/", link=True)
_DAY = Placeholder("janji", "promised", _("tanggal janji"), "Jumat, 27 November 2026")
_NAME = Placeholder("nama", "name", _("nama penerima"), "Siti Aminah")
_TERM = Placeholder("jangka", "term", _("jangka waktu yang dimaksud"), "Menjawab pengaduan")
NOTE = Placeholder("catatan", "note", _("catatan petugas"), "Mohon dilengkapi segera.")


def complainant(code: str, name: object, *more: Placeholder) -> Kind:
    """Return a kind of message to the complainant, identified by number only."""
    facts = (_NUMBER, _OFFICE, _LINK, _DAY, *more)
    return Kind(f"complaints/{code}", name, Audience.COMPLAINANT, facts, urgent=True)  # type: ignore[arg-type]


def officer(
    code: str,
    name: object,
    *more: Placeholder,
    urgent: bool = False,
    audience: Audience = Audience.COMPLAINTS,
) -> Kind:
    """Return a kind of message to officers of the office."""
    facts = (_NAME, _NUMBER, _OFFICE, _LINK, _DAY, _TERM, *more)
    return Kind(f"complaints/{code}", name, audience, facts, urgent, "attention")  # type: ignore[arg-type]


belongs(Audience.COMPLAINTS, has_part)
register(
    complainant("received", _("Pengaduan atau saran diterima")),
    complainant("incomplete_still", _("Pengaduan belum dilengkapi")),
    complainant("late", _("Jawaban pengaduan terlambat")),
    complainant("taken_as_complaint", _("Laporan ditangani sebagai pengaduan")),
    complainant("taken_as_suggestion", _("Laporan diperlakukan sebagai saran")),
    complainant("incomplete", _("Pengaduan belum lengkap"), NOTE),
    complainant("moved", _("Tanggal janji jawaban bergeser")),
    complainant("answer", _("Jawaban atas pengaduan atau saran")),
    officer("new", _("Pengaduan atau saran baru")),
    officer("owner", _("Menjadi penanggung jawab pengaduan")),
    officer("approve", _("Jawaban pengaduan menunggu persetujuan")),
    officer("returned", _("Konsep jawaban pengaduan dikembalikan")),
    officer("approved", _("Jawaban pengaduan disetujui, siap dikirim")),
    officer("undelivered", _("Jawaban pengaduan tidak terkirim"), urgent=True),
    officer("brought", _("Pengaduan dilaporkan kepada atasan")),
    officer("apip_asked", _("Permintaan pelibatan APIP")),
    officer("apip_decided", _("Permintaan pelibatan APIP diputuskan")),
    officer(
        "result",
        _("Hasil penanganan pengaduan"),
        Placeholder("hasil", "outcome", _("golongan dan ketepatan waktu"), "Ringan, tepat waktu"),
    ),
    officer("added", _("Pengadu menambah keterangan")),
    officer(
        "rated",
        _("Jawaban pengaduan dinilai kurang memuaskan"),
        Placeholder("nilai", "rating", _("nilai dari pengadu"), "Tidak puas"),
    ),
    officer("reopened", _("Pengaduan dibuka kembali oleh pengadu")),
    officer("withdrawn", _("Pengaduan dicabut oleh pengadu")),
    officer("due_soon", _("Jangka waktu pengaduan segera habis")),
    officer("overdue", _("Jangka waktu pengaduan lewat")),
    officer(
        "escalated",
        _("Pengaduan yang terlambat dilaporkan kepada atasan"),
        Placeholder("pemegang", "owner", _("penanggung jawab pengaduan"), "Budi Santoso"),
        audience=Audience.SUPERIOR,
    ),
)


_MONTH = Placeholder("bulan", "month", _("bulan laporan"), "November 2026")


def report(code: str, name: object, *more: Placeholder) -> Kind:
    """Return a kind of message about the monthly report of an office."""
    facts = (_NAME, _OFFICE, _MONTH, _LINK, *more)
    return Kind(f"complaints/{code}", name, Audience.COMPLAINTS, facts, False, "attention")  # type: ignore[arg-type]


register(
    report("report_due", _("Laporan bulanan perlu disusun")),
    report("report_check", _("Laporan bulanan menunggu pemeriksaan")),
    report("report_returned", _("Laporan bulanan dikembalikan"), NOTE),
    report("report_approved", _("Laporan bulanan disetujui")),
    report("report_handed", _("Laporan bulanan diserahkan")),
)
