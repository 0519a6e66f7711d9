"""Kinds of messages to administrators: failed messages, and tasks only they can settle."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, register

register(
    Kind(
        "notices/failed",
        _("Pesan yang gagal dikirim"),
        Audience.OFFICER,
        (
            Placeholder("nama", "name", _("nama penerima"), "Admin"),
            Placeholder("jumlah", "total", _("jumlah pesan"), "2"),
            Placeholder("pesan", "lines", _("pesan menurut jenis"), ("Permohonan diterima: 2",)),
            Placeholder(
                "tautan", "path", _("tautan ke daftar"), "/admin/notices/notice/", link=True
            ),
        ),
        urgent=True,
        meaning="attention",
    ),
    Kind(
        "notices/admin_task",
        _("Tugas administrator"),
        Audience.OFFICER,
        (
            Placeholder("nama", "name", _("nama penerima"), "Admin"),
            Placeholder(
                "tugas",
                "task",
                _("apa yang harus dilakukan"),
                "Tidak ada pejabat pada jabatan Tim Teknis. Tunjuk pejabatnya.",
            ),
            Placeholder("tautan", "path", _("tautan ke tugas"), "/admin/", link=True),
        ),
        meaning="attention",
    ),
)
