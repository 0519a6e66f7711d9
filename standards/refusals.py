"""The sentences of refusals, faults and warnings about standards."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        # refusals
        "standard_incomplete": _("Standar belum dapat ditetapkan. %(text)s"),
        "standard_published": _(
            "Standar ini sudah ditetapkan dan tidak dapat diubah. Buat konsep baru dari versi ini "
            "untuk mengubahnya."
        ),
        "evaluation_done": _("Evaluasi ini sudah dicatat. Evaluasi berikutnya jatuh setahun lagi."),
        "standard_has_draft": _(
            "Layanan ini sudah mempunyai konsep (versi %(number)s). Selesaikan atau hapus konsep "
            "itu sebelum membuat konsep lain."
        ),
        "procedure_frozen": _(
            "Prosedur ini dipakai oleh standar yang sudah ditetapkan dan tidak dapat diubah. "
            "Salin prosedur ini untuk mengubahnya."
        ),
        "not_a_standards_clerk": _("Akun Anda tidak diberi wewenang untuk tindakan ini."),
        # what is missing in the head of a version
        "effective_on_missing": _("Tanggal mulai berlaku belum diisi."),
        "effective_on_taken": _(
            "Sudah ada versi lain layanan ini yang ditetapkan berlaku mulai %(on)s. "
            "Pilih tanggal lain."
        ),
        "term_missing": _("Jangka waktu penyelesaian belum diisi."),
        "target_not_shorter": _("Target internal harus lebih pendek dari jangka waktu."),
        "product_missing": _("Produk layanan belum diisi."),
        "certificate_title_missing": _("Judul dokumen izin belum diisi."),
        "number_pattern_missing": _("Pola nomor dokumen belum diisi."),
        "number_pattern_malformed": _(
            "Pola nomor dokumen “%(pattern)s” tidak dapat dipakai. Pola harus memuat {nomor} dan "
            "hanya boleh memakai {nomor:04}, {bulan}, {bulan_romawi}, dan {tahun}."
        ),
        "fee_missing": _("Tarif belum diisi. Layanan gratis memerlukan satu baris tarif Rp 0."),
        "procedure_missing": _("Belum ada prosedur (SOP) yang dipilih."),
        # components
        "component_missing": _("Komponen %(component)s belum ada."),
        "component_empty": _("Komponen %(component)s masih kosong."),
        "component_untitled": _("Komponen %(component)s belum mempunyai judul."),
        # questions, requirements, form
        "question_elsewhere": _("%(item)s: bergantung pada pertanyaan milik versi lain."),
        "question_circular": _(
            "Pertanyaan %(item)s menunggu jawaban yang akhirnya bergantung pada dirinya sendiri."
        ),
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
        "field_key_twice": _("Isian formulir: kode %(key)s dipakai lebih dari sekali."),
        "field_without_choices": _("Isian formulir %(item)s: daftar pilihannya belum diisi."),
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
        "procedure_starts_wrong": _(
            "Prosedur %(procedure)s harus dimulai dengan pengajuan berkas, lalu pemeriksaan "
            "kelengkapan."
        ),
        "procedure_ends_wrong": _("Prosedur %(procedure)s harus berakhir dengan penyerahan."),
        "procedure_signs_out_of_order": _(
            "Prosedur %(procedure)s: urutannya harus konsep, paraf, tanda tangan, lalu penomoran."
        ),
        "procedure_step_without_desk": _(
            "Prosedur %(procedure)s: ada langkah tanpa jabatan yang mengerjakan atau mencatatnya."
        ),
        "procedure_returns_forward": _(
            "Prosedur %(procedure)s: ada langkah yang mengembalikan berkas ke langkah sesudahnya."
        ),
        "procedure_role_elsewhere": _(
            "Prosedur %(procedure)s: ada langkah yang pelaksananya milik prosedur lain."
        ),
        "procedure_return_elsewhere": _(
            "Prosedur %(procedure)s: ada langkah yang kembali ke langkah milik prosedur lain."
        ),
        # warnings
        "effective_on_past": _(
            "Tanggal berlaku %(on)s sudah lewat: begitu ditetapkan, versi ini langsung dipakai "
            "untuk permohonan baru."
        ),
        "number_pattern_without_year": _(
            "Pola nomor dokumen tidak memuat {tahun}, padahal nomor urut mulai dari 1 lagi setiap "
            "tahun: nomor tahun depan akan sama dengan nomor tahun ini."
        ),
        "question_unused": _("Pertanyaan %(item)s tidak menentukan apa pun."),
        "requirements_unlisted": _(
            "Persyaratan belum dirinci satu per satu: pemohon tidak akan diminta mengunggah atau "
            "menyatakan apa pun."
        ),
        "group_empty": _("Kelompok persyaratan %(item)s tidak berisi persyaratan."),
        "procedure_provisional": _("Prosedur %(procedure)s masih sementara: %(reason)s"),
        "steps_longer_than_term": _(
            "Prosedur %(procedure)s: jumlah waktu baku langkah setelah berkas lengkap melebihi "
            "jangka waktu yang dijanjikan."
        ),
        "regulation_repealed": _("Dasar hukum %(item)s sudah dicabut atau diubah dengan %(by)s."),
        "position_vacant": _("Jabatan %(position)s belum ada pelaksananya hari ini."),
    }
)
