"""The kinds of messages about surveys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, register

_FACTS = (
    Placeholder("nama", "name", _("nama penerima"), "Siti Aminah"),
    Placeholder("layanan", "service", _("nama layanan"), "Tanda Daftar Bursa Kerja Khusus"),
    Placeholder("nomor", "number", _("nomor permohonan"), "PKU/2026/000123"),
    Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh"),
    Placeholder("sampai", "until", _("hari terakhir"), "Rabu, 30 Desember 2026"),
    Placeholder("tautan", "path", _("tautan"), "/survei/undangan/contoh/", link=True),
)

_OF_FOLLOW_UP = (
    Placeholder("nama", "name", _("nama penerima"), "Budi Santoso"),
    Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh"),
    Placeholder("unsur", "element", _("unsur survei"), "Waktu penyelesaian"),
    Placeholder("sampai", "until", _("hari terakhir"), "Rabu, 30 Desember 2026"),
    Placeholder("tautan", "path", _("tautan"), "/meja/survei/tindak-lanjut/", link=True),
)

register(
    Kind(
        "surveys/follow_up_due",
        _("Tindak lanjut survei segera jatuh tempo"),
        Audience.OFFICER,
        _OF_FOLLOW_UP,
        meaning="attention",
    ),
    Kind(
        "surveys/follow_up_late",
        _("Tindak lanjut survei lewat waktu"),
        Audience.OFFICER,
        _OF_FOLLOW_UP,
        meaning="late",
    ),
    Kind("surveys/invited", _("Undangan survei"), Audience.APPLICANT, _FACTS, secret_link=True),
    Kind("surveys/reminded", _("Pengingat survei"), Audience.APPLICANT, _FACTS, secret_link=True),
)
