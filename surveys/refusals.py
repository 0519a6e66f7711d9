"""Messages for the error codes of surveys."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        "survey_answered": _("Survei untuk berkas ini sudah diisi. Terima kasih."),
        "survey_over": _("Waktu mengisi survei ini sudah berakhir."),
        "survey_without_file": _(
            "Permohonan ini berakhir tanpa hasil, sehingga tidak ada pelayanan yang dinilai."
        ),
        "survey_own_work": _(
            "Anda ikut mengerjakan berkas ini. Minta rekan yang tidak mengerjakannya mencatat "
            "lembar surveinya."
        ),
        "survey_tablet_own_work": _(
            "Tablet ini dibuka oleh petugas yang ikut mengerjakan berkas Anda. Minta petugas lain "
            "membukanya, atau isi survei dari ponsel: pindai kode QR pada tanda terima."
        ),
        "survey_not_your_office": _("Berkas ini bukan berkas kantor Anda."),
        "survey_unknown": _(
            "Tautan survei ini tidak dikenal. Periksa apakah alamatnya tersalin lengkap."
        ),
        "survey_not_yet": _(
            "Survei untuk berkas ini belum dibuka. Survei dibuka setelah dokumennya terbit, atau "
            "saat berkas sampai pada langkah kuesioner. Pindai atau buka lagi setelah itu; "
            "undangannya juga dikirim kepada Anda."
        ),
        "survey_none_published": _("Kantor ini belum menetapkan kuesioner survei."),
        "survey_tablet_closed": _("Tablet survei belum dibuka. Minta petugas membukanya."),
        "survey_tablet_signed_in": _(
            "Tablet survei tertutup selama seseorang masuk ke akun. Keluar dari akun, lalu minta "
            "petugas membukanya lagi."
        ),
        "survey_not_open": _("Kantor ini tidak membuka survei untuk umum."),
        "survey_published": _(
            "Versi kuesioner ini sudah ditetapkan dan tidak dapat diubah. Buat salinannya."
        ),
        "survey_elements_missing": _("Belum ada pertanyaan untuk unsur: %(missing)s."),
        "survey_weights": _(
            "Bobot harus diisi pada semua pertanyaan yang masuk indeks dan berjumlah tepat 1, atau "
            "dikosongkan semua."
        ),
        "survey_plan_missing": _(
            "Rencana tindak lanjut belum lengkap: tulis program, bulan dan penanggung jawab setiap "
            "unsur."
        ),
        "survey_consulted_missing": _(
            "Tulis tanggal Forum Konsultasi Publik yang membahas rencana ini."
        ),
        "follow_up_done": _("Tindak lanjut ini sudah dicatat selesai."),
        "follow_up_day": _("Hari selesai tidak boleh sebelum dibuka atau setelah hari ini."),
        "follow_up_evidence": _("Tulis buktinya: nomor dokumen, alamat halaman, atau foto."),
        "survey_extra_full": _("Paling banyak %(most)s pertanyaan tambahan."),
        "survey_extra_gone": _("Pertanyaan tambahan itu sudah tidak ditanyakan."),
        "survey_draft_exists": _("Masih ada konsep versi kuesioner ini. Selesaikan konsep itu."),
    }
)
