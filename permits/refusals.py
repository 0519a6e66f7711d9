"""The messages of the domain errors of permits."""

from django.utils.translation import gettext_lazy as _

from workflow.refusals import add

add(
    {
        "not_your_file": _("Berkas ini bukan milik Anda."),
        "file_is_sent": _("Permohonan sudah dikirim dan tidak dapat diubah lagi."),
        "register_behind": _(
            "Nomor belum dapat diberikan: buku nomor tertinggal dari dokumen yang sudah "
            "ditandatangani. Administrator sudah diberi tugas."
        ),
        "already_signed": _("Dokumen sudah ditandatangani."),
        "own_application": _("Anda tidak boleh memproses permohonan Anda sendiri."),
        "not_at_a_desk": _("Berkas ini sedang tidak berada di meja petugas."),
        "not_your_desk": _("Berkas ini berada di meja jabatan lain."),
        "parts_missing": _(
            "Langkah ini belum dapat diselesaikan: bagian %(who)s belum masuk. Tunggu bagian itu, "
            "atau kembalikan berkas dengan alasan."
        ),
        "rows_missing": _(
            "Langkah ini dimulai setelah langkah-langkah yang dikerjakan bersamaan selesai."
        ),
        "part_is_in": _("Bagian Anda pada langkah ini sudah masuk."),
        "not_your_part": _("Langkah ini tidak meminta bagian dari jabatan Anda."),
        "not_this_step": _("Tindakan ini bukan bagian dari langkah yang sedang berjalan."),
        "already_received": _("Penerimaan berkas sudah dicatat."),
        "step_is_needed": _("Langkah ini wajib menurut SOP dan tidak dapat dilewati."),
        "power_of_attorney_ended": _(
            "Surat kuasa wakil sudah berakhir pada %(day)s. Ganti dengan surat kuasa yang masih "
            "berlaku, lalu betulkan tanggalnya."
        ),
        "previous_not_a_permit": _("%(number)s adalah surat atau keputusan lain, bukan izin."),
        "previous_of_other_service": _(
            "%(number)s adalah izin layanan lain. Tulis nomor izin dari layanan ini."
        ),
        "previous_ended": _(
            "Izin %(number)s sudah dicabut, dibatalkan, atau diganti. Tulis nomor izin yang "
            "menggantikannya, atau ajukan permohonan baru."
        ),
        "previous_not_issued": _("Izin %(number)s belum terbit."),
        "recorded_facts_missing": _("Isi dengan benar: %(missing)s."),
        "step_moved": _(
            "Berkas ini sudah dikerjakan petugas lain atau tombol tertekan dua kali. "
            "Keadaan terbaru ditampilkan di bawah."
        ),
        "not_the_head": _("Hanya kepala kantor yang dapat mengubah hitungan waktu layanan."),
        "clock_not_running": _("Waktu layanan berkas ini sedang tidak berjalan."),
        "correction_in_future": _("Waktu yang benar tidak boleh di masa depan."),
        "correction_out_of_order": _(
            "Waktu ini melompati kejadian lain. Urutan kejadian tidak boleh berubah."
        ),
        "four_eyes": _("Penyusun konsep tidak boleh menandatangani dokumen yang disusunnya."),
        "initials_bar_signing": _(
            "Menurut aturan kantor ini, pemberi paraf tidak boleh menandatangani dokumen yang "
            "diparafnya. Dokumen ini menunggu pemegang jabatan yang lain."
        ),
        "not_issued_yet": _("Dokumen belum dapat diambil."),
        "procedure_broken": _("Prosedur layanan ini tidak lengkap. Hubungi administrator."),
        "trial_moved": _("Uji coba ini sudah berubah. Lihat keadaannya sekarang, lalu coba lagi."),
        "number_pattern_wrong": _("Pola nomor dokumen tidak dapat dipakai: %(pattern)s"),
        "application_incomplete": _("Masih ada yang harus dilengkapi: %(missing)s."),
        "application_hindered": _("Permohonan ini tidak dapat berhasil. %(text)s"),
        "not_declared_true": _("Centang pernyataan kebenaran data sebelum mengirim."),
        "standard_changed": _(
            "Standar pelayanan ini sudah berganti sejak konsep dibuat. "
            "Periksa kembali persyaratannya, lalu kirim."
        ),
        "closed_to_new": _("Layanan ini tidak menerima permohonan baru sejak %(day)s. %(note)s"),
        "kind_closed": _("%(kind)s tidak diterima mulai %(day)s. %(note)s"),
        "service_closed": _("Layanan ini sedang tidak menerima permohonan."),
        "verdict_of_colleague": _(
            "%(officer)s baru saja menilai berkas ini: %(result)s. Penilaian itu ditampilkan; "
            "nilai lagi hanya bila Anda memang berbeda pendapat."
        ),
        "answer_of_colleague": _(
            "%(officer)s baru saja menilai isian ini: %(result)s. Penilaian itu ditampilkan; "
            "nilai lagi hanya bila Anda memang berbeda pendapat."
        ),
        "draft_of_colleague": _(
            "%(officer)s menyimpan kalimat lain sejak Anda membuka halaman ini. Kalimat itu "
            "ditampilkan di atas; simpan lagi hanya bila kalimat Anda yang berlaku."
        ),
        "papers_unopened": _(
            "Belum dibuka: %(papers)s. Buka dahulu, atau nyatakan lengkap tanpa membukanya."
        ),
        "verdicts_missing": _("Belum semua berkas diperiksa: %(missing)s."),
        "documents_refused": _(
            "Masih ada berkas yang tidak sesuai atau tidak ada. Kembalikan untuk dilengkapi."
        ),
        "nothing_refused": _(
            "Tandai dahulu berkas atau isian yang tidak sesuai atau tidak ada, agar pemohon tahu "
            "apa yang harus dilengkapi."
        ),
        "reason_missing": _("Tulis alasan mengapa berkas tidak sesuai."),
        "not_a_requirement": _("Persyaratan ini tidak berlaku untuk permohonan ini."),
        "answers_refused": _(
            "Masih ada isian yang ditandai perlu diperbaiki. Kembalikan untuk dilengkapi."
        ),
        "not_an_answer": _("Isian ini tidak ada pada permohonan ini."),
        "answer_locked": _("Isian ini sudah dinyatakan sesuai dan tidak diubah lagi: %(label)s."),
        "too_many_documents": _("Paling banyak %(most)s berkas untuk satu persyaratan."),
        "requirement_locked": _("Berkas ini sudah dinyatakan sesuai; tidak perlu diunggah lagi."),
        "no_way_back": _("Tidak ada langkah kantor sebelum langkah ini."),
        "refusal_missing": _("Tidak ada usul penolakan yang menunggu keputusan."),
        "paper_being_signed": _(
            "Dokumen langkah ini sedang ditandatangani secara elektronik; berkas diteruskan "
            "sendiri sesudahnya."
        ),
        "paper_unsigned": _(
            "Langkah ini menandatangani dokumen: berkas diteruskan sendiri begitu ditandatangani."
        ),
        "paper_not_initialed": _(
            "Langkah ini memaraf dokumen: berkas diteruskan begitu paraf dibubuhkan."
        ),
        "refusal_open": _("Berkas ini diusulkan ditolak. Putuskan usul itu lebih dahulu."),
        "opening_reason_missing": _("Tulis alasan Anda membuka data permohonan ini."),
        "refusal_four_eyes": _(
            "Pengusul tidak boleh memutuskan sendiri penolakan yang diusulkannya."
        ),
        "draft_missing": _("Konsep dokumen belum disusun."),
        "draft_changed": _(
            "Konsep sudah berubah sejak Anda membukanya. Baca konsep terbaru sebelum menyetujui."
        ),
        "grounds_changed": _(
            "Salah satu dasar hukumnya dicabut atau diubah setelah konsep ini disusun. Kembalikan "
            "kepada penyusun, lalu simpan konsepnya sekali lagi."
        ),
        "initials_missing": _("Belum semua paraf lengkap untuk konsep ini."),
        "not_an_officer_here": _("Tindakan ini untuk petugas kantor yang menerbitkan dokumen."),
        "not_a_permit": _("Surat penolakan tidak diganti. Usulkan pembatalannya."),
        "paper_ended": _("Dokumen ini sudah dicabut, dibatalkan, atau diganti."),
        "paper_moved": _(
            "Keadaan dokumen ini berubah sejak halaman dibuka. Keadaan terbaru ditampilkan; "
            "ulangi bila masih perlu."
        ),
        "order_open": _("Masih ada usul tentang dokumen ini yang menunggu putusan."),
        "order_decided": _("Usul ini sudah diputus atau tombol tertekan dua kali."),
        "order_by_two": _("Pengusul tidak boleh memutuskan sendiri usulnya."),
        "replacement_being_signed": _("Dokumen penggantinya sedang ditandatangani."),
        "nothing_corrected": _("Belum ada yang diperbaiki. Ubah tulisan yang salah dahulu."),
        "date_ahead": _("Tanggal tidak boleh di masa depan."),
        "not_the_head_of_papers": _(
            "Hanya kepala kantor yang dapat memutuskan pencabutan, pembatalan, atau penggantian."
        ),
        "not_signed_yet": _("Dokumen belum selesai ditandatangani secara elektronik."),
        "file_empty": _("Berkas kosong. Pilih berkas lain."),
        "file_too_large": _("Berkas terlalu besar: %(size)s. Ukuran terbesar %(limit)s."),
        "file_wrong_type": _(
            "Jenis berkas tidak dapat diterima. Unggah PDF, JPEG, atau PNG yang dapat dibuka."
        ),
        "file_name_differs": _(
            "Isi berkas tidak cocok dengan namanya (%(name)s). Simpan ulang sebagai PDF, JPEG, "
            "atau PNG, lalu unggah kembali."
        ),
        "file_heic": _(
            "Foto HEIC belum dapat dibaca. Kirim sebagai JPEG: di iPhone pilih Pengaturan, Kamera, "
            "Format, Paling Kompatibel, lalu potret lagi; atau simpan foto ini sebagai JPEG atau "
            "tangkapan layar."
        ),
        "image_too_heavy": _(
            "Gambar ini terlalu besar untuk dibuka. Perkecil dahulu, atau potret lagi dengan "
            "resolusi yang lebih rendah."
        ),
        "file_locked": _("PDF ini dilindungi kata sandi. Unggah tanpa kata sandi."),
        "file_too_heavy": _(
            "PDF ini terlalu rumit untuk diperiksa. Cetak ulang ke PDF, lalu unggah kembali."
        ),
        "file_continues": _(
            "Di belakang PDF ini masih ada data lain. Buka berkasnya, cetak ke PDF, lalu unggah "
            "hasilnya."
        ),
        "file_active": _(
            "PDF ini memuat skrip, berkas lain, atau tautan ke berkas di komputer. Cetak ulang ke "
            "PDF, lalu unggah hasilnya."
        ),
        "storage_full": _(
            "Berkas tidak dapat disimpan saat ini. Isian Anda aman; coba lagi beberapa saat lagi."
        ),
        "charge_not_set": _("Tetapkan dahulu tagihan “%(item)s” di atas."),
        "charge_not_correctable": _("Tagihan ini sudah lunas atau belum ditetapkan."),
        "charge_same_amount": _("Jumlah ini sama dengan jumlah yang berlaku."),
        "not_paid_yet": _("Tagihan di langkah ini belum lunas."),
        "charge_amount_missing": _("Tulis jumlah untuk “%(item)s”."),
        "charge_outside": _("Jumlah untuk “%(item)s” harus dari %(low)s sampai %(high)s."),
        "charges_are_set": _("Tagihan di langkah ini sudah ditetapkan."),
        "paid_before_sent": _("Tanggal pembayaran lebih awal daripada permohonan ini dikirim."),
        "payment_repeated": _("Pembayaran dengan bukti, tanggal, dan jumlah ini sudah tercatat."),
        "inspection_date_ahead": _("Tanggal peninjauan tidak boleh di masa depan."),
    }
)
