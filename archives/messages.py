"""The kinds of messages about people's own data, with their placeholders."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, register

_NAME = Placeholder("nama", "name", _("nama penerima"), "Siti Aminah")
_LINK = Placeholder("tautan", "path", _("tautan ke halamannya"), "/akun/data-saya/", link=True)
_OFFICE = Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh")
_REQUEST = (
    _NAME,
    _OFFICE,
    Placeholder("permintaan", "asked", _("apa yang diminta"), "Menghapus data"),
    Placeholder("sampai", "until", _("batas waktu"), "19 Nov 2026 09.00 WIB"),
    _LINK,
)

register(
    Kind("archives/copy_ready", _("Salinan data Anda siap"), Audience.APPLICANT, (_NAME, _LINK)),
    Kind(
        "archives/confirm_erasure",
        _("Penghapusan akun menunggu persetujuan Anda"),
        Audience.APPLICANT,
        (_NAME, _LINK),
        urgent=True,
        meaning="attention",
    ),
    Kind(
        "archives/request_answered",
        _("Permintaan tentang data Anda sudah dijawab"),
        Audience.APPLICANT,
        (
            _NAME,
            _OFFICE,
            Placeholder("hasil", "outcome", _("dipenuhi atau ditolak"), "Dipenuhi"),
            Placeholder("jawaban", "answer", _("jawaban kantor"), "Nama sudah kami catat."),
            _LINK,
        ),
        urgent=True,
    ),
    Kind(
        "archives/request_arrived",
        _("Permintaan tentang data pribadi"),
        Audience.SUPERIOR,
        _REQUEST,
        urgent=True,
        meaning="attention",
    ),
    Kind(
        "archives/request_overdue",
        _("Permintaan tentang data pribadi terlambat dijawab"),
        Audience.SUPERIOR,
        _REQUEST,
        urgent=True,
        meaning="late",
    ),
    Kind(
        "archives/due",
        _("Arsip yang sudah waktunya dihapus atau dimusnahkan"),
        Audience.SUPERIOR,
        (
            _NAME,
            _OFFICE,
            Placeholder("hapus", "delete", _("banyaknya usul hapus"), "12"),
            Placeholder("musnah", "destroy", _("banyaknya usul musnah"), "3"),
            _LINK,
        ),
    ),
)
