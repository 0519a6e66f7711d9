"""The kinds of messages about reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, register

_FACTS = (
    Placeholder("nama", "name", _("nama penerima"), "Budi Santoso"),
    Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh"),
    Placeholder("laporan", "report", _("judul laporan"), "Laporan SKM, Triwulan 3 tahun 2026"),
    Placeholder("tautan", "path", _("tautan"), "/meja/laporan/contoh/", link=True),
)
_NOTE = Placeholder("catatan", "note", _("catatan"), "Lengkapi rencana tindak lanjut.")


def _kind(code: str, name: object, *more: Placeholder, meaning: str = "attention") -> Kind:
    facts = (*_FACTS, *more)
    return Kind(f"reports/{code}", name, Audience.OFFICER, facts, False, meaning)  # type: ignore[arg-type]


register(
    _kind("due", _("Laporan perlu disusun")),
    _kind("late", _("Laporan lewat waktu"), meaning="late"),
    _kind("check", _("Laporan menunggu pemeriksaan")),
    _kind("returned", _("Laporan dikembalikan"), _NOTE),
    _kind("sign", _("Laporan menunggu tanda tangan")),
    _kind("signed", _("Laporan sudah ditandatangani"), meaning="good"),
)
