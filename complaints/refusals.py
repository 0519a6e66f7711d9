"""Messages for the error codes of complaints."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        "complaint_not_classified": _(
            "Tentukan dahulu kategori atau bobot pengaduan ini, agar jelas siapa yang harus "
            "menyetujui jawabannya."
        ),
        "apip_without_consent": _(
            "Pelibatan APIP memerlukan persetujuan kepala dinas yang tercatat."
        ),
        "not_a_complaint_officer": _("Hanya petugas pengaduan kantor ini yang dapat melakukannya."),
        "no_part_in_complaints": _(
            "Hanya yang mempunyai peran dalam pengaduan di kantor ini yang dapat melihatnya."
        ),
        "not_the_secretary": _(
            "Hanya yang berperan sebagai sekretaris yang dapat memeriksa laporan bulanan."
        ),
        "report_own": _("Anda ikut menyusun laporan ini, jadi orang lain yang memeriksanya."),
        "report_too_early": _("Laporan disusun setelah bulannya berakhir."),
        "report_changed": _(
            "Isi laporan sudah disusun ulang sejak Anda membukanya. Baca isi terbaru di bawah."
        ),
        "not_the_owner": _("Hanya penanggung jawab pengaduan ini yang dapat melakukannya."),
        "complaint_not_the_head": _("Hanya kepala dinas yang dapat memutuskannya."),
        "complaint_closed": _("Pengaduan ini sudah ditutup."),
        "complained_about": _("Yang diadukan tidak menangani pengaduannya sendiri."),
        "identity_hidden_from_unit": _(
            "Pengadu meminta identitasnya disembunyikan dari unit yang menangani berkasnya."
        ),
        "identity_not_yours": _(
            "Identitas pengadu hanya dibuka oleh penanggung jawab pengaduan dan kepala dinas."
        ),
        "service_elsewhere": _("Layanan itu bukan layanan kantor ini."),
        "not_an_owner": _(
            "Yang dipilih bukan petugas pengaduan atau kepala kantor ini, atau termasuk yang "
            "diadukan."
        ),
        "nobody_above": _(
            "Tidak ada lagi atasan yang dapat diberi tahu: jabatan di atasnya sudah menerima "
            "laporan ini atau belum ditetapkan."
        ),
        "apip_agreed_already": _("Pelibatan APIP sudah disetujui untuk pengaduan ini."),
        "nothing_asked": _("Tidak ada permintaan pelibatan APIP yang menunggu keputusan."),
        "merge_itself": _("Pilih pengaduan lain: nomor ini nomor pengaduan yang sedang dibuka."),
        "merge_unknown": _("Tidak ada pengaduan dengan nomor itu yang dapat Anda buka."),
        "merge_elsewhere": _("Pengaduan itu bukan pengaduan kantor ini yang Anda tangani."),
        "merge_into_closed": _(
            "Pengaduan yang dituju sudah ditutup. Tautkan saja, agar laporan ini tetap dijawab."
        ),
        "merge_into_newer": _(
            "Gabungkan ke pengaduan yang lebih dahulu masuk, agar tidak ada janji yang mundur."
        ),
        "merge_into_suggestion": _("Pengaduan tidak dapat digabungkan ke dalam saran."),
        "result_missing": _("Tulis hasil langkah ini terlebih dahulu."),
        "inquiry_incomplete": _("Tulis dengan siapa dan kapan klarifikasi itu dilakukan."),
        "held_in_future": _("Tanggal pelaksanaan tidak boleh sesudah hari ini."),
        "study_incomplete": _("Telaah belum lengkap. Isi dahulu: %(missing)s."),
        "answer_empty": _("Tulis isi jawaban terlebih dahulu."),
        "answer_changed": _(
            "Konsep sudah berubah sejak Anda membukanya. Baca konsep terbaru sebelum menyetujui."
        ),
        "answer_four_eyes": _(
            "Anda ikut menyusun konsep jawaban ini, jadi orang lain yang menyetujuinya."
        ),
        "level_passed": _("Jenjang ini sudah memutuskan. Keadaan terbaru ditampilkan di bawah."),
        "nothing_to_agree": _("Tidak ada konsep jawaban yang menunggu persetujuan."),
        "not_your_level": _("Konsep ini menunggu persetujuan jabatan lain."),
        "paper_missing": _(
            "Tulis dengan siapa disepakati, serta nomor dan tanggal surat persetujuannya."
        ),
        "already_sending": _("Jawaban sudah dikirim atau sedang dikirim."),
        "way_unknown": _("Jawaban tidak dapat disampaikan melalui saluran itu."),
        "proof_missing_message": _("Tulis nomor atau waktu pesan yang terkirim sebagai bukti."),
        "proof_missing_letter": _("Tulis nomor dan tanggal surat jawaban sebagai bukti."),
        "proof_missing_call": _(
            "Tulis catatan percakapan telepon: tanggal, jam, dan apa yang disampaikan."
        ),
        "proof_missing_meeting": _(
            "Tulis catatan penyampaian langsung: tanggal, tempat, dan tanda terimanya."
        ),
        "proof_missing_posting": _("Tulis tautan, nomor tanggapan, atau tempat jawaban diumumkan."),
        "received_in_future": _("Tanggal diterima tidak boleh sesudah hari ini."),
        "received_long_ago": _("Tanggal diterima lebih dari setahun yang lalu. Periksa tahunnya."),
        "served_after_receipt": _(
            "Tanggal menerima pelayanan tidak boleh sesudah tanggal pengaduan diterima."
        ),
        "nothing_added": _("Tulis keterangan atau pilih berkas terlebih dahulu."),
        "no_answer": _("Laporan ini belum dijawab."),
        "rated_already": _("Jawaban ini sudah Anda nilai. Terima kasih."),
        "reopened_already": _("Pengaduan hanya dapat dibuka kembali satu kali."),
        "reopen_too_late": _("Batas waktu membuka kembali pengaduan ini sudah lewat."),
        "too_many_files": _("Paling banyak %(most)s berkas. Hapus satu untuk menambah yang lain."),
        "file_of_other_office": _("Berkas itu bukan berkas kantor ini."),
    }
)
