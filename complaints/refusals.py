"""The sentences of refusals about complaints."""

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
        "received_in_future": _("Tanggal diterima tidak boleh sesudah hari ini."),
        "served_after_receipt": _(
            "Tanggal menerima pelayanan tidak boleh sesudah tanggal pengaduan diterima."
        ),
        "too_many_files": _("Paling banyak %(most)s berkas. Buang satu untuk menambah yang lain."),
        "too_many_uploads": _(
            "Terlalu banyak berkas dalam waktu singkat. Tunggu beberapa menit, lalu coba lagi."
        ),
        "file_of_other_office": _("Berkas itu bukan berkas kantor ini."),
    }
)
