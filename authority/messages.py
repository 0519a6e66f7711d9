"""Kinds of messages about power over others. All leave at once."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import Audience, Kind, Placeholder, register

_NAME = Placeholder("nama", "name", _("nama penerima"), "Siti Aminah")
_WHAT = Placeholder(
    "isi", "what", _("apa yang diusulkan"), "Budi Santoso menjadi Plh. Kepala Dinas"
)
_BY = Placeholder("pengusul", "by", _("nama pengusul"), "Rina Oktavia")
_DECREE = Placeholder(
    "keputusan", "decree", _("surat keputusan"), "800/12/2026 tanggal 27 November 2026"
)
_OFFICE = Placeholder("kantor", "office", _("nama kantor"), "DPMPTSP Kota Contoh")
_LINK = Placeholder("tautan", "path", _("tautan ke usulan"), "/usulan/", link=True)
_PROPOSAL = (_NAME, _WHAT, _BY, _DECREE, _OFFICE, _LINK)

register(
    Kind(
        "authority/proposed",
        _("Usulan wewenang menunggu orang kedua"),
        Audience.OFFICER,
        _PROPOSAL,
        urgent=True,
        meaning="attention",
        fixed=True,
    ),
    Kind(
        "authority/settled",
        _("Usulan wewenang selesai"),
        Audience.OFFICER,
        (
            *_PROPOSAL,
            Placeholder("hasil", "outcome", _("hasil usulan"), "Disetujui, oleh Rina Oktavia"),
            Placeholder("catatan", "note", _("alasan"), "Surat keputusannya belum ada."),
            Placeholder("petunjuk", "hint", _("petunjuk"), "Buat kata sandi baru."),
        ),
        urgent=True,
        meaning="attention",
        fixed=True,
    ),
    Kind(
        "authority/alone",
        _("Kantor menyatakan hanya punya satu administrator"),
        Audience.OFFICER,
        (_NAME, _BY, _OFFICE, _LINK),
        urgent=True,
        meaning="attention",
        fixed=True,
    ),
    Kind(
        "authority/operator",
        _("Perbuatan pengelola server"),
        Audience.OFFICER,
        (
            _NAME,
            Placeholder("isi", "what", _("apa yang dilakukan"), "Kunci tanda tangan dipasang"),
            Placeholder("tentang", "about", _("orang atau kantor"), "DPMPTSP Kota Contoh"),
            Placeholder("atas_nama", "names", _("dua nama"), "Rina Oktavia, Budi Santoso"),
            Placeholder("keterangan", "detail", _("keterangan"), "Kunci baru 2026"),
            _LINK,
        ),
        urgent=True,
        meaning="attention",
        fixed=True,
    ),
)
