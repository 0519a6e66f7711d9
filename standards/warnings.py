"""The sentences of what the linter points out without refusing it."""

from django.utils.translation import gettext_lazy as _

from workflow import refusals

refusals.add(
    {
        "eligibility_without_ground": _(
            "Yang tidak dapat diajukan, %(item)s: dasar hukumnya belum ditulis."
        ),
        "fee_without_ground": _("Tarif %(item)s belum mempunyai dasar hukum."),
        "fee_against_component_free": _(
            "Komponen biaya/tarif menyebut layanan ini gratis, padahal ada tarif yang dipungut."
        ),
        "fee_against_component_paid": _(
            "Komponen biaya/tarif menyebut jumlah uang, padahal menurut tarifnya layanan ini "
            "gratis."
        ),
        "fee_not_in_component": _(
            "Tarif %(item)s: jumlahnya tidak disebut dalam komponen biaya/tarif."
        ),
        "fee_limits_not_in_component": _(
            "Tarif %(item)s: batas jumlahnya tidak disebut dalam komponen biaya/tarif."
        ),
        "fee_component_amount_unknown": _(
            "Komponen biaya/tarif menyebut %(amounts)s, tetapi tidak ada tarif, baris tabel, atau "
            "batas sebesar itu."
        ),
        "fee_table_incomplete": _(
            "Tarif %(item)s: ada jawaban yang tidak sesuai dengan satu pun baris tabelnya; dalam "
            "hal itu tidak ada yang dipungut."
        ),
        "fee_without_payment_step": _(
            "Prosedur %(procedure)s tidak mempunyai langkah pembayaran, padahal ada tarif yang "
            "dipungut."
        ),
        "effective_on_past": _(
            "Tanggal berlaku %(on)s sudah lewat: begitu ditetapkan, versi ini langsung dipakai "
            "untuk permohonan baru."
        ),
        "requirements_unlisted": _(
            "Persyaratan belum dirinci satu per satu: pemohon tidak akan diminta mengunggah atau "
            "menyatakan apa pun."
        ),
        "group_empty": _("Kelompok persyaratan %(item)s tidak berisi persyaratan."),
        "procedure_outdated": _(
            "Prosedur %(procedure)s: di sini dipakai versi %(number)s, padahal versi %(newer)s "
            "(%(code)s) berlaku mulai %(since)s."
        ),
        "procedure_provisional": _("Prosedur %(procedure)s masih sementara: %(reason)s"),
        "procedure_return_never": _(
            "Prosedur %(procedure)s, langkah %(item)s: cara kembalinya tidak pernah dapat dipakai. "
            "Berkas tidak dikembalikan sebelum diperiksa kelengkapannya dan setelah "
            "ditandatangani."
        ),
        "steps_longer_than_term": _(
            "Prosedur %(procedure)s: jumlah waktu baku langkah setelah berkas lengkap melebihi "
            "jangka waktu yang dijanjikan."
        ),
        "regulation_repealed": _("Dasar hukum %(item)s: %(standing)s."),
        "regulation_unlinked": _(
            "Dasar hukum %(item)s belum dikaitkan: pilih atau tambahkan peraturannya."
        ),
        "position_vacant": _(
            "Jabatan %(position)s belum ada pelaksananya hari ini (langkah %(step)s)."
        ),
        "signer_vacant": _(
            "Jabatan %(position)s belum ada pelaksananya hari ini: dokumen tidak dapat "
            "ditandatangani (langkah %(step)s)."
        ),
        "office_cannot_sign": _(
            "%(office)s belum dapat menandatangani dokumen layanan ini. %(problem)s"
        ),
        "office_key_ends": _(
            "Kunci tanda tangan %(office)s berakhir %(last)s. Minta yang baru sekarang."
        ),
        "term_against_component": _(
            "Jangka waktu versi ini (%(amount)s) tidak sama dengan yang tertulis dalam komponen "
            "jangka waktu penyelesaian."
        ),
        "target_below_minimum": _(
            "Target internal (%(target)s) lebih pendek dari jangka waktu paling cepat "
            "(%(minimum)s) menurut standar ini."
        ),
        "procedure_total_against_term": _(
            "Prosedur %(procedure)s mencetak jumlah waktu “%(total)s”, lebih lama daripada jangka "
            "waktu yang dijanjikan."
        ),
        "procedure_without_survey": _(
            "Prosedur %(procedure)s tidak mempunyai langkah kuesioner, padahal komponen standar "
            "ini menjanjikan survei kepuasan yang diisi pemohon."
        ),
        "closure_as_permit": _(
            "Permohonan penutupan berakhir dengan dokumen izin biasa. Tambahkan pada bagian "
            "Dokumen sebuah dokumen yang mengakhiri izin, berlaku bila jenis_permohonan = "
            "Penutupan."
        ),
        "requirement_not_in_component": _(
            "Persyaratan %(item)s tidak disebut dalam komponen persyaratan, yang menyebut "
            "persyaratan lainnya."
        ),
        "requirement_dead_end": _(
            "Persyaratan %(item)s: ada jawaban yang tidak menyisakan satu pun pilihan di bawahnya; "
            "pemohon dengan jawaban itu tidak dapat mengirim permohonan."
        ),
        "fact_unused": _(
            "Isian %(item)s tidak dipakai: tidak tercetak, dan tidak dibaca syarat, tarif, atau "
            "dokumen. Hapus bila petugas tidak memerlukannya."
        ),
        "form_without_facts": _(
            "Persyaratan %(item)s menyuruh mengisi formulir, padahal standar ini tidak menanyakan "
            "isian apa pun: pemohon hanya mengisi data pemegang izin."
        ),
        "component_row_unasked": _(
            "Komponen persyaratan menyebut %(item)s, tetapi tidak ada persyaratan yang memintanya."
        ),
        "case_without_condition": _(
            "%(item)s menyebut keadaan (“%(word)s”), tetapi diminta dari setiap pemohon. Bila "
            "hanya untuk sebagian, tulis keadaannya sebagai syarat."
        ),
        "fee_row_never": _(
            "Tarif %(item)s: baris ke-%(nth)s tabelnya tidak pernah dipakai karena baris "
            "sebelumnya selalu lebih dahulu sesuai."
        ),
    }
)
