"""Kinds of messages to administrators: failed messages, and tasks only they can settle."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, belongs, register

belongs(Audience.ADMINISTRATOR, lambda user, at: user.is_staff)
register(
    Kind(
        "notices/failed",
        _("Pesan yang gagal dikirim"),
        Audience.ADMINISTRATOR,
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
        Audience.ADMINISTRATOR,
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
