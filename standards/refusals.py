"""The sentences of refusals and faults about standards; those of warnings: ``warnings``."""

from django.utils.translation import gettext_lazy as _

from accounts.number_patterns import PATTERN_SENTENCES
from workflow import refusals

refusals.add(
    {
        # refusals
        "standard_incomplete": _("Standar belum dapat ditetapkan. %(text)s"),
        "standard_published": _(
            "Standar ini sudah ditetapkan dan tidak dapat diubah. Buat konsep baru dari versi ini "
            "untuk mengubahnya."
        ),
        "publication_changed": _(
            "Konsep ini diubah, dihapus, atau sudah ditetapkan sejak diusulkan. Tarik usulan ini, "
            "lalu usulkan lagi."
        ),
        "publication_blocked": _(
            "Konsep ini belum dapat ditetapkan. Buka halaman versinya untuk melihat sebabnya."
        ),
        "evaluation_done": _("Evaluasi ini sudah dicatat. Evaluasi berikutnya jatuh setahun lagi."),
        "evaluation_day": _("Hari evaluasi tidak dapat sesudah hari ini."),
        "standard_has_draft": _(
            "Layanan ini sudah mempunyai konsep (versi %(number)s). Selesaikan atau hapus konsep "
            "itu sebelum membuat konsep lain."
        ),
        "file_unwritable": _(
            "Belum dapat dijadikan berkas: “%(item)s” menunjuk ke versi atau prosedur lain, atau "
            "ke dirinya sendiri. Perbaiki dahulu."
        ),
        "cell_too_long": _(
            "Teks “%(item)s …” terlalu panjang bagi satu sel XLSX (paling panjang 32.767 huruf). "
            "Unduh sebagai CSV."
        ),
        "procedure_frozen": _(
            "Prosedur ini dipakai oleh standar yang sudah ditetapkan dan tidak dapat diubah. "
            "Salin prosedur ini untuk mengubahnya."
        ),
        "not_a_standards_clerk": _("Akun Anda tidak diberi wewenang untuk tindakan ini."),
        # what is missing in the head of a version
        "effective_on_missing": _("Tanggal mulai berlaku belum diisi."),
        "effective_on_taken": _(
            "Versi lain layanan ini yang berlaku mulai %(on)s sudah dipakai permohonan. "
            "Pilih tanggal lain."
        ),
        "term_missing": _("Jangka waktu penyelesaian belum diisi."),
        "term_minimum_not_less": _(
            "Jangka waktu paling cepat harus kurang dari yang paling lama; kosongkan bila standar "
            "menjanjikan satu angka."
        ),
        "target_not_shorter": _("Target internal harus lebih pendek dari jangka waktu."),
        "validity_zero": _("Masa berlaku sekurangnya satu bulan; kosongkan bila tidak dibatasi."),
        "product_missing": _("Produk layanan belum diisi."),
        "certificate_title_missing": _("Judul dokumen izin belum diisi."),
        "number_pattern_missing": _("Pola nomor dokumen belum diisi."),
        **PATTERN_SENTENCES,
        "number_pattern_twice": _(
            "Pola nomor “%(pattern)s” dipakai dua dokumen standar ini. Beri tiap dokumen pola "
            "sendiri."
        ),
        "number_pattern_taken": _(
            "Pola nomor “%(pattern)s” sudah dipakai layanan %(service)s di kantor ini, sehingga "
            "dua dokumen akan bernomor sama. Bedakan polanya, misalnya dengan kode layanan."
        ),
        "refusal_fact_recorded": _(
            "Isi surat penolakan menyebut “%(fact)s”, yang baru dicatat petugas pada suatu "
            "langkah. Penolakan dapat diputus sebelum itu: hapus kodenya."
        ),
        "number_pattern_of_other_book": _(
            "Pola nomor “%(pattern)s” sudah dipakai dokumen lain layanan ini pada versi terdahulu, "
            "sehingga nomornya dapat terulang. Bedakan polanya."
        ),
        "number_pattern_of_letters": _(
            "Pola nomor “%(pattern)s” adalah pola nomor surat kantor ini, sehingga dua dokumen "
            "akan bernomor sama. Bedakan polanya."
        ),
        "statement_place_unknown": _(
            "Isi dokumen izin menyebut %(name)s, yang tidak dikenal. Pakai kode isian standar ini "
            "atau salah satu kata yang tertulis di bawah kolomnya."
        ),
        "statement_fact_too_late": _(
            "Isi dokumen izin menyebut isian %(fact)s, yang pada prosedur %(procedure)s belum "
            "dicatat ketika konsepnya disusun."
        ),
        # papers beside the permit
        "paper_key_twice": _("Dokumen lain: kode %(key)s dipakai lebih dari sekali."),
        "paper_without_step": _(
            "Dokumen %(item)s tidak dibuat pada langkah mana pun: isi langkah penyusunannya."
        ),
        "paper_without_signer": _(
            "Dokumen %(item)s belum mempunyai penanda tangan: isi langkah penandatanganannya."
        ),
        "paper_place_unknown": _(
            "Dokumen %(item)s menyebut %(name)s, yang tidak dikenal. Pakai kode isian standar ini "
            "atau salah satu kata yang tertulis di bawah kolom isi."
        ),
        "paper_step_unknown": _(
            "Dokumen %(item)s: prosedur %(procedure)s tidak mempunyai tepat satu langkah nomor "
            "%(step)s."
        ),
        "paper_step_wrong": _(
            "Dokumen %(item)s: langkah %(step)s prosedur %(procedure)s bukan pekerjaan biasa."
        ),
        "paper_step_parallel": _(
            "Dokumen %(item)s: langkah %(step)s prosedur %(procedure)s dikerjakan bersamaan dengan "
            "langkah lain. Susun dan tandatangani dokumennya pada langkah sebelum atau sesudahnya."
        ),
        "paper_signed_by_several": _(
            "Dokumen %(item)s: langkah %(step)s menandatanganinya dan tidak boleh mempunyai "
            "pelaksana lain. Minta bagian mereka pada langkah sebelumnya."
        ),
        "paper_initialed_by_several": _(
            "Dokumen %(item)s: langkah %(step)s memarafnya dan tidak boleh mempunyai pelaksana "
            "lain. Minta bagian mereka pada langkah sebelumnya."
        ),
        "paper_initialed_out_of_order": _(
            "Dokumen %(item)s: pada prosedur %(procedure)s langkah paraf %(step)s tidak berada "
            "antara penyusunan dan penandatanganannya."
        ),
        "paper_step_too_early": _(
            "Dokumen %(item)s: langkah %(step)s prosedur %(procedure)s mendahului pemeriksaan "
            "kelengkapan."
        ),
        "paper_signed_too_early": _(
            "Dokumen %(item)s: pada prosedur %(procedure)s langkah penandatanganan %(step)s "
            "mendahului penyusunannya."
        ),
        "paper_fact_too_late": _(
            "Dokumen %(item)s menyebut isian %(fact)s, yang pada prosedur %(procedure)s belum "
            "dicatat pada langkah %(step)s."
        ),
        "paper_step_records": _(
            "Langkah %(step)s memaraf atau menandatangani dokumen %(item)s dan tidak mencatat "
            "isian. Catat isian %(fact)s pada langkah lain."
        ),
        "paper_step_shared": _(
            "Langkah %(step)s dipakai untuk lebih dari satu tindakan atas dokumen lain. Satu "
            "langkah untuk satu penyusunan, satu paraf, atau satu penandatanganan."
        ),
        "fee_missing": _("Tarif belum diisi. Layanan gratis memerlukan satu baris tarif Rp 0."),
        "procedure_missing": _("Belum ada prosedur (SOP) yang dipilih."),
        # components
        "component_missing": _("Komponen %(component)s belum ada."),
        "component_empty": _("Komponen %(component)s masih kosong."),
        "component_untitled": _("Komponen %(component)s belum mempunyai judul."),
        # facts, requirements
        "fact_key_twice": _("Isian: kode %(key)s dipakai lebih dari sekali."),
        "fact_without_choices": _("Isian %(item)s: daftar pilihannya belum diisi."),
        "requirement_group_elsewhere": _("Persyaratan %(item)s: kelompoknya milik versi lain."),
        "requirement_parent_elsewhere": _(
            "Persyaratan %(item)s: butir induknya berada di kelompok lain."
        ),
        "requirement_circular": _("Persyaratan %(item)s menjadi induk dari dirinya sendiri."),
        "requirement_content_alone": _(
            "Persyaratan %(item)s: isi berkas harus mempunyai butir induk yang memuatnya."
        ),
        "requirement_without_options": _(
            "Persyaratan %(item)s: belum ada butir bawahan yang dapat dipilih."
        ),
        "fact_reserved": _(
            "Isian %(item)s memakai kode %(key)s, yang disediakan portal. Pakai kode lain, atau "
            "hapus baris itu lalu beri centang pada Jenis permohonan dan wakil."
        ),
        "step_of_partner": _(
            "Langkah %(item)s dikerjakan lembaga mitra. Lembaga mitra hanya mengerjakan pekerjaan "
            "biasa, pemeriksaan, dan pembayaran."
        ),
        "paper_of_partner": _(
            "Langkah %(item)s memaraf atau menandatangani dokumen lain dan dikerjakan lembaga "
            "mitra. Dokumen kantor diparaf dan ditandatangani pejabat kantor sendiri."
        ),
        "fact_carried_at_step": _(
            "Isian %(item)s dicatat petugas pada langkah, jadi tidak dapat dibawa dari izin "
            "sebelumnya."
        ),
        "fact_step_unknown": _(
            "Isian %(item)s diisi pada langkah %(number)s, tetapi prosedur %(procedure)s tidak "
            "mempunyai tepat satu langkah bernomor itu."
        ),
        "fact_step_wrong": _(
            "Isian %(item)s: langkah %(number)s pada prosedur %(procedure)s tidak dapat "
            "mencatatnya. Pilih pekerjaan biasa atau pemeriksaan tim teknis sesudah berkas dikirim."
        ),
        "fact_document_asked": _(
            "Isian %(item)s: dokumen dari pemohon ditulis sebagai persyaratan. Pilih langkah yang "
            "petugasnya melampirkan dokumen ini."
        ),
        "fact_document_printed": _(
            "Isian %(item)s: sebuah dokumen tidak dapat tercetak pada dokumen izin."
        ),
        "fact_step_nik": _(
            "Isian %(item)s: NIK hanya ditanyakan kepada pemohon, tidak dicatat pada langkah "
            "%(number)s prosedur %(procedure)s."
        ),
        # conditions
        "condition_unreadable": _(
            "Baris %(line)s tidak dapat dibaca: “%(part)s”. Tulis misalnya modal_asing = ya; "
            "luas >= 100."
        ),
        "condition_malformed": _("Ini bukan syarat."),
        "condition_too_long": _("Syarat ini terlalu bercabang. Sederhanakan."),
        "condition_branches": _("%(item)s: syaratnya terlalu bercabang. Sederhanakan."),
        "condition_fact_unknown": _("%(item)s: tidak ada isian dengan kode %(fact)s."),
        "condition_circular": _(
            "%(item)s: isian “%(fact)s” menunggu jawaban yang akhirnya bergantung pada dirinya "
            "sendiri."
        ),
        "condition_too_early": _(
            "%(item)s: isian “%(fact)s” baru ditanyakan sesudahnya. Pindahkan isian itu ke depan."
        ),
        "condition_operator_wrong": _(
            "%(item)s: isian “%(fact)s” tidak dapat dibandingkan dengan cara itu."
        ),
        "condition_value_wrong": _(
            "%(item)s: “%(value)s” bukan jawaban yang mungkin untuk isian “%(fact)s”."
        ),
        "condition_never": _("%(item)s: syaratnya tidak pernah dapat terpenuhi."),
        # procedures
        "procedure_of_other_office": _("Prosedur %(procedure)s milik unit penyelenggara lain."),
        "procedure_needs_file": _(
            "Prosedur %(procedure)s harus mempunyai tepat satu langkah pemohon mengajukan berkas."
        ),
        "procedure_needs_check": _(
            "Prosedur %(procedure)s harus mempunyai tepat satu langkah pemeriksaan kelengkapan."
        ),
        "procedure_needs_draft": _(
            "Prosedur %(procedure)s harus mempunyai tepat satu langkah menyusun konsep dokumen."
        ),
        "procedure_needs_sign": _(
            "Prosedur %(procedure)s harus mempunyai tepat satu langkah tanda tangan pimpinan."
        ),
        "procedure_needs_number": _(
            "Prosedur %(procedure)s harus mempunyai tepat satu langkah penomoran."
        ),
        "procedure_needs_hand_over": _(
            "Prosedur %(procedure)s harus mempunyai tepat satu langkah penyerahan kepada pemohon."
        ),
        "procedure_acts_before_filing": _(
            "Prosedur %(procedure)s: sebelum pengajuan berkas hanya boleh ada pekerjaan biasa, "
            "misalnya pemberian informasi atau pembuatan akun."
        ),
        "procedure_check_out_of_order": _(
            "Prosedur %(procedure)s: pemeriksaan kelengkapan harus sesudah pengajuan berkas dan "
            "sebelum konsep dokumen disusun."
        ),
        "procedure_hands_over_too_early": _(
            "Prosedur %(procedure)s: penyerahan kepada pemohon harus sesudah penomoran."
        ),
        "procedure_signs_out_of_order": _(
            "Prosedur %(procedure)s: urutannya harus konsep, paraf, tanda tangan, lalu penomoran."
        ),
        "procedure_skips_what_must_be": _(
            "Prosedur %(procedure)s: hanya pekerjaan biasa, pemeriksaan tim teknis, pembayaran, "
            "dan kuesioner yang boleh dilewati dengan alasan."
        ),
        "procedure_clock_stands_at_paper": _(
            "Prosedur %(procedure)s: jam layanan hanya boleh berhenti pada pekerjaan biasa, "
            "pemeriksaan tim teknis, pembayaran, dan kuesioner."
        ),
        "procedure_step_without_desk": _(
            "Prosedur %(procedure)s: ada langkah tanpa jabatan yang mengerjakan atau mencatatnya."
        ),
        "procedure_returns_forward": _(
            "Prosedur %(procedure)s: ada langkah yang mengembalikan berkas ke langkah sesudahnya."
        ),
        "procedure_too_many_cases": _(
            "Prosedur %(procedure)s: syarat langkah-langkahnya membedakan terlalu banyak keadaan "
            "untuk diperiksa satu per satu. Sederhanakan."
        ),
        "procedure_role_elsewhere": _(
            "Prosedur %(procedure)s: ada langkah yang pelaksananya milik prosedur lain."
        ),
        "performers_wrong_kind": _(
            "Langkah %(item)s (prosedur %(procedure)s): pelaksana lain hanya boleh ada pada "
            "pekerjaan biasa dan pemeriksaan tim teknis."
        ),
        "performer_without_position": _(
            "Langkah %(item)s (prosedur %(procedure)s): kolom “%(performer)s” tidak mempunyai "
            "jabatan, jadi bagiannya tidak dapat dikerjakan siapa pun."
        ),
        "performer_twice": _(
            "Langkah %(item)s (prosedur %(procedure)s): jabatan di kolom “%(performer)s” sudah "
            "mengerjakan langkah ini. Hapus dari pelaksana lain."
        ),
        "procedure_parallel_wrong_kind": _(
            "Prosedur %(procedure)s: hanya pekerjaan biasa yang dapat dikerjakan bersamaan dengan "
            "langkah di sebelahnya."
        ),
        "procedure_parallel_out_of_place": _(
            "Prosedur %(procedure)s: langkah yang dikerjakan bersamaan harus sesudah pemeriksaan "
            "kelengkapan dan sebelum penyerahan."
        ),
        "procedure_parallel_never_meets": _(
            "Prosedur %(procedure)s: sesudah langkah-langkah yang dikerjakan bersamaan harus ada "
            "langkah yang menunggu semuanya selesai: pekerjaan biasa, pemeriksaan tim teknis, "
            "atau penyusunan konsep, dan langkah itu tidak boleh dilewati."
        ),
        "parallel_alone": _(
            "Langkah %(item)s (prosedur %(procedure)s) dikerjakan bersamaan, tetapi langkah di "
            "sebelahnya tidak. Tandai langkah yang berjalan bersamanya juga."
        ),
        "parallel_with_performers": _(
            "Langkah %(item)s (prosedur %(procedure)s) dikerjakan bersamaan dan tidak boleh "
            "mempunyai pelaksana lain. Beri setiap pelaksana langkahnya sendiri."
        ),
        "parallel_returns": _(
            "Langkah %(item)s (prosedur %(procedure)s) dikerjakan bersamaan dan tidak "
            "mengembalikan berkas. Langkah yang menunggu semuanya selesai yang mengembalikannya."
        ),
        "returns_to_parallel": _(
            "Langkah %(item)s (prosedur %(procedure)s) kembali ke langkah yang dikerjakan "
            "bersamaan. Pilih langkah yang menunggu semuanya selesai: semuanya dimintai lagi."
        ),
        "procedure_return_elsewhere": _(
            "Prosedur %(procedure)s: ada langkah yang kembali ke langkah milik prosedur lain."
        ),
        # fees
        "fee_without_tariff": _("Tarif %(item)s: jumlahnya belum diisi."),
        "fee_without_units": _("Tarif %(item)s: isian yang dikalikan dengan tarif belum ditulis."),
        "fee_unit_unknown": _("Tarif %(item)s: tidak ada isian dengan kode %(fact)s."),
        "fee_unit_no_number": _(
            "Tarif %(item)s: isian “%(fact)s” bukan angka dan tidak dapat dikalikan dengan tarif."
        ),
        "fee_unit_optional": _(
            "Tarif %(item)s: isian “%(fact)s” harus wajib diisi karena tarif dikalikan dengannya."
        ),
        "fee_table_empty": _("Tarif %(item)s: tabel tarifnya belum mempunyai baris."),
        "fee_without_limits": _(
            "Tarif %(item)s: isi jumlah paling sedikit dan paling banyak yang boleh ditetapkan "
            "petugas."
        ),
        "fee_entered_without_step": _(
            "Tarif %(item)s: belum ada langkah SOP tempat petugas menetapkan jumlahnya."
        ),
        "fee_step_unknown": _(
            "Tarif %(item)s: prosedur %(procedure)s tidak mempunyai langkah nomor %(step)s."
        ),
        "fee_step_too_early": _(
            "Tarif %(item)s: langkah nomor %(step)s pada prosedur %(procedure)s belum sesudah "
            "pemeriksaan kelengkapan."
        ),
        "fee_step_too_late": _(
            "Tarif %(item)s: langkah nomor %(step)s pada prosedur %(procedure)s baru sesudah "
            "pembayaran."
        ),
        "fee_step_survey": _(
            "Tarif %(item)s: langkah nomor %(step)s pada prosedur %(procedure)s adalah kuesioner, "
            "tempat petugas tidak menetapkan apa-apa."
        ),
        "fee_step_parallel": _(
            "Tarif %(item)s: langkah nomor %(step)s pada prosedur %(procedure)s dikerjakan "
            "bersamaan dengan langkah lain. Tetapkan tarifnya pada langkah sesudahnya."
        ),
        "fee_fact_too_late": _(
            "Tarif %(item)s: isian “%(fact)s” baru dicatat pada langkah %(step)s prosedur "
            "%(procedure)s, sesudah pembayaran."
        ),
        "fee_fact_unknown_yet": _(
            "Tarif %(item)s: isian “%(fact)s” pada prosedur %(procedure)s harus dicatat sebelum "
            "langkah %(step)s, tempat jumlahnya ditetapkan."
        ),
        "permit_always": _(
            "Dokumen izin lain “%(item)s”: syaratnya kosong. Tulis syaratnya, atau ubah dokumen "
            "izin biasa."
        ),
        "closure_with_validity": _(
            "Dokumen “%(item)s” mengakhiri izin, jadi tidak mempunyai masa berlaku. Kosongkan masa "
            "berlakunya."
        ),
        "term_always": _(
            "Jangka waktu lain %(item)s: syaratnya kosong. Tulis syaratnya, atau ubah jangka waktu "
            "biasa."
        ),
        "terms_overlap": _(
            "Jangka waktu %(one)s dan %(other)s berlaku sekaligus untuk sebagian permohonan. Ubah "
            "syaratnya sehingga selalu tepat satu yang berlaku."
        ),
        "eligibility_always": _(
            "Yang tidak dapat diajukan, %(item)s: syaratnya kosong, sehingga tidak ada permohonan "
            "yang dapat diajukan. Tulis syaratnya, atau hapus barisnya."
        ),
        "eligibility_not_given": _(
            "Yang tidak dapat diajukan, %(item)s: “tidak diisi” sudah terpenuhi sebelum pemohon "
            "menjawab. Pakai jawaban yang dapat diberikan, atau jadikan isiannya wajib."
        ),
    }
)
