"""The kind of message of the boards: what an officer owes, on the mornings they asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, register

register(
    Kind(
        "boards/digest",
        _("Ringkasan pekerjaan Anda"),
        Audience.OFFICER,
        (
            Placeholder("nama", "name", _("nama penerima"), "Siti Aminah"),
            Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh"),
            Placeholder("hari", "day", _("hari ringkasan"), "Jumat, 27 November 2026"),
            Placeholder(
                "hari_ini",
                "due",
                _("yang jatuh tempo hari ini"),
                ("PKU/2026/000123, Izin Contoh: Waktu baku langkah, pukul 14.00 WIB",),
            ),
            Placeholder(
                "terlambat",
                "late",
                _("yang terlambat"),
                ("PKU/2026/000120, Izin Contoh: Jangka waktu layanan, 24 November 2026",),
            ),
            Placeholder(
                "dilaporkan",
                "reported",
                _("yang dilaporkan kepada Anda"),
                ("PKU/2026/000118, Izin Contoh: di meja Tim Teknis",),
            ),
            Placeholder("tautan", "path", _("tautan"), "/meja/menunggu/", link=True),
        ),
        meaning="attention",
        timed=True,
    )
)
