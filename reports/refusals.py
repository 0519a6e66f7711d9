"""Messages for the error codes of reports."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        "report_period_open": _("Periode itu belum berakhir. Laporan disusun setelah periodenya."),
        "report_not_compiler": _("Jabatan Anda tidak bertugas menyusun laporan kantor ini."),
        "report_not_secretary": _("Hanya sekretaris pemeriksa laporan yang dapat melakukan ini."),
        "report_not_head": _("Hanya kepala kantor yang menandatangani laporan."),
        "report_own_work": _("Anda ikut menyusun laporan ini, jadi orang lain yang memeriksanya."),
        "report_own_signature": _(
            "Anda ikut menyusun laporan ini, jadi pejabat lain yang menandatanganinya sebagai "
            "kepala."
        ),
        "report_head_signs": _(
            "Kepala kantor menandatangani laporan, jadi tidak menyusunnya. Minta administrator "
            "menunjuk jabatan yang menyusun laporan."
        ),
        "report_content_changed": _(
            "Isi laporan berubah sejak halaman ini dibuka. Baca lagi isinya, lalu ulangi."
        ),
        "report_quotes_unread": _(
            "Saran warga belum dibaca. Buka halaman kalimat dan saran, hapus yang menyebut orang, "
            "lalu simpan."
        ),
        "report_paper_missing": _(
            "PDF bertanda tangan belum jadi. Laporan dapat diterbitkan setelah PDF itu ada."
        ),
        "report_no_rhythm": _("Kantor ini tidak menyusun laporan jenis itu."),
        "evidence_not_yours": _(
            "Paket bukti disusun oleh kepala kantor atau mereka yang menyusun dan memeriksa "
            "laporan kantor."
        ),
    }
)
